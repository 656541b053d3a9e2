#pragma once
// The little HTTP/1.1 that stands before a connection is trusted, as pure functions over bytes (fuzzed, spec/security T02). Any thread.

#include "backend/core/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fb::transport {

struct HttpRequestHead {
    std::string method;
    std::string target;
    std::string host;
    std::string origin; // empty if none: agents send none, web pages always do (T14)
    std::string contentType;
    std::optional<uint64_t> contentLength;
    bool upgradesToWebSocket = false;
};

// `head` ends with the empty line. A transfer coding, two lengths or anything malformed is refused.
Result<HttpRequestHead> parseRequestHead(std::string_view head);

// The same with every header, names in lower case; for servers whose clients sign them.
struct HttpHeaders {
    std::string method;
    std::string target;
    std::vector<std::pair<std::string, std::string>> fields;
    std::optional<uint64_t> contentLength;
    bool keepsAlive = true;
};
Result<HttpHeaders> parseRequestHeaders(std::string_view head);

struct HttpAnswerHead {
    int status = 0;
    std::string reason;
    std::optional<uint64_t> contentLength;
};
Result<HttpAnswerHead> parseAnswerHead(std::string_view head);

// Bytes up to and with the empty line, or 0 if it has not come yet.
size_t headLength(std::string_view bytes);

}
