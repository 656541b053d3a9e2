#pragma once
// A small poll loop: descriptors, one timer list, signals as descriptors. A worker lives for one script, so it has no need of more. One
// thread.

#include "agent/platform/unique_fd.h"
#include "backend/core/clock.h"

#include <functional>
#include <map>
#include <vector>

namespace fb::agent {

class WorkerLoop
{
public:
    explicit WorkerLoop(const Clock &clock) : m_clock(clock) { }

    void watch(int fd, short events, std::function<void(short)> ready); // replaces
    void setEvents(int fd, short events);
    void unwatch(int fd);

    using TimerId = int;
    TimerId after(Microseconds delay, std::function<void()> due);
    void cancel(TimerId timer);

    // Blocks the signals and calls `arrived` with the number of each that comes.
    void watchSignals(const std::vector<int> &signals, std::function<void(int)> arrived);

    int run(); // until stop(); its value
    void stop(int value);

private:
    struct Watch {
        short events = 0;
        std::function<void(short)> ready;
    };
    struct Timer {
        Tick at;
        std::function<void()> due;
    };
    int waitMilliseconds() const;
    void runTimers();

    const Clock &m_clock;
    std::map<int, Watch> m_watches;
    std::map<TimerId, Timer> m_timers;
    TimerId m_nextTimer = 1;
    UniqueFd m_signals;
    bool m_running = false;
    int m_value = 0;
};

}
