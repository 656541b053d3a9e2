#pragma once
// What is kept of a command besides its rows: the events about it, and what operators did with it. Reads run on the read pool. Engine thread.

#include "backend/events/event.h"
#include "backend/nodes/runcommand/command.h"
#include "backend/security/access.h"
#include "backend/security/audit_entry.h"
#include "backend/store/database.h"

#include <QFuture>

namespace fb {

struct CommandPast { // newest first, both
    QList<Event> events; // of the command, not of each node
    QList<AuditEntry> changes;
};

class CommandHistory
{
public:
    static constexpr int kMost = 200; // of each

    CommandHistory(Database &database, const Access &access) : m_database(database), m_access(access) { }

    // AccessDeniedException. Who may not read the audit log gets the events alone.
    QFuture<Result<CommandPast>> pastOf(const Principal &who, const CommandId &command) const;

private:
    Database &m_database;
    const Access &m_access;
};

}
