#include "backend/nodes/runcommand/command_queries.h"

#include "backend/base/fail.h"
#include "backend/language/resolved_step.h"
#include "backend/nodes/runcommand/order_content.h"
#include "backend/nodes/runcommand/output_cut.h"

#include <QDateTime>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kMostFilters = 5;
    constexpr int kMostResults = 50;

    template <typename State>
    QList<int> statesOf(const QString &name)
    {
        QList<int> states;
        for (const auto &row : namesOf(static_cast<const State *>(nullptr))) {
            if (enumName(statusOf(row.value)) == name)
                states.append(static_cast<int>(row.value));
        }
        return states;
    }

    // A status, or for invocations one of the details that are more exact than it.
    Result<QList<int>> statesNamed(const QString &name, bool ofInvocations)
    {
        QList<int> states = ofInvocations ? statesOf<InvocationState>(name) : statesOf<CommandState>(name);
        if (states.isEmpty() && ofInvocations) {
            if (auto state = enumNamed<InvocationState>(name, u"Filters"_s))
                states.append(static_cast<int>(*state));
        }
        if (states.isEmpty())
            return fail(errors::kValidation, u"Filters: \"%1\" is no status."_s.arg(name.left(40)),
                        u"Filters"_s);
        return states;
    }

    Result<Instant> timeOf(const QString &text)
    {
        const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
        if (!time.isValid() || time.timeSpec() == Qt::LocalTime)
            return fail(errors::kValidation,
                        u"Filters: \"%1\" is no time like 2026-11-25T10:42:07Z."_s.arg(text.left(40)),
                        u"Filters"_s);
        return fromMicros(time.toMSecsSinceEpoch() * 1000);
    }

    Result<void> addFilter(const CommandFilter &filter, bool ofInvocations, CommandListFilter &into)
    {
        const auto put = [](auto &target) { return [&target](const auto &value) { target = value; }; };
        if (filter.key == u"InvokedAfter"_s)
            return timeOf(filter.value).map(put(into.invokedFrom));
        if (filter.key == u"InvokedBefore"_s)
            return timeOf(filter.value).map(put(into.invokedBefore));
        if (filter.key == u"Status"_s)
            return statesNamed(filter.value, ofInvocations).map(put(into.states));
        if (filter.key == u"DocumentName"_s) {
            into.documentName = filter.value;
            return {};
        }
        if (filter.key == u"ExecutionStage"_s && !ofInvocations) {
            if (filter.value != u"Executing"_s && filter.value != u"Complete"_s)
                return fail(errors::kValidation,
                            u"Filters: ExecutionStage is \"%1\"; it must be Executing or Complete."_s.arg(
                                filter.value.left(40)),
                            u"Filters"_s);
            into.isExecuting = filter.value == u"Executing"_s;
            return {};
        }
        return fail(errors::kInvalidFilterKey, u"Filters: there is no key \"%1\"."_s.arg(filter.key.left(40)),
                    u"Filters"_s);
    }

    template <typename Request>
    Result<CommandListFilter> filterOf(const Request &request, bool ofInvocations)
    {
        if (request.maxResults < 1 || request.maxResults > kMostResults)
            return fail(errors::kValidation,
                        u"MaxResults is %1; it must be 1 to %2."_s.arg(request.maxResults).arg(kMostResults),
                        u"MaxResults"_s);
        if (request.filters.size() > kMostFilters)
            return fail(
                errors::kValidation,
                u"Filters has %1 items; it may have %2."_s.arg(request.filters.size()).arg(kMostFilters),
                u"Filters"_s);
        CommandListFilter filter;
        if (!request.commandId.isEmpty())
            filter.command = toId<CommandId>(request.commandId);
        filter.instanceId = request.instanceId;
        for (const CommandFilter &given : request.filters) {
            if (auto added = addFilter(given, ofInvocations, filter); !added)
                return added.error();
        }
        return filter;
    }

    template <typename Request>
    QString scopeOf(const QString &operation, const Request &request)
    {
        QStringList parts {operation, request.commandId, request.instanceId};
        for (const CommandFilter &filter : request.filters)
            parts.append(filter.key + u'=' + filter.value);
        return parts.join(u'|');
    }

    Result<std::optional<ListPosition>> positionOf(const PagingTokens &tokens, const QString &scope,
                                                   const QString &token)
    {
        auto opened = tokens.open(scope, token);
        if (!opened)
            return opened.error();
        return ListPosition::fromBytes(*opened);
    }

    CommandStatus statusOfStep(const QString &status)
    {
        if (status == u"Success"_s || status == u"Skipped"_s)
            return CommandStatus::Success;
        if (status == u"Failed"_s)
            return CommandStatus::Failed;
        if (status == u"TimedOut"_s)
            return CommandStatus::TimedOut;
        if (status == u"Cancelled"_s)
            return CommandStatus::Cancelled;
        return CommandStatus::InProgress; // SuccessAndReboot: it runs again
    }

    // Of a step that has ended. Its stream may bring more, and until it is through nothing says that this is all; nothing at all is.
    OutputHead headOf(const StoredOutput &output)
    {
        return {.bytes = viewOf(output.inlineBytes),
                .isWhole = output.artifact.isEmpty() && !output.removedAt && output.dropped == 0
                    && (output.complete || output.inlineBytes.isEmpty())};
    }

    QStringList stepNames(const QString &content, const Command &command)
    {
        const auto document = parseStoredDocument(content);
        if (!document)
            return {};
        QStringList names;
        const auto bound
            = bindParameters(document->parameters, toParameterValues(command.request.parameters));
        if (const auto steps
            = bound ? resolveSteps(*document, *bound) : Result<std::vector<ResolvedStep>>(bound.error())) {
            for (const ResolvedStep &step : *steps)
                names.append(toQString(step.step.name));
            return names;
        }
        for (const Step &step : document->steps)
            names.append(toQString(step.name));
        return names;
    }
}

