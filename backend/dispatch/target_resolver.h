#pragma once
// From targets to nodes: resolved once, when the work is sent (spec/run-command.md 3.2). Engine thread.

#include "backend/core/result.h"
#include "backend/dispatch/node_directory.h"
#include "backend/dispatch/target.h"

#include <QList>

namespace fb {

inline constexpr int kMaxTargets = 5;
inline constexpr int kMaxTargetKeyCharacters = 163;
inline constexpr int kMaxTargetValues = 50;

// Shape only: counts, lengths, known keys. ValidationException naming the field, "Targets[0].Key".
Result<void> checkTargets(const QList<Target> &targets);

struct ResolvedTargets {
    QList<NodeId> nodes; // ascending, each once
    QStringList unknownIds; // of InstanceIds targets: no registered node has this id. Ascending, each once
};

// ValidationException where a target names a resource group that does not exist.
Result<ResolvedTargets> resolveTargets(const QList<Target> &targets, const NodeDirectory &directory);

// The node an id given by a person names: "mi-..." itself, "i-..." through the id it was registered with. Null if there is none.
const DirectoryNode *findNode(const QString &id, const NodeDirectory &directory);
bool isInstanceId(const QString &id); // mi- and 17 hex digits, or i- and 8 or 17

}
