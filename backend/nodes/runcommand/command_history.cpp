#include "backend/nodes/runcommand/command_history.h"

#include "backend/base/on_result.h"
#include "backend/events/arn.h"
#include "backend/events/event_repository.h"
#include "backend/security/actions.h"
#include "backend/security/audit_repository.h"

namespace fb {

QFuture<Result<CommandPast>> CommandHistory::pastOf(const Principal &who, const CommandId &command) const
{
    if (auto allowed = m_access.check(who, actions::kListCommands); !allowed)
        return readyResult(Result<CommandPast>(allowed.error()));
    const bool withChanges = m_access.check(who, actions::kReadAuditLog).has_value();
    const QString resource = commandArn(m_database.fleet(), command);
    return m_database.read([=](Reader &reader) -> Result<CommandPast> {
        CommandPast past;
        const auto events = EventRepository().about(reader, resource, kMost);
        if (!events)
            return events.error();
        past.events = *events;
        if (!withChanges)
            return past;
        const auto changes = AuditRepository().about(reader, {resource}, kMost);
        if (!changes)
            return changes.error();
        past.changes = *changes;
        return past;
    });
}

}
