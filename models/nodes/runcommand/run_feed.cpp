#include "models/nodes/runcommand/run_feed.h"

#include "backend/base/on_result.h"
#include "backend/base/qt_text.h"
#include "backend/documents/document_service.h"
#include "backend/language/document.h"
#include "backend/nodes/fleet/fleet_service.h"
#include "backend/nodes/runcommand/run_command_service.h"
#include "models/nodes/runcommand/document_parameter_of.h"
#include "models/nodes/runcommand/run_target_text.h"

namespace fb {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

    constexpr int kRunsListed = 500; // at a time, newest first
    constexpr int kPage = 50; // the API's largest
    constexpr qsizetype kMostChosenNodes = 10'000; // by hand in the table; the API's callers name 50
    constexpr qint64 kOutputRead = 256 * 1024; // of one stream, at first
    constexpr int kNodesRead = 2000; // nodes whose stored output a page reads when it opens

    RunCounts countsOf(const CommandCounts &counts)
    {
        const auto number = [](int64_t count) { return static_cast<int>(count); };
        // Execution time-outs are among the failed here; the page counts them apart once it has the rows.
        return {.succeeded = number(counts.success),
                .failed = number(counts.failed),
                .timedOut = number(counts.deliveryTimedOut),
                .running = number(counts.inProgress + counts.cancelling),
                .waiting = number(counts.pending + counts.delayed),
                .cancelled = number(counts.undeliverable + counts.invalidPlatform + counts.accessDenied
                                    + counts.cancelled + counts.terminated)};
    }

    RunTargets targetsOf(const SendCommandRequest &request)
    {
        QList<RunTarget> targets;
        for (const Target &target : request.targets)
            targets.append({target.key, target.values});
        return RunTargetText::fromWire(request.instanceIds, targets);
    }

    RunRow rowOf(const Command &command)
    {
        return {.id = toQString(command.commandId),
                .documentName = command.request.documentName,
                .documentVersion = command.resolvedVersion,
                .comment = command.request.comment,
                .status = enumName(command.status()),
                .details = command.statusDetails(),
                .targets = targetsOf(command.request),
                .parameters = command.request.parameters,
                .maxConcurrency = command.request.maxConcurrency,
                .maxErrors = command.request.maxErrors,
                .timeout = command.request.timeout,
                .requestedBy = command.requestedBy,
                .requested = command.requestedAt,
                .finished = command.completedAt.value_or(Instant()),
                .counts = countsOf(command.counts)};
    }

    // Some hundred runs from `token` on, and the token of those before them. Engine thread.
    Result<CommandPage> readRuns(Engine &engine, const QString &token)
    {
        CommandPage runs;
        ListCommandsRequest request;
        request.maxResults = kPage;
        request.nextToken = token;
        do {
            const auto page = engine.runCommand().listCommands(engine.atConsole(), request);
            if (!page)
                return page.error();
            runs.commands += page->commands;
            request.nextToken = page->nextToken;
        } while (!request.nextToken.isEmpty() && runs.commands.size() < kRunsListed);
        runs.nextToken = request.nextToken;
        return runs;
    }

    // All Command documents with their parameters. Engine thread.
    Result<QList<DocumentForm>> readForms(Engine &engine)
    {
        const auto found = engine.documents().allDocuments(engine.atConsole(), u"Command"_s);
        if (!found)
            return found.error();
        QList<DocumentForm> forms;
        for (const DocumentIdentifier &each : *found) {
            DocumentReference reference;
            reference.name = each.name;
            const auto content = engine.documents().getDocument(engine.atConsole(), reference);
            const auto format = documentFormatNamed(toStd(content ? content->documentFormat : QString()));
            if (!content || !format)
                continue; // not readable for this operator, or gone meanwhile
            const auto parsed = parseDocument(toStd(content->content), *format, DocumentType::Command);
            if (!parsed)
                continue;
            DocumentForm form;
            form.name = each.name;
            form.version = content->documentVersion;
            form.description = toQString(parsed->description);
            form.platforms = each.platformTypes;
            for (const ParameterDefinition &definition : parsed->parameters)
                form.parameters << documentParameterOf(definition);
            forms << form;
        }
        return forms;
    }

