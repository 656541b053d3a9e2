#pragma once
// Time comes in through Clock, so that schedules and time-outs are tested with a clock that jumps (design 10). Any thread.

#include <chrono>
#include <cstdint>

namespace fb {

using Instant = std::chrono::sys_time<std::chrono::microseconds>; // UTC wall time, for what people see
using Microseconds = std::chrono::microseconds;

struct Monotonic {
    using duration = std::chrono::microseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<Monotonic, duration>;
    static constexpr bool is_steady = true;
};
using Tick = Monotonic::time_point; // never goes back, for durations

class Clock
{
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
    virtual Tick tick() const = 0;
};

class SystemClock final : public Clock
{
public:
    Instant now() const override;
    Tick tick() const override; // CLOCK_BOOTTIME: goes on during suspend
};

// When a stored instant comes, on the clock that nobody sets. Ask once and keep the answer: after the wall clock was set, instants made
// before come out wrong by as much (spec/security R13).
inline Tick tickOf(Instant instant, const Clock &clock) { return clock.tick() + (instant - clock.now()); }

constexpr int64_t toMicros(Instant instant) { return instant.time_since_epoch().count(); }

constexpr Instant fromMicros(int64_t microseconds) { return Instant(Microseconds(microseconds)); }

}
