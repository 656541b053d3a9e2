#pragma once
// Things that happened, counted by period and kind, for a chart of bars. Periods are round and of equal length, in local time. Values; any thread.

#include "backend/core/clock.h"

#include <QList>

#include <optional>
#include <utility>

namespace fb {

struct CountBar {
    Instant from {};
    Instant to {}; // without it
    QList<int> counts; // by kind
    int total() const;
    bool operator==(const CountBar &) const = default;
};

// `moments`: when, and the number of its kind, in any order. From the first to the last, at most `most` bars, also those of nothing. Empty for
// no moments.
QList<CountBar> countBars(const QList<std::pair<Instant, int>> &moments, int kinds, int most);

}