    // What is stored of a node's output, step by step. Engine thread.
    struct StoredPart {
        QString nodeId;
        int step;
        OutputStream stream;
        QByteArray bytes; // all of it, if it was short enough to lie in the row
        bool elsewhere; // in the artifact store: read it by itself
        Instant removed; // when all but `bytes` went
    };

    QList<StoredPart> storedOutput(Engine &engine, const CommandId &command, const QStringList &nodeIds)
    {
        QList<StoredPart> parts;
        for (const QString &nodeId : nodeIds) {
            const auto steps = engine.runCommand().stepsOf(engine.atConsole(), command, nodeId);
            if (!steps)
                continue;
            for (const InvocationStep &step : *steps) {
                for (const auto &[stream, output] :
                     {std::pair(OutputStream::StandardOutput, &step.standardOutput),
                      std::pair(OutputStream::StandardError, &step.standardError)}) {
                    if (output->length > 0)
                        parts.append({nodeId, step.index, stream, output->inlineBytes,
                                      !output->artifact.isEmpty(), output->removedAt.value_or(Instant())});
                }
            }
        }
        return parts;
    }

    struct InvocationsRead {
        QList<Invocation> invocations;
        QHash<QString, QString> platforms; // of their nodes, as far as they are still managed
    };

    QHash<QString, QString> platformsOf(Engine &engine, const QList<Invocation> &invocations)
    {
        QHash<QString, QString> platforms;
        for (const Invocation &invocation : invocations) {
            if (const Node *node = engine.fleet().node(toId<NodeId>(invocation.instanceId)))
                platforms.insert(invocation.instanceId,
                                 u"%1 %2"_s.arg(node->platformName, node->platformVersion).trimmed());
        }
        return platforms;
    }

    RunStream shownStream(OutputStream stream)
    {
        return stream == OutputStream::StandardError ? RunStream::Err : RunStream::Out;
    }
}

RunFeed::RunFeed(EngineThread &engine, QObject *parent) : RunSource(parent), m_engine(engine)
{
    m_flush.setSingleShot(true);
    m_flush.setInterval(20ms); // one repaint for a burst of small writes
    connect(&m_flush, &QTimer::timeout, this, &RunFeed::flushOutput);
}

void RunFeed::start()
{
    const auto listed = m_engine.post([this](Engine &engine) -> Result<CommandPage> {
        connect(&engine.runCommand(), &RunCommandService::commandsChanged, this, &RunFeed::applyCommands);
        connect(&engine.runCommand(), &RunCommandService::invocationsChanged, this,
                &RunFeed::applyInvocations);
        connect(&engine.runCommand(), &RunCommandService::outputArrived, this, &RunFeed::applyOutput);
        return readRuns(engine, {});
    });
    onResult(listed, this, [this](const Result<CommandPage> &runs) {
        if (!runs)
            return emit problemArose(shownErrorOf(runs.error()));
        applyCommands(runs->commands);
        m_older = runs->nextToken;
        emit firstListComplete();
        emit olderRead(!m_older.isEmpty());
    });
}

void RunFeed::readOlder()
{
    if (m_older.isEmpty() || std::exchange(m_isReading, true))
        return;
    const auto listed = m_engine.post(
        [from = m_older](Engine &engine) -> Result<CommandPage> { return readRuns(engine, from); });
    onResult(listed, this, [this](const Result<CommandPage> &runs) {
        m_isReading = false;
        if (!runs) {
            emit problemArose(shownErrorOf(runs.error()));
            return emit olderFailed(); // they are still there
        }
        applyCommands(runs->commands);
        m_older = runs->nextToken;
        emit olderRead(!m_older.isEmpty());
    });
}

void RunFeed::read(const QString &commandId)
{
    const auto found = m_engine.post([commandId](Engine &engine) -> Result<Command> {
        return engine.runCommand().command(engine.atConsole(), toId<CommandId>(commandId));
    });
    onResult(found, this, [this, commandId](const Result<Command> &command) {
        if (command)
            applyCommands({*command});
        else
            emit runMissing(commandId, shownErrorOf(command.error()));
    });
}

