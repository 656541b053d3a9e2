#pragma once
// Takes what nodes report on their orders into the rows of commands: acknowledgements, starts, steps, results, and what comes too late
// (spec/run-command.md 3.5, 3.6, 3.8, 3.9). Every report may come twice. Engine thread.

#include "backend/dispatch/order_owner.h"
#include "backend/nodes/runcommand/command_turn.h"

namespace fb {

class OutputRecorder;

class ResultRecorder
{
public:
    ResultRecorder(RunCommandParts &parts, CommandRepository &commands, OutputRecorder &outputs);

    static Result<void> check(const OrderReport &report); // well formed, whatever the command
    // `open` is null when the command has ended already.
    Result<void> apply(CommandTurn &turn, OpenCommand *open, const AppliedReport &applied);

private:
    Result<void> applyOpen(CommandTurn &turn, OpenCommand &open, Invocation &row,
                           const AppliedReport &applied);
    Result<void> applyLate(CommandTurn &turn, Invocation row, const AppliedReport &applied,
                           OpenCommand *open);
    void acknowledge(CommandTurn &turn, OpenCommand &open, Invocation &row);
    void refuse(CommandTurn &turn, OpenCommand &open, Invocation &row, const wire::OrderSeen &seen);
    Result<void> saveStep(CommandTurn &turn, const Invocation &row, const wire::OrderStep &step);
    Result<void> end(CommandTurn &turn, OpenCommand &open, Invocation &row, const wire::OrderResult &result);

    RunCommandParts &m_parts;
    CommandRepository &m_commands;
    OutputRecorder &m_outputs;
};

}
