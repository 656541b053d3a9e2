#include "tests/unit/terminal/case_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace fb::test {

QByteArray unescaped(const QByteArray &text)
{
    QByteArray bytes;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '{') {
            const qsizetype star = text.indexOf('*', i);
            const qsizetype end = text.indexOf('}', i);
            bool isNumber = false;
            const int count = star > 0 && star < end ? text.mid(i + 1, star - i - 1).toInt(&isNumber) : 0;
            if (isNumber) {
                bytes += unescaped(text.mid(star + 1, end - star - 1)).repeated(count);
                i = end;
                continue;
            }
        }
        if (c != '\\') {
            bytes += c;
            continue;
        }
        if (++i == text.size())
            qFatal("a row ends in a backslash: %s", text.constData());
        switch (text[i]) {
        case 'e':
            bytes += '\033';
            break;
        case 'r':
            bytes += '\r';
            break;
        case 'n':
            bytes += '\n';
            break;
        case 't':
            bytes += '\t';
            break;
        case 'a':
            bytes += '\a';
            break;
        case 'b':
            bytes += '\b';
            break;
        case 's':
            bytes += ' ';
            break;
        case '\\':
            bytes += '\\';
            break;
        case 'x':
            bytes += QByteArray::fromHex(text.mid(i + 1, 2));
            i += 2;
            break;
        default:
            qFatal("a row has an unknown escape: %s", text.constData());
        }
    }
    return bytes;
}

QList<TerminalCase> casesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    QList<TerminalCase> cases;
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith('|')) {
            QByteArray row = unescaped(line.mid(1));
            while (row.endsWith(' '))
                row.chop(1);
            cases.last().screen->append(row);
            continue;
        }
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        const qsizetype colon = line.indexOf(':');
        if (colon < 0)
            qFatal("%s: no row has \"%s\"", qPrintable(path), line.constData());
        const QByteArray key = line.left(colon);
        const QByteArray value = line.mid(colon + 1).trimmed();
        if (key == "name") {
            TerminalCase next;
            next.file = QFileInfo(path).completeBaseName();
            next.name = QString::fromUtf8(value);
            cases.append(next);
        } else if (key == "size") {
            const QList<QByteArray> numbers = value.split('x');
            cases.last().size = {numbers.at(0).toInt(), numbers.at(1).toInt()};
        } else if (key == "cell") {
            const QList<QByteArray> numbers = value.split('x');
            cases.last().cellWidth = numbers.at(0).toInt();
            cases.last().cellHeight = numbers.at(1).toInt();
        } else if (key == "feed") {
            cases.last().feed = unescaped(value);
        } else if (key == "split") {
            cases.last().oneByteAtATime = true;
        } else if (key == "screen") {
            cases.last().screen.emplace();
        } else if (key != "xterm") {
            cases.last().others.append({key, value});
        }
    }
    for (TerminalCase &row : cases) {
        while (row.screen && !row.screen->isEmpty() && row.screen->last().isEmpty())
            row.screen->removeLast();
    }
    return cases;
}

QList<TerminalCase> allCases()
{
    QList<TerminalCase> cases;
    const QDir folder(QStringLiteral(FB_TEST_DATA_DIR "/cases"));
    for (const QFileInfo &file : folder.entryInfoList({QStringLiteral("*.case")}, QDir::Files, QDir::Name))
        cases += casesOf(file.filePath());
    return cases;
}

}
