#pragma once
// What a node makes of the bundle of CAs that its engine sends (protocol-notes 10.6). Pure; also of simulated nodes.

#include "agent/supervisor/identity.h"
#include "backend/protocol/flagbridge.pb.h"

#include <optional>

namespace fb::transport {
class ClientTls;
}

namespace fb::agent {

// The registration with the bundle's CAs, to be stored before it is confirmed; nothing if the node has it, or a later one, already. An error if
// the bundle must not be trusted: then all stays as it is.
Result<std::optional<Registration>> withBundle(const Registration &registration,
                                               const wire::TrustBundle &bundle);

Result<std::shared_ptr<const transport::ClientTls>> trustOf(const Registration &registration);

}
