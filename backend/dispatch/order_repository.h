#pragma once
// The outbox's tables. Engine thread.

#include "backend/dispatch/order.h"
#include "backend/store/transaction.h"

#include <QList>

namespace fb {

// What the engine remembers of one node's orders.
struct NodeSequence {
    NodeId node;
    uint64_t last = 0; // highest sequence given
    uint64_t settled = 0; // watermark: every sequence up to it is settled
    uint64_t confirmed
        = 0; // the highest watermark the node itself has reported: it never goes down but by a roll-back of the node's disk
    bool operator==(const NodeSequence &) const = default;
};

class OrderRepository
{
public:
    Result<void> insert(Transaction &tx, const QList<Order> &orders);
    Result<void> saveStates(Transaction &tx, const QList<Order> &orders); // state and cancelRequested
    Result<void> remove(Transaction &tx, const QList<OrderId> &orders);
    Result<void> saveSequences(Transaction &tx, const QList<NodeSequence> &sequences);
    // The nodes' sequences go on above `floor`, and everything up to it is settled.
    Result<void> raise(Transaction &tx, const QList<NodeId> &nodes, uint64_t floor);
    Result<void> removeNode(Transaction &tx, const NodeId &node);

    Result<QList<Order>> all(Reader &reader) const; // by node and sequence
    Result<QList<NodeSequence>> sequences(Reader &reader) const;
};

}
