#pragma once
// The bounds of one connection (protocol-notes 2, 8, 13).

#include "backend/core/result.h"

#include <chrono>
#include <cstddef>
#include <functional>

namespace fb::transport {

struct ConnectionLimits {
    size_t maxMessageBytes = 1024 * 1024; // refused by its announced length, close 1009
    size_t maxFramingBytes = 64 * 1024; // bytes of one message that are not its payload: bounds its fragments
    std::chrono::milliseconds handshakeWithin {
        8000}; // TCP (client), TLS and the HTTP request or upgrade together
    std::chrono::milliseconds answerWithin {30000}; // of a server: from a whole request to its answer
    std::chrono::milliseconds messageWithin {30000}; // from the first byte of a message to its last
    std::chrono::milliseconds stalledAfter {20000}; // unsent bytes without progress
    std::chrono::milliseconds tcpUserTimeout {30000};
    std::chrono::milliseconds closeWithin {2000}; // for the closing handshake; then the socket is cut
    size_t maxRequestHeadBytes = 4 * 1024;
    size_t maxBodyBytes = 16 * 1024; // of a request or an answer
    size_t maskedWriteBytes = 64 * 1024; // client: masking buffer kept per connection
};

// A client's connection stands, and no byte of the peer was read yet; an error ends it.
using BeforeHandshake = std::function<Result<void>()>;

}
