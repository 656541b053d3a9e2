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

enum class DecidedBy {
    Engine,
    NoOperator,
    Disabled,
    Role, // which allows it
    NoRole, // the role does not allow it, and no statement does
    Statement, // an Allow
    Denied, // by a statement
    Scope, // outside what the operator is narrowed to
    Narrowed // only an Administrator who is not narrowed may
};

struct AccessDecision {
    bool allowed = false;
    QString why; // in words: which role, statement or scope decided
    DecidedBy by = DecidedBy::NoOperator;
    QString group; // whose statement it was; empty: the operator's own
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
    // Whether there can be a target at all: for a console that shows what its operator may do.
    AccessDecision explainAnywhere(const Principal &who, Action action) const;

private:
    struct Holder { // an operator with all statements that bear on it
        Operator who;
        struct From {
            QString group; // empty: the operator's own
            PermissionStatement statement;
        };
        QList<From> statements;
    };
    using Holders = QHash<QString, Holder>;

    std::shared_ptr<const Holders> holders() const;
    AccessDecision decide(const Holder &holder, Action action, const AccessTarget &target) const;
    static bool isNarrowed(const Holder &holder);
    static QString named(const Holder::From &from); // "a statement of group ops"
    AccessTarget withTags(const AccessTarget &target) const; // of one node

    mutable std::mutex m_mutex;
    std::shared_ptr<const Holders> m_holders = std::make_shared<const Holders>();
    NodeTags m_nodeTags;
};

}
