#pragma once
// Signs orders for nodes that demand it (feature signed-orders): Ed25519, the key in the vault, the public key pinned by agents at
// enrolment (protocol notes 6.9). Immutable after open(); any thread.

#include "backend/security/vault.h"

#include <memory>
#include <string>

namespace fb {

class OrderSigner
{
public:
    static Result<std::unique_ptr<OrderSigner>> open(Database &database, const Vault &vault, Random &random);

    const std::string &publicKey() const { return m_publicKey; } // 32 bytes
    std::string sign(std::string_view bytes) const; // 64 bytes
    static bool verify(std::string_view publicKey, std::string_view bytes, std::string_view signature);

private:
    OrderSigner(SecretBytes secretKey, std::string publicKey);

    SecretBytes m_secretKey; // libsodium's form, 64 bytes
    std::string m_publicKey;
};

}
