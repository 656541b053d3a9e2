#include "tests/support/test_main.h"
#include "tests/unit/runcommand/command_bench.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace fb;
using namespace std::chrono_literals;
using test::CommandBench;
using test::FakeFleet;

// When a command is delivered, when it expires, and what a restart of the engine leaves of it (spec/run-command.md 3).
class tst_CommandDeadlines : public QObject
{
    Q_OBJECT

private slots:
    void offlineNodeTimesOut_data();
    void offlineNodeTimesOut();
    void offlineNodeReturnsInTime_data() { test::addDatabaseRows(); }
    void offlineNodeReturnsInTime();
    void acknowledgementAtTheDeadlineCounts();
    void expiresAfterIsDeliveryAndExecution();
    void expiryEndsWhatNeverAnswered();
    void restartWhileRunning_data() { test::addDatabaseRows(); }
    void restartWhileRunning();
    void restartGrace_data() { test::addDatabaseRows(); }
    void restartGrace();
    void lateResultIsANote_data() { test::addDatabaseRows(); }
    void lateResultIsANote();
    void lostBeforeAcknowledgementWaitsAgain();
    void wallClockIsSet_data();
    void wallClockIsSet();
    void restartAfterTheWallClockWasSet();
    void rebootKeepsTheRowOpen();
};

void tst_CommandDeadlines::offlineNodeTimesOut_data()
{
    QTest::addColumn<QString>("database");
    QTest::addColumn<QString>("maxErrors");
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("details");
    for (const auto &database : {u"sqlite"_s, u"postgres"_s}) {
        const auto name = database.toLatin1();
        QTest::addRow("[run-command 8.7] M=0, %s", name.constData())
            << database << u"0"_s << u"TimedOut"_s << u"DeliveryTimedOut"_s;
        QTest::addRow("[run-command 8.7] M=1, %s", name.constData())
            << database << u"1"_s << u"Failed"_s << u"Incomplete"_s;
    }
}

void tst_CommandDeadlines::offlineNodeTimesOut()
{
    QFETCH(QString, database);
    QFETCH(QString, maxErrors);
    QFETCH(QString, status);
    QFETCH(QString, details);
    CommandBench bench(database);
    bench.addNodes(2);
    const auto offline = bench.addNodes(1, false);
    bench.fleet.script = FakeFleet::always("Success", 0);
    auto request = bench.toAll(u"50"_s, maxErrors);
    request.timeout = 30s;
    const Command sent = bench.send(request);
    bench.run();
    QCOMPARE(bench.count(sent.commandId, InvocationState::Success), 2);
    QCOMPARE(bench.count(sent.commandId, InvocationState::Delayed), 1);
    QCOMPARE(bench.command(sent.commandId).statusDetails(),
             u"Delayed"_s); // all that is open waits for its node
    QCOMPARE(enumName(bench.command(sent.commandId).status()), u"InProgress"_s);
    bench.advance(30s);
    QCOMPARE(bench.count(sent.commandId, InvocationState::Delayed), 1); // T1 itself still counts
    bench.advance(1ms);
    QCOMPARE(bench.count(sent.commandId, InvocationState::DeliveryTimedOut), 1);
    const Command ended = bench.command(sent.commandId);
    QCOMPARE(enumName(ended.status()), status);
    QCOMPARE(ended.statusDetails(), details);
    QCOMPARE(ended.counts.deliveryTimedOut, 1);
    bench.connectNode(offline[0]);
    bench.run();
    QVERIFY(bench.fleet.node(offline[0]).effects.empty());
}

// [run-command 8.8]
void tst_CommandDeadlines::offlineNodeReturnsInTime()
{
    QFETCH(QString, database);
    CommandBench bench(database);
    bench.addNodes(2);
    const auto offline = bench.addNodes(1, false);
    bench.fleet.script = FakeFleet::always("Success", 0);
    auto request = bench.toAll();
    request.timeout = 30s;
    const Command sent = bench.send(request);
    bench.run();
    bench.advance(20s);
    bench.connectNode(offline[0]);
    bench.run();
    QCOMPARE(bench.command(sent.commandId).statusDetails(), u"Success"_s);
    QCOMPARE(bench.fleet.node(offline[0]).effects.size(), size_t(1));
}

