// Commands that are kept long enough, and those beyond what is kept at all (RunCommandSettings).
#include "backend/nodes/runcommand/run_command_service.h"

namespace fb {

namespace {
    constexpr int kRetentionBatch = 200; // commands a call
}

Result<qint64> RunCommandService::removeExpired()
{
    Reader &reader = m_parts.database.reader();
    auto commands
        = m_commands.completedBefore(reader, m_parts.clock.now() - m_settings.keepFor, kRetentionBatch);
    if (!commands)
        return commands.error();
    if (commands->isEmpty()) {
        auto count = m_commands.invocationCount(reader);
        if (!count)
            return count.error();
        auto oldest = *count > m_settings.keepInvocations
            ? m_commands.oldestCompleted(reader, kRetentionBatch)
            : Result<QList<CommandId>>(QList<CommandId>());
        if (!oldest)
            return oldest.error();
        qint64 surplus = *count - m_settings.keepInvocations;
        for (const CommandId &id : std::as_const(*oldest)) {
            if (surplus <= 0)
                break;
            auto command = m_commands.command(reader, id);
            if (!command)
                return command.error();
            commands->append(id);
            surplus -= *command ? (*command)->counts.targets : 0;
        }
    }
    if (commands->isEmpty())
        return 0;
    return m_parts.database.write([&](Transaction &tx) -> Result<qint64> {
        for (const CommandId &id : std::as_const(*commands)) {
            if (auto removed = m_outputs.remove(tx, id); !removed)
                return removed.error();
        }
        return m_commands.remove(tx, *commands).map([&] { return static_cast<qint64>(commands->size()); });
    });
}

}
