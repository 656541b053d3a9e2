#include "backend/nodes/rollover/node_trust_repository.h"

namespace fb {

using namespace Qt::StringLiterals;

Result<QHash<NodeId, NodeTrust>> NodeTrustRepository::all(Reader &reader) const
{
    QHash<NodeId, NodeTrust> found;
    return reader
        .each(u"SELECT node_id, bundle_version, refusal FROM node_trust"_s, {},
              [&](const Row &row) {
                  found.insert(row.id<NodeId>(0), {.version = row.integer(1), .refusal = row.text(2)});
              })
        .map([&](int) { return found; });
}

Result<void> NodeTrustRepository::put(Transaction &tx, const NodeId &node, const NodeTrust &trust) const
{
    return tx
        .execute(u"INSERT INTO node_trust (node_id, bundle_version, refusal) VALUES (?, ?, ?) "
                 "ON CONFLICT (node_id) DO UPDATE SET bundle_version = excluded.bundle_version, "
                 "refusal = excluded.refusal"_s,
                 {toSql(node), trust.version, trust.refusal})
        .map([](qint64) {});
}

Result<void> NodeTrustRepository::remove(Transaction &tx, const NodeId &node) const
{
    return tx.execute(u"DELETE FROM node_trust WHERE node_id = ?"_s, {toSql(node)}).map([](qint64) {});
}

}
