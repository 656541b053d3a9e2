#pragma once
// Order: one piece of work on its way to one node (protocol-notes 6). Plain values; any thread.

#include "backend/core/clock.h"
#include "backend/core/ids.h"
#include "backend/protocol/flagbridge.pb.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <string>
#include <variant>

namespace fb {

// Stored as numbers: never change one.
enum class OrderState : uint8_t {
    Queued = 0, // goes out now, and again at each reconnect until the node has said that it has it
    Seen = 1, // in the node's ledger
    Held
    = 2, // its owner took it back before the node acknowledged: it waits for release(). The node may have it all the same
    Withdrawn = 3, // its owner is done with it: the node is told to cancel it if it has it
    Settled = 4, // over; kept only while an order with a lower sequence is open
    Abandoned
    = 5, // in the node's ledger, and its owner waits no longer: never sent again, but a late result is taken
};

struct Order {
    OrderId id;
    NodeId node;
    uint64_t sequence = 0; // d: gapless per node, from 1
    uint32_t attempt = 1; // key of idempotency: id + attempt
    QString owner; // who wants it: "runcommand"
    QString subject; // what of the owner's it is for: a command id
    Instant notStartAfter;
    OrderState state = OrderState::Queued;
    bool cancelRequested = false;
    bool operator==(const Order &) const = default;
};

// What goes to the node, the same for all nodes unless a value differs; serialised once.
struct OrderContent {
    wire::OrderBody body;
    std::string serialised;
};
std::shared_ptr<const OrderContent> makeOrderContent(wire::OrderBody body);

// What a node said about an order; the sender is known from its certificate alone.
using OrderReport = std::variant<wire::OrderSeen, wire::OrderStarted, wire::OrderStep, wire::OrderResult,
                                 wire::CancelResult>;

}
