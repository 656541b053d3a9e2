#include "backend/core/clock.h"

#include <ctime>

namespace fb {

Instant SystemClock::now() const
{
    return std::chrono::time_point_cast<Microseconds>(std::chrono::system_clock::now());
}

Tick SystemClock::tick() const
{
    timespec time {};
    clock_gettime(CLOCK_BOOTTIME, &time);
    return Tick(std::chrono::seconds(time.tv_sec) + std::chrono::microseconds(time.tv_nsec / 1000));
}

}
