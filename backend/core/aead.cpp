#include "backend/core/aead.h"

#include "backend/core/byte_encoding.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <memory>

namespace fb {

namespace {
    using Cipher = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

    const unsigned char *raw(std::string_view bytes)
    {
        return reinterpret_cast<const unsigned char *>(bytes.data());
    }

    unsigned char *raw(char *bytes) { return reinterpret_cast<unsigned char *>(bytes); }

    int length(std::string_view bytes) { return static_cast<int>(bytes.size()); }
}

std::string aeadSeal(std::string_view key, std::string_view nonce, std::string_view associated,
                     std::string_view plain)
{
    const Cipher cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    std::string out(plain.size() + kAeadTagBytes, '\0');
    int written = 0;
    int last = 0;
    EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, raw(key), raw(nonce));
    EVP_EncryptUpdate(cipher.get(), nullptr, &written, raw(associated), length(associated));
    EVP_EncryptUpdate(cipher.get(), raw(out.data()), &written, raw(plain), length(plain));
    EVP_EncryptFinal_ex(cipher.get(), raw(out.data() + written), &last);
    EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(kAeadTagBytes),
                        out.data() + plain.size());
    return out;
}

std::optional<SecretBytes> aeadOpen(std::string_view key, std::string_view nonce, std::string_view associated,
                                    std::string_view sealed)
{
    if (sealed.size() < kAeadTagBytes)
        return std::nullopt;
    const Cipher cipher(EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free);
    const std::string_view body = sealed.substr(0, sealed.size() - kAeadTagBytes);
    std::string tag(sealed.substr(body.size()));
    SecretBytes out = SecretBytes::ofSize(body.size());
    unsigned char none = 0;
    unsigned char *plain = body.empty() ? &none : raw(out.data());
    int written = 0;
    int last = 0;
    const bool opened
        = EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, raw(key), raw(nonce)) == 1
        && EVP_DecryptUpdate(cipher.get(), nullptr, &written, raw(associated), length(associated)) == 1
        && EVP_DecryptUpdate(cipher.get(), plain, &written, raw(body), length(body)) == 1
        && EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, static_cast<int>(kAeadTagBytes),
                               tag.data())
            == 1
        && EVP_DecryptFinal_ex(cipher.get(), plain + written, &last) == 1;
    if (!opened)
        return std::nullopt;
    return out;
}

SecretBytes derivedKey(std::string_view master, std::string_view purpose)
{
    std::string bytes = hmacSha256(master, purpose);
    SecretBytes key(bytes);
    wipe(bytes);
    return key;
}

void wipe(std::string &bytes) { OPENSSL_cleanse(bytes.data(), bytes.size()); }

}
