#include "backend/nodes/runcommand/command_repository.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    QString compact(const QJsonObject &object)
    {
        return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
    }

    QString alarmsText(const QList<TriggeredAlarm> &alarms)
    {
        QJsonArray array;
        for (const TriggeredAlarm &alarm : alarms)
            array.append(toJson(alarm));
        return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
    }

    QList<TriggeredAlarm> alarmsOf(const QString &text)
    {
        QList<TriggeredAlarm> alarms;
        for (const QJsonValue &value : QJsonDocument::fromJson(text.toUtf8()).array()) {
            if (auto alarm = fromJson<TriggeredAlarm>(value.toObject()))
                alarms.append(*alarm);
        }
        return alarms;
    }

    QVariant number(int64_t value) { return QVariant(static_cast<qint64>(value)); }

    QVariantList countsOf(const CommandCounts &counts)
    {
        return {number(counts.targets),         number(counts.pending),          number(counts.delayed),
                number(counts.inProgress),      number(counts.cancelling),       number(counts.success),
                number(counts.failed),          number(counts.deliveryTimedOut), number(counts.undeliverable),
                number(counts.invalidPlatform), number(counts.accessDenied),     number(counts.cancelled),
                number(counts.terminated)};
    }

    const auto kCountColumns = u"target_count, pending_count, delayed_count, in_progress_count, "
                               u"cancelling_count, success_count, failed_count, "
                               "delivery_timed_out_count, undeliverable_count, invalid_platform_count, "
                               "access_denied_count, cancelled_count, "
                               "terminated_count"_s;
    const auto kCommandColumns = u"command_id, document_name, resolved_version, content_hash, request, "
                                 u"state, error_limit, concurrency, "
                                 "cancelled, stopped, triggered_alarms, requested_at, deliver_by, "
                                 "expires_after, completed_at, requested_by, "
                                 "requester_role, source, source_id, "_s
        + kCountColumns;
    const auto kInvocationColumns
        = u"command_id, node_id, node_name, ordinal, state, response_code, trace, note, rebooting, order_id, "
          "requested_at, released_at, acknowledged_at, started_at, ended_at"_s;

    CommandCounts countsFrom(const Row &row, int first)
    {
        CommandCounts counts;
        for (int64_t *counter :
             {&counts.targets, &counts.pending, &counts.delayed, &counts.inProgress, &counts.cancelling,
              &counts.success, &counts.failed, &counts.deliveryTimedOut, &counts.undeliverable,
              &counts.invalidPlatform, &counts.accessDenied, &counts.cancelled, &counts.terminated})
            *counter = row.integer(first++);
        return counts;
    }

    QVariantList rowOf(const Invocation &invocation)
    {
        return {toSql(invocation.commandId),
                invocation.instanceId,
                invocation.instanceName,
                invocation.ordinal,
                static_cast<int>(invocation.state),
                invocation.responseCode,
                invocation.trace,
                invocation.note,
                invocation.rebooting ? 1 : 0,
                toSql(invocation.orderId),
                toSql(invocation.requestedAt),
                toSql(invocation.releasedAt),
                toSql(invocation.acknowledgedAt),
                toSql(invocation.startedAt),
                toSql(invocation.endedAt)};
    }

    Result<void> putInvocations(Transaction &tx, const QList<Invocation> &invocations,
                                const QString &onConflict)
    {
        if (invocations.isEmpty())
            return {};
        static const QStringList columns = kInvocationColumns.split(u", "_s);
        QList<QVariantList> rows;
        rows.reserve(invocations.size());
        for (const Invocation &invocation : invocations)
            rows.append(rowOf(invocation));
        return tx.insertRows(u"run_command_invocation"_s, columns, rows, onConflict).map([](qint64) {});
    }
}

QString CommandRepository::commandColumns() { return kCommandColumns; }

QString CommandRepository::invocationColumns() { return kInvocationColumns; }

