// What nodes say of their room.

#include "backend/base/qt_text.h"
#include "backend/events/event_bus.h"
#include "backend/nodes/fleet/node_room.h"
#include "tests/support/test_database.h"
#include "tests/support/test_main.h"

#include <QSignalSpy>
#include <QTest>

#include <limits>

using namespace fb;
using namespace Qt::StringLiterals;

class tst_NodeRoom : public QObject
{
    Q_OBJECT

private slots:
    void warnsAndTellsOnce();
    void hostileFigures();
};

namespace {
const NodeId kNode("mi-0a1b2c3d4e5f60718");

QList<MetricSample> report(const QList<QPair<QString, double>> &figures)
{
    QList<MetricSample> samples;
    for (const auto &[name, value] : figures)
        samples.append({.node = kNode, .name = name, .dimensions = {}, .time = {}, .value = value});
    return samples;
}

QStringList states(Database &database, const EventBus &events)
{
    QStringList all;
    const auto found = events.eventsSince(database.reader(), 0, 100);
    for (const Event &event : *found)
        all << event.detail.value(u"state"_s).toString();
    return all;
}
}

// [R12] the engine hears of a node without room, with figures; an event when that begins and when it ends
void tst_NodeRoom::warnsAndTellsOnce()
{
    test::TestDatabase db(u"sqlite"_s);
    EventBus events(*db, db.clock, db.random);
    NodeRooms rooms(*db, events);
    QSignalSpy changed(&rooms, &NodeRooms::changed);
    rooms.take(
        report({{u"agent_spool_full"_s, 0}, {u"agent_spool_bytes"_s, 10}, {u"cpu_usage_active"_s, 50}}));
    QCOMPARE(changed.size(), 0);
    QVERIFY(!rooms.of(kNode).warns());
    const auto full = report({{u"agent_spool_full"_s, 1},
                              {u"agent_spool_bytes"_s, 900},
                              {u"agent_spool_limit"_s, 1000},
                              {u"agent_spool_dropped"_s, 7}});
    rooms.take(full);
    rooms.take(full); // the same again
    QCOMPARE(changed.size(), 1);
    QVERIFY(rooms.of(kNode).isSpoolFull);
    QCOMPARE(rooms.of(kNode).spoolBytes, 900);
    QCOMPARE(rooms.of(kNode).spoolLimit, 1000);
    QCOMPARE(rooms.of(kNode).spoolDropped, 7);
    rooms.take(report({{u"agent_log_full"_s, 1}, {u"agent_log_lost"_s, 3}}));
    QVERIFY(rooms.of(kNode).isSpoolFull && rooms.of(kNode).isLogFull);
    rooms.take(report({{u"agent_spool_full"_s, 0}, {u"agent_log_full"_s, 0}}));
    QVERIFY(!rooms.of(kNode).warns());
    QCOMPARE(changed.size(), 3);
    QVERIFY(db->flush());
    QCOMPARE(states(*db, events), (QStringList {u"SpoolFull"_s, u"SpoolAndLogFull"_s, u"RoomAgain"_s}));
}

void tst_NodeRoom::hostileFigures()
{
    test::TestDatabase db(u"sqlite"_s);
    EventBus events(*db, db.clock, db.random);
    NodeRooms rooms(*db, events);
    constexpr double kInfinity = std::numeric_limits<double>::infinity();
    rooms.take(report({{u"agent_spool_full"_s, 1},
                       {u"agent_spool_bytes"_s, -5},
                       {u"agent_spool_limit"_s, 1e300},
                       {u"agent_spool_dropped"_s, kInfinity},
                       {u"agent_log_lost"_s, std::numeric_limits<double>::quiet_NaN()}}));
    const NodeRoom room = rooms.of(kNode);
    QCOMPARE(room.spoolBytes, 0);
    QCOMPARE(room.spoolLimit, qint64(1) << 53);
    QCOMPARE(room.spoolDropped, 0);
    QCOMPARE(room.logLost, 0);
    QList<MetricSample> withDimension = report({{u"agent_log_full"_s, 1}});
    withDimension[0].dimensions.insert(u"path"_s, u"/"_s);
    rooms.take(withDimension);
    QVERIFY(!rooms.of(kNode).isLogFull);
    rooms.forget(kNode);
    QVERIFY(!rooms.of(kNode).warns());
    QVERIFY(db->flush());
}

FB_TEST(tst_NodeRoom)
#include "tst_node_room.moc"
