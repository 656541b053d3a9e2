#include "agent/supervisor/node_key.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>

namespace fb::agent {

namespace {

    using Key = std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY *)>;
    using Request = std::unique_ptr<X509_REQ, void (*)(X509_REQ *)>;

    Key keyFrom(const SecretBytes &bytes)
    {
        const auto *at = reinterpret_cast<const unsigned char *>(bytes.view().data());
        return Key(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(bytes.size())), EVP_PKEY_free);
    }

    Error cryptoError(std::string what)
    {
        return makeError(errors::kInternal, "OpenSSL cannot " + std::move(what));
    }

}

Result<SecretBytes> newNodeKey()
{
    const Key key(EVP_EC_gen("P-256"), EVP_PKEY_free);
    if (!key)
        return cryptoError("make a P-256 key");
    const std::unique_ptr<PKCS8_PRIV_KEY_INFO, void (*)(PKCS8_PRIV_KEY_INFO *)> info(
        EVP_PKEY2PKCS8(key.get()), PKCS8_PRIV_KEY_INFO_free);
    unsigned char *der = nullptr;
    const int size = info ? i2d_PKCS8_PRIV_KEY_INFO(info.get(), &der) : -1;
    if (size <= 0)
        return cryptoError("write the key");
    SecretBytes bytes(std::string_view(reinterpret_cast<const char *>(der), static_cast<size_t>(size)));
    OPENSSL_clear_free(der, static_cast<size_t>(size));
    return bytes;
}

Result<std::string> certificateRequest(const SecretBytes &bytes)
{
    const Key key = keyFrom(bytes);
    const Request request(X509_REQ_new(), X509_REQ_free);
    if (!key || !request || X509_REQ_set_version(request.get(), X509_REQ_VERSION_1) != 1
        || X509_REQ_set_pubkey(request.get(), key.get()) != 1
        || X509_REQ_sign(request.get(), key.get(), EVP_sha256()) <= 0)
        return cryptoError("make a certificate request");
    unsigned char *der = nullptr;
    const int size = i2d_X509_REQ(request.get(), &der);
    if (size <= 0)
        return cryptoError("write a certificate request");
    std::string text(reinterpret_cast<const char *>(der), static_cast<size_t>(size));
    OPENSSL_free(der);
    return text;
}

Result<std::string> signText(const SecretBytes &bytes, std::string_view text)
{
    const Key key = keyFrom(bytes);
    const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX *)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    const auto *data = reinterpret_cast<const unsigned char *>(text.data());
    size_t size = 0;
    if (!key || !context || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1
        || EVP_DigestSign(context.get(), nullptr, &size, data, text.size()) != 1)
        return cryptoError("sign with the node's key");
    std::string signature(size, '\0');
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &size, data,
                       text.size())
        != 1)
        return cryptoError("sign with the node's key");
    signature.resize(size);
    return signature;
}

}
