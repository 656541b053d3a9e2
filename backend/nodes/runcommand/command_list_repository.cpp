#include "backend/nodes/runcommand/command_list_repository.h"

#include "backend/nodes/runcommand/command_repository.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    class Where
    {
    public:
        void add(const QString &condition, const QVariantList &binds)
        {
            m_conditions.append(condition);
            m_binds += binds;
        }
        QString text() const
        {
            return m_conditions.isEmpty() ? QString() : u"WHERE "_s + m_conditions.join(u" AND "_s);
        }
        QVariantList binds(int limit) const { return m_binds + QVariantList {limit}; }

    private:
        QStringList m_conditions;
        QVariantList m_binds;
    };

    void addCommon(Where &where, const CommandListFilter &filter)
    {
        if (filter.command)
            where.add(u"command_id = ?"_s, {toSql(*filter.command)});
        if (filter.invokedFrom)
            where.add(u"requested_at >= ?"_s, {toSql(*filter.invokedFrom)});
        if (filter.invokedBefore)
            where.add(u"requested_at < ?"_s, {toSql(*filter.invokedBefore)});
        if (!filter.states.isEmpty()) {
            QVariantList states;
            QStringList places;
            for (const int state : filter.states) {
                states.append(state);
                places.append(u"?"_s);
            }
            where.add(u"state IN (%1)"_s.arg(places.join(u", "_s)), states);
        }
    }
}

QByteArray ListPosition::toBytes() const
{
    return QJsonDocument(QJsonArray {QString::number(toMicros(requestedAt)), toQString(command), instanceId})
        .toJson(QJsonDocument::Compact);
}

std::optional<ListPosition> ListPosition::fromBytes(const QByteArray &bytes)
{
    const QJsonArray array = QJsonDocument::fromJson(bytes).array();
    if (array.size() != 3)
        return std::nullopt;
    return ListPosition {.requestedAt = fromMicros(array.at(0).toString().toLongLong()),
                         .command = toId<CommandId>(array.at(1).toString()),
                         .instanceId = array.at(2).toString()};
}

Result<QList<Command>> CommandListRepository::commands(Reader &reader, const CommandListFilter &filter,
                                                       const std::optional<ListPosition> &after,
                                                       int limit) const
{
    Where where;
    addCommon(where, filter);
    if (!filter.instanceId.isEmpty())
        where.add(u"command_id IN (SELECT command_id FROM run_command_invocation WHERE node_id = ?)"_s,
                  {filter.instanceId});
    if (!filter.documentName.isEmpty())
        where.add(u"document_name = ?"_s, {filter.documentName});
    if (filter.isExecuting)
        where.add(*filter.isExecuting ? u"completed_at IS NULL"_s : u"completed_at IS NOT NULL"_s, {});
    if (after)
        where.add(u"(requested_at < ? OR (requested_at = ? AND command_id > ?))"_s,
                  {toSql(after->requestedAt), toSql(after->requestedAt), toSql(after->command)});
    const QString sql = u"SELECT %1 FROM run_command %2 ORDER BY requested_at DESC, command_id LIMIT ?"_s.arg(
        CommandRepository::commandColumns(), where.text());
    return reader.all(sql, where.binds(limit), &CommandRepository::commandOf);
}

Result<QList<Invocation>> CommandListRepository::invocations(Reader &reader, const CommandListFilter &filter,
                                                             const std::optional<ListPosition> &after,
                                                             int limit) const
{
    Where where;
    addCommon(where, filter);
    if (!filter.instanceId.isEmpty())
        where.add(u"node_id = ?"_s, {filter.instanceId});
    if (!filter.documentName.isEmpty())
        where.add(u"command_id IN (SELECT command_id FROM run_command WHERE document_name = ?)"_s,
                  {filter.documentName});
    if (after)
        where.add(
            u"(requested_at < ? OR (requested_at = ? AND (command_id > ? OR (command_id = ? AND node_id > ?))))"_s,
            {toSql(after->requestedAt), toSql(after->requestedAt), toSql(after->command),
             toSql(after->command), after->instanceId});
    const QString sql
        = u"SELECT %1 FROM run_command_invocation %2 ORDER BY requested_at DESC, command_id, node_id LIMIT ?"_s
              .arg(CommandRepository::invocationColumns(), where.text());
    return reader.all(sql, where.binds(limit), &CommandRepository::invocationOf);
}

}
