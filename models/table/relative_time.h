#pragma once
// Times as people read them, in one style on every page: "3 s ago" beside the exact time for the tooltip, and durations. Ui thread.

#include "backend/core/clock.h"

#include <QCoreApplication>
#include <QDate>
#include <QString>

namespace fb {

class RelativeTime
{
    Q_DECLARE_TR_FUNCTIONS(fb::RelativeTime)
public:
    static QString ago(Instant then,
                       Instant now); // "just now", "3 s ago", "18 min ago", "2 h ago", "5 days ago"
    static QString exact(Instant instant); // "21 Sep 2026, 14:13:02 UTC", "2026年9月21日 14:13:02 UTC"; local
    static QString exactToMillis(Instant instant); // "21 Sep 2026, 14:13:02.123 UTC"
    static QString
    dayAndClock(Instant instant); // "21 Sep, 14:13:02": where the year and the zone go without saying
    static QString iso(Instant instant); // 2026-11-24T10:41:52Z, for exports; empty: never
    static QString day(QDate date); // "21 Sep", "9月21日"
    static QString clock(Instant instant); // 10:41:52, local
    static QDate dateOf(Instant instant); // local
    static QString seconds(Microseconds length); // "83.204", for exports
    static QString duration(Microseconds length); // "0.9 s", "12 s", "2 min 5 s"
};

}
