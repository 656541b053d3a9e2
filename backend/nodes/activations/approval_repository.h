#pragma once
// All the SQL of approvals. Thread: the caller's transaction or reader.

#include "backend/nodes/activations/approval.h"
#include "backend/store/transaction.h"

#include <QByteArray>

namespace fb {

struct StoredApproval {
    PendingApproval approval;
    // Of an expired certificate:
    QString publicKeySha256; // of the request for the next one
    QByteArray csr;
    QByteArray certificate; // the answer, once approved
    std::optional<Instant> approvedAt;
};

class ApprovalRepository
{
public:
    Result<void> put(Transaction &transaction, const StoredApproval &approval); // replaces the node's
    Result<void> remove(Transaction &transaction, const NodeId &node);
    Result<void> removeApproved(Transaction &transaction, const NodeId &node);
    Result<qint64> withdrawAll(Transaction &transaction); // what was approved waits again; how many
    Result<std::optional<StoredApproval>> find(Reader &reader, const NodeId &node);
    Result<QList<PendingApproval>> pending(Reader &reader); // not approved, oldest first
};

}
