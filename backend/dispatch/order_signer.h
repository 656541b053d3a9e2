#pragma once
// OrderSigner: Ed25519 over what an order, or a stream that is opened, makes a node do (protocol-notes 6.9). The key is the fleet's, kept in the vault. Any thread.

#include "backend/core/ids.h"
#include "backend/core/random.h"
#include "backend/core/result.h"
#include "backend/core/secret_bytes.h"
#include "backend/protocol/flagbridge.pb.h"

namespace fb {

class OrderSigner
{
public:
    static constexpr size_t kSeedBytes = 32;
    static SecretBytes newSeed(Random &random);

    // `seed`: kSeedBytes. An internal error when it is not.
    static Result<OrderSigner> make(FleetId fleet, const SecretBytes &seed);

    const std::string &publicKey() const { return m_publicKey; } // 32 raw bytes, for WELCOME and enrolment
    Result<std::string> sign(const NodeId &node, const wire::OrderHead &head,
                             const wire::OrderBody &body) const;
    Result<std::string> signText(std::string_view text) const; // of order_signature.h

private:
    OrderSigner(FleetId fleet, SecretBytes seed, std::string publicKey);

    FleetId m_fleet;
    SecretBytes m_seed;
    std::string m_publicKey;
};

}
