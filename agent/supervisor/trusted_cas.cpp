#include "agent/supervisor/trusted_cas.h"

#include "backend/transport/ca_check.h"
#include "backend/transport/tls_context.h"

namespace fb::agent {

Result<std::optional<Registration>> withBundle(const Registration &registration,
                                               const wire::TrustBundle &message)
{
    const std::vector<std::string> cas {message.ca_der().begin(), message.ca_der().end()};
    // The same number with other CAs: of an engine whose store was restored. It is taken if it is signed by one that is trusted.
    if (message.version() < registration.caVersion
        || (message.version() == registration.caVersion && cas == registration.caDer))
        return std::optional<Registration>();
    const CaBundle bundle {.version = message.version(), .caDer = cas, .signature = message.signature()};
    if (auto checked = transport::checkCaBundle(bundle, registration.fleetId, registration.caDer); !checked)
        return checked.error();
    Registration after = registration;
    after.caDer = bundle.caDer;
    after.caVersion = bundle.version;
    return std::optional(std::move(after));
}

Result<std::shared_ptr<const transport::ClientTls>> trustOf(const Registration &registration)
{
    return transport::ClientTls::make(
        {.caDer = registration.caDer,
         .serverRules = {transport::PeerRole::Engine, "fb:engine/" + registration.fleetId, true}});
}

}
