#include "backend/dispatch/order_outbox.h"

#include "backend/base/qt_text.h"

#include <QLoggingCategory>
#include <QTimer>

#include <algorithm>

using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(lcDispatch, "fb.dispatch")

namespace fb {

namespace {
    constexpr auto kRetryAfterFailedWrite = 1s;

    const std::string &orderIdOf(const OrderReport &report)
    {
        return std::visit([](const auto &message) -> const std::string & { return message.order_id(); },
                          report);
    }

    uint32_t attemptOf(const OrderReport &report)
    {
        return std::visit([](const auto &message) { return message.attempt(); }, report);
    }

    bool isRefusal(const OrderReport &report)
    {
        const auto *seen = std::get_if<wire::OrderSeen>(&report);
        return seen && !seen->refused().empty();
    }

    // Another engine holds the node now, or did: this connection is no longer ours to use, and the order stays as it is.
    bool isFenced(const OrderReport &report)
    {
        const auto *seen = std::get_if<wire::OrderSeen>(&report);
        return seen && seen->refused() == "old-epoch";
    }

    bool isUnknownToNode(const OrderReport &report)
    {
        const auto *cancelled = std::get_if<wire::CancelResult>(&report);
        return cancelled && cancelled->outcome() == "unknown";
    }

    // After this report nothing more comes for the order.
    bool endsOrder(const OrderReport &report)
    {
        return std::holds_alternative<wire::OrderResult>(report) || isRefusal(report)
            || isUnknownToNode(report);
    }

    uint64_t sequenceOf(const OrderReport &report)
    {
        if (const auto *seen = std::get_if<wire::OrderSeen>(&report))
            return seen->dispatch_seq();
        if (const auto *result = std::get_if<wire::OrderResult>(&report))
            return result->dispatch_seq();
        return 0;
    }

