#include "backend/core/sig_v4_digest.h"

#include "backend/core/aead.h"
#include "backend/core/byte_encoding.h"
#include "backend/core/secret_bytes.h"

#include <fmt/format.h>

#include <algorithm>

namespace fb {

namespace {
    constexpr std::string_view kEnd = "aws4_request";

    std::string signingKey(std::string_view secret, const SigV4Scope &scope)
    {
        constexpr std::string_view kVersion = "AWS4";
        SecretBytes start = SecretBytes::ofSize(kVersion.size() + secret.size());
        std::ranges::copy(kVersion, start.data());
        std::ranges::copy(secret, start.data() + kVersion.size());
        std::string key = hmacSha256(start.view(), scope.day);
        for (const std::string_view part : {scope.region, scope.service, kEnd}) {
            std::string next = hmacSha256(key, part);
            wipe(key);
            key = std::move(next);
        }
        return key;
    }
}

std::string toString(const SigV4Scope &scope)
{
    return fmt::format("{}/{}/{}/{}", scope.day, scope.region, scope.service, kEnd);
}

std::string sigV4Signature(std::string_view secret, const SigV4Scope &scope, std::string_view stamp,
                           std::string_view canonicalRequest)
{
    std::string key = signingKey(secret, scope);
    std::string signature = toHex(hmacSha256(
        key,
        fmt::format("AWS4-HMAC-SHA256\n{}\n{}\n{}", stamp, toString(scope), sha256Hex(canonicalRequest))));
    wipe(key);
    return signature;
}

}
