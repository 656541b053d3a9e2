#pragma once
// Which bundle of CAs each node says it keeps. Used by CaRollOverService. Engine thread.

#include "backend/core/ids.h"
#include "backend/store/transaction.h"

#include <QHash>

namespace fb {

struct NodeTrust {
    qint64 version = 0;
    QString refusal; // of a newer one
    bool operator==(const NodeTrust &) const = default;
};

class NodeTrustRepository
{
public:
    Result<QHash<NodeId, NodeTrust>> all(Reader &reader) const;
    Result<void> put(Transaction &tx, const NodeId &node, const NodeTrust &trust) const;
    Result<void> remove(Transaction &tx, const NodeId &node) const;
};

}