CommandPlugin pluginOf(const InvocationStep &step)
{
    CommandPlugin plugin;
    plugin.name = step.name;
    plugin.status = statusOfStep(step.status);
    plugin.statusDetails = step.status == u"TimedOut"_s ? u"ExecutionTimedOut"_s : enumName(plugin.status);
    plugin.responseCode = step.status == u"Skipped"_s ? 0 : step.responseCode;
    plugin.responseStartDateTime = step.startedAt;
    plugin.responseFinishDateTime = step.endedAt;
    if (plugin.status == CommandStatus::InProgress) {
        plugin.responseCode = -1;
        return plugin; // output is shown when the step has ended
    }
    if (step.status == u"Skipped"_s) {
        plugin.output = step.note;
        return plugin;
    }
    const QByteArray error = step.standardError.inlineBytes + step.note.toUtf8();
    OutputHead errorHead = headOf(step.standardError);
    if (errorHead.isWhole)
        errorHead.bytes = viewOf(error);
    plugin.output = toQString(sharedOutput(headOf(step.standardOutput), errorHead));
    return plugin;
}

Result<CommandPage> CommandQueries::listCommands(Reader &reader, const ListCommandsRequest &request) const
{
    auto filter = filterOf(request, false);
    if (!filter)
        return filter.error();
    if (filter->command) {
        auto known = m_commands.command(reader, *filter->command);
        if (!known)
            return known.error();
        if (!*known)
            return fail(errors::kInvalidCommandId,
                        u"CommandId: there is no command %1."_s.arg(request.commandId.left(40)),
                        u"CommandId"_s);
    }
    const QString scope = scopeOf(u"ListCommands"_s, request);
    auto after = positionOf(m_tokens, scope, request.nextToken);
    if (!after)
        return after.error();
    auto commands = m_lists.commands(reader, *filter, *after, request.maxResults + 1);
    if (!commands)
        return commands.error();
    CommandPage page {.commands = std::move(*commands), .nextToken = {}};
    if (page.commands.size() > request.maxResults) {
        page.commands.removeLast();
        const Command &last = page.commands.last();
        page.nextToken = m_tokens.issue(
            scope,
            ListPosition {.requestedAt = last.requestedAt, .command = last.commandId, .instanceId = {}}
                .toBytes());
    }
    return page;
}

