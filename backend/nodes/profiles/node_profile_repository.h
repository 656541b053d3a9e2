#pragma once
// All the SQL of node profiles. Gives and takes value types. Thread: the caller's transaction or reader.

#include "backend/nodes/profiles/node_profile.h"
#include "backend/store/transaction.h"

namespace fb {

class NodeProfileRepository
{
public:
    Result<void> put(Transaction &transaction, const NodeProfile &profile);
    Result<void> remove(Transaction &transaction, const QString &name);
    Result<QList<NodeProfile>> all(Reader &reader);
};

}
