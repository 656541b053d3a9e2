#include "backend/core/text_safety.h"

#include <fmt/format.h>

#include <cstdint>

namespace fb {

namespace {
    struct Character {
        uint32_t codePoint = 0;
        size_t length = 0; // 0: broken here
    };

    Character characterAt(std::string_view bytes, size_t at)
    {
        const auto byte = [&](size_t i) { return static_cast<uint8_t>(bytes[i]); };
        const uint8_t first = byte(at);
        if (first < 0x80)
            return {first, 1};
        size_t length = 0;
        uint32_t value = 0;
        uint32_t least = 0;
        if ((first & 0xe0) == 0xc0) {
            length = 2, value = first & 0x1f, least = 0x80;
        } else if ((first & 0xf0) == 0xe0) {
            length = 3, value = first & 0x0f, least = 0x800;
        } else if ((first & 0xf8) == 0xf0) {
            length = 4, value = first & 0x07, least = 0x10000;
        } else {
            return {};
        }
        if (at + length > bytes.size())
            return {};
        for (size_t i = 1; i < length; ++i) {
            if ((byte(at + i) & 0xc0) != 0x80)
                return {};
            value = (value << 6) | (byte(at + i) & 0x3f);
        }
        if (value < least || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
            return {};
        return {value, length};
    }

    bool isControl(uint32_t c) { return c < 0x20 || c == 0x7f || (c >= 0x80 && c < 0xa0); }

    bool isBidi(uint32_t c)
    {
        return c == 0x200e || c == 0x200f || c == 0x061c || (c >= 0x202a && c <= 0x202e)
            || (c >= 0x2066 && c <= 0x2069);
    }
}

bool isValidUtf8(std::string_view bytes)
{
    for (size_t at = 0; at < bytes.size();) {
        const Character c = characterAt(bytes, at);
        if (c.length == 0)
            return false;
        at += c.length;
    }
    return true;
}

std::string toValidUtf8(std::string_view bytes)
{
    std::string out;
    out.reserve(bytes.size());
    for (size_t at = 0; at < bytes.size();) {
        const Character c = characterAt(bytes, at);
        if (c.length == 0) {
            out += "\xef\xbf\xbd";
            ++at;
        } else {
            out += bytes.substr(at, c.length);
            at += c.length;
        }
    }
    return out;
}

size_t codePointCount(std::string_view utf8)
{
    size_t count = 0;
    for (const char c : utf8)
        count += (static_cast<uint8_t>(c) & 0xc0) != 0x80 ? 1U : 0U;
    return count;
}

std::string_view firstCodePoints(std::string_view utf8, size_t count)
{
    size_t seen = 0;
    for (size_t at = 0; at < utf8.size(); ++at) {
        if ((static_cast<uint8_t>(utf8[at]) & 0xc0) == 0x80)
            continue;
        if (seen++ == count)
            return utf8.substr(0, at);
    }
    return utf8;
}

std::string withVisibleEscapes(std::string_view utf8)
{
    std::string out;
    out.reserve(utf8.size());
    for (size_t at = 0; at < utf8.size();) {
        const Character c = characterAt(utf8, at);
        if (c.length == 0) {
            out += fmt::format("\\x{:02x}", static_cast<uint8_t>(utf8[at++]));
            continue;
        }
        if (isBidi(c.codePoint) || (c.codePoint >= 0x80 && isControl(c.codePoint)))
            out += fmt::format("\\u{:04x}", c.codePoint);
        else if (isControl(c.codePoint) && c.codePoint != '\t' && c.codePoint != '\n')
            out += fmt::format("\\x{:02x}", c.codePoint);
        else
            out += utf8.substr(at, c.length);
        at += c.length;
    }
    return out;
}

bool hasControlOrBidi(std::string_view utf8)
{
    for (size_t at = 0; at < utf8.size();) {
        const Character c = characterAt(utf8, at);
        if (c.length == 0 || isControl(c.codePoint) || isBidi(c.codePoint))
            return true;
        at += c.length;
    }
    return false;
}

}
