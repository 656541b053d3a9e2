#include "tests/unit/terminal/stream_file.h"

#include <QDir>
#include <QFile>

namespace fb::test {

namespace {

    const QString kFolder = QStringLiteral(FB_TEST_DATA_DIR "/streams/");

    QByteArray contentOf(const QString &name)
    {
        QFile file(kFolder + name);
        if (!file.open(QIODevice::ReadOnly))
            qFatal("cannot read %s", qPrintable(file.fileName()));
        return file.readAll();
    }

}

QStringList streamNames()
{
    QStringList names = QDir(kFolder).entryList({QStringLiteral("*.bytes")}, QDir::Files, QDir::Name);
    for (QString &name : names)
        name.chop(6);
    return names;
}

StreamFile readStream(const QString &name)
{
    StreamFile stream;
    const QList<QByteArray> size = contentOf(name + QStringLiteral(".size")).trimmed().split(' ');
    stream.size = {size.at(0).toInt(), size.at(1).toInt()};
    stream.bytes = contentOf(name + QStringLiteral(".bytes"));
    stream.screen = contentOf(name + QStringLiteral(".screen")).split('\n');
    for (const QByteArray &line : contentOf(name + QStringLiteral(".pens")).split('\n')) {
        const qsizetype colon = line.indexOf(": ");
        if (colon < 0)
            continue;
        const QByteArray key = line.left(colon);
        const QByteArray value = line.mid(colon + 2);
        if (key == "cursor") {
            stream.cursor = value;
        } else if (key == "alternate") {
            stream.isAlternate = value == "1";
        } else if (key == "history") {
            stream.historyRows = value.toInt();
        } else {
            // "3: 1-10 bold fg=2; 12-20 bold fg=4"
            for (const QByteArray &run : value.split(';')) {
                const QByteArray trimmed = run.trimmed();
                const qsizetype blank = trimmed.indexOf(' ');
                const QList<QByteArray> span = trimmed.left(blank).split('-');
                for (int column = span.at(0).toInt(); column <= span.at(1).toInt(); ++column)
                    stream.pens.insert({key.toInt() - 1, column - 1}, trimmed.mid(blank + 1));
            }
        }
    }
    if (QFile::exists(kFolder + name + QStringLiteral(".resized"))) {
        for (const QByteArray &line : contentOf(name + QStringLiteral(".resized")).trimmed().split('\n')) {
            const QByteArray value = line.mid(line.indexOf(": ") + 2);
            if (line.startsWith('|')) {
                stream.resized.last().rows.append(line.mid(1));
            } else if (line.startsWith("size: ")) {
                const QList<QByteArray> numbers = value.split(' ');
                stream.resized.append({.size = {numbers.at(0).toInt(), numbers.at(1).toInt()}});
            } else if (line.startsWith("cursor: ")) {
                stream.resized.last().cursor = value;
            } else {
                stream.resized.last().historyRows = value.toInt();
            }
        }
    }
    return stream;
}

}
