#include "backend/events/metric_store.h"

#include "tests/support/test_database.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class tst_MetricStore : public QObject
{
    Q_OBJECT

private slots:
    void bucketsMerge_data() { addDatabaseRows(); }
    void bucketsMerge();
    void oldAndFutureAreRejected();
    void removesOld();

private:
    const NodeId m_node {"mi-0123456789abcdef0"};
};

void tst_MetricStore::bucketsMerge()
{
    QFETCH(QString, database);
    TestDatabase db(database);
    MetricStore store(*db, db.clock);
    QVERIFY(store.start());
    const Instant minute = std::chrono::floor<std::chrono::minutes>(db.clock.now());
    const auto sample = [&](double value, Instant at) {
        return MetricSample {.node = m_node, .name = u"cpu_usage_active"_s, .time = at, .value = value};
    };
    store.record({sample(10, minute), sample(30, minute + 20s)});
    QVERIFY(store.flush());
    store.record({sample(5, minute + 40s),
                  sample(90, minute + 60s)}); // late point of the first bucket, and the next one
    QVERIFY(store.flush());
    QVERIFY(db->flush());
    QCOMPARE(store.latest(m_node, u"cpu_usage_active"_s).value(), 90.0);
    QVERIFY(!store.latest(m_node, u"mem_used_percent"_s));
    auto points = store.series(m_node, u"cpu_usage_active"_s, minute, minute + 120s);
    QTRY_VERIFY(points.isFinished());
    const Result<QList<MetricPoint>> read = points.result();
    QVERIFY(read);
    const QList<MetricPoint> &list = *read;
    QCOMPARE(list.size(), 2);
    QCOMPARE(list[0].count, 3);
    QCOMPARE(list[0].sum, 45.0);
    QCOMPARE(list[0].min, 5.0);
    QCOMPARE(list[0].max, 30.0);
    QCOMPARE(list[1].average(), 90.0);
}

void tst_MetricStore::oldAndFutureAreRejected()
{
    TestDatabase db(u"sqlite"_s);
    MetricStore store(*db, db.clock);
    const auto at = [&](Microseconds offset) {
        return MetricSample {
            .node = m_node, .name = u"load_1"_s, .time = db.clock.now() + offset, .value = 1};
    };
    store.record({at(-25h), at(3min), at(-23h), at(1min)});
    QCOMPARE(store.rejectedPoints(), 2);
}

void tst_MetricStore::removesOld()
{
    TestDatabase db(u"sqlite"_s);
    MetricStore store(*db, db.clock);
    QVERIFY(store.start());
    store.record({{.node = m_node, .name = u"load_1"_s, .time = db.clock.now(), .value = 1}});
    QVERIFY(store.flush() && db->flush());
    db.clock.advance(15 * 24h + 2min);
    QVERIFY(store.removeOld() && db->flush());
    QCOMPARE(*db->reader().number(u"SELECT count(*) FROM metric_point"_s), 0);
}

FB_TEST(tst_MetricStore)
#include "tst_metric_store.moc"
