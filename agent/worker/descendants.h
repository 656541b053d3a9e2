#pragma once
// Ends everything that a step has started: TERM, and KILL 10 s later, whatever it did to hide: own sessions, double forks, ignored signals
// (spec/security N10). This process is a subreaper, so that nothing gets away from below it. One thread.

#include "agent/platform/control_group.h"
#include "agent/worker/worker_loop.h"

#include <functional>
#include <set>

namespace fb::agent {

inline constexpr std::chrono::seconds kTermToKill {10};

class Descendants
{
public:
    Descendants(WorkerLoop &loop, const ControlGroup &group) : m_loop(loop), m_group(group) { }

    static void becomeSubreaper();
    std::vector<pid_t> present() const;

    // `done(killed, survived)` comes when none is left, or when KILL has not helped for a while.
    void end(std::function<void(uint32_t killed, uint32_t survived)> done);
    bool isEnding() const { return m_ending; }
    void childEnded(); // some child was reaped: look again

private:
    void signalAll(int number);
    void look();
    void finish(uint32_t survived);

    WorkerLoop &m_loop;
    const ControlGroup &m_group;
    bool m_ending = false;
    bool m_killing = false;
    int m_looksLeft = 0;
    std::set<pid_t> m_seen;
    WorkerLoop::TimerId m_timer = 0;
    std::function<void(uint32_t, uint32_t)> m_done;
};

}
