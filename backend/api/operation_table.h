#pragma once
// The operations this engine offers, by their AWS names. Each feature binds its own (`bind...` in its *_api.cpp); the control socket
// and, later, the AWS wire call them through this one table, so that nothing is reachable by one way only. Engine thread.

#include "backend/core/result.h"
#include "backend/security/principal.h"

#include <QHash>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <functional>

namespace fb {

class OperationTable
{
public:
    // Input and output have the shapes of the AWS service model. An error's field is a path in the input.
    using Operation = std::function<Result<QJsonObject>(const Principal &who, const QJsonObject &input)>;
    using Reply = std::function<void(const Result<QJsonObject> &)>;
    // For operations that read what may be long: replies once, at once or later, on this thread.
    using LaterOperation = std::function<void(const Principal &who, const QJsonObject &input, Reply reply)>;

    void add(const QString &name, Operation operation); // a name is added once
    void addLater(const QString &name, LaterOperation operation);
    // Members of an answer that AWS's shape does not have: the control socket gives them, the AWS wire leaves them out. `place`: empty for the
    // answer itself, "Command" for an object in it, "Commands" for each object of a list.
    void addOwnMembers(const QString &name, const QString &place, const QStringList &members);
    QJsonObject withoutOwnMembers(const QString &name, QJsonObject output) const;

    bool contains(const QString &name) const { return m_operations.contains(name); }
    QStringList names() const; // sorted

    // UnknownOperationException's place: ValidationException for a name that is not in the table.
    void call(const QString &name, const Principal &who, const QJsonObject &input, const Reply &reply) const;

private:
    struct OwnMembers {
        QString place;
        QStringList members;
    };

    QHash<QString, LaterOperation> m_operations;
    QHash<QString, QList<OwnMembers>> m_ownMembers;
};

}
