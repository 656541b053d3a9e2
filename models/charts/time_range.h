#pragma once
// The time that the charts of a page show, and its text: "last 3 h" or "2026-11-20 10:00 to 12:00" (ux.md 12). Value; any thread.

#include "backend/core/clock.h"

#include <QCoreApplication>
#include <QString>

#include <optional>

namespace fb {

struct TimeRange {
    Microseconds last {std::chrono::hours(3)}; // up to now; 0: from and to hold
    Instant from {};
    Instant to {};

    bool isLive() const { return last.count() > 0; }
    Instant begin(Instant now) const { return isLive() ? now - last : from; }
    Instant end(Instant now) const { return isLive() ? now : to; }
    bool operator==(const TimeRange &) const = default;
};

struct TimeRangeReading {
    std::optional<TimeRange> range;
    QString problem; // in the operator's language; empty with a range
};

class TimeRangeText
{
    Q_DECLARE_TR_FUNCTIONS(fb::TimeRangeText)
public:
    static constexpr auto kLongest = std::chrono::hours(24 * 15); // measurements are kept this long
    static constexpr auto kShortest = std::chrono::minutes(1);

    // Understands English and Japanese words in either language. Times are local.
    // `longest`: 0: no limit.
    static TimeRangeReading read(const QString &text, Instant now, Microseconds longest = kLongest);
    static QString text(const TimeRange &range); // what read() takes
};

}
