#include "backend/api/replay_guard.h"

#include <charconv>

namespace fb {

bool ReplayGuard::admit(std::string_view signature, Tick now)
{
    if (now - m_begun > kGeneration || m_current.size() >= kMostRemembered) {
        m_former = std::exchange(m_current, {});
        m_begun = now;
    }
    uint64_t key = 0; // 64 of its 256 bits: it is no secret, and a chance meeting is one in 10^13
    std::from_chars(signature.data(), signature.data() + std::min<size_t>(16, signature.size()), key, 16);
    const auto former = m_former.find(key);
    const Tick first
        = former != m_former.end() ? former->second : m_current.try_emplace(key, now).first->second;
    return now - first <= kHonestRepeat;
}

}
