#pragma once
// One request of the AWS wire as it came, and what goes back. Plain values; any thread.

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fb {

struct HttpRequest {
    std::string method; // "POST"
    std::string path = "/"; // as sent, percent-encoded
    std::string query; // as sent, without '?'
    std::vector<std::pair<std::string, std::string>> headers; // names in lower case, in the order of the wire
    std::string body;
    std::string peer {}; // "127.0.0.1:50312"

    bool has(std::string_view name) const // also when it comes more than once
    {
        return std::ranges::any_of(headers, [&](const auto &header) { return header.first == name; });
    }

    // Nothing when absent, and when it comes more than once: no reader may choose another one than the signer did.
    std::optional<std::string_view> header(std::string_view name) const
    {
        std::optional<std::string_view> found;
        for (const auto &[key, value] : headers) {
            if (key != name)
                continue;
            if (found)
                return std::nullopt;
            found = value;
        }
        return found;
    }
};

struct HttpAnswer {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
};

}
