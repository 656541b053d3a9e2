#include "models/charts/time_range.h"

#include <QDateTime>
#include <QRegularExpression>

namespace fb {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

    constexpr qsizetype kLongestText = 80;

    std::optional<Microseconds> unitNamed(const QString &word)
    {
        if (word == u"m" || word.startsWith(u"min") || word == u"分" || word == u"分間")
            return 1min;
        if (word == u"h" || word.startsWith(u"hour") || word == u"時間")
            return 1h;
        if (word == u"d" || word.startsWith(u"day") || word == u"日" || word == u"日間")
            return 24h;
        if (word == u"w" || word.startsWith(u"week") || word == u"週" || word == u"週間")
            return 7 * 24h;
        return std::nullopt;
    }

    Instant instantOf(const QDateTime &local) { return fromMicros(local.toMSecsSinceEpoch() * 1000); }

    QString shown(Instant at)
    {
        return QDateTime::fromMSecsSinceEpoch(toMicros(at) / 1000).toString(u"yyyy-MM-dd HH:mm"_s);
    }

    // "2026-11-20 10:00", "2026-11-20", or "12:00" on the day of `day`. Nothing: not a time.
    std::optional<QDateTime> momentOf(const QString &text, const std::optional<QDate> &day, QTime missing)
    {
        static const QRegularExpression kMoment(
            u"^(?:(\\d{4})-(\\d{1,2})-(\\d{1,2}))?[ t]*(?:(\\d{1,2}):(\\d{2}))?$"_s);
        const QRegularExpressionMatch match = kMoment.match(text);
        if (!match.hasMatch() || text.isEmpty())
            return std::nullopt;
        const bool dated = match.capturedLength(1) > 0;
        if (!dated && !day)
            return std::nullopt;
        const QDate date = dated
            ? QDate(match.captured(1).toInt(), match.captured(2).toInt(), match.captured(3).toInt())
            : *day;
        const QTime time = match.capturedLength(4) > 0
            ? QTime(match.captured(4).toInt(), match.captured(5).toInt())
            : missing;
        if (!date.isValid() || !time.isValid())
            return std::nullopt;
        return QDateTime(date, time);
    }
}

TimeRangeReading TimeRangeText::read(const QString &typed, Instant now, Microseconds longest)
{
    const QString text = typed.simplified().toLower();
    const auto refuse = [](const QString &problem) { return TimeRangeReading {{}, problem}; };
    if (text.isEmpty() || text.size() > kLongestText)
        return refuse(tr("Enter a time such as \"last 3 h\" or \"2026-11-20 10:00 to 12:00\"."));

    static const QRegularExpression kLast(
        u"^(?:last|past|過去|直近)?\\s*(\\d{1,6})?\\s*([a-z]+|分間?|時間|日間?|週間?)$"_s);
    if (const QRegularExpressionMatch match = kLast.match(text); match.hasMatch()) {
        const std::optional<Microseconds> unit = unitNamed(match.captured(2));
        if (!unit)
            return refuse(tr("\"%1\" is not a unit; use min, h, days or weeks.").arg(match.captured(2)));
        const qint64 count = match.capturedLength(1) > 0 ? match.captured(1).toLongLong() : 1;
        const Microseconds last = *unit * count;
        if (last < kShortest)
            return refuse(tr("The time is too short; the minimum is 1 min."));
        if (longest.count() > 0 && last > longest)
            return refuse(tr("Measurements are kept for 15 days; choose a shorter time."));
        return {TimeRange {.last = last}, {}};
    }

    static const QRegularExpression kBetween(u"\\s*(?:\\bto\\b|\\buntil\\b|から|~|〜|～|–|—|\\.\\.)\\s*"_s);
    const QStringList ends = text.split(kBetween);
    if (ends.size() != 2)
        return refuse(tr("Enter a time such as \"last 3 h\" or \"2026-11-20 10:00 to 12:00\"."));
    QString endText = ends[1];
    endText.remove(u"まで"_s);
    const std::optional<QDateTime> from = momentOf(ends[0].trimmed(), std::nullopt, QTime(0, 0));
    if (!from)
        return refuse(tr("\"%1\" is not a time; enter it as 2026-11-20 10:00.").arg(ends[0].trimmed()));
    const bool untilNow = endText.trimmed() == u"now" || endText.trimmed() == u"現在";
    const std::optional<QDateTime> to = untilNow ? QDateTime::fromMSecsSinceEpoch(toMicros(now) / 1000)
                                                 : momentOf(endText.trimmed(), from->date(), QTime(23, 59));
    if (!to)
        return refuse(tr("\"%1\" is not a time; enter it as 2026-11-20 10:00.").arg(endText.trimmed()));
    if (*to <= *from)
        return refuse(tr("The end must be after the beginning."));
    if (instantOf(*from) >= now)
        return refuse(tr("This time is in the future."));
    if (longest.count() > 0 && instantOf(*to) - instantOf(*from) > longest)
        return refuse(tr("Measurements are kept for 15 days; choose a shorter time."));
    return {TimeRange {.last = Microseconds(0), .from = instantOf(*from), .to = instantOf(*to)}, {}};
}

QString TimeRangeText::text(const TimeRange &range)
{
    if (range.isLive()) {
        const qint64 minutes = range.last.count() / 60000000;
        if (minutes % (24 * 60) == 0)
            return minutes == 24 * 60 ? tr("last 24 h") : tr("last %1 days").arg(minutes / (24 * 60));
        if (minutes % 60 == 0)
            return tr("last %1 h").arg(minutes / 60);
        return tr("last %1 min").arg(minutes);
    }
    const QString from = shown(range.from);
    const QString to = shown(range.to);
    return tr("%1 to %2", "two times").arg(from, from.left(10) == to.left(10) ? to.mid(11) : to);
}

}