Command CommandRepository::commandOf(const Row &row)
{
    Command command;
    command.commandId = row.id<CommandId>(0);
    // Written by this program, so a request that no longer passes a newer check is kept as it was.
    if (auto request = fields::fromJsonObject<SendCommandRequest>(
            QJsonDocument::fromJson(row.text(4).toUtf8()).object(), QString()))
        command.request = std::move(*request);
    command.request.documentName = row.text(1);
    command.resolvedVersion = row.text(2);
    command.contentHash = row.text(3);
    command.state = static_cast<CommandState>(row.integer(5));
    command.errorLimit = row.integer(6);
    command.concurrency = row.integer(7);
    command.cancelled = row.integer(8) != 0;
    command.stopped = row.integer(9) != 0;
    command.triggeredAlarms = alarmsOf(row.text(10));
    command.requestedAt = row.instant(11);
    command.deliverBy = row.instant(12);
    command.expiresAfter = row.instant(13);
    command.completedAt = row.instantIfAny(14);
    command.requestedBy = row.text(15);
    command.requesterRole = row.text(16);
    command.source = enumNamed<CommandSource>(row.text(17), u"Source"_s).value_or(CommandSource::Direct);
    command.sourceId = row.text(18);
    command.counts = countsFrom(row, 19);
    return command;
}

Invocation CommandRepository::invocationOf(const Row &row)
{
    Invocation invocation;
    invocation.commandId = row.id<CommandId>(0);
    invocation.instanceId = row.text(1);
    invocation.instanceName = row.text(2);
    invocation.ordinal = static_cast<int>(row.integer(3));
    invocation.state = static_cast<InvocationState>(row.integer(4));
    invocation.responseCode = static_cast<int>(row.integer(5));
    invocation.trace = row.text(6);
    invocation.note = row.text(7);
    invocation.rebooting = row.integer(8) != 0;
    invocation.orderId = row.id<OrderId>(9);
    invocation.requestedAt = row.instant(10);
    invocation.releasedAt = row.instantIfAny(11);
    invocation.acknowledgedAt = row.instantIfAny(12);
    invocation.startedAt = row.instantIfAny(13);
    invocation.endedAt = row.instantIfAny(14);
    return invocation;
}

Result<void> CommandRepository::insertContent(Transaction &tx, const QString &hash, const QString &content)
{
    return tx
        .execute(u"INSERT INTO run_command_content (content_hash, content) VALUES (?, ?) "
                 "ON CONFLICT (content_hash) DO NOTHING"_s,
                 {hash, content})
        .map([](qint64) {});
}

Result<void> CommandRepository::insertCommand(Transaction &tx, const Command &command)
{
    const QVariantList row = QVariantList {toSql(command.commandId),
                                           command.request.documentName,
                                           command.resolvedVersion,
                                           command.contentHash,
                                           compact(toJson(command.request)),
                                           static_cast<int>(command.state),
                                           number(command.errorLimit),
                                           number(command.concurrency),
                                           command.cancelled ? 1 : 0,
                                           command.stopped ? 1 : 0,
                                           alarmsText(command.triggeredAlarms),
                                           toSql(command.requestedAt),
                                           toSql(command.deliverBy),
                                           toSql(command.expiresAfter),
                                           toSql(command.completedAt),
                                           command.requestedBy,
                                           command.requesterRole,
                                           enumName(command.source),
                                           command.sourceId}
        + countsOf(command.counts);
    return tx.insertRows(u"run_command"_s, kCommandColumns.split(u", "_s), {row}).map([](qint64) {});
}

Result<void> CommandRepository::saveCommand(Transaction &tx, const Command &command)
{
    static const QString sql
        = u"UPDATE run_command SET state = ?, cancelled = ?, stopped = ?, triggered_alarms = ?, completed_at "
          u"= ?, %1 = ? "
          "WHERE command_id = ?"_s.arg(QString(kCountColumns).replace(u", "_s, u" = ?, "_s));
    const QVariantList binds
        = QVariantList {static_cast<int>(command.state), command.cancelled ? 1 : 0, command.stopped ? 1 : 0,
                        alarmsText(command.triggeredAlarms), toSql(command.completedAt)}
        + countsOf(command.counts) + QVariantList {toSql(command.commandId)};
    return tx.execute(sql, binds).map([](qint64) {});
}

Result<void> CommandRepository::insertInvocations(Transaction &tx, const QList<Invocation> &invocations)
{
    return putInvocations(tx, invocations, {});
}

