// The terminal beside Konsole, kitty and Alacritty under one Xvfb: bytes per CPU second, the X server's counted in, in turns. Then what can
// only be measured from inside: echo, the window under a flood, memory.

#include "tests/bench/measurements.h"
#include "tests/bench/process_figures.h"
#include "tests/bench/terminal/payloads.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <fmt/format.h>

#include <map>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace fb::bench {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kRuns = 3;
    constexpr size_t kBytes = 24'000'000;
    constexpr size_t kFloodBytes = 50'000'000;

    // A screen of its own, on a number nobody has.
    class Screen
    {
    public:
        Screen()
        {
            m_server.setProcessChannelMode(QProcess::SeparateChannels);
            m_server.setStandardErrorFile(QProcess::nullDevice());
            m_server.start(
                u"Xvfb"_s,
                {u"-displayfd"_s, u"1"_s, u"-screen"_s, u"0"_s, u"1280x900x24"_s, u"-nolisten"_s, u"tcp"_s});
            if (m_server.waitForStarted() && m_server.waitForReadyRead(20'000))
                m_display = u":"_s + QString::fromLatin1(m_server.readLine()).trimmed();
        }
        ~Screen()
        {
            m_server.terminate();
            m_server.waitForFinished(5'000);
        }
        const QString &display() const { return m_display; }
        std::chrono::nanoseconds cpu() const { return processCpu(m_server.processId()); }

    private:
        QProcess m_server;
        QString m_display;
    };

    struct Contender {
        const char *name;
        QStringList arguments; // before the shell command
    };

    // CPU seconds of the program, of all it started, and of the X server meanwhile.
    double cpuOf(const QStringList &command, const Screen &screen)
    {
        const auto serverBefore = screen.cpu();
        const pid_t child = ::fork();
        if (child == 0) {
            ::setenv("DISPLAY", qPrintable(screen.display()), 1);
            ::unsetenv("QT_QPA_PLATFORM");
            ::unsetenv("WAYLAND_DISPLAY");
            if (std::freopen("/dev/null", "w", stderr) == nullptr
                || std::freopen("/dev/null", "w", stdout) == nullptr)
                ::_exit(126);
            std::vector<QByteArray> texts;
            for (const QString &part : command)
                texts.push_back(part.toLocal8Bit());
            std::vector<char *> pointers;
            for (QByteArray &text : texts)
                pointers.push_back(text.data());
            pointers.push_back(nullptr);
            ::execvp(pointers[0], pointers.data());
            ::_exit(127);
        }
        int status = 0;
        rusage used {};
        ::wait4(child, &status, 0, &used);
        if (!WIFEXITED(status) || WEXITSTATUS(status) == 127)
            return -1;
        const auto toSeconds
            = [](const timeval &time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; };
        return toSeconds(used.ru_utime) + toSeconds(used.ru_stime) + seconds(screen.cpu() - serverBefore);
    }

    QJsonObject figuresFromInside(const QString &payloadFile, const Screen &screen)
    {
        QProcess child;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"DISPLAY"_s, screen.display());
        environment.remove(u"QT_QPA_PLATFORM"_s);
        child.setProcessEnvironment(environment);
        child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        child.start(QCoreApplication::applicationFilePath(), {u"--terminal-figures"_s, payloadFile});
        child.waitForFinished(300'000);
        return QJsonDocument::fromJson(child.readAllStandardOutput()).object();
    }
}

Figures measureTerminal()
{
    QTemporaryDir folder;
    const Screen screen;
    if (screen.display().isEmpty())
        return makeError(errors::kInternal, "Xvfb did not start; it is in the package xvfb");
    std::vector<Contender> contenders
        = {{"ours", {QCoreApplication::applicationFilePath(), u"--terminal-window"_s}}};
    const auto addIfThere = [&](const char *name, const QStringList &arguments) {
        if (!QStandardPaths::findExecutable(QString::fromLatin1(name)).isEmpty())
            contenders.push_back({name, arguments});
    };
    addIfThere("konsole",
               {u"konsole"_s, u"--nofork"_s, u"--separate"_s, u"-p"_s, u"TerminalColumns=80"_s, u"-p"_s,
                u"TerminalRows=24"_s, u"-e"_s, u"sh"_s, u"-c"_s});
    addIfThere("kitty",
               {u"kitty"_s, u"--config"_s, u"NONE"_s, u"-o"_s, u"initial_window_width=80c"_s, u"-o"_s,
                u"initial_window_height=24c"_s, u"-o"_s, u"remember_window_size=no"_s, u"sh"_s, u"-c"_s});
    addIfThere("alacritty",
               {u"alacritty"_s, u"-o"_s, u"window.dimensions.columns=80"_s, u"-o"_s,
                u"window.dimensions.lines=24"_s, u"-e"_s, u"sh"_s, u"-c"_s});

    std::vector<Figure> figures;
    for (const Payload &payload : payloads(kBytes)) {
        const QString path = folder.filePath(QString::fromLatin1(payload.name));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly)
            || file.write(payload.bytes.data(), qint64(payload.bytes.size())) < 0)
            return makeError(errors::kInternal, "a payload could not be written");
        file.close();
        std::map<std::string, std::vector<double>> rates;
        for (int run = 0; run < kRuns; ++run) {
            for (const Contender &contender : contenders) {
                const double start = cpuOf(contender.arguments + QStringList {u"true"_s}, screen);
                const double whole = cpuOf(contender.arguments + QStringList {u"cat "_s + path}, screen);
                if (start >= 0 && whole > start)
                    rates[contender.name].push_back(double(payload.bytes.size()) / 1e6 / (whole - start));
            }
        }
        if (rates["ours"].empty())
            return makeError(errors::kInternal, "our window did not get through");
        std::string others;
        for (const char *name : {"kitty", "alacritty"}) {
            if (!rates[name].empty())
                others += fmt::format("{}{} {:.0f}", others.empty() ? "" : ", ", name, median(rates[name]));
        }
        Figure figure {.name = std::string("terminal: ") + payload.name,
                       .value = median(rates["ours"]),
                       .unit = "MB per CPU s",
                       .budget = payload.konsoleSeen,
                       .better = Better::More,
                       .note = std::string(payload.what) + (others.empty() ? "" : "; " + others)};
        if (!rates["konsole"].empty())
            figure.yardstick = Yardstick {"Konsole", median(rates["konsole"]), payload.konsoleSeen};
        figures.push_back(std::move(figure));
    }

    const QString flood = folder.filePath(u"flood"_s);
    QFile file(flood);
    const Payload dense = payloads(kFloodBytes).front();
    if (!file.open(QIODevice::WriteOnly) || file.write(dense.bytes.data(), qint64(dense.bytes.size())) < 0)
        return makeError(errors::kInternal, "a payload could not be written");
    file.close();
    std::map<std::string, std::vector<double>> values;
    for (int run = 0; run < kRuns; ++run) {
        const QJsonObject out = figuresFromInside(flood, screen);
        for (const auto &key : out.keys())
            values[key.toStdString()].push_back(out[key].toDouble());
    }
    if (values.empty())
        return makeError(errors::kInternal, "our window could not be measured from inside");
    const auto add = [&](const char *key, const char *name, const char *unit, double budget, Better better,
                         const char *note) {
        figures.push_back({.name = name,
                           .value = median(values[key]),
                           .unit = unit,
                           .budget = budget,
                           .better = better,
                           .note = note});
    };
    add("echoMedianMs", "terminal: key to picture, median", "ms", 10, Better::Less,
        "with the pseudo-terminal's echo");
    add("echoP99Ms", "terminal: key to picture, p99", "ms", 10, Better::Less, "of 300 keys");
    add("floodLongestMs", "terminal: longest stall while 50 MB pour", "ms", 50, Better::Less,
        "of the window");
    add("floodMbPerSecond", "terminal: how fast they pour", "MB/s", 20, Better::More, "wall time");
    add("memoryMib", "terminal: memory of 100,000 lines", "MiB", 40, Better::Less,
        "80 columns; half of them spilled");
    return figures;
}

}
