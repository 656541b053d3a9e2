#include "backend/core/byte_encoding.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

#include <array>

namespace fb {

namespace {
    constexpr std::string_view kHex = "0123456789abcdef";
    constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    constexpr std::string_view kBase64Url
        = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    const unsigned char *rawBytes(std::string_view bytes)
    {
        return reinterpret_cast<const unsigned char *>(bytes.data());
    }

    int hexDigit(char c)
    {
        if (c >= '0' && c <= '9')
            return c - '0';
        if (c >= 'a' && c <= 'f')
            return c - 'a' + 10;
        if (c >= 'A' && c <= 'F')
            return c - 'A' + 10;
        return -1;
    }

    std::string encode64(std::string_view bytes, std::string_view alphabet, bool pad)
    {
        std::string out;
        out.reserve((bytes.size() + 2) / 3 * 4);
        uint32_t bits = 0;
        int count = 0;
        for (const char c : bytes) {
            bits = (bits << 8) | static_cast<uint8_t>(c);
            for (count += 8; count >= 6; count -= 6)
                out.push_back(alphabet[(bits >> (count - 6)) & 63]);
        }
        if (count > 0)
            out.push_back(alphabet[(bits << (6 - count)) & 63]);
        while (pad && out.size() % 4 != 0)
            out.push_back('=');
        return out;
    }

    std::optional<std::string> decode64(std::string_view text, std::string_view alphabet)
    {
        if (text.size() % 4 == 1)
            return std::nullopt;
        std::string out;
        uint32_t bits = 0;
        int count = 0;
        for (const char c : text) {
            const size_t digit = alphabet.find(c);
            if (digit == std::string_view::npos)
                return std::nullopt;
            bits = (bits << 6) | static_cast<uint32_t>(digit);
            count += 6;
            if (count >= 8) {
                count -= 8;
                out.push_back(static_cast<char>((bits >> count) & 0xff));
            }
        }
        if ((bits & ((1U << count) - 1)) != 0)
            return std::nullopt;
        return out;
    }
}

std::string toHex(std::string_view bytes)
{
    std::string out;
    out.reserve(bytes.size() * 2);
    for (const char c : bytes) {
        out.push_back(kHex[static_cast<uint8_t>(c) >> 4]);
        out.push_back(kHex[static_cast<uint8_t>(c) & 15]);
    }
    return out;
}

std::optional<std::string> fromHex(std::string_view hex)
{
    if (hex.size() % 2 != 0)
        return std::nullopt;
    std::string out;
    for (size_t i = 0; i < hex.size(); i += 2) {
        const int high = hexDigit(hex[i]);
        const int low = hexDigit(hex[i + 1]);
        if (high < 0 || low < 0)
            return std::nullopt;
        out.push_back(static_cast<char>(high * 16 + low));
    }
    return out;
}

std::string toBase64(std::string_view bytes) { return encode64(bytes, kBase64, true); }

std::string toBase64Url(std::string_view bytes) { return encode64(bytes, kBase64Url, false); }

std::optional<std::string> fromBase64(std::string_view text)
{
    if (text.size() % 4 != 0)
        return std::nullopt;
    for (int i = 0; i < 2 && text.ends_with('='); ++i)
        text.remove_suffix(1);
    return decode64(text, kBase64);
}

std::optional<std::string> fromBase64Url(std::string_view text) { return decode64(text, kBase64Url); }

std::string sha256(std::string_view bytes)
{
    std::string out(SHA256_DIGEST_LENGTH, '\0');
    SHA256(rawBytes(bytes), bytes.size(), reinterpret_cast<unsigned char *>(out.data()));
    return out;
}

std::string sha256Hex(std::string_view bytes) { return toHex(sha256(bytes)); }

std::string hmacSha256(std::string_view key, std::string_view bytes)
{
    std::string out(SHA256_DIGEST_LENGTH, '\0');
    unsigned int length = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), rawBytes(bytes), bytes.size(),
         reinterpret_cast<unsigned char *>(out.data()), &length);
    return out;
}

bool equalInConstantTime(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

Sha256::Sha256() : m_context(EVP_MD_CTX_new())
{
    EVP_DigestInit_ex(static_cast<EVP_MD_CTX *>(m_context), EVP_sha256(), nullptr);
}

Sha256::~Sha256() { EVP_MD_CTX_free(static_cast<EVP_MD_CTX *>(m_context)); }

void Sha256::add(std::string_view bytes)
{
    EVP_DigestUpdate(static_cast<EVP_MD_CTX *>(m_context), bytes.data(), bytes.size());
}

std::string Sha256::finish()
{
    std::string out(SHA256_DIGEST_LENGTH, '\0');
    EVP_DigestFinal_ex(static_cast<EVP_MD_CTX *>(m_context), reinterpret_cast<unsigned char *>(out.data()),
                       nullptr);
    return out;
}

}
