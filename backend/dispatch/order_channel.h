#pragma once
// OrderChannel: the way from the outbox to the nodes' connections. The gateway stands behind it in the engine, a fake fleet in tests.
// Sending never fails: what does not arrive is sent again at the next connection. Engine thread.

#include "backend/core/ids.h"
#include "backend/core/result.h"
#include "backend/protocol/flagbridge.pb.h"

#include <cstdint>
#include <memory>
#include <string_view>

namespace fb {

struct OrderContent;

class OrderChannel
{
public:
    virtual ~OrderChannel() = default;

    virtual bool isConnected(const NodeId &node) const = 0; // welcomed, and orders may be sent
    virtual uint64_t leaseEpoch(const NodeId &node) const = 0; // of the connection
    virtual bool hasFeature(const NodeId &node, std::string_view feature) const = 0;

    virtual void sendOrder(const NodeId &node, const wire::OrderHead &head,
                           std::shared_ptr<const OrderContent> content)
        = 0;
    virtual void sendCancel(const NodeId &node, const wire::Cancel &cancel) = 0;
    virtual void sendSettled(const NodeId &node, const wire::OrderSettled &settled) = 0;

    // The node spoke of what is not its own: close the connection and audit it (spec/security T05).
    virtual void refuse(const NodeId &node, const Error &why) = 0;
};

}
