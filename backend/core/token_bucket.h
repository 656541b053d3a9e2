#pragma once
// So many a second on average, with bursts of one second's worth. One thread.

#include "backend/core/clock.h"

#include <algorithm>

namespace fb {

class TokenBucket
{
public:
    TokenBucket(double perSecond, Tick now) : m_perSecond(perSecond), m_tokens(perSecond), m_filledAt(now) { }

    bool take(Tick now)
    {
        const double seconds = std::chrono::duration<double>(now - m_filledAt).count();
        m_tokens = std::min(m_perSecond, m_tokens + seconds * m_perSecond);
        m_filledAt = now;
        if (m_tokens < 1)
            return false;
        m_tokens -= 1;
        return true;
    }

    std::chrono::milliseconds untilNext() const // after take() said no
    {
        return std::chrono::milliseconds(1 + static_cast<int64_t>((1 - m_tokens) / m_perSecond * 1000));
    }

private:
    double m_perSecond;
    double m_tokens;
    Tick m_filledAt;
};

}
