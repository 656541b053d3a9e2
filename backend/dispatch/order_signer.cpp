#include "backend/dispatch/order_signer.h"

#include "backend/protocol/order_signature.h"

#include <openssl/evp.h>

#include <array>
#include <memory>

namespace fb {

namespace {
    struct KeyDeleter {
        void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
    };
    struct ContextDeleter {
        void operator()(EVP_MD_CTX *context) const { EVP_MD_CTX_free(context); }
    };
    using Key = std::unique_ptr<EVP_PKEY, KeyDeleter>;
    using Context = std::unique_ptr<EVP_MD_CTX, ContextDeleter>;

    const unsigned char *bytesOf(std::string_view text)
    {
        return reinterpret_cast<const unsigned char *>(text.data());
    }

    Key keyOf(const SecretBytes &seed)
    {
        return Key(
            EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, bytesOf(seed.view()), seed.size()));
    }
}

SecretBytes OrderSigner::newSeed(Random &random)
{
    std::string bytes = random.bytes(kSeedBytes);
    SecretBytes seed(bytes);
    bytes.assign(bytes.size(), '\0');
    return seed;
}

Result<OrderSigner> OrderSigner::make(FleetId fleet, const SecretBytes &seed)
{
    if (seed.size() != kSeedBytes)
        return makeError(errors::kInternal, "The order signing key in the vault does not have 32 bytes.");
    const Key key = keyOf(seed);
    std::array<unsigned char, 32> publicKey {};
    size_t length = publicKey.size();
    if (!key || EVP_PKEY_get_raw_public_key(key.get(), publicKey.data(), &length) != 1)
        return makeError(errors::kInternal, "The order signing key in the vault cannot be read.");
    return OrderSigner(std::move(fleet), seed.copy(),
                       std::string(reinterpret_cast<const char *>(publicKey.data()), length));
}

OrderSigner::OrderSigner(FleetId fleet, SecretBytes seed, std::string publicKey)
    : m_fleet(std::move(fleet)),
      m_seed(std::move(seed)),
      m_publicKey(std::move(publicKey))
{
}

Result<std::string> OrderSigner::sign(const NodeId &node, const wire::OrderHead &head,
                                      const wire::OrderBody &body) const
{
    const std::string text = protocol::signedOrderText(m_fleet.text(), node.text(), head, body);
    const Key key = keyOf(m_seed);
    const Context context(EVP_MD_CTX_new());
    std::string signature(64, '\0');
    size_t length = signature.size();
    if (!key || !context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1
        || EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &length,
                          bytesOf(text), text.size())
            != 1)
        return makeError(errors::kInternal, "The order could not be signed.");
    signature.resize(length);
    return signature;
}

}
