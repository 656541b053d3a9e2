#include "agent/worker/worker_loop.h"

#include <algorithm>
#include <csignal>
#include <poll.h>
#include <sys/signalfd.h>

namespace fb::agent {

void WorkerLoop::watch(int fd, short events, std::function<void(short)> ready)
{
    m_watches[fd] = {events, std::move(ready)};
}

void WorkerLoop::setEvents(int fd, short events)
{
    if (const auto it = m_watches.find(fd); it != m_watches.end())
        it->second.events = events;
}

void WorkerLoop::unwatch(int fd) { m_watches.erase(fd); }

WorkerLoop::TimerId WorkerLoop::after(Microseconds delay, std::function<void()> due)
{
    const TimerId id = m_nextTimer++;
    m_timers[id] = {m_clock.tick() + delay, std::move(due)};
    return id;
}

void WorkerLoop::cancel(TimerId timer) { m_timers.erase(timer); }

void WorkerLoop::watchSignals(const std::vector<int> &signals, std::function<void(int)> arrived)
{
    sigset_t set;
    ::sigemptyset(&set);
    for (const int number : signals)
        ::sigaddset(&set, number);
    ::sigprocmask(SIG_BLOCK, &set, nullptr);
    m_signals.reset(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
    watch(m_signals.get(), POLLIN, [this, arrived = std::move(arrived)](short) {
        signalfd_siginfo info {};
        while (::read(m_signals.get(), &info, sizeof info) == static_cast<ssize_t>(sizeof info))
            arrived(static_cast<int>(info.ssi_signo));
    });
}

int WorkerLoop::waitMilliseconds() const
{
    if (m_timers.empty())
        return -1;
    Tick next = Tick::max();
    for (const auto &[id, timer] : m_timers)
        next = std::min(next, timer.at);
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(next - m_clock.tick());
    return static_cast<int>(std::clamp<int64_t>(wait.count(), 0, 3'600'000));
}

void WorkerLoop::runTimers()
{
    const Tick now = m_clock.tick();
    std::vector<TimerId> due;
    for (const auto &[id, timer] : m_timers)
        if (timer.at <= now)
            due.push_back(id);
    for (const TimerId id : due) {
        const auto it = m_timers.find(id); // an earlier one may have cancelled it
        if (it == m_timers.end())
            continue;
        const auto fn = std::move(it->second.due);
        m_timers.erase(it);
        fn();
    }
}

int WorkerLoop::run()
{
    m_running = true;
    std::vector<pollfd> polled;
    while (m_running) {
        polled.clear();
        for (const auto &[fd, watched] : m_watches)
            polled.push_back({fd, watched.events, 0});
        ::poll(polled.data(), polled.size(), waitMilliseconds());
        for (const pollfd &entry : polled) {
            if (!entry.revents || !m_running)
                continue;
            if (const auto it = m_watches.find(entry.fd); it != m_watches.end()) {
                const auto fn = it->second.ready; // it may take itself away
                fn(entry.revents);
            }
        }
        if (m_running)
            runTimers();
    }
    return m_value;
}

void WorkerLoop::stop(int value)
{
    m_running = false;
    m_value = value;
}

}
