#pragma once
// Access by operators: their role, their groups' and their own statements, narrowed by their scope. What was stored last counts, not what
// the caller believes: a role that was taken away, or a tag that was changed, holds from the next question on (spec/security T16). Any thread.

#include "backend/security/access.h"
#include "backend/security/operators/operator.h"

#include <QHash>

#include <functional>
#include <memory>
#include <mutex>

namespace fb {

struct AccessDecision {
    bool allowed = false;
    QString why; // in words: which role, statement or scope decided
};

class OperatorAccess final : public Access
{
public:
    // Tags of a node that a caller does not bring; none: the node is unknown. Called on the thread that asks.
    using NodeTags = std::function<std::optional<QMap<QString, QString>>(const QString &nodeId)>;

    void setNodeTags(NodeTags nodeTags); // at start
    void setOperators(const QList<Operator> &operators, const QList<OperatorGroup> &groups);

    Result<void> check(const Principal &who, Action action, const AccessTarget &target = {}) const override;
    AccessDecision explain(const Principal &who, Action action, const AccessTarget &target = {}) const;

private:
    struct Holder { // an operator with all statements that bear on it
        Operator who;
        struct From {
            QString where; // "group ops", "own"
            PermissionStatement statement;
        };
        QList<From> statements;
    };
    using Holders = QHash<QString, Holder>;

    std::shared_ptr<const Holders> holders() const;
    AccessDecision decide(const Holder &holder, Action action, const AccessTarget &target) const;
    AccessTarget withTags(const AccessTarget &target) const; // of one node

    mutable std::mutex m_mutex;
    std::shared_ptr<const Holders> m_holders = std::make_shared<const Holders>();
    NodeTags m_nodeTags;
};

}
