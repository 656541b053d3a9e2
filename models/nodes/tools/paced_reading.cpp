#include "models/nodes/tools/paced_reading.h"

namespace fb {

PacedReading::PacedReading(std::chrono::milliseconds interval, std::function<void()> ask)
    : m_ask(std::move(ask))
{
    m_pace.setSingleShot(true);
    m_pace.setInterval(interval);
    connect(&m_pace, &QTimer::timeout, this, &PacedReading::readNow);
}

void PacedReading::setLooking(bool looking)
{
    if (std::exchange(m_isLooking, looking) == looking)
        return;
    if (looking)
        readNow();
    else
        m_pace.stop();
}

void PacedReading::setInterval(std::chrono::milliseconds interval)
{
    m_pace.setInterval(interval); // one that runs begins anew
}

void PacedReading::readNow()
{
    m_isStale = std::exchange(m_isAsking, true);
    if (m_isStale)
        return;
    m_pace.stop();
    m_ask();
}

void PacedReading::answered()
{
    m_isAsking = false;
    if (m_isStale)
        readNow();
    else if (m_isLooking)
        m_pace.start();
}

}
