#include "backend/dispatch/order_signer.h"

#include "backend/protocol/order_signature.h"

namespace fb {

SecretBytes OrderSigner::newSeed(Random &random)
{
    std::string bytes = random.bytes(kSeedBytes);
    SecretBytes seed(bytes);
    bytes.assign(bytes.size(), '\0');
    return seed;
}

Result<OrderSigner> OrderSigner::make(FleetId fleet, const SecretBytes &seed)
{
    auto publicKey = protocol::orderPublicKey(seed);
    if (!publicKey)
        return publicKey.error();
    return OrderSigner(std::move(fleet), seed.copy(), std::move(*publicKey));
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
    return protocol::signOrderText(m_seed,
                                   protocol::signedOrderText(m_fleet.text(), node.text(), head, body));
}

Result<std::string> OrderSigner::signText(std::string_view text) const
{
    return protocol::signOrderText(m_seed, text);
}

}
