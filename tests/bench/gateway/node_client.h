#pragma once
// One enrolled node that dials an engine again and again, to see what an accepted connection costs.

#include "agent/supervisor/enrolment.h"
#include "app/fleetsim/activation_source.h"
#include "backend/core/random.h"
#include "backend/transport/tls_context.h"

#include <boost/asio/io_context.hpp>

#include <memory>

namespace fb::bench {

class NodeClient
{
public:
    static Result<std::unique_ptr<NodeClient>> enrol(const sim::Invitation &invitation);

    // Connections one after the other: TLS, upgrade, close.
    Result<void> connect(int times, bool resumed);

private:
    NodeClient() = default;

    boost::asio::io_context m_context {1};
    sim::SimEngine m_engine;
    std::shared_ptr<const transport::ClientTls> m_tls;
    std::shared_ptr<const transport::TlsIdentity> m_identity;
    std::shared_ptr<transport::SessionCache> m_sessions = std::make_shared<transport::SessionCache>();
};

}
