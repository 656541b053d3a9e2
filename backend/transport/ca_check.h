#pragma once
// Whether a set of CAs may become what a node trusts: bytes that an engine has sent. Any thread.

#include "backend/core/ca_bundle.h"
#include "backend/core/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace fb::transport {

// 1 to kMostCas different certificates in DER, each of at most kMostCaBytes, a CA's, signed by itself, with a P-256 or Ed25519 key.
// ValidationException naming the one that is not.
Result<void> checkCas(const std::vector<std::string> &caDer);

// The same, and that the fleet's own CA says so: it is signed by one of `trusted`, and one of them stays, so that no step can lock a node
// out. AccessDeniedException if not. Times are not looked at: a node's clock may be wrong now and right later.
Result<void> checkCaBundle(const CaBundle &bundle, std::string_view fleetId,
                           const std::vector<std::string> &trusted);

}
