#include "backend/nodes/runcommand/step_repository.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const auto kColumns = u"command_id, node_id, step_index, name, plugin, status, response_code, "
                          u"started_at, ended_at, note, "
                          "out_length, out_inline, out_artifact, out_dropped, out_complete, out_removed_at, "
                          "err_length, err_inline, err_artifact, err_dropped, err_complete, err_removed_at"_s;

    QVariant stepNumber(int64_t value) { return QVariant(static_cast<qint64>(value)); }

    StoredOutput outputFrom(const Row &row, int first)
    {
        return {.length = row.integer(first),
                .inlineBytes = row.bytes(first + 1),
                .artifact = row.text(first + 2),
                .dropped = row.integer(first + 3),
                .complete = row.integer(first + 4) != 0,
                .removedAt = row.instantIfAny(first + 5)};
    }

    InvocationStep stepOf(const Row &row)
    {
        InvocationStep step;
        step.commandId = row.id<CommandId>(0);
        step.instanceId = row.text(1);
        step.index = static_cast<int>(row.integer(2));
        step.name = row.text(3);
        step.plugin = row.text(4);
        step.status = row.text(5);
        step.responseCode = static_cast<int>(row.integer(6));
        step.startedAt = row.instantIfAny(7);
        step.endedAt = row.instantIfAny(8);
        step.note = row.text(9);
        step.standardOutput = outputFrom(row, 10);
        step.standardError = outputFrom(row, 16);
        return step;
    }

    QString prefixOf(OutputStream stream)
    {
        return stream == OutputStream::StandardOutput ? u"out"_s : u"err"_s;
    }

    Result<void> saveStream(Transaction &tx, const QList<OutputRow> &outputs, OutputStream stream)
    {
        QList<QVariantList> rows;
        for (const OutputRow &row : outputs) {
            if (row.key.stream != stream)
                continue;
            rows.append({toSql(row.key.command), row.key.instanceId, row.key.step,
                         stepNumber(row.output.length), row.output.inlineBytes,
                         row.output.artifact.isNull() ? u""_s : row.output.artifact,
                         stepNumber(row.output.dropped), row.output.complete ? 1 : 0});
        }
        if (rows.isEmpty())
            return {};
        const QString prefix = prefixOf(stream);
        QStringList columns {u"command_id"_s, u"node_id"_s, u"step_index"_s};
        QStringList changes;
        for (const auto &name : {u"length"_s, u"inline"_s, u"artifact"_s, u"dropped"_s, u"complete"_s}) {
            columns.append(prefix + u'_' + name);
            changes.append(u"%1 = excluded.%1"_s.arg(columns.last()));
        }
        return tx
            .insertRows(u"run_command_step"_s, columns, rows,
                        u"ON CONFLICT (command_id, node_id, step_index) DO UPDATE SET "_s
                            + changes.join(u", "_s))
            .map([](qint64) {});
    }
}

Result<void> StepRepository::saveResults(Transaction &tx, const QList<InvocationStep> &steps)
{
    if (steps.isEmpty())
        return {};
    QList<QVariantList> rows;
    rows.reserve(steps.size());
    for (const InvocationStep &step : steps)
        rows.append({toSql(step.commandId), step.instanceId, step.index, step.name, step.plugin, step.status,
                     step.responseCode, toSql(step.startedAt), toSql(step.endedAt), step.note});
    return tx
        .insertRows(
            u"run_command_step"_s,
            {u"command_id"_s, u"node_id"_s, u"step_index"_s, u"name"_s, u"plugin"_s, u"status"_s,
             u"response_code"_s, u"started_at"_s, u"ended_at"_s, u"note"_s},
            rows,
            u"ON CONFLICT (command_id, node_id, step_index) DO UPDATE SET name = excluded.name, "
            "plugin = excluded.plugin, status = excluded.status, response_code = excluded.response_code, "
            "started_at = excluded.started_at, ended_at = excluded.ended_at, note = excluded.note"_s)
        .map([](qint64) {});
}

Result<void> StepRepository::saveOutputs(Transaction &tx, const QList<OutputRow> &outputs)
{
    if (auto saved = saveStream(tx, outputs, OutputStream::StandardOutput); !saved)
        return saved;
    return saveStream(tx, outputs, OutputStream::StandardError);
}

Result<bool> StepRepository::markRemoved(Transaction &tx, const OutputKey &key, const QString &artifact,
                                         Instant at)
{
    return tx
        .execute(u"UPDATE run_command_step SET %1_artifact = '', %1_removed_at = ? WHERE command_id = ? AND "
                 "node_id = ? AND step_index = ? AND %1_artifact = ?"_s.arg(prefixOf(key.stream)),
                 {toSql(at), toSql(key.command), key.instanceId, key.step, artifact})
        .map([](qint64 rows) { return rows > 0; });
}

Result<QList<OutputKey>> StepRepository::unsealed(Reader &reader) const
{
    QList<OutputKey> keys;
    for (const OutputStream stream : {OutputStream::StandardOutput, OutputStream::StandardError}) {
        auto found = reader.all(
            u"SELECT s.command_id, s.node_id, s.step_index FROM artifact a JOIN run_command_step s "
            "ON s.command_id = substr(a.owner, 12, 36) AND s.%1_artifact = a.id "
            "WHERE a.state = 'open' AND a.kind = 'output' AND s.%1_complete = 1"_s.arg(prefixOf(stream)),
            {}, [stream](const Row &row) {
                return OutputKey {.command = row.id<CommandId>(0),
                                  .instanceId = row.text(1),
                                  .step = static_cast<int>(row.integer(2)),
                                  .stream = stream};
            });
        if (!found)
            return found.error();
        keys += *found;
    }
    return keys;
}

Result<QList<InvocationStep>> StepRepository::stepsOf(Reader &reader, const CommandId &command,
                                                      const QString &node) const
{
    return reader.all(
        u"SELECT %1 FROM run_command_step WHERE command_id = ? AND node_id = ? ORDER BY step_index"_s.arg(
            kColumns),
        {toSql(command), node}, stepOf);
}

Result<QList<InvocationStep>> StepRepository::stepsOf(Reader &reader, const CommandId &command) const
{
    return reader.all(
        u"SELECT %1 FROM run_command_step WHERE command_id = ? ORDER BY node_id, step_index"_s.arg(kColumns),
        {toSql(command)}, stepOf);
}

Result<std::optional<StoredOutput>> StepRepository::output(Reader &reader, const OutputKey &key) const
{
    const QString sql = u"SELECT %1_length, %1_inline, %1_artifact, %1_dropped, %1_complete, %1_removed_at "
                        u"FROM run_command_step "
                        "WHERE command_id = ? AND node_id = ? AND step_index = ?"_s.arg(prefixOf(key.stream));
    return reader.one(sql, {toSql(key.command), key.instanceId, key.step},
                      [](const Row &row) { return outputFrom(row, 0); });
}

Result<QStringList> StepRepository::artifactsOf(Reader &reader, const CommandId &command) const
{
    QStringList artifacts;
    auto read = reader.each(u"SELECT out_artifact, err_artifact FROM run_command_step WHERE command_id = ? "
                            "AND (out_artifact <> '' OR err_artifact <> '')"_s,
                            {toSql(command)}, [&](const Row &row) {
                                for (const int column : {0, 1}) {
                                    if (!row.text(column).isEmpty())
                                        artifacts.append(row.text(column));
                                }
                            });
    if (!read)
        return read.error();
    return artifacts;
}

}
