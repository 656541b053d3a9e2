#include "backend/core/ids.h"

#include "backend/core/byte_encoding.h"
#include "backend/core/random.h"

#include <algorithm>
#include <array>

namespace fb {

namespace {
    constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    bool isLowerHex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }
}

std::string newUuid(Random &random)
{
    std::string bytes = random.bytes(16);
    bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x40);
    bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);
    const std::string hex = toHex(bytes);
    return hex.substr(0, 8) + '-' + hex.substr(8, 4) + '-' + hex.substr(12, 4) + '-' + hex.substr(16, 4) + '-'
        + hex.substr(20);
}

std::string newUlid(Random &random, int64_t unixMilliseconds)
{
    std::string text(26, '0');
    auto time = static_cast<uint64_t>(unixMilliseconds);
    for (size_t i = 10; i-- > 0; time >>= 5)
        text[i] = kCrockford[time & 31];
    const std::string bytes = random.bytes(16);
    for (size_t i = 0; i < 16; ++i)
        text[10 + i] = kCrockford[static_cast<uint8_t>(bytes[i]) & 31];
    return text;
}

NodeId newNodeId(Random &random) { return NodeId("mi-" + toHex(random.bytes(9)).substr(0, 17)); }

bool isUuid(std::string_view text)
{
    if (text.size() != 36)
        return false;
    for (size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : !isLowerHex(text[i]))
            return false;
    }
    return true;
}

bool isNodeId(std::string_view text)
{
    return text.size() == 20 && text.starts_with("mi-") && std::ranges::all_of(text.substr(3), isLowerHex);
}

bool isUlid(std::string_view text)
{
    return text.size() == 26
        && std::ranges::all_of(text, [](char c) { return kCrockford.find(c) != std::string_view::npos; });
}

}