Result<InvocationPage> CommandQueries::listInvocations(Reader &reader,
                                                       const ListCommandInvocationsRequest &request) const
{
    auto filter = filterOf(request, true);
    if (!filter)
        return filter.error();
    const QString scope = scopeOf(u"ListCommandInvocations"_s, request);
    auto after = positionOf(m_tokens, scope, request.nextToken);
    if (!after)
        return after.error();
    auto rows = m_lists.invocations(reader, *filter, *after, request.maxResults + 1);
    if (!rows)
        return rows.error();
    InvocationPage page;
    if (rows->size() > request.maxResults) {
        rows->removeLast();
        const Invocation &last = rows->last();
        page.nextToken = m_tokens.issue(scope,
                                        ListPosition {.requestedAt = last.requestedAt,
                                                      .command = last.commandId,
                                                      .instanceId = last.instanceId}
                                            .toBytes());
    }
    for (const Invocation &row : std::as_const(*rows)) {
        InvocationDetails details {.invocation = row, .command = {}, .plugins = {}};
        if (!page.invocations.isEmpty() && page.invocations.last().command.commandId == row.commandId) {
            details.command = page.invocations.last().command;
        } else {
            auto command = m_commands.command(reader, row.commandId);
            if (!command)
                return command.error();
            details.command = command->value_or(Command());
        }
        if (request.details) {
            auto steps = m_steps.stepsOf(reader, row.commandId, row.instanceId);
            if (!steps)
                return steps.error();
            for (const InvocationStep &step : std::as_const(*steps))
                details.plugins.append(pluginOf(step));
        }
        page.invocations.append(details);
    }
    return page;
}

Result<CommandQueries::Selected> CommandQueries::select(Reader &reader, const CommandId &id,
                                                        const QString &instanceId,
                                                        const QString &pluginName) const
{
    auto row = m_commands.invocation(reader, id, instanceId);
    if (!row)
        return row.error();
    if (!*row)
        return fail(errors::kInvocationDoesNotExist,
                    u"There is no invocation of command %1 on %2."_s.arg(toQString(id).left(40),
                                                                         instanceId.left(40)));
    auto command = m_commands.command(reader, id);
    if (!command)
        return command.error();
    auto content = m_commands.content(reader, (*command)->contentHash);
    if (!content)
        return content.error();
    auto steps = m_steps.stepsOf(reader, id, instanceId);
    if (!steps)
        return steps.error();
    const QStringList names = stepNames(content->value_or(QString()), **command);
    Selected selected {.invocation = **row, .command = **command, .step = std::nullopt};
    if (pluginName.isEmpty() && names.size() != 1)
        return selected;
    if (!pluginName.isEmpty() && !names.contains(pluginName))
        return fail(errors::kInvalidPluginName,
                    u"PluginName: the document has no step \"%1\"; it has %2."_s.arg(pluginName.left(64),
                                                                                     names.join(u", "_s)),
                    u"PluginName"_s);
    const qsizetype index = pluginName.isEmpty() ? 0 : names.indexOf(pluginName);
    const auto stored = std::find_if(steps->cbegin(), steps->cend(),
                                     [&](const InvocationStep &step) { return step.index == index; });
    if (stored != steps->cend()) {
        selected.step = *stored;
    } else {
        InvocationStep waiting; // has not begun
        waiting.commandId = id;
        waiting.instanceId = instanceId;
        waiting.index = static_cast<int>(index);
        selected.step = waiting;
    }
    selected.step->name = names.at(index);
    return selected;
}

}
