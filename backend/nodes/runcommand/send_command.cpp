#include "backend/nodes/runcommand/send_command.h"

#include "backend/base/fail.h"
#include "backend/core/byte_encoding.h"
#include "backend/dispatch/target_resolver.h"
#include "backend/language/resolved_step.h"
#include "backend/nodes/runcommand/order_content.h"

#include <set>

namespace fb {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
    constexpr auto kLeastTimeout = 30s;
    constexpr auto kMostTimeout = std::chrono::seconds(2'592'000);

    Result<void> checkTimeout(std::chrono::seconds timeout)
    {
        if (timeout < kLeastTimeout)
            return fail(errors::kValidation,
                        u"TimeoutSeconds: %1 is below %2."_s.arg(timeout.count()).arg(kLeastTimeout.count()),
                        u"TimeoutSeconds"_s);
        if (timeout > kMostTimeout)
            return fail(errors::kValidation,
                        u"TimeoutSeconds: %1 is above %2."_s.arg(timeout.count()).arg(kMostTimeout.count()),
                        u"TimeoutSeconds"_s);
        return {};
    }

    Result<void> checkRecipients(const SendCommandRequest &request, qsizetype mostInstanceIds)
    {
        if (!request.instanceIds.isEmpty() && !request.targets.isEmpty())
            return fail(errors::kInvalidParameters, u"Give InstanceIds or Targets, not both."_s,
                        u"Targets"_s);
        if (request.instanceIds.isEmpty() && request.targets.isEmpty())
            return fail(errors::kInvalidParameters, u"Give InstanceIds or Targets; both are empty."_s,
                        u"InstanceIds"_s);
        if (request.instanceIds.size() > mostInstanceIds)
            return fail(errors::kValidation,
                        u"InstanceIds has %1 items; it may have %2. Use Targets for more nodes."_s
                            .arg(request.instanceIds.size())
                            .arg(mostInstanceIds),
                        u"InstanceIds"_s);
        for (qsizetype i = 0; i < request.instanceIds.size(); ++i) {
            if (!isInstanceId(request.instanceIds[i]))
                return fail(
                    errors::kValidation,
                    u"InstanceIds[%1] is '%2'; it must be mi- and 17 hex digits, or i- and 8 or 17."_s.arg(i)
                        .arg(request.instanceIds[i].left(40)),
                    u"InstanceIds[%1]"_s.arg(i));
        }
        return checkTargets(request.targets);
    }

    bool runsOn(const Document &document, const DirectoryNode &node)
    {
        const auto platform = platformNamed(toStd(node.platformType));
        return document.platforms.isEmpty() || (platform && document.platforms.contains(*platform));
    }

    AccessTarget targetOf(const DirectoryNode &node, const QString &document)
    {
        AccessTarget target {.nodeIds = {toQString(node.id)}, .documents = {document}};
        for (auto tag = node.tags.cbegin(); tag != node.tags.cend(); ++tag)
            target.nodeTags.insert(tag.key(), tag.value());
        return target;
    }

    Invocation rowFor(const PreparedCommand &prepared, const QString &id, const QString &name,
                      InvocationState state)
    {
        Invocation row;
        row.commandId = prepared.command.commandId;
        row.instanceId = id;
        row.instanceName = name;
        row.ordinal = static_cast<int>(prepared.rows.size());
        row.state = state;
        row.requestedAt = prepared.command.requestedAt;
        if (isTerminal(state))
            row.endedAt = prepared.command.requestedAt;
        return row;
    }
}

Result<void> SendCommandCheck::checkShape(const SendCommandRequest &request, qsizetype mostInstanceIds) const
{
    if (auto checked = validate(request); !checked)
        return checked;
    if (auto checked = checkTimeout(request.timeout); !checked)
        return checked;
    if (auto parsed = parseMaxConcurrency(toStd(request.maxConcurrency)); !parsed)
        return parsed.error();
    if (auto parsed = parseMaxErrors(toStd(request.maxErrors)); !parsed)
        return parsed.error();
    return checkRecipients(request, mostInstanceIds);
}

Result<void> SendCommandCheck::checkParameters(const Principal &who, const Document &document,
                                               const CommandParameters &parameters) const
{
    // Values that hold {{ssm:...}} are judged here by what they hold now, and again when each node gets them.
    auto given = replaceReferences(document, parameters, who, m_parts.parameterValues);
    if (!given)
        return given.error();
    if (auto bound = bindParameters(document.parameters, *given); !bound)
        return bound.error();
    return {};
}

