#pragma once
// The outbox of every state change: an event is stored in the same batch as the change it reports, gets its place in the bus order when
// the batch ends, and is handed on after the commit (spec/events-and-metrics.md 3.1). Lives on the engine thread.

#include "backend/events/event.h"
#include "backend/events/event_repository.h"
#include "backend/store/database.h"

#include <QList>
#include <QObject>

namespace fb {

class EventBus : public QObject
{
    Q_OBJECT

public:
    EventBus(Database &database, const Clock &clock, Random &random);

    // ValidationException when it is malformed. An event beyond 256 KiB loses `parameters` and `outputs` of its detail and says
    // "truncated": true.
    Result<void> publish(Transaction &tx, const Event &event);

    // In bus order, after `sequence`.
    Result<QList<Event>> eventsSince(Reader &reader, qint64 sequence, int limit) const;
    // Newest first, below `sequence` (0: from the newest).
    Result<QList<Event>> eventsBefore(Reader &reader, qint64 sequence, int limit) const;
    Result<qint64> newestSequence(Reader &reader) const; // 0 when there is none

    // Removes what is older than `before` or beyond the newest `most` events; the number removed, 10,000 a call at most.
    Result<qint64> prune(Transaction &tx, Instant before, qint64 most = 5'000'000);

signals:
    void eventsPublished(const QList<fb::Event> &events); // committed, in bus order; of this engine's batch

private:
    Result<void> finish(Transaction &tx, const std::vector<std::any> &staged);

    const Clock &m_clock;
    Random &m_random;
    EventRepository m_rows;
    int m_finisher;
};

}
