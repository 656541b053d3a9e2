#pragma once
// What both ends make of the messages of network.proto. Pure functions; any thread.

#include "agent/network/network.pb.h"
#include "backend/transport/endpoint_url.h"
#include "backend/transport/limits.h"
#include "backend/transport/tls_context.h"

namespace fb::agent {

network::Start networkStart(const transport::EndpointUrl &url, const transport::ClientTls &tls,
                            const transport::TlsIdentity *identity,
                            const transport::ConnectionLimits &limits);
void wipeSecrets(network::Start &start);

transport::EndpointUrl urlOf(const network::Start &start);
transport::ConnectionLimits limitsOf(const network::Start &start);
Result<std::shared_ptr<const transport::ClientTls>> tlsOf(const network::Start &start);
// Null: there is none.
Result<std::shared_ptr<const transport::TlsIdentity>> identityOf(const network::Start &start);

network::Peer peerMessage(const transport::PeerInfo &peer);
transport::PeerInfo peerOf(const network::Peer &message);

}
