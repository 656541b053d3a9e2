#include "backend/nodes/runcommand/run_command_api.h"

#include "backend/api/operation_table.h"
#include "backend/base/on_result.h"
#include "backend/core/time_text.h"
#include "backend/nodes/runcommand/run_command_service.h"

#include <QJsonArray>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    struct CancelRequest {
        CommandId commandId;
        QStringList instanceIds;
    };

    constexpr auto fieldsOf(const CancelRequest *)
    {
        return fieldTable(field("CommandId", &CancelRequest::commandId).required(),
                          field("InstanceIds", &CancelRequest::instanceIds).items(0, 50));
    }

    struct InvocationRequest {
        CommandId commandId;
        QString instanceId;
        QString pluginName;
    };

    constexpr auto fieldsOf(const InvocationRequest *)
    {
        return fieldTable(field("CommandId", &InvocationRequest::commandId).required(),
                          field("InstanceId", &InvocationRequest::instanceId).required(),
                          field("PluginName", &InvocationRequest::pluginName).omitEmpty());
    }

    // What the API shows of a command beside what was asked (spec/run-command.md 2.1).
    struct CommandView {
        CommandId commandId;
        QString documentVersion;
        Instant requestedDateTime {};
        Instant expiresAfter {};
        QString status;
        QString statusDetails;
        qint64 targetCount = 0;
        qint64 completedCount = 0;
        qint64 errorCount = 0;
        qint64 deliveryTimedOutCount = 0;
        QList<TriggeredAlarm> triggeredAlarms;
        QString requestedBy;
    };

    constexpr auto fieldsOf(const CommandView *)
    {
        using V = CommandView;
        return fieldTable(
            field("CommandId", &V::commandId), field("DocumentVersion", &V::documentVersion),
            field("RequestedDateTime", &V::requestedDateTime), field("ExpiresAfter", &V::expiresAfter),
            field("Status", &V::status), field("StatusDetails", &V::statusDetails),
            field("TargetCount", &V::targetCount), field("CompletedCount", &V::completedCount),
            field("ErrorCount", &V::errorCount), field("DeliveryTimedOutCount", &V::deliveryTimedOutCount),
            field("TriggeredAlarms", &V::triggeredAlarms).omitEmpty(), field("RequestedBy", &V::requestedBy));
    }

    struct InvocationView {
        CommandId commandId;
        QString instanceId;
        QString instanceName;
        QString comment;
        QString documentName;
        QString documentVersion;
        Instant requestedDateTime {};
        QString status;
        QString statusDetails;
        QString traceOutput;
        QList<CommandPlugin> plugins;
        int responseCode = -1;
        QString note;
    };

    constexpr auto fieldsOf(const InvocationView *)
    {
        using V = InvocationView;
        return fieldTable(
            field("CommandId", &V::commandId), field("InstanceId", &V::instanceId),
            field("InstanceName", &V::instanceName), field("Comment", &V::comment),
            field("DocumentName", &V::documentName), field("DocumentVersion", &V::documentVersion),
            field("RequestedDateTime", &V::requestedDateTime), field("Status", &V::status),
            field("StatusDetails", &V::statusDetails), field("TraceOutput", &V::traceOutput).omitEmpty(),
            field("CommandPlugins", &V::plugins), field("ResponseCode", &V::responseCode),
            field("Note", &V::note).omitEmpty());
    }

    struct ResultView {
        CommandId commandId;
        QString instanceId;
        QString comment;
        QString documentName;
        QString documentVersion;
        QString pluginName;
        int responseCode = -1;
        QString executionStartDateTime; // ISO 8601
        QString executionElapsedTime; // PT2.35S
        QString executionEndDateTime;
        QString status;
        QString statusDetails;
        QString standardOutputContent;
        QString standardErrorContent;
    };

    constexpr auto fieldsOf(const ResultView *)
    {
        using V = ResultView;
        return fieldTable(field("CommandId", &V::commandId), field("InstanceId", &V::instanceId),
                          field("Comment", &V::comment), field("DocumentName", &V::documentName),
                          field("DocumentVersion", &V::documentVersion), field("PluginName", &V::pluginName),
                          field("ResponseCode", &V::responseCode),
                          field("ExecutionStartDateTime", &V::executionStartDateTime),
                          field("ExecutionElapsedTime", &V::executionElapsedTime),
                          field("ExecutionEndDateTime", &V::executionEndDateTime),
                          field("Status", &V::status), field("StatusDetails", &V::statusDetails),
                          field("StandardOutputContent", &V::standardOutputContent),
                          field("StandardErrorContent", &V::standardErrorContent));
    }

    QString isoText(const std::optional<Instant> &instant)
    {
        return instant ? toQString(toIso8601Millis(*instant)) : QString();
    }

    QString elapsedText(const std::optional<Instant> &start, const std::optional<Instant> &end)
    {
        if (!start || !end)
            return QString();
        return u"PT%1S"_s.arg(std::chrono::duration<double>(*end - *start).count(), 0, 'f', 3);
    }

    QString shownVersion(const Command &command)
    {
        return command.request.documentVersion.isEmpty() ? u"$DEFAULT"_s : command.request.documentVersion;
    }

    QJsonObject page(const QString &name, const QJsonArray &rows, const QString &nextToken)
    {
        QJsonObject answer {{name, rows}};
        if (!nextToken.isEmpty())
            answer[u"NextToken"] = nextToken;
        return answer;
    }
}

