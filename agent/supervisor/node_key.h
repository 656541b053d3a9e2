#pragma once
// A node's own key and the request to sign it (protocol-notes 10). Any thread.

#include "backend/core/result.h"
#include "backend/core/secret_bytes.h"

#include <string>
#include <string_view>

namespace fb::agent {

Result<SecretBytes> newNodeKey(); // P-256, PKCS#8 DER
// PKCS#10 in DER with an empty subject: what stands in the certificate is the engine's to say.
Result<std::string> certificateRequest(const SecretBytes &key);
Result<std::string> signText(const SecretBytes &key, std::string_view text); // ECDSA, SHA-256, DER

}
