#include "backend/security/signin/sign_in_throttle.h"

#include <algorithm>

namespace fb {

namespace {
    // 2 s, 4 s, 8 s ...
    std::chrono::seconds doubled(qint64 beyondFree, std::chrono::seconds most)
    {
        return std::min(most, std::chrono::seconds(qint64(1) << std::clamp<qint64>(beyondFree, 1, 20)));
    }
}

std::optional<Instant> SignInThrottle::waitUntil(const FailedSignIns &account) const
{
    const Instant now = m_clock.now();
    std::optional<Instant> until;
    if (account.lockedUntil && *account.lockedUntil > now)
        until = std::min(*account.lockedUntil, now + kLongestWait);
    const Tick tick = m_clock.tick();
    const auto recent = std::ranges::count_if(m_overall, [&](Tick at) { return tick - at < kOverallSpan; });
    if (recent >= kFreeOverall) {
        const auto wait = doubled(recent - kFreeOverall + 1, kLongestOverallWait) - (tick - m_overall.back());
        if (wait > wait.zero())
            until = std::max(until.value_or(now), now + wait);
    }
    return until;
}

FailedSignIns SignInThrottle::after(const FailedSignIns &account)
{
    const Tick tick = m_clock.tick();
    while (!m_overall.empty() && tick - m_overall.front() >= kOverallSpan)
        m_overall.pop_front();
    m_overall.push_back(tick);
    FailedSignIns now {.count = account.count + 1, .lockedUntil = std::nullopt};
    if (now.count >= kFreeFailures)
        now.lockedUntil = m_clock.now() + doubled(now.count - kFreeFailures + 1, kLongestWait);
    return now;
}

void SignInThrottle::takeBack()
{
    if (!m_overall.empty())
        m_overall.pop_back();
}

void SignInThrottle::putUnknown(const QString &name, const FailedSignIns &failed)
{
    if (m_unknown.size() >= kMostUnknown && !m_unknown.contains(name))
        m_unknown.erase(m_unknown.begin());
    m_unknown.insert(name, failed);
}

}
