#pragma once
// What is kept of a node besides its row: events about it, what operators did to it, until when its certificate holds. Reads run on the read
// pool. Engine thread.

#include "backend/events/event.h"
#include "backend/security/access.h"
#include "backend/security/audit_entry.h"
#include "backend/store/database.h"

#include <QFuture>
#include <QHash>

namespace fb {

struct NodePast { // newest first, both
    QList<Event> events;
    QList<AuditEntry> changes;
};

class NodeHistory
{
public:
    static constexpr int kMost = 500; // of each

    NodeHistory(Database &database, const Access &access) : m_database(database), m_access(access) { }

    // AccessDeniedException. Who may not read the audit log gets the events alone.
    QFuture<Result<NodePast>> pastOf(const Principal &who, const NodeId &node, int limit) const;
    // The end of each node's newest certificate that is not revoked.
    QFuture<Result<QHash<QString, Instant>>> certificateEnds(const Principal &who) const;

private:
    Database &m_database;
    const Access &m_access;
};

}