QJsonObject commandJson(const Command &command)
{
    QJsonObject json = toJson(command.request);
    const CommandView view {.commandId = command.commandId,
                            .documentVersion = shownVersion(command),
                            .requestedDateTime = command.requestedAt,
                            .expiresAfter = command.expiresAfter,
                            .status = enumName(command.status()),
                            .statusDetails = command.statusDetails(),
                            .targetCount = command.counts.targets,
                            .completedCount = command.counts.completed(),
                            .errorCount = command.counts.failed,
                            .deliveryTimedOutCount = command.counts.deliveryTimedOut,
                            .triggeredAlarms = command.triggeredAlarms,
                            .requestedBy = command.requestedBy};
    const QJsonObject more = toJson(view);
    for (auto it = more.constBegin(); it != more.constEnd(); ++it)
        json[it.key()] = it.value();
    return json;
}

QJsonObject invocationJson(const InvocationDetails &details)
{
    const Invocation &row = details.invocation;
    return toJson(InvocationView {.commandId = row.commandId,
                                  .instanceId = row.instanceId,
                                  .instanceName = row.instanceName,
                                  .comment = details.command.request.comment,
                                  .documentName = details.command.request.documentName,
                                  .documentVersion = shownVersion(details.command),
                                  .requestedDateTime = row.requestedAt,
                                  .status = enumName(row.status()),
                                  .statusDetails = row.statusDetails(),
                                  .traceOutput = row.trace,
                                  .plugins = details.plugins,
                                  .responseCode = row.responseCode,
                                  .note = row.note});
}

QJsonObject invocationResultJson(const InvocationResult &result)
{
    return toJson(ResultView {.commandId = result.command.commandId,
                              .instanceId = result.invocation.instanceId,
                              .comment = result.command.request.comment,
                              .documentName = result.command.request.documentName,
                              .documentVersion = shownVersion(result.command),
                              .pluginName = result.pluginName,
                              .responseCode = result.responseCode,
                              .executionStartDateTime = isoText(result.startedAt),
                              .executionElapsedTime = elapsedText(result.startedAt, result.endedAt),
                              .executionEndDateTime = isoText(result.endedAt),
                              .status = enumName(result.status),
                              .statusDetails = result.statusDetails,
                              .standardOutputContent = result.standardOutput,
                              .standardErrorContent = result.standardError});
}

void bindRunCommand(OperationTable &operations, RunCommandService &runCommand)
{
    operations.add(u"SendCommand"_s, [&runCommand](const Principal &who, const QJsonObject &input) {
        return fromJson<SendCommandRequest>(input)
            .andThen([&](const SendCommandRequest &request) { return runCommand.sendCommand(who, request); })
            .map([](const Command &command) {
                QJsonObject answer {{u"Command"_s, commandJson(command)}};
                if (!command.warnings.isEmpty()) // beside AWS's own answer
                    answer[u"Warnings"] = QJsonArray::fromStringList(command.warnings);
                return answer;
            });
    });
    operations.add(u"CancelCommand"_s, [&runCommand](const Principal &who, const QJsonObject &input) {
        return fromJson<CancelRequest>(input)
            .andThen([&](const CancelRequest &request) {
                return runCommand.cancelCommand(who, request.commandId, request.instanceIds);
            })
            .map([] { return QJsonObject(); });
    });
    operations.add(u"ListCommands"_s, [&runCommand](const Principal &who, const QJsonObject &input) {
        return fromJson<ListCommandsRequest>(input)
            .andThen(
                [&](const ListCommandsRequest &request) { return runCommand.listCommands(who, request); })
            .map([](const CommandPage &answer) {
                QJsonArray rows;
                for (const Command &command : answer.commands)
                    rows.append(commandJson(command));
                return page(u"Commands"_s, rows, answer.nextToken);
            });
    });
    operations.add(u"ListCommandInvocations"_s,
                   [&runCommand](const Principal &who, const QJsonObject &input) {
                       return fromJson<ListCommandInvocationsRequest>(input)
                           .andThen([&](const ListCommandInvocationsRequest &request) {
                               return runCommand.listCommandInvocations(who, request);
                           })
                           .map([](const InvocationPage &answer) {
                               QJsonArray rows;
                               for (const InvocationDetails &invocation : answer.invocations)
                                   rows.append(invocationJson(invocation));
                               return page(u"CommandInvocations"_s, rows, answer.nextToken);
                           });
                   });
    operations.addLater(
        u"GetCommandInvocation"_s,
        [&runCommand](const Principal &who, const QJsonObject &input, const OperationTable::Reply &reply) {
            const auto request = fromJson<InvocationRequest>(input);
            if (!request)
                return reply(request.error());
            onResult(runCommand.getCommandInvocation(who, request->commandId, request->instanceId,
                                                     request->pluginName),
                     &runCommand, [reply](const Result<InvocationResult> &result) {
                         reply(result.map(invocationResultJson));
                     });
        });
    operations.addOwnMembers(u"SendCommand"_s, {}, {u"Warnings"_s});
    operations.addOwnMembers(u"SendCommand"_s, u"Command"_s, {u"RequestedBy"_s});
    operations.addOwnMembers(u"ListCommands"_s, u"Commands"_s, {u"RequestedBy"_s});
    operations.addOwnMembers(u"ListCommandInvocations"_s, u"CommandInvocations"_s,
                             {u"ResponseCode"_s, u"Note"_s});
}

}
