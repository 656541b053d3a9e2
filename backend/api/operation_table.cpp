#include "backend/api/operation_table.h"

#include "backend/base/fail.h"

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
