#include "backend/transport/endpoint_url.h"

#include <fmt/format.h>

#include <charconv>

namespace fb::transport {

namespace {
    Error badUrl(std::string_view text, std::string_view why)
    {
        return makeError(
            errors::kValidation,
            fmt::format("\"{}\" is no engine address: {}. Write wss://HOST:PORT/agent/v1.", text, why),
            "engine");
    }

    bool isHostCharacter(char c, bool ipv6)
    {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'
            || c == '.' || c == '_' || (ipv6 && (c == ':' || c == '%'));
    }
}

std::string EndpointUrl::authority() const
{
    return host.find(':') == std::string::npos ? fmt::format("{}:{}", host, port)
                                               : fmt::format("[{}]:{}", host, port);
}

Result<EndpointUrl> parseEndpointUrl(std::string_view text)
{
    constexpr std::string_view scheme = "wss://";
    if (text.size() > 1024)
        return badUrl(text.substr(0, 64), fmt::format("{} characters, the limit is 1024", text.size()));
    if (!text.starts_with(scheme))
        return badUrl(text, "the scheme must be wss");
    std::string_view rest = text.substr(scheme.size());
    EndpointUrl url;
    const size_t slash = rest.find('/');
    url.path = slash == std::string_view::npos ? "/agent/v1" : std::string(rest.substr(slash));
    if (url.path == "/")
        url.path = "/agent/v1";
    for (const char c : url.path) {
        if (c <= ' ' || c > '~' || c == '?' || c == '#')
            return badUrl(text, "query, fragment, blanks and control characters are not allowed in the path");
    }
    rest = rest.substr(0, slash);

    std::string_view port;
    const bool ipv6 = rest.starts_with('[');
    if (ipv6) {
        const size_t end = rest.find(']');
        if (end == std::string_view::npos)
            return badUrl(text, "the bracket of the address is not closed");
        url.host = std::string(rest.substr(1, end - 1));
        port = rest.substr(end + 1);
        if (url.host.find(':') == std::string::npos)
            return badUrl(text, "brackets are for IPv6 addresses");
        if (!port.empty() && !port.starts_with(':'))
            return badUrl(text, "after the bracket only a port may follow");
    } else {
        const size_t colon = rest.find(':');
        url.host = std::string(rest.substr(0, colon));
        port = colon == std::string_view::npos ? std::string_view() : rest.substr(colon);
    }
    if (url.host.empty() || url.host.size() > 255)
        return badUrl(text, "the host must have 1 to 255 characters");
    for (const char c : url.host) {
        if (!isHostCharacter(c, ipv6))
            return badUrl(text, "the host has a character that is not allowed");
    }
    if (!port.empty()) {
        port.remove_prefix(1);
        const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), url.port);
        if (error != std::errc() || end != port.data() + port.size() || url.port == 0)
            return badUrl(text, fmt::format("the port is \"{}\"; it must be 1 to 65535", port));
    }
    return url;
}

}
