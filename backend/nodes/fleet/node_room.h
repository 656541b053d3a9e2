#pragma once
// Nodes that run out of room of their own: a full spool, a log that cannot be written (spec/security-and-robustness.md R12). From the figures among
// their metrics, the newest of each node. Engine thread.

#include "backend/core/ids.h"
#include "backend/events/metric_store.h"

#include <QHash>
#include <QObject>

#include <optional>

namespace fb {

class EventBus;

struct NodeRoom { // bytes; a node may say anything, so that each is from 0 to 2^53
    bool isSpoolFull = false;
    qint64 spoolBytes = 0;
    qint64 spoolLimit = 0;
    qint64 spoolDropped = 0; // of output, since the agent's start
    bool isLogFull = false;
    qint64 logLost = 0; // lines
    qint64 logBytes = 0; // both 0: its log is no file of its own
    qint64 logLimit = 0;
    bool operator==(const NodeRoom &) const = default;
    bool warns() const { return isSpoolFull || isLogFull; }
};

class NodeRooms : public QObject
{
    Q_OBJECT

public:
    NodeRooms(Database &database, EventBus &events, QObject *parent = nullptr);

    void take(const QList<MetricSample> &samples);
    void forget(const NodeId &node) { m_rooms.remove(node); }
    NodeRoom of(const NodeId &node) const { return m_rooms.value(node); }

signals:
    void changed(const fb::NodeId &node); // what it warns of, or the figures of a warning

private:
    void tell(const NodeId &node, const NodeRoom &room);

    Database &m_database;
    EventBus &m_events;
    QHash<NodeId, NodeRoom> m_rooms; // of those that warn
};

}
