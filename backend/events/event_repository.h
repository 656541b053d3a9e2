#pragma once
// The events' rows. Used by EventBus; takes and gives events in bus order. Thread: that of the Reader.

#include "backend/events/event.h"
#include "backend/store/transaction.h"

#include <QByteArray>
#include <QList>

namespace fb {

class EventRepository
{
public:
    Result<void> insert(Transaction &tx, const QList<Event> &events) const;
    Result<QList<Event>> since(Reader &reader, qint64 sequence, int limit) const;
    // Of the newest 200,000 events those that name `resource`, newest first.
    Result<QList<Event>> about(Reader &reader, const QString &resource, int limit) const;
    Result<QList<Event>> before(Reader &reader, qint64 sequence,
                                int limit) const; // newest first; 0: from the newest
    Result<qint64> newest(Reader &reader) const; // 0 when there is none
    // Older than `before`, or up to `upTo`; the number removed, 10,000 at most.
    Result<qint64> remove(Transaction &tx, Instant before, qint64 upTo) const;

    static QByteArray detailText(const QJsonObject &detail); // as stored
    static QByteArray resourcesText(const QStringList &resources);
};

}