Result<void> SendCommandCheck::checkOutputs(const SendCommandRequest &request) const
{
    // No bucket, log group or role can be registered yet, so none that is named is known.
    if (!request.outputS3BucketName.isEmpty())
        return fail(
            errors::kInvalidOutputFolder,
            u"OutputS3BucketName: there is no bucket \"%1\". Leave it out: the full output is kept in the "
            "engine's artifact store."_s.arg(request.outputS3BucketName),
            u"OutputS3BucketName"_s);
    if (request.cloudWatchOutput.enabled)
        return fail(errors::kInvalidOutputFolder,
                    u"CloudWatchOutputConfig: there is no log group \"%1\"."_s.arg(
                        request.cloudWatchOutput.logGroupName),
                    u"CloudWatchOutputConfig.CloudWatchLogGroupName"_s);
    const NotificationConfig &notification = request.notification;
    const bool known
        = m_parts.notifier && !notification.arn.isEmpty() && m_parts.notifier->knowsChannel(notification.arn);
    if ((!notification.arn.isEmpty() || !notification.events.isEmpty()) && !known)
        return fail(
            errors::kInvalidNotificationConfig,
            u"NotificationConfig.NotificationArn: there is no channel \"%1\"."_s.arg(notification.arn),
            u"NotificationConfig.NotificationArn"_s);
    return {};
}

Result<std::chrono::seconds> SendCommandCheck::executionTime(const Principal &who, const Document &document,
                                                             const CommandParameters &parameters) const
{
    auto given = replaceReferences(document, parameters, who, m_parts.parameterValues);
    if (!given)
        return given.error();
    auto bound = bindParameters(document.parameters, *given);
    if (!bound)
        return bound.error();
    return resolveSteps(document, *bound).map([](const std::vector<ResolvedStep> &steps) {
        return totalExecutionTimeout(steps);
    });
}

Result<QList<NodeId>> SendCommandCheck::nodesByIds(const Principal &who, const SendCommandRequest &request,
                                                   const SendableDocument &document) const
{
    QList<NodeId> nodes;
    QStringList unknown;
    std::set<NodeId> seen;
    for (const QString &id : request.instanceIds) {
        const DirectoryNode *node = findNode(id, m_parts.nodes);
        if (!node) {
            unknown.append(id);
            continue;
        }
        if (!seen.insert(node->id).second)
            return fail(errors::kDuplicateInstanceId, u"InstanceIds names %1 twice."_s.arg(id),
                        u"InstanceIds"_s);
        nodes.append(node->id);
    }
    if (!unknown.isEmpty()) {
        if (QSet<QString>(unknown.begin(), unknown.end()).size() != unknown.size())
            return fail(errors::kDuplicateInstanceId, u"InstanceIds names an id twice."_s, u"InstanceIds"_s);
        return fail(errors::kInvalidInstanceId,
                    u"InstanceIds: not registered here: %1."_s.arg(unknown.join(u", "_s)), u"InstanceIds"_s);
    }
    for (const NodeId &id : nodes) {
        if (auto allowed = m_parts.access.check(who, actions::kSendCommand,
                                                targetOf(*m_parts.nodes.find(id), document.name));
            !allowed)
            return allowed.error();
    }
    for (const NodeId &id : nodes) {
        const DirectoryNode *node = m_parts.nodes.find(id);
        if (!runsOn(*document.document, *node))
            return fail(errors::kUnsupportedPlatformType,
                        u"%1 is a %2 node; the document %3 is not for it."_s.arg(
                            toQString(id), node->platformType, document.name),
                        u"InstanceIds"_s);
    }
    return nodes;
}

Result<void> SendCommandCheck::addRowsByIds(const Principal &who, const SendableDocument &document,
                                            PreparedCommand &prepared) const
{
    auto nodes = nodesByIds(who, prepared.command.request, document);
    if (!nodes)
        return nodes.error();
    for (const NodeId &id : std::as_const(*nodes))
        prepared.rows.push_back(
            rowFor(prepared, toQString(id), m_parts.nodes.find(id)->name, InvocationState::Pending));
    return {};
}

