#pragma once
// What server and client contexts have in common. Inside this room only.

#include "backend/transport/openssl_handles.h"
#include "backend/transport/tls_context.h"

#include <string>
#include <string_view>
#include <vector>

namespace fb::transport {

// TLS 1.3, groups, signature algorithms, cipher suites, modes. Nothing when the library refuses (its words are in the error).
Result<SslContextHandle> makeContext(const SSL_METHOD *method);
Result<X509Handle> parseCertificate(std::string_view der, std::string_view field);
std::string toDer(X509 *certificate);
std::string opensslError(); // the library's words for the newest error, and clears the queue
// Why chain verification failed, by X509_V_ERR_*, about a peer in that role.
Error verificationError(int code, PeerRole role);
int alertError(ErrorCode cause); // the X509_V_ERR_* that makes the library send the fitting alert
Error alertCause(int alert); // why the peer refused us, from the alert it sent
Instant nowOf(const Clock *clock);

}
