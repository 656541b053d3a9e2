#include "models/charts/count_bars.h"

#include <QDateTime>

#include <algorithm>
#include <array>
#include <numeric>

namespace fb {

using namespace std::chrono_literals;

namespace {
    constexpr std::array<std::chrono::seconds, 15> kPeriods {
        1s, 10s, 1min, 5min, 15min, 30min, 1h, 3h, 6h, 24h, 3 * 24h, 7 * 24h, 28 * 24h, 84 * 24h, 364 * 24h};

    // So that bars begin at the full hour or day of the clock on the wall.
    Microseconds localOffset(Instant at)
    {
        return std::chrono::seconds(QDateTime::fromMSecsSinceEpoch(toMicros(at) / 1000).offsetFromUtc());
    }

    Instant floored(Instant at, Microseconds period, Microseconds offset)
    {
        const auto local = at.time_since_epoch() + offset;
        return Instant(local - local % period - offset);
    }
}

int CountBar::total() const { return std::accumulate(counts.begin(), counts.end(), 0); }

QList<CountBar> countBars(const QList<std::pair<Instant, int>> &moments, int kinds, int most)
{
    if (moments.isEmpty() || most < 1)
        return {};
    const auto [first, last] = std::ranges::minmax_element(moments, {}, &std::pair<Instant, int>::first);
    const Microseconds offset = localOffset(last->first);
    const auto barsOf = [&](Microseconds period) {
        return (floored(last->first, period, offset) - floored(first->first, period, offset)) / period + 1;
    };
    const auto fits
        = std::ranges::find_if(kPeriods, [&](Microseconds period) { return barsOf(period) <= most; });
    const Microseconds longest = kPeriods.back(); // beyond: whole numbers of it
    const Microseconds period = fits != kPeriods.end()
        ? Microseconds(*fits)
        : longest * ((last->first - first->first) / (longest * most) + 2);
    const Instant begin = floored(first->first, period, offset);
    QList<CountBar> bars;
    bars.reserve(barsOf(period));
    for (qint64 i = 0; i < barsOf(period); ++i)
        bars.append(
            {.from = begin + i * period, .to = begin + (i + 1) * period, .counts = QList<int>(kinds, 0)});
    for (const auto &[at, kind] : moments)
        ++bars[(at - begin) / period].counts[kind];
    return bars;
}

}
