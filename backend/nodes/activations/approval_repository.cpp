#include "backend/nodes/activations/approval_repository.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    PendingApproval pendingOf(const Row &row)
    {
        return {.node = row.id<NodeId>(0),
                .cause = enumNamed<ApprovalCause>(row.text(1), {}).value_or(ApprovalCause::NewNode),
                .address = row.text(2),
                .askedAt = row.instant(3)};
    }

    StoredApproval storedOf(const Row &row)
    {
        return {.approval = pendingOf(row),
                .publicKeySha256 = row.text(4),
                .csr = row.bytes(5),
                .certificate = row.bytes(6),
                .approvedAt = row.instantIfAny(7)};
    }

    constexpr auto nothing = [](qint64) {};
}

Result<void> ApprovalRepository::put(Transaction &transaction, const StoredApproval &stored)
{
    if (auto removed = remove(transaction, stored.approval.node); !removed)
        return removed;
    return transaction
        .execute(u"INSERT INTO approval (node_id, cause, address, asked_at, public_key, csr, certificate, "
                 "approved_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"_s,
                 {toSql(stored.approval.node), enumName(stored.approval.cause), stored.approval.address,
                  toSql(stored.approval.askedAt), stored.publicKeySha256, stored.csr, stored.certificate,
                  toSql(stored.approvedAt)})
        .map(nothing);
}

Result<void> ApprovalRepository::remove(Transaction &transaction, const NodeId &node)
{
    return transaction.execute(u"DELETE FROM approval WHERE node_id = ?"_s, {toSql(node)}).map(nothing);
}

Result<void> ApprovalRepository::removeApproved(Transaction &transaction, const NodeId &node)
{
    return transaction
        .execute(u"DELETE FROM approval WHERE node_id = ? AND approved_at IS NOT NULL"_s, {toSql(node)})
        .map(nothing);
}

Result<qint64> ApprovalRepository::withdrawAll(Transaction &transaction)
{
    return transaction.execute(
        u"UPDATE approval SET approved_at = NULL, certificate = NULL WHERE approved_at IS NOT NULL"_s);
}

Result<std::optional<StoredApproval>> ApprovalRepository::find(Reader &reader, const NodeId &node)
{
    return reader.one(u"SELECT node_id, cause, address, asked_at, public_key, csr, certificate, approved_at "
                      "FROM approval WHERE node_id = ?"_s,
                      {toSql(node)}, storedOf);
}

Result<QList<PendingApproval>> ApprovalRepository::pending(Reader &reader)
{
    return reader.all(u"SELECT node_id, cause, address, asked_at FROM approval WHERE approved_at IS NULL "
                      "ORDER BY asked_at, node_id"_s,
                      {}, pendingOf);
}

}
