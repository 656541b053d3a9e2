#pragma once
// CommandTurn: the changes that one write makes to commands. State moves through it, so that counters, events, notifications and
// signals come with each transition exactly once, and rows are written in few statements at the end. Engine thread.

#include "backend/nodes/runcommand/open_command.h"
#include "backend/nodes/runcommand/run_command_parts.h"
#include "backend/nodes/runcommand/step_repository.h"

#include <map>
#include <set>
#include <vector>

namespace fb {

class CommandTurn
{
public:
    CommandTurn(Transaction &tx, RunCommandParts &parts, CommandRepository &commands, StepRepository &steps);

    Transaction &tx() const { return m_tx; }
    Instant now() const { return m_now; }

    void created(OpenCommand &open); // its rows stand as they are to be stored
    void moveTo(OpenCommand &open, Invocation &row, InvocationState state); // nothing if the row has ended
    void touch(OpenCommand &open, const Invocation &row); // changed without a transition
    void touch(OpenCommand &open);
    void save(const InvocationStep &step);
    void save(const OutputRow &output);
    void saveLate(const Invocation &row); // of a command that is no longer open

    // Rolls up, writes, publishes. Then changedCommands() and changedInvocations() hold what a signal shows after the commit.
    Result<void> finish();
    const QList<Command> &changedCommands() const { return m_changedCommands; }
    const QList<Invocation> &changedInvocations() const { return m_changedInvocations; }
    const QList<CommandId> &endedCommands() const { return m_ended; }

private:
    struct Transition {
        OpenCommand *open;
        uint32_t row;
        InvocationState state;
    };
    struct Touched {
        bool isNew = false;
        std::set<uint32_t> rows;
    };

    Result<void> writeCommands();
    Result<void> publishInvocations();
    Result<void> publishCommand(const OpenCommand &open);
    Result<void> notify(const OpenCommand &open, const QString &type, CommandStatus status,
                        const QJsonObject &detail);
    void rollUpCommand(OpenCommand &open);
    QJsonObject detailOf(const OpenCommand &open) const;

    Transaction &m_tx;
    RunCommandParts &m_parts;
    CommandRepository &m_commands;
    StepRepository &m_steps;
    Instant m_now;
    std::map<OpenCommand *, Touched> m_touched;
    std::vector<Transition> m_transitions;
    std::vector<OpenCommand *> m_commandTransitions;
    std::map<std::pair<CommandId, std::pair<QString, int>>, InvocationStep> m_savedSteps;
    std::map<OutputKey, OutputRow> m_savedOutputs;
    std::map<std::pair<CommandId, QString>, Invocation> m_late;
    QList<Command> m_changedCommands;
    QList<Invocation> m_changedInvocations;
    QList<CommandId> m_ended;
};

}
