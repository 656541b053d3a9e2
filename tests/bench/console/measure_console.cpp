// The console on 100,000 nodes and 1,000,000 invocations: start, first paint, filter, sort, scroll, palette, changes, memory.

#include "tests/bench/console/seeded_store.h"
#include "tests/bench/measurements.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>

#include <map>

namespace fb::bench {

using namespace Qt::StringLiterals;

namespace {

    constexpr int kRuns = 3;

    struct Row {
        const char *key;
        const char *name;
        const char *unit;
        double budget;
        const char *note;
    };

    constexpr Row kRows[] = {
        {"usableCpuMs", "console: CPU to a usable window", "ms", 280, "it answers; the fleet still comes in"},
        {"filledCpuMs", "console: CPU until every node is shown", "ms", 2000,
         "100,000, with 1,000,000 invocations in the store"},
        {"fillLongestMs", "console: longest stall while they come", "ms", 100, "of the window"},
        {"firstPaintMs", "console: first paint of the fleet", "ms", 200, "from the address to the picture"},
        {"filterMedianMs", "console: filter key to picture, median", "ms", 12, "typed and taken back"},
        {"filterWorstMs", "console: filter key to picture, worst", "ms", 50, ""},
        {"chosenFilterMedianMs", "console: the same with every node chosen, median", "ms", 30, "own"},
        {"chosenFilterWorstMs", "console: the same with every node chosen, worst", "ms", 50, ""},
        {"scatteredFilterWorstMs", "console: the same with every sixth chosen, worst", "ms", 50, ""},
        {"sortFirstMedianMs", "console: first sort by a column, median", "ms", 300, ""},
        {"sortFirstWorstMs", "console: first sort by a column, worst", "ms", 600, ""},
        {"sortAgainMedianMs", "console: sort turned round, median", "ms", 50, ""},
        {"scrollMedianMs", "console: page down to picture, median", "ms", 16, "200 pages"},
        {"scrollWorstMs", "console: page down to picture, worst", "ms", 50, ""},
        {"paletteMedianMs", "console: palette key to answers, median", "ms", 50, ""},
        {"paletteWorstMs", "console: palette key to answers, worst", "ms", 50, ""},
        {"changesCpuShare", "console: CPU share at 1,000 changes a second", "of a core", 0.25,
         "the current row and the top stay"},
        {"changesLongestMs", "console: longest stall meanwhile", "ms", 50, ""},
        {"memoryMib", "console: memory (PSS), engine included", "MiB", 250, "fleet and runs shown"},
    };

    Result<QJsonObject> opened(const QString &dataDir, const QString &keyFolder)
    {
        QFile::remove(dataDir + u"/console.ini"_s); // where it was the last time
        QProcess child;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"CREDENTIALS_DIRECTORY"_s, keyFolder);
        child.setProcessEnvironment(environment);
        child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        child.start(QCoreApplication::applicationFilePath(), {u"--console-child"_s, dataDir});
        if (!child.waitForFinished(180'000) || child.exitCode() != 0)
            return makeError(errors::kInternal, "the console did not get through");
        return QJsonDocument::fromJson(child.readAllStandardOutput()).object();
    }
}

Figures measureConsole()
{
    QTemporaryDir folder;
    const QString dataDir = folder.filePath(u"data"_s);
    QFile key(folder.filePath(u"flagbridge.master"_s)); // a passphrase would cost CPU of its own
    if (!key.open(QIODevice::WriteOnly) || key.write(QByteArray(32, 'k')) != 32)
        return makeError(errors::kInternal, "no key could be written");
    key.setPermissions(QFile::ReadOwner);
    key.close();
    if (auto seeded = seedStore(dataDir, {}); !seeded)
        return seeded.error();
    if (auto first = opened(dataDir, folder.path()); !first) // makes the fleet's CA
        return first.error();
    std::map<std::string, std::vector<double>> values;
    for (int run = 0; run < kRuns; ++run) {
        const auto out = opened(dataDir, folder.path());
        if (!out)
            return out.error();
        if (!(*out)[u"changesStay"].toBool() || !(*out)[u"scrolled"].toBool())
            return makeError(errors::kInternal, "the current row or the top moved, or nothing scrolled");
        for (const Row &row : kRows)
            values[row.key].push_back((*out)[QLatin1StringView(row.key)].toDouble());
    }
    std::vector<Figure> figures;
    for (const Row &row : kRows)
        figures.push_back({.name = row.name,
                           .value = median(values[row.key]),
                           .unit = row.unit,
                           .budget = row.budget,
                           .note = row.note});
    return figures;
}

}