    wire::OrderSettled settledMessage(const std::string &orderId, uint32_t attempt, uint64_t sequence)
    {
        wire::OrderSettled settled;
        settled.set_order_id(orderId);
        settled.set_attempt(attempt);
        settled.set_dispatch_seq(sequence);
        return settled;
    }
}

OrderOutbox::OrderOutbox(Database &database, OrderChannel &channel, const Clock &clock, Random &random)
    : m_database(database),
      m_channel(channel),
      m_clock(clock),
      m_random(random)
{
}

OrderOutbox::~OrderOutbox() = default;

void OrderOutbox::addOwner(const QString &name, OrderOwner &owner) { m_owners.emplace(name, &owner); }

void OrderOutbox::setSigner(const OrderSigner *signer) { m_signer = signer; }

Result<void> OrderOutbox::start() { return load(); }

Result<void> OrderOutbox::startAbove(Transaction &tx, const QList<NodeId> &nodes, uint64_t floor)
{
    return m_repository.raise(tx, nodes, floor);
}

// ---- Memory and store ----

Result<void> OrderOutbox::load()
{
    auto sequences = m_repository.sequences(m_database.reader());
    if (!sequences)
        return sequences.error();
    auto orders = m_repository.all(m_database.reader());
    if (!orders)
        return orders.error();
    const auto known = std::exchange(m_orders, {});
    m_nodes.clear();
    for (const NodeSequence &sequence : *sequences)
        m_nodes[sequence.node].sequence = sequence;
    for (const Order &order : *orders) {
        nodeOf(order.node).orders.emplace(order.sequence, order.id);
        const auto before = known.find(order.id);
        m_orders.emplace(order.id,
                         OpenOrder {.order = order,
                                    .startBefore = before != known.end()
                                        ? before->second.startBefore
                                        : tickOf(order.notStartAfter, m_clock)});
    }
    m_mustReload = false;
    return {};
}

void OrderOutbox::ensureLoaded()
{
    if (!m_mustReload)
        return;
    if (auto loaded = load(); !loaded)
        qCWarning(lcDispatch) << "orders cannot be read again:" << toQString(loaded.error().message);
}

void OrderOutbox::reloadAfterLoss(Transaction &tx)
{
    tx.onRolledBack([this](const Error &) { m_mustReload = true; });
}

OrderOutbox::NodeOrders &OrderOutbox::nodeOf(const NodeId &node)
{
    NodeOrders &orders = m_nodes[node];
    orders.sequence.node = node;
    return orders;
}

OrderOutbox::OpenOrder *OrderOutbox::openOrder(const OrderId &order)
{
    const auto it = m_orders.find(order);
    return it == m_orders.end() || it->second.order.state == OrderState::Settled ? nullptr : &it->second;
}

const Order *OrderOutbox::find(const OrderId &order) const
{
    const auto it = m_orders.find(order);
    return it == m_orders.end() || it->second.order.state == OrderState::Settled ? nullptr
                                                                                 : &it->second.order;
}

// ---- For owners ----

Result<QList<OrderId>> OrderOutbox::enqueue(Transaction &tx, const QString &owner, const QString &subject,
                                            Instant notStartAfter, Tick startBefore,
                                            const QList<NodeId> &nodes)
{
    ensureLoaded();
    reloadAfterLoss(tx);
    const int64_t now = toMicros(m_clock.now()) / 1000;
    QList<Order> orders;
    QList<NodeSequence> sequences;
    QList<OrderId> ids;
    for (const NodeId &node : nodes) {
        NodeOrders &known = nodeOf(node);
        Order order {.id = OrderId(newUlid(m_random, now)),
                     .node = node,
                     .sequence = ++known.sequence.last,
                     .owner = owner,
                     .subject = subject,
                     .notStartAfter = notStartAfter};
        known.orders.emplace(order.sequence, order.id);
        sequences.append(known.sequence);
        ids.append(order.id);
        m_orders.emplace(
            order.id,
            OpenOrder {
                .order = order, .startBefore = startBefore, .mayHaveBeenSent = false, .isStored = false});
        orders.append(std::move(order));
    }
    if (auto stored = m_repository.insert(tx, orders); !stored)
        return stored.error();
    if (auto stored = m_repository.saveSequences(tx, sequences); !stored)
        return stored.error();
    tx.onCommitted([this, ids] {
        for (const OrderId &id : ids) {
            if (const auto it = m_orders.find(id); it != m_orders.end())
                it->second.isStored = true;
            send(id);
        }
    });
    return ids;
}

Result<void> OrderOutbox::changeState(Transaction &tx, const QList<OrderId> &orders, OrderState from,
                                      OrderState to)
{
    QList<Order> changed;
    for (const OrderId &id : orders) {
        OpenOrder *open = openOrder(id);
        if (!open || open->order.state != from)
            continue;
        open->order.state = to;
        changed.append(open->order);
    }
    return m_repository.saveStates(tx, changed);
}

Result<void> OrderOutbox::hold(Transaction &tx, const QList<OrderId> &orders)
{
    ensureLoaded();
    reloadAfterLoss(tx);
    return changeState(tx, orders, OrderState::Queued, OrderState::Held);
}

Result<void> OrderOutbox::release(Transaction &tx, const QList<OrderId> &orders)
{
    ensureLoaded();
    reloadAfterLoss(tx);
    if (auto changed = changeState(tx, orders, OrderState::Held, OrderState::Queued); !changed)
        return changed;
    tx.onCommitted([this, orders] {
        for (const OrderId &id : orders)
            send(id);
    });
    return {};
}

Result<void> OrderOutbox::cancel(Transaction &tx, const QList<OrderId> &orders)
{
    ensureLoaded();
    reloadAfterLoss(tx);
    QList<Order> changed;
    for (const OrderId &id : orders) {
        OpenOrder *open = openOrder(id);
        if (!open || open->order.cancelRequested)
            continue;
        open->order.cancelRequested = true;
        changed.append(open->order);
    }
    if (auto stored = m_repository.saveStates(tx, changed); !stored)
        return stored;
    tx.onCommitted([this, changed] {
        for (const Order &order : changed)
            sendCancel(order);
    });
    return {};
}

Result<void> OrderOutbox::withdraw(Transaction &tx, const QList<OrderId> &orders)
{
    ensureLoaded();
    reloadAfterLoss(tx);
    QList<Order> never;
    QList<Order> maybe;
    for (const OrderId &id : orders) {
        OpenOrder *open = openOrder(id);
        if (!open || open->order.state == OrderState::Withdrawn)
            continue;
        if (!open->mayHaveBeenSent) {
            never.append(open->order);
            continue;
        }
        open->order.state = OrderState::Withdrawn;
        open->order.cancelRequested = true;
        maybe.append(open->order);
    }
    if (auto stored = m_repository.saveStates(tx, maybe); !stored)
        return stored;
    tx.onCommitted([this, maybe] {
        for (const Order &order : maybe)
            sendCancel(order);
    });
    return settle(tx, never);
}

Result<void> OrderOutbox::abandon(Transaction &tx, const QList<OrderId> &orders)
{
    ensureLoaded();
    reloadAfterLoss(tx);
    return changeState(tx, orders, OrderState::Seen, OrderState::Abandoned);
}

Result<void> OrderOutbox::removeNode(Transaction &tx, const NodeId &node)
{
    ensureLoaded();
    reloadAfterLoss(tx);
    if (const auto it = m_nodes.find(node); it != m_nodes.end()) {
        for (const auto &[sequence, id] : it->second.orders)
            m_orders.erase(id);
        m_nodes.erase(it);
    }
    return m_repository.removeNode(tx, node);
}

// ---- For the gateway ----

uint64_t OrderOutbox::settledWatermark(const NodeId &node) const
{
    const auto it = m_nodes.find(node);
    return it == m_nodes.end() ? 0 : it->second.sequence.settled;
}

uint32_t OrderOutbox::pendingOrders(const NodeId &node) const
{
    const auto it = m_nodes.find(node);
    if (it == m_nodes.end())
        return 0;
    return static_cast<uint32_t>(std::ranges::count_if(
        it->second.orders, [this](const auto &entry) { return find(entry.second) != nullptr; }));
}

void OrderOutbox::nodeConnected(const NodeId &node, uint64_t reportedWatermark)
{
    ensureLoaded();
    const auto it = m_nodes.find(node);
    if (it == m_nodes.end())
        return; // nothing was ever sent to it
    NodeOrders &orders = it->second;
    if (reportedWatermark < orders.sequence.confirmed) {
        qCWarning(lcDispatch) << "node" << toQString(node) << "reports watermark" << reportedWatermark
                              << "after" << orders.sequence.confirmed << ": its disk was set back";
        emit watermarkRolledBack(node, reportedWatermark, orders.sequence.confirmed);
    }
    // A node cannot have settled more than the engine: what it claims beyond is no reason to believe it.
    const uint64_t confirmed = std::min(reportedWatermark, orders.sequence.settled);
    if (confirmed != orders.sequence.confirmed) {
        const auto written = m_database.write([&](Transaction &tx) {
            reloadAfterLoss(tx);
            orders.sequence.confirmed = confirmed;
            return m_repository.saveSequences(tx, {orders.sequence});
        });
        if (!written)
            qCWarning(lcDispatch) << "the watermark of" << toQString(node)
                                  << "was not stored:" << toQString(written.error().message);
    }
    std::vector<OrderId> ids;
    for (const auto &[sequence, id] : orders.orders)
        ids.push_back(id);
    for (const OrderId &id : ids)
        send(id);
}

void OrderOutbox::settleUnknown(const NodeId &from, const std::string &orderId, uint32_t attempt,
                                uint64_t sequence)
{
    // Settled before and pruned, or forgotten with its node: there is nothing to keep, so let the node forget it too.
    m_channel.sendSettled(from, settledMessage(orderId, attempt, sequence));
}

void OrderOutbox::report(const NodeId &from, OrderReport report)
{
    ensureLoaded();
    const OrderId id(orderIdOf(report));
    const auto it = m_orders.find(id);
    if (it == m_orders.end()) {
        if (endsOrder(report) && isUlid(id.text()))
            settleUnknown(from, id.text(), attemptOf(report), sequenceOf(report));
        return;
    }
    const Order &order = it->second.order;
    if (order.node != from) {
        m_channel.refuse(from, makeError(errors::kAccessDenied, "It reported on an order of another node."));
        return;
    }
    if (order.state == OrderState::Settled) { // a repeat: the message that settled it was lost
        sendSettled(order);
        return;
    }
    if (attemptOf(report) != order.attempt) {
        qCWarning(lcDispatch) << toQString(from) << "reports on attempt" << attemptOf(report) << "of order"
                              << toQString(id) << "whose attempt is" << order.attempt;
        return;
    }
    if (isFenced(report)) {
        qCWarning(lcDispatch) << toQString(from) << "has seen a newer lease than this engine's";
        return;
    }
    const auto owner = m_owners.find(order.owner);
    if (owner == m_owners.end())
        return;
    if (auto checked = owner->second->checkReport(order, report); !checked) {
        qCWarning(lcDispatch) << "malformed report from" << toQString(from) << ":"
                              << toQString(checked.error().message);
        return;
    }
    m_inbox.push_back({order, std::move(report)});
    scheduleFlush(0ms);
}

void OrderOutbox::scheduleFlush(std::chrono::milliseconds delay)
{
    if (m_flushScheduled)
        return;
    m_flushScheduled = true;
    QTimer::singleShot(delay, this, [this] {
        m_flushScheduled = false;
        flush();
    });
}

// ---- A turn's reports ----

void OrderOutbox::flush()
{
    ensureLoaded();
    if (m_inbox.empty())
        return;
    if (m_mustReload) {
        scheduleFlush(kRetryAfterFailedWrite);
        return;
    }
    auto inbox = std::make_shared<std::vector<Inbound>>(std::move(m_inbox));
    m_inbox.clear();
    // Nothing of a turn that was not stored is lost: the node has not been told that it is settled, but it need not send again either.
    auto putBack = [this, inbox](const Error &error) {
        qCWarning(lcDispatch) << inbox->size() << "reports wait for the store:" << toQString(error.message);
        m_mustReload = true;
        m_inbox.insert(m_inbox.begin(), std::make_move_iterator(inbox->begin()),
                       std::make_move_iterator(inbox->end()));
        inbox->clear();
        scheduleFlush(kRetryAfterFailedWrite);
    };
    bool begun = false;
    const auto written = m_database.write([&](Transaction &tx) {
        begun = true;
        tx.onRolledBack(putBack);
        return applyTurn(tx, *inbox);
    });
    if (written)
        return;
    m_mustReload = true;
    if (!begun)
        putBack(written.error());
}

void OrderOutbox::take(const Inbound &inbound, Turn &turn)
{
    OpenOrder *open = openOrder(inbound.order.id);
    if (!open)
        return; // settled by an earlier report of this turn: a repeat
    Order &order = open->order;
    if (std::holds_alternative<wire::OrderSeen>(inbound.report) && !isRefusal(inbound.report)
        && order.state != OrderState::Queued && order.state != OrderState::Held)
        return; // known, or not wanted any more: its result will come
    turn.byOwner[order.owner].push_back({order, inbound.report});
    if (endsOrder(inbound.report)) {
        order.state = OrderState::Settled;
        turn.settled.append(order);
    } else if (order.state == OrderState::Queued || order.state == OrderState::Held) {
        order.state = OrderState::Seen; // whatever it says of it, it has it
        turn.seen.append(order);
    }
}

Result<void> OrderOutbox::applyTurn(Transaction &tx, const std::vector<Inbound> &inbox)
{
    Turn turn;
    for (const Inbound &inbound : inbox)
        take(inbound, turn);
    for (const auto &[name, reports] : turn.byOwner) {
        if (auto applied = m_owners.at(name)->applyReports(tx, reports); !applied)
            return applied;
    }
    QList<Order> stillSeen;
    for (const Order &order : std::as_const(turn.seen)) {
        if (const OpenOrder *open = openOrder(order.id))
            stillSeen.append(open->order);
    }
    if (auto stored = m_repository.saveStates(tx, stillSeen); !stored)
        return stored;
    return settle(tx, turn.settled);
}

void OrderOutbox::pruneSettled(NodeOrders &node, QList<OrderId> &pruned)
{
    while (!node.orders.empty()) {
        const auto first = node.orders.begin();
        if (m_orders.at(first->second).order.state != OrderState::Settled)
            return;
        node.sequence.settled = std::max(node.sequence.settled, first->first); // a restore has gone past it
        pruned.append(first->second);
        m_orders.erase(first->second);
        node.orders.erase(first);
    }
}

Result<void> OrderOutbox::settle(Transaction &tx, const QList<Order> &orders)
{
    if (orders.isEmpty())
        return {};
    std::map<NodeId, NodeOrders *> touched;
    for (const Order &order : orders) {
        if (const auto it = m_orders.find(order.id); it != m_orders.end())
            it->second.order.state = OrderState::Settled;
        if (const auto node = m_nodes.find(order.node); node != m_nodes.end())
            touched.emplace(order.node, &node->second);
    }
    QList<NodeSequence> sequences;
    QList<OrderId> pruned;
    for (const auto &[id, node] : touched) {
        const uint64_t before = node->sequence.settled;
        pruneSettled(*node, pruned);
        if (node->sequence.settled != before)
            sequences.append(node->sequence);
    }
    QList<Order> kept; // an order below them is still open
    for (const Order &order : orders) {
        if (const auto it = m_orders.find(order.id); it != m_orders.end())
            kept.append(it->second.order);
    }
    if (auto stored = m_repository.saveStates(tx, kept); !stored)
        return stored;
    if (auto removed = m_repository.remove(tx, pruned); !removed)
        return removed;
    if (auto stored = m_repository.saveSequences(tx, sequences); !stored)
        return stored;
    tx.onCommitted([this, orders] {
        for (const Order &order : orders)
            sendSettled(order);
    });
    return {};
}

// ---- Sending ----

void OrderOutbox::sendSettled(const Order &order)
{
    if (m_channel.isConnected(order.node))
        m_channel.sendSettled(order.node, settledMessage(order.id.text(), order.attempt, order.sequence));
}

}
