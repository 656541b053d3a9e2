#pragma once
// The rows of commands and invocations. Engine thread, but for the reading functions: those work on any Reader.

#include "backend/nodes/runcommand/command.h"
#include "backend/store/transaction.h"

namespace fb {

class CommandRepository
{
public:
    Result<void> insertContent(Transaction &tx, const QString &hash,
                               const QString &content); // nothing if it is there
    Result<void> insertCommand(Transaction &tx, const Command &command);
    Result<void> saveCommand(Transaction &tx, const Command &command); // state, counts and times
    Result<void> insertInvocations(Transaction &tx, const QList<Invocation> &invocations);
    Result<void> saveInvocations(Transaction &tx, const QList<Invocation> &invocations);

    Result<std::optional<QString>> content(Reader &reader, const QString &hash) const;
    Result<std::optional<Command>> command(Reader &reader, const CommandId &id) const;
    Result<QList<Command>> openCommands(Reader &reader) const; // oldest first
    Result<std::optional<Invocation>> invocation(Reader &reader, const CommandId &id,
                                                 const QString &node) const;
    Result<QList<Invocation>> invocationsOf(Reader &reader, const CommandId &id) const; // by ordinal
    // The command behind an order of this node; nothing if there is none.
    Result<std::optional<CommandId>> commandOfOrder(Reader &reader, const QString &node,
                                                    const OrderId &order) const;
    Result<qint64> openInvocationCount(Reader &reader) const;

    // Retention: completed ones only, oldest first.
    Result<QList<CommandId>> completedBefore(Reader &reader, Instant before, int limit) const;
    Result<QList<CommandId>> oldestCompleted(Reader &reader, int limit) const;
    Result<qint64> invocationCount(Reader &reader) const;
    Result<void> remove(Transaction &tx,
                        const QList<CommandId> &commands); // with invocations, steps and unused contents

    static QString commandColumns(); // for command_list_repository
    static Command commandOf(const Row &row);
    static QString invocationColumns();
    static Invocation invocationOf(const Row &row);
};

}
