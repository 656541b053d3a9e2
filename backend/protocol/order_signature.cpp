#include "backend/protocol/order_signature.h"

#include "backend/core/byte_encoding.h"
#include "backend/core/random.h"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <memory>

namespace fb::protocol {

namespace {
    constexpr size_t kOrderKeyBytes = 32;
    constexpr size_t kSignatureBytes = 64;

    using OrderKey = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
    using DigestContext = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

    const unsigned char *raw(std::string_view bytes)
    {
        return reinterpret_cast<const unsigned char *>(bytes.data());
    }

    OrderKey privateKey(const SecretBytes &seed)
    {
        const bool fits = seed.size() == kOrderKeyBytes;
        return OrderKey(
            fits ? EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, raw(seed.view()), kOrderKeyBytes)
                 : nullptr,
            &EVP_PKEY_free);
    }

    Error badKey()
    {
        return makeError(errors::kInternal, "The order signing key is not an Ed25519 key of 32 bytes.");
    }
}

std::string signedOrderText(std::string_view fleetId, std::string_view nodeId, const wire::OrderHead &head,
                            const wire::OrderBody &body)
{
    std::string environment; // lengths first, so that no two lists give the same bytes
    for (const wire::EnvEntry &entry : body.environment()) {
        putBigEndian(environment, static_cast<uint32_t>(entry.name().size()));
        environment += entry.name();
        putBigEndian(environment, static_cast<uint32_t>(entry.value().size()));
        environment += entry.value();
    }
    std::string text
        = fmt::format("flagbridge-order-1\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n", fleetId, nodeId,
                      head.order_id(), head.attempt(), head.dispatch_seq(), sha256Hex(body.document_json()),
                      sha256Hex(body.parameters_json()), sha256Hex(environment), head.not_start_after_us());
    for (const wire::CalledDocument &called : body.documents())
        text += sha256Hex(called.reference()) + ' ' + sha256Hex(called.name()) + ' '
            + sha256Hex(called.format()) + ' ' + sha256Hex(called.content()) + ' ' + sha256Hex(called.error())
            + '\n';
    for (const wire::Attachment &file : body.attachments())
        text += "attachment " + sha256Hex(file.name()) + ' ' + toHex(file.sha256()) + ' '
            + std::to_string(file.size()) + '\n';
    return text;
}

std::string signedOpenText(std::string_view fleetId, std::string_view nodeId, std::string_view challenge,
                           bool resumed, const wire::Open &open)
{
    wire::Open whole = open;
    whole.clear_window();
    whole.clear_signature();
    whole.set_receive_from(open.receive_from()); // as it comes over the wire, also where it is 0
    return fmt::format("flagbridge-open-1\n{}\n{}\n{}\n{}\n{}\n", fleetId, nodeId, toHex(challenge),
                       resumed ? 1 : 0, sha256Hex(whole.SerializeAsString()));
}

std::string signedProfileText(std::string_view fleetId, std::string_view nodeId, std::string_view challenge,
                              uint64_t number, const wire::NodeProfile &profile)
{
    return fmt::format("flagbridge-profile-1\n{}\n{}\n{}\n{}\n{}\n", fleetId, nodeId, toHex(challenge),
                       number, sha256Hex(profile.SerializeAsString()));
}

Result<OrderSigningKey> newOrderSigningKey()
{
    OrderSigningKey key;
    std::string seed = SecureRandom().bytes(kOrderKeyBytes);
    key.seed = SecretBytes(seed);
    OPENSSL_cleanse(seed.data(), seed.size());
    Result<std::string> publicKey = orderPublicKey(key.seed);
    if (!publicKey)
        return publicKey.error();
    key.publicKey = std::move(*publicKey);
    return key;
}

Result<std::string> orderPublicKey(const SecretBytes &seed)
{
    const OrderKey key = privateKey(seed);
    std::string bytes(kOrderKeyBytes, '\0');
    size_t size = bytes.size();
    if (!key
        || EVP_PKEY_get_raw_public_key(key.get(), reinterpret_cast<unsigned char *>(bytes.data()), &size)
            != 1)
        return badKey();
    return bytes;
}

Result<std::string> signOrderText(const SecretBytes &seed, std::string_view text)
{
    const OrderKey key = privateKey(seed);
    const DigestContext context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    std::string signature(kSignatureBytes, '\0');
    size_t size = signature.size();
    if (!key || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1
        || EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &size,
                          raw(text), text.size())
            != 1)
        return badKey();
    return signature;
}

bool verifyOrderText(std::string_view publicKey, std::string_view text, std::string_view signature)
{
    if (publicKey.size() != kOrderKeyBytes || signature.size() != kSignatureBytes)
        return false;
    const OrderKey key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, raw(publicKey), kOrderKeyBytes),
                       &EVP_PKEY_free);
    const DigestContext context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    return key && EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key.get()) == 1
        && EVP_DigestVerify(context.get(), raw(signature), signature.size(), raw(text), text.size()) == 1;
}

}
