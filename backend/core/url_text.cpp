#include "backend/core/url_text.h"

#include "backend/core/byte_encoding.h"

#include <fmt/format.h>

namespace fb {

std::string percentEncoded(std::string_view text, bool keepsSlashes)
{
    std::string encoded;
    for (const char c : text) {
        const bool isPlain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
            || c == '-' || c == '.' || c == '_' || c == '~' || (c == '/' && keepsSlashes);
        if (isPlain)
            encoded.push_back(c);
        else
            encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return encoded;
}

std::optional<std::string> percentDecoded(std::string_view text)
{
    std::string decoded;
    for (size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            decoded.push_back(text[i]);
            continue;
        }
        const auto byte = fromHex(text.substr(i + 1, 2));
        if (!byte || byte->size() != 1)
            return std::nullopt;
        decoded += *byte;
        i += 2;
    }
    return decoded;
}

}
