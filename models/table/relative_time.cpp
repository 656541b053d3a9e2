#include "models/table/relative_time.h"

#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

namespace fb {

namespace {
    QDateTime localTime(Instant instant) { return QDateTime::fromMSecsSinceEpoch(toMicros(instant) / 1000); }

    const QString kClock = QStringLiteral("HH:mm:ss");

    // The day's and the clock's form, as the language joins them.
    QString dateAndClock(const QDateTime &local, bool withYear, const QString &clock)
    {
        const QLocale locale;
        const QString english = withYear ? QStringLiteral("d MMM yyyy, ") : QStringLiteral("d MMM, ");
        const QString japanese
            = withYear ? QStringLiteral("yyyy\u5e74M\u6708d\u65e5 ") : QStringLiteral("M\u6708d\u65e5 ");
        return locale.toString(local, (locale.language() == QLocale::Japanese ? japanese : english) + clock);
    }

    QString wholeMoment(Instant instant, const QString &clock)
    {
        const QDateTime local = localTime(instant);
        return dateAndClock(local, true, clock) + QLatin1Char(' ') + local.timeZoneAbbreviation();
    }
}

QString RelativeTime::ago(Instant then, Instant now)
{
    if (toMicros(then) == 0)
        return tr("never");
    const qint64 seconds = qMax<qint64>(0, (toMicros(now) - toMicros(then)) / 1000000);
    if (seconds < 1)
        return tr("just now");
    if (seconds < 60)
        return tr("%1 s ago").arg(seconds);
    if (seconds < 3600)
        return tr("%1 min ago").arg(seconds / 60);
    if (seconds < 48 * 3600)
        return tr("%1 h ago").arg(seconds / 3600);
    return tr("%n day(s) ago", nullptr, static_cast<int>(qMin<qint64>(seconds / 86400, 1000000)));
}

QString RelativeTime::exact(Instant instant)
{
    return toMicros(instant) == 0 ? tr("never") : wholeMoment(instant, kClock);
}

QString RelativeTime::exactToMillis(Instant instant)
{
    return toMicros(instant) == 0 ? tr("never") : wholeMoment(instant, kClock + QStringLiteral(".zzz"));
}

QString RelativeTime::dayAndClock(Instant instant) { return dateAndClock(localTime(instant), false, kClock); }

QString RelativeTime::iso(Instant instant)
{
    if (toMicros(instant) == 0)
        return {};
    return QDateTime::fromMSecsSinceEpoch(toMicros(instant) / 1000, Qt::UTC).toString(Qt::ISODate);
}

QString RelativeTime::day(QDate date)
{
    const QLocale locale;
    const bool monthFirst = locale.language() == QLocale::Japanese; // and without a blank
    return locale.toString(date, monthFirst ? QStringLiteral("M\u6708d\u65e5") : QStringLiteral("d MMM"));
}

QString RelativeTime::clock(Instant instant)
{
    if (toMicros(instant) == 0)
        return {};
    return localTime(instant).toString(kClock);
}

QDate RelativeTime::dateOf(Instant instant) { return localTime(instant).date(); }

QString RelativeTime::seconds(Microseconds length)
{
    return QString::number(static_cast<double>(length.count() / 1000) / 1000.0, 'f', 3);
}

QString RelativeTime::duration(Microseconds length)
{
    const qint64 millis = qMax<qint64>(0, length.count() / 1000);
    if (millis < 10000)
        return tr("%1 s").arg(QLocale().toString(static_cast<double>(millis) / 1000.0, 'f', 1));
    const qint64 seconds = millis / 1000;
    if (seconds < 60)
        return tr("%1 s").arg(seconds);
    if (seconds < 3600)
        return tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
    return tr("%1 h %2 min").arg(seconds / 3600).arg((seconds % 3600) / 60);
}

}
