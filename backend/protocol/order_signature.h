#pragma once
// What is signed when orders are signed (protocol-notes 6.9): everything that decides what a node will run, for which node, and until
// when. The engine signs this text with Ed25519; the agent verifies it with the key it pinned. Pure functions; any thread.

#include "backend/protocol/flagbridge.pb.h"

#include <string>
#include <string_view>

namespace fb::protocol {

// One line an item: a fixed first line, fleet, node, order id, attempt, dispatch sequence, SHA-256 of document, parameters and
// environment, not-start-after. Ids are of our own making and hold no line ends.
std::string signedOrderText(std::string_view fleetId, std::string_view nodeId, const wire::OrderHead &head,
                            const wire::OrderBody &body);

}
