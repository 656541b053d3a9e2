// What is read of one node for its page: events and changes about it, its metrics, the end of its certificate.
#include "tests/unit/fleet/fleet_rooms.h"

#include "backend/base/qt_text.h"
#include "backend/events/arn.h"
#include "backend/events/metric_store.h"
#include "backend/security/certificate_registry.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_NodeHistory : public QObject
{
    Q_OBJECT
private slots:
    void pastOfOneNode_data();
    void pastOfOneNode();
    void strangersAreRefused();
    void seriesOfOneNode_data();
    void seriesOfOneNode();
    void certificateEnds();

private:
    template <typename T>
    static Result<T> wait(QFuture<Result<T>> future)
    {
        future.waitForFinished();
        return future.result();
    }
};

void tst_NodeHistory::pastOfOneNode_data() { addDatabaseRows(); }

void tst_NodeHistory::pastOfOneNode()
{
    QFETCH(QString, database);
    FleetRooms rooms(database);
    const NodeId node = rooms.registered(u"web"_s);
    const NodeId other = rooms.registered(u"db"_s);
    QVERIFY(rooms.fleet->rename(rooms.owner, node, u"web-1"_s));
    QVERIFY(rooms.fleet->rename(rooms.owner, other, u"db-1"_s));
    QVERIFY(rooms.fleet->addTags(rooms.owner, node, {{u"env"_s, u"prod"_s}}));
    // Some name the node by its ARN: sessions and tools do.
    QVERIFY(rooms.audit->record({.who = rooms.owner,
                                 .action = u"ssm:StartSession"_s,
                                 .target = nodeArn(rooms.db->fleet(), node),
                                 .diff = {}}));
    QVERIFY(rooms.db->flush());
    const auto past = wait(rooms.fleet->history().pastOf(rooms.owner, node, 10));
    QVERIFY(past);
    QCOMPARE(past->events.size(), 1);
    QVERIFY(past->events[0].resources[0].endsWith(toQString(node)));
    QCOMPARE(past->changes.size(), 3);
    QCOMPARE(past->changes[0].action, u"ssm:StartSession"_s); // newest first
    QCOMPARE(past->changes[1].action, u"ssm:AddTagsToResource"_s);
    QCOMPARE(past->changes[2].action, u"flagbridge:RenameNode"_s);
    QCOMPARE(wait(rooms.fleet->history().pastOf(rooms.owner, node, 1))->changes.size(), 1);
}

void tst_NodeHistory::strangersAreRefused()
{
    FleetRooms rooms(u"sqlite"_s);
    const NodeId node = rooms.registered(u"web"_s);
    QCOMPARE(wait(rooms.fleet->history().pastOf(rooms.stranger, node, 10)).error().code,
             errors::kAccessDenied);
    QCOMPARE(wait(rooms.fleet->history().certificateEnds(rooms.stranger)).error().code,
             errors::kAccessDenied);
}

void tst_NodeHistory::seriesOfOneNode_data() { addDatabaseRows(); }

void tst_NodeHistory::seriesOfOneNode()
{
    QFETCH(QString, database);
    TestDatabase db(database);
    MetricStore store(*db, db.clock);
    QVERIFY(store.start());
    const NodeId node = newNodeId(db.random);
    const NodeId other = newNodeId(db.random);
    const Instant start = std::chrono::floor<std::chrono::hours>(db.clock.now()) - 2h;
    for (int minute = 0; minute < 60; ++minute) {
        const Instant at = start + std::chrono::minutes(minute);
        store.record({{.node = node, .name = u"cpu_usage_active"_s, .time = at, .value = double(minute)},
                      {.node = node,
                       .name = u"disk_used_percent"_s,
                       .dimensions = {{u"path"_s, u"/"_s}, {u"device"_s, u"/dev/sda1"_s}},
                       .time = at,
                       .value = 40},
                      {.node = node,
                       .name = u"disk_used_percent"_s,
                       .dimensions = {{u"path"_s, u"/var"_s}},
                       .time = at,
                       .value = 50},
                      {.node = node, .name = u"load_1"_s, .time = at, .value = 1},
                      {.node = other, .name = u"cpu_usage_active"_s, .time = at, .value = 1}});
    }
    QVERIFY(store.flush() && db->flush());
    const QStringList names {u"cpu_usage_active"_s, u"disk_used_percent"_s};
    auto series = wait(store.nodeSeries(node, names, start, start + 1h));
    QVERIFY(series);
    QCOMPARE(series->size(), 3);
    QCOMPARE((*series)[0].name, u"cpu_usage_active"_s);
    QCOMPARE((*series)[0].points.size(), 60);
    QCOMPARE((*series)[1].dimensions.value(u"path"_s), u"/"_s);
    QCOMPARE((*series)[1].dimensions.value(u"device"_s), u"/dev/sda1"_s);
    QCOMPARE((*series)[2].dimensions.value(u"path"_s), u"/var"_s);
    // Wider buckets: six of ten minutes, with their extremes.
    series = wait(store.nodeSeries(node, names, start, start + 1h, 6));
    QCOMPARE((*series)[0].points.size(), 6);
    QCOMPARE((*series)[0].points[1].min, 10.0);
    QCOMPARE((*series)[0].points[1].max, 19.0);
    QCOMPARE((*series)[0].points[1].average(), 14.5);
}

void tst_NodeHistory::certificateEnds()
{
    FleetRooms rooms(u"sqlite"_s);
    CertificateRegistry registry(rooms.db.clock);
    const NodeId node = newNodeId(rooms.db.random);
    const Instant now = rooms.db.clock.now();
    QVERIFY(rooms.db->write([&](Transaction &tx) -> Result<void> {
        for (const int days : {10, 45}) {
            IssuedCertificate certificate;
            certificate.serial = QString::number(days).rightJustified(32, u'0');
            certificate.publicKeySha256 = certificate.serial;
            certificate.notBefore = now;
            certificate.notAfter = now + 24h * days;
            if (auto stored = registry.record(tx, certificate, toQString(node)); !stored)
                return stored;
        }
        return {};
    }));
    QVERIFY(rooms.db->flush());
    const auto ends = wait(rooms.fleet->history().certificateEnds(rooms.owner));
    QCOMPARE(ends->value(toQString(node)), now + 24h * 45);
}

FB_TEST(tst_NodeHistory)

}

#include "tst_node_history.moc"
