#include "backend/nodes/datachannel/channel_tokens.h"

#include "backend/core/byte_encoding.h"

#include <algorithm>

namespace fb {

std::string ChannelTokens::issue(const SessionId &session, const Principal &who)
{
    dropExpired();
    if (m_issued.size() >= kMost)
        m_issued.erase(
            std::ranges::min_element(m_issued, {}, [](const auto &each) { return each.second.at; }));
    const std::string token = toBase64Url(m_random.bytes(32));
    m_issued.emplace(sha256(token), Issued {session, who, m_clock.tick()});
    return token;
}

Result<Principal> ChannelTokens::take(const SessionId &session, std::string_view token)
{
    dropExpired();
    const auto found = m_issued.find(sha256(token));
    if (found == m_issued.end())
        return makeError(errors::kAccessDenied,
                         "The token is unknown, was used, or is older than 60 seconds.", "TokenValue");
    const Issued issued = found->second;
    m_issued.erase(found);
    if (issued.session != session)
        return makeError(errors::kAccessDenied, "The token is another session's.", "TokenValue");
    return issued.who;
}

void ChannelTokens::dropExpired()
{
    const Tick now = m_clock.tick();
    std::erase_if(m_issued, [now](const auto &each) { return now - each.second.at >= kLife; });
}

}
