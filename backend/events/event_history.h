#pragma once
// Reading the bus's past, for those who may: newest first by pages, on the read pool (spec/events-and-metrics.md 5). Engine thread.

#include "backend/events/event_bus.h"
#include "backend/security/access.h"

#include <QFuture>

namespace fb {

class EventHistory
{
public:
    static constexpr int kMostEvents = 500; // a page

    EventHistory(Database &database, const EventBus &bus, const Access &access)
        : m_database(database),
          m_bus(bus),
          m_access(access)
    {
    }

    // Below `before` in bus order (0: from the newest). AccessDeniedException; ValidationException for a limit that is not 1 to 500.
    QFuture<Result<QList<Event>>> listEvents(const Principal &who, qint64 before, int limit) const;

    const FleetIdentity &fleet() const { return m_database.fleet(); } // for eventJson()

private:
    Database &m_database;
    const EventBus &m_bus;
    const Access &m_access;
};

}
