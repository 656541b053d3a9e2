#pragma once
// What S3 wants beside HTTP: the signature of a GET (SigV4), and the answer to a listing. Pure functions; any thread.

#include "backend/core/clock.h"
#include "backend/core/result.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fb::download {

struct S3Request {
    std::string server; // "https://host[:port]"
    std::string path; // percent-encoded, from "/" on
    std::map<std::string, std::string> query; // plain
    std::string url() const;
};

struct S3Keys { // of somebody else, for the call
    std::string_view id;
    std::string_view secret;
    std::string_view region;
};

// The headers of a signed GET without a body: x-amz-date, x-amz-content-sha256, Authorization.
std::vector<std::string> signedHeaders(const S3Request &request, const S3Keys &keys, Instant now);

struct S3Listing {
    std::vector<std::string> keys;
    std::string nextToken; // empty on the last page
};
// Of ListObjectsV2 with encoding-type=url. ServiceUnavailable for a text that is none.
Result<S3Listing> s3Listing(std::string_view xml);

}
