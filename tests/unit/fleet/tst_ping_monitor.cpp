#include "backend/nodes/fleet/ping_monitor.h"

#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

// Virtual time: spec/fleet-manager.md 3.1.
class tst_PingMonitor : public QObject
{
    Q_OBJECT

private slots:
    void lossHasAGrace();
    void stopIsAtOnce();
    void rebootHasALongGrace();
    void engineStartHolds();
    void expectedOnesThatCameAndWent();
    void flappingIsSaidOnce();

private:
    const NodeId m_node {"mi-0123456789abcdef0"};
    const Tick m_start {1000s};
    const Tick m_later {2000s}; // after the hold
};

// [fleet-manager 8.2] the engine's 60 s; [fleet-manager 8.3] back within 20 s: no change
void tst_PingMonitor::lossHasAGrace()
{
    PingMonitor monitor({}, m_start);
    const auto up = monitor.linkUp(m_node, m_later);
    QVERIFY(up && up->status == PingStatus::Online);
    QVERIFY(!monitor.linkDown(m_node, {}, m_later));
    QVERIFY(monitor.due(m_later + 20s).isEmpty());
    QVERIFY(!monitor.linkUp(m_node, m_later + 20s));
    QVERIFY(!monitor.linkDown(m_node, {}, m_later + 100s));
    QVERIFY(monitor.due(m_later + 159s).isEmpty());
    const QList<PingChange> lost = monitor.due(m_later + 160s);
    QCOMPARE(lost.size(), 1);
    QCOMPARE(lost[0].reason, u"link lost"_s);
    QVERIFY(monitor.due(m_later + 300s).isEmpty());
    QVERIFY(!monitor.isOnline(m_node));
}

void tst_PingMonitor::stopIsAtOnce()
{
    PingMonitor monitor({}, m_start);
    monitor.linkUp(m_node, m_later);
    const auto down = monitor.linkDown(m_node, u"stopped"_s, m_later + 5s);
    QVERIFY(down && down->status == PingStatus::ConnectionLost);
    QCOMPARE(down->reason, u"stopped"_s);
    QCOMPARE(monitor.nextDeadline(), Tick::max());
}

void tst_PingMonitor::rebootHasALongGrace()
{
    PingMonitor monitor({}, m_start);
    monitor.linkUp(m_node, m_later);
    QVERIFY(!monitor.linkDown(m_node, u"rebooting"_s, m_later));
    QVERIFY(monitor.due(m_later + 599s).isEmpty());
    QCOMPARE(monitor.due(m_later + 600s).size(), 1);
}

// [fleet-manager 8.4] an engine restart makes no alarm storm
void tst_PingMonitor::engineStartHolds()
{
    PingMonitor monitor({}, m_start);
    const NodeId gone("mi-0123456789abcdef1");
    monitor.expectBack(m_node);
    monitor.expectBack(gone);
    QVERIFY(monitor.due(m_start + 179s).isEmpty());
    QVERIFY(!monitor.linkUp(m_node, m_start + 100s));
    const QList<PingChange> lost = monitor.due(m_start + 180s);
    QCOMPARE(lost.size(), 1);
    QVERIFY(lost[0].node == gone);
}

// One that came back within the hold is not lost by it; one whose link went again is lost once, with its own reason.
void tst_PingMonitor::expectedOnesThatCameAndWent()
{
    PingMonitor monitor({}, m_start);
    const NodeId back("mi-00000000000000001");
    const NodeId rebooting("mi-00000000000000002");
    const NodeId away("mi-00000000000000003");
    for (const NodeId &node : {back, rebooting, away})
        monitor.expectBack(node);
    QVERIFY(!monitor.linkUp(back, m_start + 10s));
    QVERIFY(!monitor.linkDown(rebooting, u"rebooting"_s, m_start + 20s));
    QCOMPARE(monitor.nextDeadline(), m_start + 180s);
    const QList<PingChange> atTheEnd = monitor.due(m_start + 180s);
    QCOMPARE(atTheEnd.size(), 1);
    QCOMPARE(atTheEnd[0].node, away);
    QCOMPARE(monitor.nextDeadline(), m_start + 620s);
    const QList<PingChange> later = monitor.due(m_start + 620s);
    QCOMPARE(later.size(), 1);
    QCOMPARE(later[0].node, rebooting);
    QCOMPARE(later[0].reason, u"rebooting"_s);
    QVERIFY(monitor.isOnline(back));
    monitor.forget(back);
    QVERIFY(!monitor.isOnline(back));
    QVERIFY(monitor.due(m_start + 10'000s).isEmpty());
}

void tst_PingMonitor::flappingIsSaidOnce()
{
    PingMonitor monitor({}, m_start);
    int announced = 0;
    int flapping = 0;
    for (int i = 0; i < 20; ++i) {
        const auto change = i % 2 == 0 ? monitor.linkUp(m_node, m_later + i * 10s)
                                       : monitor.linkDown(m_node, u"stopped"_s, m_later + i * 10s);
        QVERIFY(change);
        announced += change->announced ? 1 : 0;
        flapping += change->reason == u"flapping"_s ? 1 : 0;
    }
    QCOMPARE(flapping, 1);
    QCOMPARE(announced, 6); // five changes, then the one that says so
    const auto calm = monitor.linkUp(m_node, m_later + 2000s);
    QVERIFY(calm && calm->announced && calm->reason == u"connected"_s);
}

FB_TEST(tst_PingMonitor)
#include "tst_ping_monitor.moc"
