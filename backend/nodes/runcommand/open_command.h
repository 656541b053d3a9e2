#pragma once
// A command that has not ended, in memory: its rows and what may be released next. The store has the same rows; after a lost write they
// are read again from there. Engine thread.

#include "backend/dispatch/order.h"
#include "backend/dispatch/release_waves.h"
#include "backend/nodes/runcommand/command.h"
#include "backend/nodes/runcommand/command_repository.h"

#include <QHash>
#include <QSet>

#include <map>
#include <memory>
#include <vector>

namespace fb {

// The command's instants of the same names, on the clock that nobody sets. One from before a restart expires no earlier than graceUntil:
// its nodes bring what they did meanwhile.
struct CommandTimes {
    Tick deliverBy;
    Tick expiresAfter;
    Tick graceUntil {};
};

struct OpenCommand {
    Command command;
    std::vector<Invocation> rows; // by ordinal
    QHash<QString, uint32_t> rowOf; // by node
    ReleaseWaves waves;
    CommandTimes times;
    std::shared_ptr<const OrderContent>
        content; // made at the first sending; not kept when it holds values read at dispatch

    OpenCommand(Command made, std::vector<Invocation> madeRows, const Clock &clock);
    Invocation *find(const QString &node);
};

// All open commands, found by id and by node.
class OpenCommands
{
public:
    OpenCommand &add(std::unique_ptr<OpenCommand> command);
    void remove(const CommandId &id);

    OpenCommand *find(const CommandId &id) const;
    std::vector<OpenCommand *> all() const; // oldest first
    std::vector<OpenCommand *> ofNode(const QString &node) const; // with a row of this node, oldest first
    size_t openRows() const;

    // Everything unfinished, as it was stored. Rows that were never released wait until their node connects. Time-outs of commands that
    // are known stay where they were.
    Result<void> load(Reader &reader, const CommandRepository &repository, const Clock &clock);

private:
    std::map<CommandId, std::unique_ptr<OpenCommand>> m_commands;
    QHash<QString, QSet<CommandId>> m_byNode;
};

}
