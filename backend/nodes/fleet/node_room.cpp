#include "backend/nodes/fleet/node_room.h"

#include "backend/base/qt_text.h"
#include "backend/events/arn.h"
#include "backend/events/event_bus.h"

#include <QLoggingCategory>

#include <algorithm>
#include <cmath>

namespace fb {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(roomLog, "fb.fleet.room")

namespace {
    constexpr double kMost = 9007199254740992.0; // 2^53

    qint64 countOf(double value)
    {
        return std::isfinite(value) ? static_cast<qint64>(std::clamp(value, 0.0, kMost)) : 0;
    }

    // False: it is no figure of a room.
    bool put(NodeRoom &room, const MetricSample &sample)
    {
        if (!sample.dimensions.isEmpty() || !sample.name.startsWith(u"agent_"))
            return false;
        const qint64 value = countOf(sample.value);
        if (sample.name == u"agent_spool_full")
            room.isSpoolFull = value != 0;
        else if (sample.name == u"agent_spool_bytes")
            room.spoolBytes = value;
        else if (sample.name == u"agent_spool_limit")
            room.spoolLimit = value;
        else if (sample.name == u"agent_spool_dropped")
            room.spoolDropped = value;
        else if (sample.name == u"agent_log_full")
            room.isLogFull = value != 0;
        else if (sample.name == u"agent_log_lost")
            room.logLost = value;
        else if (sample.name == u"agent_log_bytes")
            room.logBytes = value;
        else if (sample.name == u"agent_log_limit")
            room.logLimit = value;
        else
            return false;
        return true;
    }

    QString stateOf(const NodeRoom &room)
    {
        if (room.isSpoolFull)
            return room.isLogFull ? u"SpoolAndLogFull"_s : u"SpoolFull"_s;
        return room.isLogFull ? u"LogFull"_s : u"RoomAgain"_s;
    }
}

NodeRooms::NodeRooms(Database &database, EventBus &events, QObject *parent)
    : QObject(parent),
      m_database(database),
      m_events(events)
{
}

void NodeRooms::take(const QList<MetricSample> &samples)
{
    QHash<NodeId, NodeRoom> told;
    for (const MetricSample &sample : samples) {
        NodeRoom room = told.contains(sample.node) ? told.value(sample.node) : of(sample.node);
        if (put(room, sample))
            told.insert(sample.node, room);
    }
    for (auto it = told.cbegin(); it != told.cend(); ++it) {
        const NodeRoom before = of(it.key());
        const NodeRoom &now = it.value();
        if (now.warns())
            m_rooms.insert(it.key(), now);
        else
            m_rooms.remove(it.key());
        if (now.isSpoolFull != before.isSpoolFull || now.isLogFull != before.isLogFull)
            tell(it.key(), now);
        if (now.warns() ? now != before : before.warns())
            emit changed(it.key());
    }
}

void NodeRooms::tell(const NodeId &node, const NodeRoom &room)
{
    const auto told = m_database.write([&](Transaction &tx) {
        return m_events.publish(tx,
                                {.detailType = u"Managed Node Room Change"_s,
                                 .resources = {nodeArn(m_database.fleet(), node)},
                                 .detail = {{u"instance-id"_s, toQString(node)},
                                            {u"state"_s, stateOf(room)},
                                            {u"spool-bytes"_s, room.spoolBytes},
                                            {u"spool-limit"_s, room.spoolLimit},
                                            {u"spool-dropped-bytes"_s, room.spoolDropped},
                                            {u"log-lost-lines"_s, room.logLost}}});
    });
    if (!told)
        qCWarning(roomLog) << "a node's room was not recorded:" << told.error().message.c_str();
}

}
