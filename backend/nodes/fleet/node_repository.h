#pragma once
// All the SQL of Fleet Manager: nodes and tags. Gives and takes value types. Thread: the caller's transaction or reader.

#include "backend/nodes/fleet/node.h"
#include "backend/store/transaction.h"

#include <functional>
#include <optional>

namespace fb {

class NodeRepository
{
public:
    Result<void> insert(Transaction &transaction, const Node &node);
    // All but id, registration and tags. Multi-row where the database allows: called with every node that changed in a turn.
    Result<void> update(Transaction &transaction, const QList<Node> &nodes);
    Result<void> touchLastPing(Transaction &transaction, const QHash<NodeId, Instant> &heard);
    Result<void> deregister(Transaction &transaction, const NodeId &node, Instant now);
    Result<void> setTags(Transaction &transaction, const NodeId &node, const TagMap &tags);

    Result<std::optional<Node>> find(Reader &reader, const NodeId &node); // nothing: unknown or deregistered
    // All that are not deregistered, with tags, ascending by id.
    Result<void> eachRegistered(Reader &reader, const std::function<void(Node &&)> &take);
};

}
