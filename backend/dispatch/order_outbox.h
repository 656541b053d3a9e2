#pragma once
// OrderOutbox: orders on their way to nodes, and what comes back (protocol-notes 6). It gives each node its gapless sequence, sends
// again after each reconnect, takes every report of a turn in one transaction, and tells a node that a result is settled only when it
// is stored. Owners (Run Command and others) say what is to be sent and take the reports. Engine thread.
//
// State is kept in memory besides and read again from the store after a write was lost, so that the two never differ.

#include "backend/core/clock.h"
#include "backend/core/random.h"
#include "backend/dispatch/order.h"
#include "backend/dispatch/order_channel.h"
#include "backend/dispatch/order_owner.h"
#include "backend/dispatch/order_repository.h"
#include "backend/dispatch/order_signer.h"
#include "backend/store/database.h"

#include <QList>
#include <QObject>

#include <map>
#include <unordered_map>
#include <vector>

namespace fb {

class OrderOutbox : public QObject
{
    Q_OBJECT

public:
    OrderOutbox(Database &database, OrderChannel &channel, const Clock &clock, Random &random);
    ~OrderOutbox() override;

    void addOwner(const QString &name, OrderOwner &owner); // before start()
    void setSigner(const OrderSigner *signer); // null: orders are not signed
    // Before start(), after a restore: the nodes have seen higher numbers than the store knows. New orders go above `floor`; of those that
    // are older the nodes start none, and tell how those ended that they had started.
    Result<void> startAbove(Transaction &tx, const QList<NodeId> &nodes, uint64_t floor);
    Result<void> start(); // reads what an earlier run left; nothing is sent until nodes connect

    // ---- For owners. The change belongs to `tx`; what has to be sent goes out once it is committed.
    // One order a node, sent when the node is connected. Ids in the order of `nodes`. `startBefore` is `notStartAfter` on the clock that
    // nobody sets; what is stored serves the next run.
    Result<QList<OrderId>> enqueue(Transaction &tx, const QString &owner, const QString &subject,
                                   Instant notStartAfter, Tick startBefore, const QList<NodeId> &nodes);
    Result<void> hold(Transaction &tx,
                      const QList<OrderId> &orders); // not acknowledged: do not send again until release()
    Result<void> release(Transaction &tx, const QList<OrderId> &orders);
    Result<void> cancel(Transaction &tx,
                        const QList<OrderId> &orders); // the report that ends the order still comes
    // The owner wants nothing more of it. What was surely never sent is settled at once; else the node is told to cancel it.
    Result<void> withdraw(Transaction &tx, const QList<OrderId> &orders);
    // The owner waits no longer for an order that was acknowledged: it is not sent again; what the node still reports is taken.
    Result<void> abandon(Transaction &tx, const QList<OrderId> &orders);
    Result<void> removeNode(Transaction &tx, const NodeId &node); // deregistered: nothing of it comes back

    const Order *find(const OrderId &order) const; // open orders; null when settled or unknown

    // ---- For the gateway
    uint64_t settledWatermark(const NodeId &node) const; // for WELCOME
    uint32_t pendingOrders(const NodeId &node) const;
    // The node was welcomed. `reportedWatermark` is the one of its HELLO.
    void nodeConnected(const NodeId &node, uint64_t reportedWatermark);
    // What the node's connection brought. Taken with the turn's others by flush(), which runs by itself at the turn's end.
    void report(const NodeId &from, OrderReport report);
    void flush();

signals:
    // The node's disk was set back: it reported a lower watermark than it had confirmed before. The engine's wins.
    void watermarkRolledBack(const fb::NodeId &node, quint64 reported, quint64 confirmed);

private:
    struct NodeOrders {
        NodeSequence sequence;
        std::map<uint64_t, OrderId> orders; // above the watermark
    };
    struct OpenOrder {
        Order order;
        Tick startBefore;
        bool mayHaveBeenSent = true; // false only for those made in this run and not sent yet
        bool isStored = true; // false until the commit that makes it: nothing of it may leave before
    };
    struct Inbound {
        Order order;
        OrderReport report;
    };
    struct Turn { // what one flush() changes
        std::map<QString, std::vector<AppliedReport>> byOwner;
        QList<Order> seen;
        QList<Order> settled;
    };

    void ensureLoaded();
    Result<void> load();
    void reloadAfterLoss(Transaction &tx);
    NodeOrders &nodeOf(const NodeId &node);
    OpenOrder *openOrder(const OrderId &order);

    void settleUnknown(const NodeId &from, const std::string &orderId, uint32_t attempt, uint64_t sequence);
    void take(const Inbound &inbound, Turn &turn);
    Result<void> applyTurn(Transaction &tx, const std::vector<Inbound> &inbox);
    Result<void> settle(Transaction &tx, const QList<Order> &orders);
    void pruneSettled(NodeOrders &node, QList<OrderId> &pruned);
    Result<void> changeState(Transaction &tx, const QList<OrderId> &orders, OrderState from, OrderState to);

    void send(const OrderId &order); // ORDER or CANCEL, as its state wants; nothing when its node is away
    void sendOrder(OpenOrder &open);
    void sendCancel(const Order &order);
    void sendSettled(const Order &order);
    void giveUp(const Order &order, const Error &why);
    void scheduleFlush(std::chrono::milliseconds delay);

    Database &m_database;
    OrderChannel &m_channel;
    const Clock &m_clock;
    Random &m_random;
    const OrderSigner *m_signer = nullptr;
    OrderRepository m_repository;
    std::map<QString, OrderOwner *> m_owners;
    std::unordered_map<OrderId, OpenOrder> m_orders;
    std::unordered_map<NodeId, NodeOrders> m_nodes;
    std::vector<Inbound> m_inbox;
    bool m_flushScheduled = false;
    bool m_mustReload = false;
};

}
