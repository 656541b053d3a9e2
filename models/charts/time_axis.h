#pragma once
// Where a time axis has its labels, and what they say: round local times, the zone at the last one (ux.md 12). Any thread.

#include "backend/core/clock.h"

#include <QList>
#include <QString>

namespace fb {

struct TimeTick {
    Instant at;
    QString label; // "10:40", "24 Nov"; the last with its zone, "10:40 JST"
    bool operator==(const TimeTick &) const = default;
};

// At most `most` (2 or more) ticks in [from, to].
QList<TimeTick> timeTicks(Instant from, Instant to, int most);

}
