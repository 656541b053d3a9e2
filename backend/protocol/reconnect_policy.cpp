#include "backend/protocol/reconnect_policy.h"

#include <algorithm>
#include <utility>

namespace fb::protocol {

using std::chrono::milliseconds;

ReconnectPolicy::ReconnectPolicy(const Clock &clock, Random &random) : m_clock(clock), m_random(random) { }

milliseconds ReconnectPolicy::upTo(milliseconds bound)
{
    return milliseconds(m_random.below(static_cast<uint64_t>(bound.count()) + 1));
}

void ReconnectPolicy::welcomed(milliseconds spread)
{
    m_spread = std::clamp(spread, milliseconds(0), kMaxSpread);
    m_welcomedAt = m_clock.tick();
    m_plannedDelay.reset();
}

void ReconnectPolicy::goAway(milliseconds after, milliseconds spread)
{
    const auto bounded
        = [](milliseconds value) { return std::clamp(value, milliseconds(0), milliseconds(3'600'000)); };
    m_plannedDelay = bounded(after) + upTo(bounded(spread));
}

milliseconds ReconnectPolicy::ended()
{
    const bool wasUp = m_welcomedAt.has_value();
    const bool wasHealthy = wasUp && m_clock.tick() - *m_welcomedAt >= kHealthyAfter;
    m_welcomedAt.reset();
    if (wasHealthy)
        m_failures = 0;
    if (m_plannedDelay)
        return *std::exchange(m_plannedDelay, std::nullopt);
    if (wasHealthy)
        return upTo(
            m_spread); // the engine restarts, or the network had a hiccup: all nodes are in the same position
    const milliseconds ceiling = std::min(kCap, kBase * (int64_t(1) << std::min(m_failures, 20)));
    ++m_failures;
    // A link that broke soon after its WELCOME may be one of many: spread at least as wide as S.
    return upTo(wasUp ? std::max(ceiling, m_spread) : ceiling);
}

}
