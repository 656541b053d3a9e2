#pragma once
// "wss://engine.example:8443/agent/v1" in its parts. Any thread.

#include "backend/core/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace fb::transport {

struct EndpointUrl {
    std::string host; // a name, an IPv4 address, or an IPv6 address without brackets
    uint16_t port = 8443;
    std::string path;

    std::string authority() const; // "host:port", with brackets around IPv6
    bool operator==(const EndpointUrl &) const = default;
};

// Scheme wss, no user, query or fragment; an empty path becomes /agent/v1. ValidationException naming the text otherwise.
Result<EndpointUrl> parseEndpointUrl(std::string_view text);

}
