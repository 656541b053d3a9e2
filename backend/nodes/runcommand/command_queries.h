#pragma once
// What ListCommands, ListCommandInvocations and GetCommandInvocation ask and answer (spec/run-command.md 6). Engine thread.

#include "backend/base/paging_token.h"
#include "backend/nodes/runcommand/command_list_repository.h"
#include "backend/nodes/runcommand/command_repository.h"
#include "backend/nodes/runcommand/step_repository.h"

namespace fb {

struct CommandFilter {
    QString key; // InvokedAfter, InvokedBefore, Status, ExecutionStage, DocumentName
    QString value;
    bool operator==(const CommandFilter &) const = default;
};

template <std::same_as<CommandFilter> T>
constexpr auto fieldsOf(const T *)
{
    return fieldTable(field("key", &T::key).required(), field("value", &T::value).required());
}

struct ListCommandsRequest {
    QString commandId;
    QString instanceId;
    int maxResults = 50;
    QString nextToken;
    QList<CommandFilter> filters;
};

template <std::same_as<ListCommandsRequest> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(
        field("CommandId", &R::commandId).omitEmpty(), field("InstanceId", &R::instanceId).omitEmpty(),
        field("MaxResults", &R::maxResults).range(1, 50), field("NextToken", &R::nextToken).omitEmpty(),
        field("Filters", &R::filters).items(0, 5));
}

struct ListCommandInvocationsRequest {
    QString commandId;
    QString instanceId;
    int maxResults = 50;
    QString nextToken;
    QList<CommandFilter> filters;
    bool details = false;
};

template <std::same_as<ListCommandInvocationsRequest> R>
constexpr auto fieldsOf(const R *)
{
    return fieldTable(
        field("CommandId", &R::commandId).omitEmpty(), field("InstanceId", &R::instanceId).omitEmpty(),
        field("MaxResults", &R::maxResults).range(1, 50), field("NextToken", &R::nextToken).omitEmpty(),
        field("Filters", &R::filters).items(0, 5), field("Details", &R::details));
}

struct CommandPage {
    QList<Command> commands;
    QString nextToken;
};

struct InvocationDetails {
    Invocation invocation;
    Command command;
    QList<CommandPlugin> plugins; // only with Details
};

struct InvocationPage {
    QList<InvocationDetails> invocations;
    QString nextToken;
};

// GetCommandInvocation's answer.
struct InvocationResult {
    Invocation invocation;
    Command command;
    QString pluginName;
    CommandStatus status = CommandStatus::Pending; // of the step, or of the whole when no step is named
    QString statusDetails;
    int responseCode = -1;
    std::optional<Instant> startedAt;
    std::optional<Instant> endedAt;
    QString standardOutput; // at most 24,000 characters
    QString standardError; // at most 8,000
};

// A step as the API shows it: Skipped is Success with the reason as output, SuccessAndReboot is InProgress.
CommandPlugin pluginOf(const InvocationStep &step);

class CommandQueries
{
public:
    CommandQueries(const PagingTokens &tokens, const CommandRepository &commands, const StepRepository &steps)
        : m_tokens(tokens),
          m_commands(commands),
          m_steps(steps)
    {
    }

    Result<CommandPage> listCommands(Reader &reader, const ListCommandsRequest &request) const;
    Result<InvocationPage> listInvocations(Reader &reader,
                                           const ListCommandInvocationsRequest &request) const;
    // Row, command and the step that is meant (none: the whole); the output is read by the caller.
    struct Selected {
        Invocation invocation;
        Command command;
        std::optional<InvocationStep> step;
    };
    Result<Selected> select(Reader &reader, const CommandId &command, const QString &instanceId,
                            const QString &pluginName) const;

private:
    const PagingTokens &m_tokens;
    const CommandRepository &m_commands;
    const StepRepository &m_steps;
    CommandListRepository m_lists;
};

}