Result<void> CommandRepository::saveInvocations(Transaction &tx, const QList<Invocation> &invocations)
{
    return putInvocations(tx, invocations,
                          u"ON CONFLICT (command_id, node_id) DO UPDATE SET state = excluded.state, "
                          u"response_code = excluded.response_code, "
                          "trace = excluded.trace, note = excluded.note, rebooting = excluded.rebooting, "
                          "order_id = excluded.order_id, "
                          "released_at = excluded.released_at, acknowledged_at = excluded.acknowledged_at, "
                          "started_at = excluded.started_at, ended_at = excluded.ended_at"_s);
}

Result<std::optional<QString>> CommandRepository::content(Reader &reader, const QString &hash) const
{
    return reader.one(u"SELECT content FROM run_command_content WHERE content_hash = ?"_s, {hash},
                      [](const Row &row) { return row.text(0); });
}

Result<std::optional<Command>> CommandRepository::command(Reader &reader, const CommandId &id) const
{
    return reader.one(u"SELECT %1 FROM run_command WHERE command_id = ?"_s.arg(kCommandColumns), {toSql(id)},
                      &CommandRepository::commandOf);
}

Result<QList<Command>> CommandRepository::openCommands(Reader &reader) const
{
    return reader.all(
        u"SELECT %1 FROM run_command WHERE completed_at IS NULL ORDER BY requested_at, command_id"_s.arg(
            kCommandColumns),
        {}, &CommandRepository::commandOf);
}

Result<std::optional<Invocation>> CommandRepository::invocation(Reader &reader, const CommandId &id,
                                                                const QString &node) const
{
    return reader.one(u"SELECT %1 FROM run_command_invocation WHERE command_id = ? AND node_id = ?"_s.arg(
                          kInvocationColumns),
                      {toSql(id), node}, &CommandRepository::invocationOf);
}

Result<QList<Invocation>> CommandRepository::invocationsOf(Reader &reader, const CommandId &id) const
{
    return reader.all(u"SELECT %1 FROM run_command_invocation WHERE command_id = ? ORDER BY ordinal"_s.arg(
                          kInvocationColumns),
                      {toSql(id)}, &CommandRepository::invocationOf);
}

Result<std::optional<CommandId>> CommandRepository::commandOfOrder(Reader &reader, const QString &node,
                                                                   const OrderId &order) const
{
    return reader.one(u"SELECT command_id FROM run_command_invocation WHERE node_id = ? AND order_id = ? "
                      "ORDER BY requested_at DESC LIMIT 1"_s,
                      {node, toSql(order)}, [](const Row &row) { return row.id<CommandId>(0); });
}

Result<qint64> CommandRepository::openInvocationCount(Reader &reader) const
{
    return reader.number(u"SELECT count(*) FROM run_command_invocation WHERE state < 10"_s);
}

Result<QList<CommandId>> CommandRepository::completedBefore(Reader &reader, Instant before, int limit) const
{
    return reader.all(
        u"SELECT command_id FROM run_command WHERE completed_at IS NOT NULL AND completed_at < ? "
        "ORDER BY completed_at LIMIT ?"_s,
        {toSql(before), limit}, [](const Row &row) { return row.id<CommandId>(0); });
}

Result<QList<CommandId>> CommandRepository::oldestCompleted(Reader &reader, int limit) const
{
    return reader.all(u"SELECT command_id FROM run_command WHERE completed_at IS NOT NULL "
                      "ORDER BY completed_at LIMIT ?"_s,
                      {limit}, [](const Row &row) { return row.id<CommandId>(0); });
}

Result<qint64> CommandRepository::invocationCount(Reader &reader) const
{
    return reader.number(u"SELECT coalesce(sum(target_count), 0) FROM run_command"_s);
}

Result<void> CommandRepository::remove(Transaction &tx, const QList<CommandId> &commands)
{
    for (const CommandId &id : commands) {
        if (auto removed = tx.execute(u"DELETE FROM run_command WHERE command_id = ?"_s, {toSql(id)});
            !removed)
            return removed.error();
    }
    return tx
        .execute(
            u"DELETE FROM run_command_content WHERE content_hash NOT IN (SELECT content_hash FROM run_command)"_s)
        .map([](qint64) {});
}

}