void tst_CommandDeadlines::acknowledgementAtTheDeadlineCounts()
{
    CommandBench bench(u"sqlite"_s);
    const auto nodes = bench.addNodes(1);
    auto request = bench.toAll();
    request.timeout = 30s;
    const Command sent = bench.send(request);
    bench.database.clock.advance(30s);
    bench.run(); // acknowledged at T1
    bench.advance(1s);
    QCOMPARE(bench.count(sent.commandId, InvocationState::InProgress), 1);
    bench.fleet.finishAll(FakeFleet::result("Success", 0));
    bench.run();
    QCOMPARE(bench.command(sent.commandId).statusDetails(), u"Success"_s);
}

// [run-command 8.10]
void tst_CommandDeadlines::expiresAfterIsDeliveryAndExecution()
{
    CommandBench bench(u"sqlite"_s);
    bench.addNodes(1);
    auto request = bench.toAll();
    request.timeout = 600s;
    const Command sent = bench.send(request);
    QCOMPARE(sent.expiresAfter - sent.requestedAt, Microseconds(4200s));
    request.parameters.insert(u"executionTimeout"_s, {u"5"_s});
    const Command shorter = bench.send(request);
    QCOMPARE(shorter.expiresAfter - shorter.requestedAt, Microseconds(605s));
}

void tst_CommandDeadlines::expiryEndsWhatNeverAnswered()
{
    CommandBench bench(u"sqlite"_s);
    const auto nodes = bench.addNodes(1);
    auto request = bench.toAll();
    request.timeout = 600s;
    const Command sent = bench.send(request);
    bench.run();
    bench.advance(4200s);
    QCOMPARE(bench.count(sent.commandId, InvocationState::InProgress), 1);
    bench.advance(1s);
    QCOMPARE(bench.count(sent.commandId, InvocationState::DeliveryTimedOut), 1);
    QCOMPARE(bench.command(sent.commandId).statusDetails(), u"DeliveryTimedOut"_s);
    bench.disconnectNode(nodes[0]);
    bench.connectNode(nodes[0]);
    bench.run();
    QCOMPARE(bench.fleet.node(nodes[0]).ordersReceived, 1); // it is not sent again
}

// [run-command 8.16] engine side: the result of what ran while the engine was down arrives, nothing runs twice
void tst_CommandDeadlines::restartWhileRunning()
{
    QFETCH(QString, database);
    CommandBench bench(database);
    const auto nodes = bench.addNodes(3);
    const Command sent = bench.send(bench.toAll());
    bench.run();
    QCOMPARE(bench.count(sent.commandId, InvocationState::InProgress), 3);
    bench.restart();
    bench.fleet.finishAll(FakeFleet::result("Success", 0, "done\n")); // with no engine to tell it to
    bench.database.clock.advance(30s);
    for (const NodeId &node : nodes)
        bench.connectNode(node);
    bench.run();
    QCOMPARE(bench.command(sent.commandId).statusDetails(), u"Success"_s);
    for (const NodeId &node : nodes) {
        QCOMPARE(bench.fleet.node(node).effects.size(), size_t(1));
        QCOMPARE(bench.result(sent.commandId, node).standardOutput, u"done\n"_s);
        QCOMPARE(bench.invocationEvents(node), (QStringList {u"InProgress"_s, u"Success"_s}));
    }
}

// [run-command 8.26]
void tst_CommandDeadlines::restartGrace()
{
    QFETCH(QString, database);
    CommandBench bench(database);
    const auto running = bench.addNodes(100);
    const auto away = bench.addNodes(5, false);
    auto request = bench.toAll(u"100%"_s, u"100%"_s);
    request.timeout = 30s;
    const Command sent = bench.send(request);
    bench.run();
    QCOMPARE(bench.count(sent.commandId, InvocationState::InProgress), 100);
    QCOMPARE(bench.count(sent.commandId, InvocationState::Delayed), 5);
    bench.database.clock.advance(60s); // the engine is down while T1 passes
    bench.restart();
    bench.service->onTime();
    bench.advance(59s);
    QCOMPARE(bench.count(sent.commandId, InvocationState::Delayed), 5);
    bench.advance(2s);
    QCOMPARE(bench.count(sent.commandId, InvocationState::DeliveryTimedOut), 5);
    QCOMPARE(bench.count(sent.commandId, InvocationState::InProgress), 100);
    for (const NodeId &node : running)
        bench.connectNode(node);
    bench.fleet.finishAll(FakeFleet::result("Success", 0));
    bench.run();
    QCOMPARE(bench.count(sent.commandId, InvocationState::Success), 100);
    for (const NodeId &node : running)
        QCOMPARE(bench.fleet.node(node).effects.size(), size_t(1));
}

