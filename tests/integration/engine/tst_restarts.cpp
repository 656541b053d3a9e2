#include "tests/support/test_fleet.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QTest>
#include <QThread>

using namespace fb::test;
using namespace Qt::StringLiterals;

// Kill -9 in the middle of it. The truth is a file on the node to which each run of the script adds one line.
class tst_Restarts : public QObject
{
    Q_OBJECT

private slots:
    void supervisorKilledInMidScript();
    void engineKilledInMidScript();
    void engineKilledInMidFanOut();
    void agentAwayDuringTheSend();

private:
    static int linesOf(const QString &file)
    {
        QFile counter(file);
        return counter.open(QIODevice::ReadOnly) ? static_cast<int>(counter.readAll().count('\n')) : 0;
    }
    static QJsonObject status(TestFleet &fleet, const QString &id)
    {
        return fleet.call({u"status"_s, u"--command"_s, id, u"--json"_s}).last();
    }
};

// [run-command 8.15] [R02] the script goes on without its supervisor, and its result arrives
void tst_Restarts::supervisorKilledInMidScript()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    QVERIFY(fleet.startAgent(u"a"_s, fleet.createActivation()));
    QVERIFY(fleet.waitForOnline(1));
    const QString counter = fleet.folder() + u"/counter"_s;
    const CommandRun sent = fleet.runScript(
        u"echo run >> %1; echo before; sleep 4; echo after"_s.arg(counter), {u"--all"_s, u"--no-wait"_s});
    const QString id = sent.last()[u"Command"][u"CommandId"].toString();
    QVERIFY(eventually([&] { return linesOf(counter) == 1; }));
    fleet.killAgent(u"a"_s);
    QThread::msleep(300);
    QVERIFY(fleet.startAgent(u"a"_s));
    QVERIFY(eventually([&] { return status(fleet, id)[u"Status"].toString() == u"Success"_s; }, 30000));
    QCOMPARE(status(fleet, id)[u"Invocations"][0][u"StandardOutputContent"].toString(), u"before\nafter\n"_s);
    QCOMPARE(linesOf(counter), 1);
}

// [run-command 8.16] acknowledged before the engine died: no second run
void tst_Restarts::engineKilledInMidScript()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    QVERIFY(fleet.startAgent(u"a"_s, fleet.createActivation()));
    QVERIFY(fleet.waitForOnline(1));
    const QString counter = fleet.folder() + u"/counter"_s;
    const CommandRun sent
        = fleet.runScript(u"echo run >> %1; sleep 2; echo done"_s.arg(counter), {u"--all"_s, u"--no-wait"_s});
    const QString id = sent.last()[u"Command"][u"CommandId"].toString();
    QVERIFY(eventually([&] { return linesOf(counter) == 1; }));
    fleet.killEngine();
    QThread::msleep(3000);
    QVERIFY(fleet.startEngine());
    QVERIFY(eventually([&] { return status(fleet, id)[u"Status"].toString() == u"Success"_s; }, 40000));
    QCOMPARE(status(fleet, id)[u"Invocations"][0][u"StandardOutputContent"].toString(), u"done\n"_s);
    QCOMPARE(linesOf(counter), 1);
}

// [R01] with real processes: at a few random moments of a fan-out; the many points with a thousand nodes are the unit test's
void tst_Restarts::engineKilledInMidFanOut()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    constexpr int kAgents = 4;
    const QJsonObject activation = fleet.createActivation({u"--limit"_s, u"10"_s});
    for (int i = 0; i < kAgents; ++i)
        QVERIFY(fleet.startAgent(u"n%1"_s.arg(i), activation));
    QVERIFY(fleet.waitForOnline(kAgents));
    for (const int delay : {5, 40, 120, 300}) {
        const QString counter = fleet.folder() + u"/counter-%1"_s.arg(delay);
        const CommandRun sent = fleet.runScript(u"echo run >> %1; echo out"_s.arg(counter),
                                                {u"--all"_s, u"--no-wait"_s, u"--max-concurrency"_s, u"2"_s});
        QCOMPARE(sent.exitCode, 0);
        const QString id = sent.last()[u"Command"][u"CommandId"].toString();
        QThread::msleep(static_cast<unsigned long>(delay));
        fleet.killEngine();
        QVERIFY(fleet.startEngine());
        // Agents back off further with each engine that dies under them: up to a minute here.
        QVERIFY2(eventually([&] { return status(fleet, id)[u"Status"].toString() == u"Success"_s; }, 120'000),
                 qPrintable(u"killed after %1 ms"_s.arg(delay)));
        QCOMPARE(linesOf(counter), kAgents);
    }
}

// [run-command 8.8] the offline node returns in time and runs
void tst_Restarts::agentAwayDuringTheSend()
{
    TestFleet fleet;
    QVERIFY(fleet.startEngine());
    QVERIFY(fleet.startAgent(u"a"_s, fleet.createActivation()));
    QVERIFY(fleet.waitForOnline(1));
    fleet.stopAgent(u"a"_s);
    QVERIFY(fleet.waitForOnline(0));
    const CommandRun sent = fleet.runScript(u"echo late"_s, {u"--all"_s, u"--no-wait"_s});
    const QString id = sent.last()[u"Command"][u"CommandId"].toString();
    QVERIFY(eventually(
        [&] { return status(fleet, id)[u"Invocations"][0][u"StatusDetails"].toString() == u"Delayed"_s; }));
    QVERIFY(fleet.startAgent(u"a"_s));
    QVERIFY(eventually([&] { return status(fleet, id)[u"Status"].toString() == u"Success"_s; }, 20000));
}

FB_TEST(tst_Restarts)
#include "tst_restarts.moc"
