#pragma once
// Pages of commands and invocations, newest first, by keyset. Works on any Reader.

#include "backend/nodes/runcommand/command.h"
#include "backend/store/transaction.h"

namespace fb {

struct CommandListFilter {
    std::optional<CommandId> command;
    QString instanceId; // commands that have a row of it
    std::optional<Instant> invokedFrom; // inclusive
    std::optional<Instant> invokedBefore; // exclusive
    QList<int> states; // CommandState or InvocationState; empty: all
    std::optional<bool> isExecuting;
    QString documentName;
};

struct ListPosition { // of the last row of the page before
    Instant requestedAt {};
    CommandId command;
    QString instanceId; // of invocations

    QByteArray toBytes() const;
    static std::optional<ListPosition> fromBytes(const QByteArray &bytes);
};

class CommandListRepository
{
public:
    Result<QList<Command>> commands(Reader &reader, const CommandListFilter &filter,
                                    const std::optional<ListPosition> &after, int limit) const;
    Result<QList<Invocation>> invocations(Reader &reader, const CommandListFilter &filter,
                                          const std::optional<ListPosition> &after, int limit) const;
};

}
