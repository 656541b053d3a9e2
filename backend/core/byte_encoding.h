#pragma once
// Hex, base64, big-endian numbers and digests over bytes held in std::string. Any thread.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fb {

std::string toHex(std::string_view bytes); // lower case
std::optional<std::string>
fromHex(std::string_view hex); // either case; nothing for odd length or other characters
std::string toBase64(std::string_view bytes);
std::string toBase64Url(std::string_view bytes); // no padding
std::optional<std::string> fromBase64(std::string_view text); // strict, with padding
std::optional<std::string> fromBase64Url(std::string_view text);

std::string sha256(std::string_view bytes); // 32 raw bytes
std::string sha256Hex(std::string_view bytes);
std::string hmacSha256(std::string_view key, std::string_view bytes); // 32 raw bytes
bool equalInConstantTime(std::string_view a, std::string_view b); // lengths are not secret

template <typename T>
void putBigEndian(std::string &out, T value)
{
    for (int shift = static_cast<int>(sizeof(T)) * 8 - 8; shift >= 0; shift -= 8)
        out.push_back(static_cast<char>((value >> shift) & 0xff));
}

// The caller has checked that sizeof(T) bytes are there.
template <typename T>
T bigEndianAt(std::string_view bytes, size_t offset)
{
    T value = 0;
    for (size_t i = 0; i < sizeof(T); ++i)
        value = static_cast<T>((static_cast<uint64_t>(value) << 8) | static_cast<uint8_t>(bytes[offset + i]));
    return value;
}

// SHA-256 of bytes that come in pieces.
class Sha256
{
public:
    Sha256();
    ~Sha256();
    Sha256(const Sha256 &) = delete;
    Sha256 &operator=(const Sha256 &) = delete;
    void add(std::string_view bytes);
    std::string finish(); // 32 raw bytes; call once

private:
    void *m_context;
};

}