Result<void> SendCommandCheck::addRowsByTargets(const Principal &who, const SendableDocument &document,
                                                PreparedCommand &prepared) const
{
    auto resolved = resolveTargets(prepared.command.request.targets, m_parts.nodes);
    if (!resolved)
        return resolved.error();
    std::set<QString> ids; // ascending, unknown ones among them
    for (const NodeId &id : std::as_const(resolved->nodes))
        ids.insert(toQString(id));
    ids.insert(resolved->unknownIds.begin(), resolved->unknownIds.end());
    for (const QString &id : ids) {
        const DirectoryNode *node = m_parts.nodes.find(toId<NodeId>(id));
        InvocationState state = InvocationState::Pending;
        if (!node)
            state = InvocationState::Undeliverable;
        else if (!m_parts.access.check(who, actions::kSendCommand, targetOf(*node, document.name)))
            state = InvocationState::AccessDenied;
        else if (!runsOn(*document.document, *node))
            state = InvocationState::InvalidPlatform;
        prepared.rows.push_back(rowFor(prepared, id, node ? node->name : QString(), state));
    }
    return {};
}

void SendCommandCheck::applyAlarm(PreparedCommand &prepared) const
{
    const auto &alarm = prepared.command.request.alarm;
    if (!alarm)
        return;
    for (const CommandAlarm &named : alarm->alarms) {
        const auto state = m_parts.alarms ? m_parts.alarms->alarmState(named.name) : std::nullopt;
        const bool inAlarm = state == CommandAlarms::State::Alarm;
        if (!inAlarm && (state || alarm->ignorePollAlarmFailure))
            continue;
        prepared.command.triggeredAlarms.append({named.name, inAlarm ? u"ALARM"_s : u"UNKNOWN"_s});
    }
    if (prepared.command.triggeredAlarms.isEmpty())
        return;
    prepared.command.cancelled = true;
    for (Invocation &row : prepared.rows) {
        if (isTerminal(row.state))
            continue;
        row.state = InvocationState::Cancelled;
        row.endedAt = prepared.command.requestedAt;
    }
}

Result<PreparedCommand> SendCommandCheck::prepare(const Principal &who, const SendCommandRequest &request,
                                                  const CommandOrigin &origin, qint64 openRows)
{
    if (auto shaped = checkShape(request, origin.mostInstanceIds); !shaped)
        return shaped.error();
    auto document = m_parts.documents.documentToSend(who, request.documentName, request.documentVersion,
                                                     request.documentHash, request.documentHashType);
    if (!document)
        return document.error();
    if (auto allowed = m_parts.access.check(who, actions::kSendCommand, {.documents = {document->name}});
        !allowed)
        return allowed.error();
    if (auto checked = checkParameters(who, *document->document, request.parameters); !checked)
        return checked.error();
    auto execution = executionTime(who, *document->document, request.parameters);
    if (!execution)
        return execution.error();

    PreparedCommand prepared {.command = {}, .rows = {}, .content = {}, .document = document->document};
    Command &command = prepared.command;
    command.commandId = CommandId(newUuid(m_parts.random));
    command.request = request;
    command.request.documentName = document->name;
    if (command.request.documentVersion.isEmpty())
        command.request.documentVersion = u"$DEFAULT"_s;
    command.resolvedVersion = document->version;
    command.requestedAt = m_parts.clock.now();
    command.deliverBy = command.requestedAt + request.timeout;
    command.expiresAfter = command.deliverBy + *execution;
    command.requestedBy = who.name;
    command.requesterRole = enumName(who.role);
    command.source = origin.source;
    command.sourceId = origin.id;
    if (auto added = request.instanceIds.isEmpty() ? addRowsByTargets(who, *document, prepared)
                                                   : addRowsByIds(who, *document, prepared);
        !added)
        return added.error();
    if (auto checked = checkOutputs(request); !checked)
        return checked.error();
    // The message must fit before anything is stored.
    const auto content = makeCommandContent(command, *document->document, m_parts, {}, document->files);
    if (!content)
        return content.error();
    prepared.content = textToStore(*document->document, **content);
    command.contentHash = toQString(sha256Hex(toStd(prepared.content)));
    const bool overQuota = openRows + static_cast<qint64>(prepared.rows.size()) > m_mostOpenRows;
    if (overQuota)
        prepared.rows.clear();
    applyAlarm(prepared);
    for (const Invocation &row : prepared.rows)
        command.counts.add(row.state);
    command.counts.targets = static_cast<int64_t>(prepared.rows.size());
    command.concurrency
        = concurrencyOf(*parseMaxConcurrency(toStd(request.maxConcurrency)), command.counts.targets);
    command.errorLimit = errorLimitOf(*parseMaxErrors(toStd(request.maxErrors)), command.counts.targets);
    if (overQuota)
        command.state = CommandState::RateExceeded;
    return prepared;
}

}
