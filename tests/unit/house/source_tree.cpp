#include "tests/unit/house/source_tree.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>

namespace fb::test {

namespace {
    const QString &root()
    {
        static const QString path = QStringLiteral(FB_SOURCE_DIR);
        return path;
    }

    // Cuts "// ..." unless it stands in a string ("https://...").
    QString withoutComment(const QString &line)
    {
        bool inString = false;
        for (qsizetype i = 0; i + 1 < line.size(); ++i) {
            if (line[i] == u'\\')
                ++i;
            else if (line[i] == u'"')
                inString = !inString;
            else if (!inString && line[i] == u'/' && line[i + 1] == u'/')
                return line.left(i);
        }
        return line;
    }
}

QStringList sourceFiles(const QStringList &folders, const QStringList &suffixes)
{
    QStringList found;
    for (const QString &folder : folders) {
        QDirIterator walk(root() + u'/' + folder, QDir::Files, QDirIterator::Subdirectories);
        while (walk.hasNext()) {
            const QString path = QDir(root()).relativeFilePath(walk.next());
            if (path.contains(QStringLiteral("/node_modules/")))
                continue;
            for (const QString &suffix : suffixes) {
                if (path.endsWith(suffix))
                    found.append(path);
            }
        }
    }
    found.sort();
    return found;
}

QList<SourceLine> linesOf(const QString &path)
{
    QFile file(root() + u'/' + path);
    QList<SourceLine> lines;
    if (!file.open(QIODevice::ReadOnly))
        return lines;
    int number = 0;
    for (const QString &line : QString::fromUtf8(file.readAll()).split(u'\n'))
        lines.append({++number, withoutComment(line)});
    return lines;
}

QList<Include> includesOf(const QString &path)
{
    static const QRegularExpression pattern(QStringLiteral(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"])"));
    QList<Include> includes;
    for (const SourceLine &line : linesOf(path)) {
        if (const auto match = pattern.match(line.text); match.hasMatch())
            includes.append({line.number, match.captured(2), match.captured(1) == u'"'});
    }
    return includes;
}

}