void RunFeed::loadDocuments()
{
    onResult(m_engine.post(readForms), this, [this](const Result<QList<DocumentForm>> &forms) {
        if (!forms)
            return emit problemArose(shownErrorOf(forms.error()));
        emit documentsArrived(*forms);
    });
}

void RunFeed::send(const QString &requestId, const RunRequest &request)
{
    SendCommandRequest wire;
    wire.documentName = request.documentName;
    wire.documentVersion = request.documentVersion;
    wire.parameters = request.parameters;
    wire.comment = request.comment;
    wire.maxConcurrency = request.maxConcurrency;
    wire.maxErrors = request.maxErrors;
    wire.timeout = request.timeout;
    wire.instanceIds = request.targets.nodeIds;
    if (wire.instanceIds.isEmpty()) {
        const QList<RunTarget> targets = RunTargetText::wire(request.targets);
        for (const RunTarget &target : targets)
            wire.targets.append({target.key, target.values});
    }
    const auto sentCommand = m_engine.post([wire](Engine &engine) -> Result<Command> {
        return engine.runCommand().sendCommand(engine.atConsole(), wire,
                                               {.mostInstanceIds = kMostChosenNodes});
    });
    onResult(sentCommand, this, [this, requestId](const Result<Command> &command) {
        if (!command)
            return emit refused(requestId, shownErrorOf(command.error()));
        applyCommands({*command});
        if (!command->warnings.isEmpty())
            emit warned(toQString(command->commandId));
        emit sent(requestId, toQString(command->commandId));
    });
}

void RunFeed::cancel(const QString &commandId, const QStringList &nodeIds)
{
    const auto cancelled = m_engine.post([commandId, nodeIds](Engine &engine) -> Result<void> {
        return engine.runCommand().cancelCommand(engine.atConsole(), toId<CommandId>(commandId), nodeIds);
    });
    onResult(cancelled, this, [this](const Result<void> &done) {
        if (!done)
            emit problemArose(shownErrorOf(done.error()));
    });
}

void RunFeed::watch(const QString &commandId)
{
    ++m_watched[commandId];
    const auto read = m_engine.post([commandId](Engine &engine) -> Result<InvocationsRead> {
        const auto found = engine.runCommand().invocationsOf(engine.atConsole(), toId<CommandId>(commandId));
        if (!found)
            return found.error();
        return InvocationsRead {*found, platformsOf(engine, *found)};
    });
    onResult(read, this, [this, commandId](const Result<InvocationsRead> &found) {
        if (!found)
            return emit problemArose(shownErrorOf(found.error()));
        m_platforms.insert(found->platforms);
        emit invocationsArrived(commandId, rowsOf(found->invocations));
        QStringList started;
        for (const Invocation &invocation : found->invocations) {
            if (invocation.startedAt && started.size() < kNodesRead)
                started << invocation.instanceId;
        }
        fetchOutput(commandId, started);
    });
}

void RunFeed::fetchOutput(const QString &commandId, const QStringList &nodeIds)
{
    if (nodeIds.isEmpty())
        return;
    const auto read = m_engine.post([commandId, nodeIds](Engine &engine) -> Result<QList<StoredPart>> {
        return storedOutput(engine, toId<CommandId>(commandId), nodeIds);
    });
    onResult(read, this, [this, commandId](const Result<QList<StoredPart>> &parts) {
        if (!parts)
            return emit problemArose(shownErrorOf(parts.error()));
        QList<RunChunk> chunks;
        for (const StoredPart &part : *parts) {
            if (!part.elsewhere) {
                chunks.append(
                    {part.nodeId, shownStream(part.stream), 0, part.bytes, part.step, part.removed});
                continue;
            }
            const auto asked = m_engine.post([commandId,
                                              part](Engine &engine) -> Result<QFuture<Result<OutputChunk>>> {
                return engine.runCommand().readOutput(engine.atConsole(), toId<CommandId>(commandId),
                                                      part.nodeId, part.step, part.stream, 0, kOutputRead);
            });
            onResult(asked, this,
                     [this, commandId, part](const Result<QFuture<Result<OutputChunk>>> &future) {
                         if (!future)
                             return;
                         onResult(*future, this, [this, commandId, part](const Result<OutputChunk> &chunk) {
                             if (chunk && !chunk->bytes.isEmpty())
                                 emit outputArrived(commandId,
                                                    {{part.nodeId, shownStream(part.stream), chunk->offset,
                                                      chunk->bytes, part.step, part.removed}});
                         });
                     });
        }
        if (!chunks.isEmpty())
            emit outputArrived(commandId, chunks);
    });
}

