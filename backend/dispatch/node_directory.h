#pragma once
// NodeDirectory: what a fan-out needs to know of the registered nodes. Fleet implements it from memory; every call is cheap.
// Engine thread.

#include "backend/core/ids.h"

#include <QMap>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>

namespace fb {

struct DirectoryNode {
    NodeId id;
    QString name; // shown as InstanceName
    QString platformType; // Linux, MacOS, Windows
    QMap<QString, QString> tags;
    QString sourceId {}; // the "i-" id it was registered with; may be empty
};

class NodeDirectory
{
public:
    virtual ~NodeDirectory() = default;

    // Registered nodes only. The pointer is valid for the call's turn; null: unknown or deregistered.
    virtual const DirectoryNode *find(const NodeId &node) const = 0;
    // The node that was registered with this "i-" id.
    virtual const DirectoryNode *findBySourceId(const QString &sourceId) const = 0;
    // All registered nodes in ascending order of id, online or not.
    virtual void forEach(const std::function<void(const DirectoryNode &)> &visit) const = 0;
    // Members of a resource group; nothing if there is no such group.
    virtual std::optional<QList<NodeId>> resourceGroup(const QString &name) const = 0;
};

}
