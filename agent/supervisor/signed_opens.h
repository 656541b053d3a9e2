#pragma once
// Whether a stream that is opened on this node, or its profile, was signed by the engine whose key is pinned (protocol-notes 6.9), for this
// connection and once. Part of NodeCore.

#include "backend/core/clock.h"
#include "backend/core/random.h"
#include "backend/protocol/link.h"

#include <optional>
#include <string>

namespace fb::agent {

struct NodeConfig;

class SignedOpens
{
public:
    explicit SignedOpens(const NodeConfig &config) : m_config(config) { }

    std::string beginConnection(Random &random); // the challenge of its HELLO
    bool isSigned(const protocol::StreamOpenReceived &received); // each OPEN is asked for once
    // `number`: 0 in WELCOME, and rising in CONFIG.
    bool isSigned(const wire::NodeProfile &profile, uint64_t number, std::string_view signature);
    // For the engine, that an order or a stream was refused; nothing within a minute of the last one: who tries it may try it often.
    std::optional<wire::EventReport> reportOf(const std::string &what, Tick now);

private:
    const NodeConfig &m_config;
    std::string m_challenge;
    uint64_t m_lastNumber = 0;
    std::optional<uint64_t> m_lastProfile;
    Tick m_reportAgainAt = Tick::min();
};

}
