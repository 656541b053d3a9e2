#pragma once
// Changes of nodes that the console asks for, and what came of them. Partial failure is a result (ux.md 8). Values; any thread.

#include "models/table/shown_error.h"

#include <QCoreApplication>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace fb {

struct NodeTag {
    QString key;
    QString value;
    bool operator==(const NodeTag &) const = default;
};

// What AWS allows (spec/fleet-manager.md 6), told before the engine has to.
class TagRules
{
    Q_DECLARE_TR_FUNCTIONS(fb::TagRules)
public:
    static constexpr int kMostTags = 50; // of a resource
    static constexpr int kKeyChars = 128;
    static constexpr int kValueChars = 256;

    // What is wrong, in the operator's language; empty: nothing.
    static QString keyProblem(const QString &key);
    static QString valueProblem(const QString &value);
};

struct NodeTagChange {
    QString nodeId;
    QList<NodeTag> set; // added, or their value replaced
    QStringList removed; // keys
    bool operator==(const NodeTagChange &) const = default;
};

// From what was to what shall be.
NodeTagChange tagChange(const QString &nodeId, const QList<NodeTag> &before, const QList<NodeTag> &after);

struct NodeRename {
    QString nodeId;
    QString name; // empty: its computer name is shown again
    bool operator==(const NodeRename &) const = default;
};

enum class FleetDeed { ChangeTags, Rename, Deregister, Quarantine, Release, ChangeProfile };

struct FleetOutcome {
    FleetDeed deed = FleetDeed::ChangeTags;
    QStringList done; // node ids
    QList<QPair<QString, ShownError>> failed; // node id and why
    QList<NodeTagChange> undoTags; // brings back what was
    QList<NodeRename> undoNames;
};

}

Q_DECLARE_METATYPE(fb::FleetOutcome)
