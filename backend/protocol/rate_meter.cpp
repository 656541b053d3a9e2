#include "backend/protocol/rate_meter.h"

#include <algorithm>

namespace fb::protocol {

using Seconds = std::chrono::duration<double>;

RateMeter::RateMeter(uint32_t framesPerSecond, uint32_t frameBurst, uint64_t bytesPerSecond, Tick now)
    : m_frames(frameBurst),
      m_bytes(static_cast<double>(bytesPerSecond)),
      m_filledAt(now),
      m_framesPerSecond(framesPerSecond),
      m_frameBurst(frameBurst),
      m_bytesPerSecond(bytesPerSecond)
{
}

void RateMeter::refill(Tick now)
{
    const double seconds = std::chrono::duration_cast<Seconds>(now - m_filledAt).count();
    m_filledAt = now;
    m_frames = std::min<double>(m_frameBurst, m_frames + seconds * m_framesPerSecond);
    m_bytes = std::min(static_cast<double>(m_bytesPerSecond),
                       m_bytes + seconds * static_cast<double>(m_bytesPerSecond));
    if (m_frames >= m_frameBurst)
        m_pauses = 0;
}

void RateMeter::take(size_t bytes, Tick now)
{
    refill(now);
    m_frames -= 1;
    m_bytes -= static_cast<double>(bytes);
    if (m_paused || (m_frames >= 0 && m_bytes >= 0))
        return;
    m_paused = true;
    ++m_pauses;
    const double wanted = std::max((std::min(m_framesPerSecond, m_frameBurst) - m_frames) / m_framesPerSecond,
                                   -m_bytes / static_cast<double>(m_bytesPerSecond));
    m_resumesAt = now + std::chrono::ceil<Microseconds>(Seconds(wanted));
}

bool RateMeter::isPaused(Tick now)
{
    if (m_paused && now >= m_resumesAt) {
        refill(now);
        m_paused = false;
    }
    return m_paused;
}

}
