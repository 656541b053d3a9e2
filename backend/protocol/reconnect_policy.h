#pragma once
// When a node dials again (protocol-notes 9): so that ten thousand nodes come back spread out after a restart, and a node that fails
// over and over slows down. Says how long to wait; the owner's timer does the waiting. One thread at a time.

#include "backend/core/clock.h"
#include "backend/core/random.h"

#include <chrono>
#include <optional>

namespace fb::protocol {

class ReconnectPolicy
{
public:
    static constexpr std::chrono::milliseconds kDefaultSpread {2000}; // until a WELCOME names one
    static constexpr std::chrono::milliseconds kMaxSpread {180'000};
    static constexpr std::chrono::milliseconds kBase {1000};
    static constexpr std::chrono::milliseconds kCap {120'000};
    static constexpr std::chrono::milliseconds kHealthyAfter {60'000};

    ReconnectPolicy(const Clock &clock, Random &random);

    void welcomed(std::chrono::milliseconds spread); // the link is up; S of its WELCOME
    // The engine has said when to come again. A planned close never counts as a failure.
    void goAway(std::chrono::milliseconds after, std::chrono::milliseconds spread);
    // The connection, or the try to make one, has ended: how long to wait before the next try.
    std::chrono::milliseconds ended();

    int failures() const { return m_failures; } // since the last healthy link

private:
    std::chrono::milliseconds upTo(std::chrono::milliseconds bound);

    const Clock &m_clock;
    Random &m_random;
    std::chrono::milliseconds m_spread = kDefaultSpread;
    std::optional<Tick> m_welcomedAt; // of the connection that is up
    std::optional<std::chrono::milliseconds> m_plannedDelay;
    int m_failures = 0;
};

}
