#pragma once
// What both sides of AWS Signature Version 4 compute: the signature of a canonical request. Any thread.

#include <string>
#include <string_view>

namespace fb {

struct SigV4Scope {
    std::string_view day; // 20261128
    std::string_view region;
    std::string_view service; // "s3", "ssm"
};

std::string toString(const SigV4Scope &scope); // 20261128/eu-1/ssm/aws4_request
// 64 lower-case hex digits. `stamp`: 20261128T101112Z.
std::string sigV4Signature(std::string_view secret, const SigV4Scope &scope, std::string_view stamp,
                           std::string_view canonicalRequest);

}