// [run-command 8.27] [R05]
void tst_CommandDeadlines::lateResultIsANote()
{
    QFETCH(QString, database);
    CommandBench bench(database);
    const auto nodes = bench.addNodes(1);
    auto request = bench.toAll();
    request.timeout = 30s;
    const Command sent = bench.send(request);
    bench.fleet.acknowledges = false; // it runs, and nothing of it is heard
    bench.run();
    bench.advance(31s);
    QCOMPARE(bench.count(sent.commandId, InvocationState::DeliveryTimedOut), 1);
    const QStringList before = bench.invocationEvents(nodes[0]);
    bench.disconnectNode(nodes[0]);
    bench.fleet.acknowledges = true;
    bench.fleet.node(nodes[0]).fromEngine.clear();
    auto &ledger = bench.fleet.node(nodes[0]).ledger;
    QCOMPARE(ledger.size(), size_t(1));
    bench.fleet.finish(nodes[0], ledger.begin()->first, FakeFleet::result("Success", 0, "late\n"));
    bench.connectNode(nodes[0]);
    bench.run();
    const Invocation row = bench.rows(sent.commandId)[0];
    QCOMPARE(row.state, InvocationState::DeliveryTimedOut);
    QVERIFY2(row.note.contains(u"arrived after DeliveryTimedOut at"_s), qPrintable(row.note));
    QCOMPARE(bench.result(sent.commandId, nodes[0]).standardOutput, u"late\n"_s);
    QCOMPARE(enumName(bench.result(sent.commandId, nodes[0]).status), u"TimedOut"_s);
    QCOMPARE(bench.invocationEvents(nodes[0]), before);
    QCOMPARE(bench.command(sent.commandId).statusDetails(), u"DeliveryTimedOut"_s);
    QVERIFY(bench.fleet.node(nodes[0]).ledger.empty()); // settled all the same
}

void tst_CommandDeadlines::wallClockIsSet_data()
{
    QTest::addColumn<int>("jump");
    QTest::addColumn<bool>("lost");
    for (const bool lost : {false, true}) {
        const char *how = lost ? ", read again" : "";
        QTest::addRow("an hour back%s", how) << -3600 << lost;
        QTest::addRow("an hour on%s", how) << 3600 << lost;
        QTest::addRow("ten years back%s", how) << -315'360'000 << lost;
        QTest::addRow("a leap second%s", how) << -1 << lost;
    }
}

// [R13] none is missed, none runs twice, and time-outs come when they were promised
void tst_CommandDeadlines::wallClockIsSet()
{
    QFETCH(int, jump);
    QFETCH(bool, lost);
    CommandBench bench(u"sqlite"_s);
    const auto nodes = bench.addNodes(2);
    const auto offline = bench.addNodes(1, false);
    auto request = bench.toAll(u"1"_s, u"100%"_s);
    request.timeout = 60s;
    const Command sent = bench.send(request);
    bench.run();
    bench.advance(20s);
    bench.database.clock.jumpWallClock(std::chrono::seconds(jump));
    if (lost) {
        bench.send(request); // takes its place in memory, and then
        const auto failed = bench.database->write([&](Transaction &tx) -> Result<void> {
            if (auto gone = bench.service->nodeDeregistered(tx, nodes[1]); !gone)
                return gone;
            return makeError(errors::kValidation, "not this time");
        });
        QVERIFY(!failed);
    }
    bench.service->onTime();
    QCOMPARE(bench.count(sent.commandId, InvocationState::InProgress), 1);
    bench.advance(20s);
    bench.fleet.finishAll(FakeFleet::result("Success", 0)); // the next is released after the jump
    bench.run();
    QCOMPARE(bench.count(sent.commandId, InvocationState::Success), 1);
    QCOMPARE(bench.count(sent.commandId, InvocationState::InProgress), 1);
    bench.advance(20s);
    QCOMPARE(bench.count(sent.commandId, InvocationState::Delayed), 1);
    bench.advance(1s);
    QCOMPARE(bench.count(sent.commandId, InvocationState::DeliveryTimedOut), 1);
    bench.fleet.finishAll(FakeFleet::result("Success", 0));
    bench.run();
    QCOMPARE(bench.count(sent.commandId, InvocationState::Success), 2);
    QVERIFY(bench.fleet.node(offline[0]).effects.empty());
    for (const NodeId &node : nodes) {
        const auto &effects = bench.fleet.node(node).effects;
        QCOMPARE(std::ranges::count(effects, toStd(toQString(sent.commandId))), 1);
    }
}

