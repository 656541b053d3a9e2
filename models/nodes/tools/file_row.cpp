#include "models/nodes/tools/file_row.h"

#include "backend/core/text_safety.h"
#include "models/table/age_cell.h"

#include <QLocale>
#include <QStringDecoder>

namespace fb {

using namespace Qt::StringLiterals;

QString FileColumns::sizeText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeIecFormat);
}

QString FileColumns::modeText(int mode)
{
    QString text = u"rwxrwxrwx"_s;
    for (int bit = 0; bit < 9; ++bit) {
        if (!(mode & (0400 >> bit)))
            text[bit] = u'-';
    }
    const auto special = [&](int flag, int at, QChar set) {
        if (mode & flag)
            text[at] = text[at] == u'x' ? set : set.toUpper();
    };
    special(04000, 2, u's');
    special(02000, 5, u's');
    special(01000, 8, u't');
    return text;
}

QString FileColumns::typeWord(const FileRow &row)
{
    switch (row.type.unicode()) {
    case u'd':
        return tr("Folder");
    case u'l':
        return tr("Link");
    case u'p':
        return tr("Pipe");
    case u's':
        return tr("Socket");
    case u'c':
    case u'b':
        return tr("Device");
    default: {
        const qsizetype dot = row.shownName.lastIndexOf(u'.');
        //: type of a file with its extension: "log file"
        return dot > 0 ? tr("%1 file").arg(row.shownName.mid(dot + 1)) : tr("File");
    }
    }
}

QList<TableColumn<FileRow>> FileColumns::all()
{
    using Row = FileRow;
    return {
        {.key = u"name"_s,
         //: column title: of a file
         .title = [] { return tr("Name"); },
         .cell =
             [](const Row &row, Instant) {
                 QString text = row.shownName;
                 if (row.type == u'd')
                     text += u'/';
                 else if (row.type == u'l')
                     text += u" → "_s + row.link;
                 return TableCell {.text = text};
             }},
        {.key = u"size"_s,
         //: column title
         .title = [] { return tr("Size"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = row.isPlain() ? sizeText(row.size) : QString(),
                                   .sortKey = row.isPlain() ? row.size : qint64(-1),
                                   .toolTip = QLocale().toString(row.size)};
             },
         .type = FilterType::Size},
        {.key = u"modified"_s,
         //: column title: when it was changed last
         .title = [] { return tr("Modified"); },
         .cell = [](const Row &row, Instant now) { return ageCell(row.modified, now); },
         .ages = true,
         .type = FilterType::Time},
        {.key = u"user"_s,
         //: column title: whose file it is
         .title = [] { return tr("Owner"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.user}; }},
        {.key = u"group"_s,
         //: column title: of a file
         .title = [] { return tr("Group"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = row.group}; }},
        {.key = u"mode"_s,
         //: column title: permissions of a file
         .title = [] { return tr("Permissions"); },
         .cell =
             [](const Row &row, Instant) {
                 return TableCell {.text = modeText(row.mode),
                                   .apiWord = u"%1"_s.arg(row.mode, 4, 8, QLatin1Char('0'))};
             }},
        {.key = u"type"_s,
         //: column title: of a file
         .title = [] { return tr("Type"); },
         .cell = [](const Row &row, Instant) { return TableCell {.text = typeWord(row)}; }},
    };
}

namespace filePath {

    QByteArray joined(const QByteArray &folder, const QByteArray &name)
    {
        return folder.endsWith('/') ? folder + name : folder + '/' + name;
    }

    QByteArray parent(const QByteArray &path)
    {
        const qsizetype slash = path.lastIndexOf('/');
        return slash <= 0 ? QByteArray("/") : path.left(slash);
    }

    QByteArray name(const QByteArray &path) { return path.mid(path.lastIndexOf('/') + 1); }

    QString shown(const QByteArray &path)
    {
        QString text;
        for (qsizetype at = 0; at < path.size();) {
            // One character, or one byte that is none.
            qsizetype length = 1;
            const auto lead = static_cast<unsigned char>(path[at]);
            if (lead >= 0xc0)
                length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
            const QByteArray piece = path.mid(at, length);
            if (piece == "\\") {
                text += u"\\\\"_s;
            } else if (lead == '\n' || lead == '\t'
                       || !isValidUtf8({piece.constData(), size_t(piece.size())})) {
                text += u"\\x%1"_s.arg(int(lead), 2, 16, QLatin1Char('0'));
                length = 1;
            } else {
                text += QString::fromStdString(withVisibleEscapes({piece.constData(), size_t(piece.size())}));
            }
            at += length;
        }
        return text;
    }

    QByteArray typed(const QString &text)
    {
        QByteArray path;
        const QByteArray utf8 = text.toUtf8();
        for (qsizetype at = 0; at < utf8.size(); ++at) {
            bool isHex = false;
            if (utf8[at] == '\\' && utf8.mid(at + 1, 1) == "\\") {
                path += '\\';
                ++at;
            } else if (utf8[at] == '\\' && utf8.mid(at + 1, 1) == "x") {
                const int byte = utf8.mid(at + 2, 2).toInt(&isHex, 16);
                path += isHex ? static_cast<char>(byte) : '\\';
                at += isHex ? 3 : 0;
            } else if (utf8[at] == '\\' && utf8.mid(at + 1, 1) == "u") {
                const uint code = utf8.mid(at + 2, 4).toUInt(&isHex, 16);
                path += isHex ? QString(QChar(code)).toUtf8() : QByteArray("\\");
                at += isHex ? 5 : 0;
            } else {
                path += utf8[at];
            }
        }
        return path;
    }
}

QString FileContent::text() const
{
    if (encoding == u"binary") {
        QString view;
        for (qsizetype at = 0; at < bytes.size(); at += 16) {
            const QByteArray line = bytes.mid(at, 16);
            QString shown;
            for (const char c : line)
                shown += c >= 0x20 && c < 0x7f ? QLatin1Char(c) : QLatin1Char('.');
            view += u"%1  %2  %3\n"_s.arg(at, 8, 16, QLatin1Char('0'))
                        .arg(QString::fromLatin1(line.toHex(' ')), -47)
                        .arg(shown);
        }
        return view;
    }
    if (encoding == u"latin-1")
        return QString::fromLatin1(bytes);
    if (encoding == u"utf-16le" || encoding == u"utf-16be") {
        QStringDecoder decode(encoding == u"utf-16le" ? QStringDecoder::Utf16LE : QStringDecoder::Utf16BE);
        return decode(bytes.mid(2));
    }
    return QString::fromUtf8(bytes);
}

}
