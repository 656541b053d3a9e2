#pragma once
// Tokens that open data channels: for one session, once, within 60 s. Only their hashes are kept, and those in memory alone. Engine thread.

#include "backend/core/clock.h"
#include "backend/core/ids.h"
#include "backend/core/random.h"
#include "backend/core/result.h"
#include "backend/security/principal.h"

#include <map>
#include <string>

namespace fb {

class ChannelTokens
{
public:
    static constexpr std::chrono::seconds kLife {60};
    static constexpr size_t kMost = 10'000; // the oldest goes beyond

    ChannelTokens(const Clock &clock, Random &random) : m_clock(clock), m_random(random) { }

    std::string issue(const SessionId &session, const Principal &who);
    // Who it was given to. AccessDeniedException: unknown, used, expired or another session's; it is used up by this, whatever comes of it.
    Result<Principal> take(const SessionId &session, std::string_view token);

private:
    struct Issued {
        SessionId session;
        Principal who;
        Tick at {};
    };
    void dropExpired();

    const Clock &m_clock;
    Random &m_random;
    std::map<std::string, Issued> m_issued; // by SHA-256
};

}
