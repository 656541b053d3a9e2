#pragma once
// A clock that stands still until a test moves it.

#include "backend/core/clock.h"

namespace fb::test {

class ManualClock final : public Clock
{
public:
    explicit ManualClock(Instant start = fromMicros(1'764'000'000'000'000))
        : m_now(start) { } // 2025-11-24T16:00:00Z

    Instant now() const override { return m_now; }
    Tick tick() const override { return m_tick; }

    void advance(Microseconds step) // time passes
    {
        m_now += step;
        m_tick += step;
    }
    void jumpWallClock(Microseconds step) { m_now += step; } // somebody set the clock

private:
    Instant m_now;
    Tick m_tick {std::chrono::hours(1)};
};

}