// [R13] what was stored is all that a new engine has: the command is given what is left of it by the new clock, and ends
void tst_CommandDeadlines::restartAfterTheWallClockWasSet()
{
    CommandBench bench(u"sqlite"_s);
    bench.addNodes(1, false);
    auto request = bench.toAll();
    request.timeout = 60s;
    const Command sent = bench.send(request);
    bench.run();
    bench.database.clock.jumpWallClock(1h);
    bench.restart();
    bench.service->onTime();
    QCOMPARE(bench.count(sent.commandId, InvocationState::Delayed), 1); // the grace of a restart
    bench.advance(61s);
    QCOMPARE(bench.count(sent.commandId, InvocationState::DeliveryTimedOut), 1);
}

void tst_CommandDeadlines::lostBeforeAcknowledgementWaitsAgain()
{
    CommandBench bench(u"sqlite"_s);
    const auto nodes = bench.addNodes(2);
    bench.fleet.script = FakeFleet::always("Success", 0);
    const Command sent = bench.send(bench.toAll(u"1"_s));
    bench.disconnectNode(nodes[0]); // with the order under way
    bench.run();
    QCOMPARE(bench.rows(sent.commandId)[0].state, InvocationState::Delayed);
    QCOMPARE(bench.rows(sent.commandId)[1].state, InvocationState::Success); // its place was free
    bench.connectNode(nodes[0]);
    bench.run();
    QCOMPARE(bench.command(sent.commandId).statusDetails(), u"Success"_s);
    QCOMPARE(bench.fleet.node(nodes[0]).effects.size(), size_t(1));
    QCOMPARE(bench.invocationEvents(nodes[0]),
             (QStringList {u"InProgress"_s, u"Delayed"_s, u"InProgress"_s, u"Success"_s}));
}

// [run-command 8.14] engine side: the row stays open over the reboot, and the step is one step
void tst_CommandDeadlines::rebootKeepsTheRowOpen()
{
    CommandBench bench(u"sqlite"_s);
    const auto nodes = bench.addNodes(1);
    const Command sent = bench.send(bench.toAll());
    bench.run();
    wire::OrderStep step = FakeFleet::result("SuccessAndReboot", 194, "first\n").steps(0);
    const auto *order = bench.fleet.orderOf(nodes[0], sent.commandId.text());
    step.set_order_id(order->id);
    step.set_attempt(order->attempt);
    bench.outbox->report(nodes[0], step);
    bench.outbox->flush();
    bench.commit();
    QCOMPARE(bench.rows(sent.commandId)[0].state, InvocationState::InProgress);
    QCOMPARE(bench.rows(sent.commandId)[0].statusDetails(), u"rebooting"_s);
    QCOMPARE(enumName(bench.result(sent.commandId, nodes[0]).status), u"InProgress"_s);
    bench.disconnectNode(nodes[0]);
    bench.connectNode(nodes[0]);
    bench.fleet.finishAll(FakeFleet::result("Success", 0, "first\n-- reboot --\nsecond\n"));
    bench.run();
    QCOMPARE(bench.rows(sent.commandId)[0].statusDetails(), u"Success"_s);
    QCOMPARE(bench.result(sent.commandId, nodes[0]).standardOutput, u"first\n-- reboot --\nsecond\n"_s);
}

FB_TEST(tst_CommandDeadlines)
#include "tst_command_deadlines.moc"
