#include "tests/support/test_fleet.h"
#include "tests/support/test_main.h"

#include <QElapsedTimer>
#include <QTest>

using namespace fb::test;
using namespace Qt::StringLiterals;

class tst_Fleet : public QObject
{
    Q_OBJECT

private slots:
    void nodeAppears();
    void serviceStopIsSeenAtOnce();
    void quickRestartIsNoEvent();
    void stateAloneReconnects();
};

// [fleet-manager 8.1]
void tst_Fleet::nodeAppears()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    QVERIFY(fleet.startAgent(u"a"_s, fleet.createActivation()));
    QVERIFY(fleet.waitForOnline(1, 5000));
    const QJsonValue node = fleet.nodes()[0];
    QCOMPARE(node[u"PlatformType"].toString(), u"Linux"_s);
    QCOMPARE(node[u"PlatformName"].toString(), u"Debian GNU/Linux"_s);
    QVERIFY(node[u"PlatformVersion"].toString().startsWith(u"12"_s));
    QVERIFY(!node[u"AgentVersion"].toString().isEmpty());
    QVERIFY(!node[u"ComputerName"].toString().isEmpty());
}

// [fleet-manager 8.2] the part of a service stop
void tst_Fleet::serviceStopIsSeenAtOnce()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    QVERIFY(fleet.startAgent(u"a"_s, fleet.createActivation()));
    QVERIFY(fleet.waitForOnline(1));
    QElapsedTimer sinceStop;
    sinceStop.start();
    fleet.stopAgent(u"a"_s);
    QVERIFY(fleet.waitForOnline(0, 2000));
    QCOMPARE(fleet.nodes()[0][u"PingReason"].toString(), u"stopped"_s);
}

// [fleet-manager 8.3] an agent killed and back within the grace stays Online
void tst_Fleet::quickRestartIsNoEvent()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    QVERIFY(fleet.startAgent(u"a"_s, fleet.createActivation()));
    QVERIFY(fleet.waitForOnline(1));
    fleet.killAgent(u"a"_s);
    QCOMPARE(fleet.nodes()[0][u"PingStatus"].toString(), u"Online"_s);
    QVERIFY(fleet.startAgent(u"a"_s));
    QCOMPARE(fleet.runScript(u"echo back"_s, {u"--all"_s}).exitCode, 0);
    QCOMPARE(fleet.nodes()[0][u"PingStatus"].toString(), u"Online"_s);
    QCOMPARE(fleet.nodes().size(), 1);
}

void tst_Fleet::stateAloneReconnects()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    QVERIFY(fleet.startAgent(u"a"_s, fleet.createActivation()));
    QVERIFY(fleet.waitForOnline(1));
    const QString id = fleet.nodes()[0][u"InstanceId"].toString();
    fleet.stopAgent(u"a"_s);
    QVERIFY(fleet.waitForOnline(0));
    QVERIFY(fleet.startAgent(u"a"_s));
    QVERIFY(fleet.waitForOnline(1));
    QCOMPARE(fleet.nodes()[0][u"InstanceId"].toString(), id);
}

FB_TEST(tst_Fleet)
#include "tst_fleet.moc"
