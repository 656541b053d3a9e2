#include "backend/nodes/runcommand/open_command.h"

#include <algorithm>

namespace fb {

namespace {
    std::vector<OpenCommand *> oldestFirst(std::vector<OpenCommand *> commands)
    {
        std::ranges::sort(commands, [](const OpenCommand *a, const OpenCommand *b) {
            if (a->command.requestedAt != b->command.requestedAt)
                return a->command.requestedAt < b->command.requestedAt;
            return a->command.commandId < b->command.commandId;
        });
        return commands;
    }

    void fillWaves(OpenCommand &open)
    {
        for (const Invocation &row : open.rows) {
            const auto place = static_cast<ReleaseWaves::Row>(row.ordinal);
            switch (row.state) {
            case InvocationState::Pending:
            case InvocationState::Delayed:
                open.waves.addDelayed(place); // until the node connects
                break;
            case InvocationState::InProgress:
            case InvocationState::Cancelling:
                open.waves.addReleased(place, row.acknowledgedAt.has_value());
                break;
            default:
                break;
            }
        }
        open.waves.setErrors(open.command.counts.failed);
        open.waves.resumeWindow();
        if (open.command.stopped)
            open.waves.stop();
    }
}

OpenCommand::OpenCommand(Command made, std::vector<Invocation> madeRows, const Clock &clock)
    : command(std::move(made)),
      rows(std::move(madeRows)),
      waves(command.concurrency, command.errorLimit),
      times {.deliverBy = tickOf(command.deliverBy, clock),
             .expiresAfter = tickOf(command.expiresAfter, clock)}
{
    for (const Invocation &row : rows)
        rowOf.insert(row.instanceId, static_cast<uint32_t>(row.ordinal));
}

Invocation *OpenCommand::find(const QString &node)
{
    const auto it = rowOf.constFind(node);
    return it == rowOf.constEnd() ? nullptr : &rows[*it];
}

OpenCommand &OpenCommands::add(std::unique_ptr<OpenCommand> command)
{
    OpenCommand &open = *command;
    for (const Invocation &row : open.rows) {
        if (!isTerminal(row.state))
            m_byNode[row.instanceId].insert(open.command.commandId);
    }
    m_commands.insert_or_assign(open.command.commandId, std::move(command));
    return open;
}

void OpenCommands::remove(const CommandId &id)
{
    const auto it = m_commands.find(id);
    if (it == m_commands.end())
        return;
    for (const Invocation &row : it->second->rows) {
        const auto known = m_byNode.find(row.instanceId);
        if (known == m_byNode.end())
            continue;
        known->remove(id);
        if (known->isEmpty())
            m_byNode.erase(known);
    }
    m_commands.erase(it);
}

OpenCommand *OpenCommands::find(const CommandId &id) const
{
    const auto it = m_commands.find(id);
    return it == m_commands.end() ? nullptr : it->second.get();
}

std::vector<OpenCommand *> OpenCommands::all() const
{
    std::vector<OpenCommand *> commands;
    for (const auto &[id, open] : m_commands)
        commands.push_back(open.get());
    return oldestFirst(std::move(commands));
}

std::vector<OpenCommand *> OpenCommands::ofNode(const QString &node) const
{
    std::vector<OpenCommand *> commands;
    for (const CommandId &id : m_byNode.value(node)) {
        if (OpenCommand *open = find(id))
            commands.push_back(open);
    }
    return oldestFirst(std::move(commands));
}

size_t OpenCommands::openRows() const
{
    size_t rows = 0;
    for (const auto &[id, open] : m_commands)
        rows += static_cast<size_t>(open->command.counts.targets - open->command.counts.completed());
    return rows;
}

Result<void> OpenCommands::load(Reader &reader, const CommandRepository &repository, const Clock &clock)
{
    auto commands = repository.openCommands(reader);
    if (!commands)
        return commands.error();
    OpenCommands read;
    for (Command &command : *commands) {
        auto rows = repository.invocationsOf(reader, command.commandId);
        if (!rows)
            return rows.error();
        OpenCommand &open = read.add(std::make_unique<OpenCommand>(
            std::move(command), std::vector<Invocation>(rows->cbegin(), rows->cend()), clock));
        fillWaves(open);
        if (const OpenCommand *known = find(open.command.commandId))
            open.times = known->times;
    }
    *this = std::move(read);
    return {};
}

}
