// What RunCommandService answers from what is stored; its other files change it.
#include "backend/nodes/runcommand/run_command_service.h"

#include "backend/base/fail.h"
#include "backend/base/on_result.h"
#include "backend/core/text_safety.h"
#include "backend/core/time_text.h"
#include "backend/nodes/runcommand/output_cut.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    AccessTarget onNode(const QString &instanceId, const QString &document)
    {
        return {.nodeIds = {instanceId},
                .documents = document.isEmpty() ? QStringList() : QStringList {document}};
    }
}

Result<CommandPage> RunCommandService::listCommands(const Principal &who, const ListCommandsRequest &request)
{
    if (auto allowed = m_parts.access.check(who, actions::kListCommands); !allowed)
        return refused(who, actions::kListCommands, {}, allowed.error());
    return m_queries.listCommands(m_parts.database.reader(), request);
}

Result<InvocationPage> RunCommandService::listCommandInvocations(const Principal &who,
                                                                 const ListCommandInvocationsRequest &request)
{
    if (auto allowed = m_parts.access.check(who, actions::kListCommandInvocations); !allowed)
        return refused(who, actions::kListCommandInvocations, {}, allowed.error());
    return m_queries.listInvocations(m_parts.database.reader(), request);
}

Result<Command> RunCommandService::command(const Principal &who, const CommandId &id)
{
    if (auto allowed = m_parts.access.check(who, actions::kListCommands); !allowed)
        return refused(who, actions::kListCommands, toQString(id), allowed.error());
    auto found = m_commands.command(m_parts.database.reader(), id);
    if (!found)
        return found.error();
    if (!*found)
        return fail(errors::kInvalidCommandId,
                    u"CommandId: there is no command %1."_s.arg(toQString(id).left(40)), u"CommandId"_s);
    return **found;
}

Result<QList<Invocation>> RunCommandService::invocationsOf(const Principal &who, const CommandId &id)
{
    if (auto allowed = m_parts.access.check(who, actions::kListCommandInvocations); !allowed)
        return refused(who, actions::kListCommandInvocations, toQString(id), allowed.error());
    return m_commands.invocationsOf(m_parts.database.reader(), id);
}

Result<QList<InvocationStep>> RunCommandService::stepsOf(const Principal &who, const CommandId &id,
                                                         const QString &instanceId)
{
    if (auto allowed = m_parts.access.check(who, actions::kGetCommandInvocation, onNode(instanceId, {}));
        !allowed)
        return refused(who, actions::kGetCommandInvocation, toQString(id), allowed.error());
    return m_steps.stepsOf(m_parts.database.reader(), id, instanceId);
}

QFuture<Result<OutputChunk>> RunCommandService::readOutput(const Principal &who, const CommandId &id,
                                                           const QString &instanceId, int step,
                                                           OutputStream stream, qint64 offset, qint64 length)
{
    using Answer = Result<OutputChunk>;
    if (auto allowed = m_parts.access.check(who, actions::kGetCommandInvocation, onNode(instanceId, {}));
        !allowed)
        return readyResult(
            Answer(refused(who, actions::kGetCommandInvocation, toQString(id), allowed.error())));
    return m_outputs.read({.command = id, .instanceId = instanceId, .step = step, .stream = stream}, offset,
                          length);
}

namespace {
    // A line that stands for what was removed.
    QByteArray removedLine(const OutputChunk &chunk)
    {
        return QByteArray::fromStdString("\n[removed to make room at " + toIso8601Millis(*chunk.removedAt)
                                         + "]\n");
    }

    QString outputText(const OutputChunk &output, size_t limit)
    {
        if (!output.removedAt)
            return toQString(cutOutput(viewOf(output.bytes), limit, output.isWhole()));
        const QByteArray line = removedLine(output);
        return toQString(cutOutput(viewOf(output.bytes), limit - static_cast<size_t>(line.size()), false))
            + QString::fromLatin1(line);
    }

    // With why the step failed behind it.
    QString errorText(const OutputChunk &error, const QString &note)
    {
        const QByteArray why = (error.removedAt ? removedLine(error) : QByteArray()) + note.toUtf8();
        if (error.isWhole())
            return toQString(cutOutput(viewOf(error.bytes + why), kStandardErrorCharacters));
        const size_t room
            = kStandardErrorCharacters - std::min(codePointCount(viewOf(why)), kStandardErrorCharacters / 2);
        return toQString(cutOutput(viewOf(error.bytes), room, false)
                         + std::string(firstCodePoints(viewOf(why), kStandardErrorCharacters / 2)));
    }
}

QFuture<Result<InvocationResult>> RunCommandService::getCommandInvocation(const Principal &who,
                                                                          const CommandId &id,
                                                                          const QString &instanceId,
                                                                          const QString &pluginName)
{
    using Answer = Result<InvocationResult>;
    if (auto allowed = m_parts.access.check(who, actions::kGetCommandInvocation, onNode(instanceId, {}));
        !allowed)
        return readyResult(
            Answer(refused(who, actions::kGetCommandInvocation, toQString(id), allowed.error())));
    auto selected = m_queries.select(m_parts.database.reader(), id, instanceId, pluginName);
    if (!selected)
        return readyResult(Answer(selected.error()));
    const Invocation &row = selected->invocation;
    InvocationResult result {.invocation = row,
                             .command = selected->command,
                             .pluginName = selected->step ? selected->step->name : QString(),
                             .status = row.status(),
                             .statusDetails = row.statusDetails(),
                             .responseCode = row.responseCode,
                             .startedAt = row.startedAt,
                             .endedAt = row.endedAt,
                             .standardOutput = {},
                             .standardError = {}};
    if (!selected->step)
        return readyResult(Answer(result)); // none is meant
    const InvocationStep step = *selected->step;
    const CommandPlugin plugin = pluginOf(step);
    if (plugin.status == CommandStatus::InProgress)
        return readyResult(Answer(result)); // it has not ended, or runs again after a reboot
    if (isTerminal(row.state) && row.state != InvocationState::DeliveryTimedOut) {
        result.status = plugin.status;
        result.statusDetails = plugin.statusDetails;
        result.responseCode = plugin.responseCode;
    }
    result.startedAt = step.startedAt;
    result.endedAt = step.endedAt;
    if (step.status == u"Skipped"_s) {
        result.standardOutput = step.note;
        return readyResult(Answer(result));
    }
    auto promise = std::make_shared<QPromise<Answer>>();
    promise->start();
    OutputKey key {.command = id, .instanceId = instanceId, .step = step.index};
    onResult(m_outputs.read(key, 0, static_cast<int64_t>(bytesForCharacters(kStandardOutputCharacters))),
             this, [this, promise, result, key, step](const Result<OutputChunk> &out) mutable {
                 if (!out) {
                     promise->addResult(Answer(out.error()));
                     promise->finish();
                     return;
                 }
                 // The head that came with the step's end may stand here for more that its stream still brings.
                 result.standardOutput = outputText(*out, kStandardOutputCharacters);
                 key.stream = OutputStream::StandardError;
                 onResult(m_outputs.read(key, 0,
                                         static_cast<int64_t>(bytesForCharacters(kStandardErrorCharacters))),
                          this, [promise, result, step](const Result<OutputChunk> &error) mutable {
                              if (error)
                                  result.standardError = errorText(*error, step.note);
                              promise->addResult(error ? Answer(result) : Answer(error.error()));
                              promise->finish();
                          });
             });
    return promise->future();
}

}
