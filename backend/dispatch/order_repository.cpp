#include "backend/dispatch/order_repository.h"

#include "backend/base/qt_text.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace fb {

namespace {
    constexpr qsizetype kIdsInOneStatement = 200;

    QVariant number(uint64_t value) { return QVariant(static_cast<qint64>(value)); }

    QVariantList rowOf(const Order &order)
    {
        return {toSql(order.id),
                toSql(order.node),
                number(order.sequence),
                number(order.attempt),
                order.owner,
                order.subject,
                toSql(order.notStartAfter),
                static_cast<int>(order.state),
                order.cancelRequested ? 1 : 0};
    }

    Result<void> insertRows(Transaction &tx, const QList<Order> &orders, const QString &onConflict)
    {
        if (orders.isEmpty())
            return {};
        QList<QVariantList> rows;
        rows.reserve(orders.size());
        for (const Order &order : orders)
            rows.append(rowOf(order));
        return tx
            .insertRows(u"dispatch_order"_s,
                        {u"order_id"_s, u"node_id"_s, u"sequence"_s, u"attempt"_s, u"owner"_s, u"subject"_s,
                         u"not_start_after"_s, u"state"_s, u"cancel_requested"_s},
                        rows, onConflict)
            .map([](qint64) {});
    }
}

Result<void> OrderRepository::insert(Transaction &tx, const QList<Order> &orders)
{
    return insertRows(tx, orders, {});
}

Result<void> OrderRepository::saveStates(Transaction &tx, const QList<Order> &orders)
{
    return insertRows(tx, orders,
                      u"ON CONFLICT (order_id) DO UPDATE SET state = excluded.state, "
                      "cancel_requested = excluded.cancel_requested"_s);
}

Result<void> OrderRepository::remove(Transaction &tx, const QList<OrderId> &orders)
{
    for (qsizetype begin = 0; begin < orders.size(); begin += kIdsInOneStatement) {
        const qsizetype end = std::min(orders.size(), begin + kIdsInOneStatement);
        QVariantList ids;
        QStringList places;
        for (qsizetype i = begin; i < end; ++i) {
            ids.append(toSql(orders[i]));
            places.append(u"?"_s);
        }
        const QString sql = u"DELETE FROM dispatch_order WHERE order_id IN (%1)"_s.arg(places.join(u", "_s));
        if (auto removed = tx.execute(sql, ids); !removed)
            return removed.error();
    }
    return {};
}

Result<void> OrderRepository::saveSequences(Transaction &tx, const QList<NodeSequence> &sequences)
{
    if (sequences.isEmpty())
        return {};
    QList<QVariantList> rows;
    rows.reserve(sequences.size());
    for (const NodeSequence &sequence : sequences)
        rows.append({toSql(sequence.node), number(sequence.last), number(sequence.settled),
                     number(sequence.confirmed)});
    return tx
        .insertRows(u"dispatch_node"_s, {u"node_id"_s, u"last_sequence"_s, u"settled"_s, u"confirmed"_s},
                    rows,
                    u"ON CONFLICT (node_id) DO UPDATE SET last_sequence = excluded.last_sequence, "
                    "settled = excluded.settled, confirmed = excluded.confirmed"_s)
        .map([](qint64) {});
}

Result<void> OrderRepository::removeNode(Transaction &tx, const NodeId &node)
{
    if (auto removed = tx.execute(u"DELETE FROM dispatch_order WHERE node_id = ?"_s, {toSql(node)}); !removed)
        return removed.error();
    return tx.execute(u"DELETE FROM dispatch_node WHERE node_id = ?"_s, {toSql(node)}).map([](qint64) {});
}

Result<QList<Order>> OrderRepository::all(Reader &reader) const
{
    return reader.all(u"SELECT order_id, node_id, sequence, attempt, owner, subject, not_start_after, state, "
                      "cancel_requested FROM dispatch_order ORDER BY node_id, sequence"_s,
                      {}, [](const Row &row) {
                          Order order;
                          order.id = row.id<OrderId>(0);
                          order.node = row.id<NodeId>(1);
                          order.sequence = static_cast<uint64_t>(row.integer(2));
                          order.attempt = static_cast<uint32_t>(row.integer(3));
                          order.owner = row.text(4);
                          order.subject = row.text(5);
                          order.notStartAfter = row.instant(6);
                          order.state = static_cast<OrderState>(row.integer(7));
                          order.cancelRequested = row.integer(8) != 0;
                          return order;
                      });
}

Result<void> OrderRepository::raise(Transaction &tx, const QList<NodeId> &nodes, uint64_t floor)
{
    const auto known = sequences(tx);
    if (!known)
        return known.error();
    QHash<NodeId, NodeSequence> raised;
    for (const NodeSequence &sequence : *known)
        raised.insert(sequence.node, sequence);
    for (const NodeId &node : nodes)
        raised[node].node = node;
    for (NodeSequence &sequence : raised)
        sequence.last = sequence.settled = std::max(sequence.last, floor);
    return saveSequences(tx, raised.values());
}

Result<QList<NodeSequence>> OrderRepository::sequences(Reader &reader) const
{
    return reader.all(u"SELECT node_id, last_sequence, settled, confirmed FROM dispatch_node"_s, {},
                      [](const Row &row) {
                          return NodeSequence {.node = row.id<NodeId>(0),
                                               .last = static_cast<uint64_t>(row.integer(1)),
                                               .settled = static_cast<uint64_t>(row.integer(2)),
                                               .confirmed = static_cast<uint64_t>(row.integer(3))};
                      });
}

}
