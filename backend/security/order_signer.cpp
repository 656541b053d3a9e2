#include "backend/security/order_signer.h"

#include "backend/base/fail.h"
#include "backend/security/aead.h"

#include <sodium.h>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const unsigned char *raw(std::string_view bytes)
    {
        return reinterpret_cast<const unsigned char *>(bytes.data());
    }

    unsigned char *raw(std::string &bytes) { return reinterpret_cast<unsigned char *>(bytes.data()); }
}

OrderSigner::OrderSigner(SecretBytes secretKey, std::string publicKey)
    : m_secretKey(std::move(secretKey)),
      m_publicKey(std::move(publicKey))
{
}

Result<std::unique_ptr<OrderSigner>> OrderSigner::open(Database &database, const Vault &vault, Random &random)
{
    const SecretName name {.purpose = u"order-signing"_s, .name = u"ed25519"_s, .version = 1};
    const auto stored = vault.get(database.reader(), name.purpose, name.name);
    if (!stored)
        return stored.error();
    SecretBytes seed = *stored ? (*stored)->secret.copy() : SecretBytes();
    if (!*stored) {
        std::string bytes = random.bytes(crypto_sign_SEEDBYTES);
        SecretBytes made(bytes);
        wipe(bytes);
        auto kept = database.write([&](Transaction &tx) -> Result<void> {
            auto agreed = vault.putIfAbsent(tx, name, made.view());
            if (!agreed)
                return agreed.error();
            seed = std::move(*agreed);
            return {};
        });
        if (!kept)
            return kept.error();
    }
    if (sodium_init() < 0 || seed.size() != crypto_sign_SEEDBYTES)
        return fail(errors::kInternal, u"The order-signing key in the vault cannot be read."_s);
    SecretBytes secretKey = SecretBytes::ofSize(crypto_sign_SECRETKEYBYTES);
    std::string publicKey(crypto_sign_PUBLICKEYBYTES, '\0');
    crypto_sign_seed_keypair(raw(publicKey), reinterpret_cast<unsigned char *>(secretKey.data()),
                             raw(seed.view()));
    return std::unique_ptr<OrderSigner>(new OrderSigner(std::move(secretKey), std::move(publicKey)));
}

std::string OrderSigner::sign(std::string_view bytes) const
{
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(raw(signature), nullptr, raw(bytes), bytes.size(), raw(m_secretKey.view()));
    return signature;
}

bool OrderSigner::verify(std::string_view publicKey, std::string_view bytes, std::string_view signature)
{
    return publicKey.size() == crypto_sign_PUBLICKEYBYTES && signature.size() == crypto_sign_BYTES
        && crypto_sign_verify_detached(raw(signature), raw(bytes), bytes.size(), raw(publicKey)) == 0;
}

}
