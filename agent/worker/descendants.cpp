#include "agent/worker/descendants.h"

#include "agent/platform/process_tree.h"

#include <csignal>
#include <sys/prctl.h>

namespace fb::agent {

namespace {
    constexpr std::chrono::milliseconds kLookAgain {20}; // while killing
    constexpr int kLooks = 250; // 5 s: what is left then sleeps in the kernel and can't be ended
}

void Descendants::becomeSubreaper() { ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

std::vector<pid_t> Descendants::present() const
{
    std::vector<pid_t> found = descendantsOf(::getpid());
    for (const pid_t pid : m_group.members())
        if (std::find(found.begin(), found.end(), pid) == found.end())
            found.push_back(pid);
    return found;
}

void Descendants::end(std::function<void(uint32_t, uint32_t)> done)
{
    m_done = std::move(done);
    if (m_ending)
        return;
    m_ending = true;
    m_killing = false;
    m_seen.clear();
    signalAll(SIGTERM);
    signalAll(SIGCONT); // a stopped process would not see TERM
    m_timer = m_loop.after(kTermToKill, [this] {
        m_killing = true;
        m_looksLeft = kLooks;
        look();
    });
    childEnded();
}

void Descendants::signalAll(int number)
{
    for (const pid_t pid : present()) {
        m_seen.insert(pid);
        ::kill(pid, number);
    }
}

void Descendants::childEnded()
{
    if (m_ending && present().empty())
        finish(0);
}

void Descendants::look()
{
    signalAll(SIGKILL);
    const auto left = present();
    if (left.empty())
        return finish(0);
    if (--m_looksLeft <= 0)
        return finish(static_cast<uint32_t>(left.size()));
    m_timer = m_loop.after(kLookAgain, [this] { look(); });
}

void Descendants::finish(uint32_t survived)
{
    m_loop.cancel(m_timer);
    m_ending = false;
    const auto ended
        = static_cast<uint32_t>(m_seen.size()) - std::min(survived, static_cast<uint32_t>(m_seen.size()));
    std::exchange(m_done, nullptr)(ended, survived);
}

}