void RunFeed::readPast(const QString &commandId)
{
    using Past = Result<CommandPast>;
    const auto asked = m_engine.post([commandId](Engine &engine) -> Result<QFuture<Past>> {
        return engine.runCommand().history().pastOf(engine.atConsole(), toId<CommandId>(commandId));
    });
    onResult(asked, this, [this, commandId](const Result<QFuture<Past>> &future) {
        if (!future)
            return emit problemArose(shownErrorOf(future.error()));
        onResult(*future, this, [this, commandId](const Past &found) {
            if (!found)
                return emit problemArose(shownErrorOf(found.error()));
            RunPast past;
            for (const Event &event : found->events)
                past.events.append(
                    {.at = event.time, .status = event.detail.value(u"status-details"_s).toString()});
            for (const AuditEntry &entry : found->changes)
                past.changes.append(
                    {.at = entry.at, .who = entry.who.name, .action = entry.action, .result = entry.result});
            emit pastArrived(commandId, past);
        });
    });
}

void RunFeed::unwatch(const QString &commandId)
{
    if (--m_watched[commandId] <= 0)
        m_watched.remove(commandId);
}

void RunFeed::applyCommands(const QList<Command> &commands)
{
    QList<RunRow> rows;
    for (const Command &command : commands)
        rows << rowOf(command);
    if (!rows.isEmpty())
        emit runsArrived(rows);
}

QList<InvocationRow> RunFeed::rowsOf(const QList<Invocation> &invocations) const
{
    QList<InvocationRow> rows;
    for (const Invocation &invocation : invocations)
        rows.append(
            {.nodeId = invocation.instanceId,
             .nodeName = invocation.instanceName.isEmpty() ? invocation.instanceId : invocation.instanceName,
             .platform = m_platforms.value(invocation.instanceId),
             .details = invocation.rebooting ? u"InProgress"_s : invocation.statusDetails(),
             .responseCode = invocation.responseCode,
             .started = invocation.startedAt.value_or(Instant()),
             .finished = invocation.endedAt.value_or(Instant()),
             .note = invocation.trace.isEmpty() ? invocation.note : invocation.trace});
    return rows;
}

void RunFeed::applyInvocations(const QList<Invocation> &invocations)
{
    QHash<QString, QList<Invocation>> byCommand;
    for (const Invocation &invocation : invocations) {
        const QString command = toQString(invocation.commandId);
        if (m_watched.contains(command))
            byCommand[command] << invocation;
    }
    for (auto command = byCommand.constBegin(); command != byCommand.constEnd(); ++command) {
        flushOutput(); // a node's last words come before its end
        emit invocationsArrived(command.key(), rowsOf(command.value()));
        // What was stored and not seen live: a page that opened in the middle, a link that was cut.
        QStringList ended;
        for (const Invocation &invocation : command.value()) {
            if (isTerminal(invocation.state) && invocation.startedAt)
                ended << invocation.instanceId;
        }
        fetchOutput(command.key(), ended.mid(0, kNodesRead));
    }
}

void RunFeed::applyOutput(const CommandId &command, const QString &nodeId, int step, OutputStream stream,
                          qint64 offset, const QByteArray &bytes)
{
    const QString id = toQString(command);
    if (!m_watched.contains(id))
        return;
    m_waiting[id].append({nodeId, shownStream(stream), offset, bytes, step, {}});
    if (!m_flush.isActive())
        m_flush.start();
}

void RunFeed::flushOutput()
{
    m_flush.stop();
    const QHash<QString, QList<RunChunk>> ready = std::exchange(m_waiting, {});
    for (auto command = ready.constBegin(); command != ready.constEnd(); ++command)
        emit outputArrived(command.key(), command.value());
}

}
