#pragma once
// What is signed when orders are signed (protocol-notes 6.9): everything that decides what a node will run, for which node, and until
// when. The engine signs this text with Ed25519; the agent verifies it with the key it pinned. Pure functions; any thread.

#include "backend/core/result.h"
#include "backend/core/secret_bytes.h"
#include "backend/protocol/flagbridge.pb.h"

#include <string>
#include <string_view>

namespace fb::protocol {

// One line an item: a fixed first line, fleet, node, order id, attempt, dispatch sequence, SHA-256 of document, parameters and
// environment, not-start-after; then one for each document that steps call, and one for each attachment. Ids are of our own making and
// hold no line ends. Builds of the agent are not in it: the release key signs them.
std::string signedOrderText(std::string_view fleetId, std::string_view nodeId, const wire::OrderHead &head,
                            const wire::OrderBody &body);

// The same for a stream that the engine opens on a node: fleet, node, the challenge of the node's HELLO, whether it is resumed, and SHA-256 of
// the OPEN as a whole, its number in it, but for the window, which is of the connection's credit. The challenge is of one connection and
// numbers only rise, so that each is good once.
inline constexpr size_t kOpenChallengeBytes = 16;
std::string signedOpenText(std::string_view fleetId, std::string_view nodeId, std::string_view challenge,
                           bool resumed, const wire::Open &open);

// And for a node's profile, whose proxy decides what a script downloads.
std::string signedProfileText(std::string_view fleetId, std::string_view nodeId, std::string_view challenge,
                              uint64_t number, const wire::NodeProfile &profile);

// Ed25519 (RFC 8032) through OpenSSL. The signing key is the 32-byte seed, the public key its 32 raw bytes.
struct OrderSigningKey {
    SecretBytes seed;
    std::string publicKey;
};
Result<OrderSigningKey> newOrderSigningKey(); // from the operating system's generator
Result<std::string> orderPublicKey(const SecretBytes &seed);
Result<std::string> signOrderText(const SecretBytes &seed, std::string_view text); // 64 bytes
bool verifyOrderText(std::string_view publicKey, std::string_view text, std::string_view signature);

}
