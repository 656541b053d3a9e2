#include "models/nodes/sessions/desktop_time.h"

#include <algorithm>

namespace fb {

namespace {
    std::chrono::seconds secondsTo(Tick end, Tick now)
    {
        return std::max(std::chrono::seconds(0), std::chrono::ceil<std::chrono::seconds>(end - now));
    }

    std::chrono::seconds before(std::chrono::seconds usual, std::chrono::seconds all)
    {
        return std::min(usual, all / 2);
    }
}

void DesktopTime::begin(Tick now, qint64 toNode, const DesktopLimits &limits)
{
    m_limits = limits;
    m_endsAt = now + limits.longest;
    m_lastUse = m_spanBegan = now;
    m_spanBytes = toNode;
}

void DesktopTime::renew(Tick now, const DesktopLimits &limits)
{
    m_limits = limits;
    m_endsAt = now + limits.longest;
    m_lastUse = now;
}

void DesktopTime::sent(Tick now, qint64 toNode)
{
    const bool isUse = toNode - m_spanBytes > kKeepAliveBytes;
    if (isUse)
        m_lastUse = now;
    if (isUse || now - m_spanBegan >= kSpan) {
        m_spanBegan = now;
        m_spanBytes = toNode;
    }
}

Tick DesktopTime::end() const { return std::min<Tick>(m_endsAt, m_lastUse + m_limits.idle); }

std::chrono::seconds DesktopTime::left(Tick now) const { return secondsTo(m_endsAt, now); }

std::chrono::seconds DesktopTime::endsIn(Tick now) const { return secondsTo(end(), now); }

DesktopEnd DesktopTime::ends(Tick now) const
{
    if (now < end())
        return DesktopEnd::None;
    return m_endsAt <= m_lastUse + m_limits.idle ? DesktopEnd::Time : DesktopEnd::Idle;
}

DesktopEnd DesktopTime::endsSoon(Tick now) const
{
    if (m_endsAt <= m_lastUse + m_limits.idle)
        return now >= m_endsAt - before(kNoticeBefore, m_limits.longest) ? DesktopEnd::Time
                                                                         : DesktopEnd::None;
    return now >= m_lastUse + m_limits.idle - before(kIdleNoticeBefore, m_limits.idle) ? DesktopEnd::Idle
                                                                                       : DesktopEnd::None;
}

}
