#include "models/charts/time_axis.h"

#include "models/table/relative_time.h"

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    // Seconds between ticks that people read as round.
    constexpr qint64 kSteps[] = {1,      2,      5,       10,      15,      30,       60,      120,   300,
                                 600,    900,    1800,    3600,    7200,    10800,    21600,   43200, 86400,
                                 172800, 604800, 1209600, 2592000, 7776000, 15552000, 31536000};

    QDateTime localTime(Instant at) { return QDateTime::fromMSecsSinceEpoch(toMicros(at) / 1000); }
}

QList<TimeTick> timeTicks(Instant from, Instant to, int most)
{
    const qint64 first = toMicros(from) / 1000000;
    const qint64 last = toMicros(to) / 1000000;
    qint64 step = kSteps[std::size(kSteps) - 1];
    for (const qint64 candidate : kSteps) {
        if ((last - first) / candidate < most) {
            step = candidate;
            break;
        }
    }
    // Rounded in local time: midnight is a day's begin where the reader is.
    const qint64 offset = localTime(to).offsetFromUtc();
    QList<TimeTick> ticks;
    for (qint64 at = ((first + offset + step - 1) / step) * step - offset; at <= last; at += step) {
        const Instant instant = fromMicros(at * 1000000);
        const QDateTime local = localTime(instant);
        const QString label = step < 60 ? local.toString(u"HH:mm:ss"_s)
            : step < 86400              ? local.toString(u"HH:mm"_s)
                                        : RelativeTime::day(local.date());
        ticks.append({instant, label});
    }
    if (!ticks.isEmpty()) {
        const QDateTime local = localTime(ticks.constLast().at);
        ticks.last().label += u' ' + local.timeZoneAbbreviation();
    }
    return ticks;
}

}
