#include "backend/base/csv.h"

namespace fb {

namespace {
    constexpr QStringView kDangerous = u"=+-@\t\r'";

    // Numbers keep their sign: they are data, not formulas.
    bool isPlainNumber(const QString &text)
    {
        bool number = false;
        text.toDouble(&number);
        return number && !text.contains(u'\t') && !text.contains(u'\r');
    }

    // A semicolon parts cells where the comma is the decimal point.
    QString quoted(const QString &cell)
    {
        const bool special = cell.contains(u',') || cell.contains(u';') || cell.contains(u'"')
            || cell.contains(u'\n') || cell.contains(u'\r') || cell.startsWith(u' ') || cell.endsWith(u' ');
        if (!special)
            return cell;
        QString doubled = cell;
        doubled.replace(u'"', QLatin1String("\"\""));
        return u'"' + doubled + u'"';
    }
}

QString csvNeutralised(const QString &text)
{
    if (text.isEmpty() || !kDangerous.contains(text.front()) || isPlainNumber(text))
        return text;
    return u'\'' + text;
}

QString csvRestored(const QString &cell) { return cell.startsWith(u'\'') ? cell.mid(1) : cell; }

QString csvLine(const QStringList &cells)
{
    QString line;
    for (const QString &cell : cells) {
        if (!line.isEmpty() || &cell != &cells.front())
            line += u',';
        line += quoted(csvNeutralised(cell));
    }
    return line + QLatin1String("\r\n");
}

}
