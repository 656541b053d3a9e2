#include "backend/api/operation_table.h"

#include "backend/base/fail.h"

#include <QJsonArray>

namespace fb {

using namespace Qt::StringLiterals;

void OperationTable::add(const QString &name, Operation operation)
{
    addLater(name,
             [operation = std::move(operation)](const Principal &who, const QJsonObject &input,
                                                const Reply &reply) { reply(operation(who, input)); });
}

void OperationTable::addLater(const QString &name, LaterOperation operation)
{
    Q_ASSERT(!m_operations.contains(name));
    m_operations.insert(name, std::move(operation));
}

void OperationTable::addOwnMembers(const QString &name, const QString &place, const QStringList &members)
{
    m_ownMembers[name].append({place, members});
}

QJsonObject OperationTable::withoutOwnMembers(const QString &name, QJsonObject output) const
{
    const auto without = [](QJsonObject object, const QStringList &members) {
        for (const QString &member : members)
            object.remove(member);
        return object;
    };
    for (const OwnMembers &own : m_ownMembers.value(name)) {
        if (own.place.isEmpty()) {
            output = without(std::move(output), own.members);
            continue;
        }
        const QJsonValue value = output.value(own.place);
        if (value.isObject())
            output.insert(own.place, without(value.toObject(), own.members));
        QJsonArray rows;
        for (const QJsonValue &row : value.toArray())
            rows.append(without(row.toObject(), own.members));
        if (value.isArray())
            output.insert(own.place, rows);
    }
    return output;
}

QStringList OperationTable::names() const
{
    QStringList names = m_operations.keys();
    names.sort();
    return names;
}

void OperationTable::call(const QString &name, const Principal &who, const QJsonObject &input,
                          const Reply &reply) const
{
    const auto operation = m_operations.constFind(name);
    if (operation == m_operations.constEnd())
        return reply(
            fail(errors::kValidation, u"There is no operation \"%1\"."_s.arg(name.left(80)), u"operation"_s));
    (*operation)(who, input, reply);
}

}
