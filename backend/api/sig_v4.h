#pragma once
// AWS Signature Version 4 over a request's headers, the server's side: reads what a client claims, and checks the signature against the secret
// (AWS IAM user guide, "Signing AWS API requests"). Presigned forms are not served: a key never stands in a URL (spec/security S10). Any thread.

#include "backend/api/http_request.h"
#include "backend/core/clock.h"
#include "backend/core/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace fb {

inline constexpr std::chrono::minutes kSignatureWindow {15}; // either way (spec/security T13)

// What the Authorization header says.
struct SignatureClaim {
    std::string accessKeyId;
    std::string date; // 20261128
    std::string region;
    std::string service; // "ssm"
    std::vector<std::string> signedHeaders; // lower case, sorted
    std::string signature; // 64 lower-case hex digits
    std::string signedAt; // 20261128T101112Z
};

// MissingAuthenticationTokenException: unsigned. IncompleteSignatureException: malformed, or a header that must be signed is not.
// InvalidSignatureException: out of its time, or the payload is not the signed one.
Result<SignatureClaim> readSignature(const HttpRequest &request, Instant now);

// InvalidSignatureException when the request was not signed so with this secret.
Result<void> checkSignature(const HttpRequest &request, const SignatureClaim &claim, std::string_view secret);

// For tests and for our own calls: the Authorization header for `request` as it stands.
std::string authorizationFor(const HttpRequest &request, const SignatureClaim &claim,
                             std::string_view secret);

}
