#include "agent/supervisor/signed_opens.h"

#include "agent/supervisor/node_core.h"
#include "backend/protocol/features.h"
#include "backend/protocol/order_signature.h"

namespace fb::agent {

std::string SignedOpens::beginConnection(Random &random)
{
    m_challenge = random.bytes(protocol::kOpenChallengeBytes);
    m_lastNumber = 0;
    m_lastProfile.reset();
    return m_challenge;
}

bool SignedOpens::isSigned(const protocol::StreamOpenReceived &received)
{
    const wire::Open &open = received.open;
    if (m_challenge.empty() || open.signed_number() <= m_lastNumber
        || !protocol::verifyOrderText(
            m_config.orderSigningKey,
            protocol::signedOpenText(m_config.fleetId, m_config.nodeId, m_challenge, received.resumed, open),
            open.signature()))
        return false;
    m_lastNumber = open.signed_number();
    return true;
}

bool SignedOpens::isSigned(const wire::NodeProfile &profile, uint64_t number, std::string_view signature)
{
    if (m_challenge.empty() || (m_lastProfile && number <= *m_lastProfile)
        || !protocol::verifyOrderText(
            m_config.orderSigningKey,
            protocol::signedProfileText(m_config.fleetId, m_config.nodeId, m_challenge, number, profile),
            signature))
        return false;
    m_lastProfile = number;
    return true;
}

std::optional<wire::EventReport> SignedOpens::reportOf(const std::string &what, Tick now)
{
    if (now < m_reportAgainAt)
        return std::nullopt;
    m_reportAgainAt = now + std::chrono::minutes(1);
    wire::EventReport report;
    report.set_kind(std::string(protocol::kUnsignedRefused));
    report.set_text(what);
    return report;
}

}
