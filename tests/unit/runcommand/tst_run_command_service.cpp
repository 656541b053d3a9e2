#include "backend/base/qt_text.h"
#include "tests/support/test_main.h"
#include "tests/unit/runcommand/command_bench.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace fb;
using namespace std::chrono_literals;
using test::CommandBench;
using test::FakeFleet;

namespace {
auto always(const std::string &status, int code, const std::string &output = {})
{
    return [=](const NodeId &, const wire::OrderBody &) { return FakeFleet::result(status, code, output); };
}
}

// The acceptance examples of spec/run-command.md 8 that the engine proves with simulated nodes, on both databases.
class tst_RunCommandService : public QObject
{
    Q_OBJECT

private slots:
    void runsAndKeepsTheResult_data() { test::addDatabaseRows(); }
    void runsAndKeepsTheResult();
    void keepsAFailure();
    void stopsAtMaxErrors_data();
    void stopsAtMaxErrors();
    void neverOverConcurrency_data();
    void neverOverConcurrency();
    void offlineNodeTimesOut_data();
    void offlineNodeTimesOut();
    void offlineNodeReturnsInTime_data() { test::addDatabaseRows(); }
    void offlineNodeReturnsInTime();
    void acknowledgementAtTheDeadlineCounts();
    void expiresAfterIsDeliveryAndExecution();
    void expiryEndsWhatNeverAnswered();
    void noMatchIsStoredAndFailed();
    void deregisteredNodesAreUndeliverable_data();
    void deregisteredNodesAreUndeliverable();
    void restartWhileRunning_data() { test::addDatabaseRows(); }
    void restartWhileRunning();
    void restartGrace_data() { test::addDatabaseRows(); }
    void restartGrace();
    void cancelEndsTheRunningRow_data() { test::addDatabaseRows(); }
    void cancelEndsTheRunningRow();
    void cancelOfSomeLeavesTheRest();
    void cancelBeforeReleaseIsAtOnce();
    void cancelIsRefused();
    void scopeByTargetsAndByIds();
    void scopeIsCheckedAtReleaseAgain();
    void wrongPlatform();
    void laterTagsChangeNothing();
    void parameterValuesAreReadAtDispatch();
    void stepNames();
    void alarmAtSendCancelsAll();
    void alarmWhileRunningStopsTheRest();
    void oneMessageForOneFailure();
    void lateResultIsANote_data() { test::addDatabaseRows(); }
    void lateResultIsANote();
    void lostBeforeAcknowledgementWaitsAgain();
    void oneEventForEachTransition();
    void rebootKeepsTheRowOpen();
    void refusedByTheNode();
    void quotaIsStoredAsRateExceeded();
    void signalsComeAfterTheCommit();
    void auditNamesTheSender();
};

// [run-command 8.1] engine side: the row is there when the call returns, the result when the node has told it
void tst_RunCommandService::runsAndKeepsTheResult()
{
    QFETCH(QString, database);
    CommandBench bench(database);
    const auto nodes = bench.addNodes(1);
    auto request = bench.shellRequest();
    request.instanceIds = {toQString(nodes[0])};
    const Command sent = bench.send(request);
    QCOMPARE(sent.statusDetails(), u"InProgress"_s);
    QCOMPARE(bench.result(sent.commandId, nodes[0]).responseCode, -1);
    bench.fleet.script = always("Success", 0, "hi\n");
    bench.run();
    const auto result = bench.result(sent.commandId, nodes[0]);
    QCOMPARE(enumName(result.status), u"Success"_s);
    QCOMPARE(result.responseCode, 0);
    QCOMPARE(result.standardOutput, u"hi\n"_s);
    QCOMPARE(result.standardError, QString());
    QCOMPARE(bench.command(sent.commandId).statusDetails(), u"Success"_s);
    QCOMPARE(bench.command(sent.commandId).counts.completed(), 1);
    QCOMPARE(bench.fleet.node(nodes[0]).effects, std::vector<std::string> {sent.commandId.text()});
}

// [run-command 8.2] engine side
void tst_RunCommandService::keepsAFailure()
{
    CommandBench bench(u"sqlite"_s);
    const auto nodes = bench.addNodes(1);
    bench.fleet.script = always("Failed", 3, "a\n");
    const Command sent = bench.send(bench.toAll());
    bench.run();
    const auto result = bench.result(sent.commandId, nodes[0]);
    QCOMPARE(enumName(result.status), u"Failed"_s);
    QCOMPARE(result.statusDetails, u"Failed"_s);
    QCOMPARE(result.responseCode, 3);
    QCOMPARE(result.standardOutput, u"a\n"_s);
    QCOMPARE(bench.command(sent.commandId).counts.failed, 1);
}

void tst_RunCommandService::stopsAtMaxErrors_data()
{
    QTest::addColumn<QString>("database");
    QTest::addColumn<int>("nodes");
    QTest::addColumn<QString>("maxErrors");
    QTest::addColumn<int>("failed");
    for (const auto &database : {u"sqlite"_s, u"postgres"_s}) {
        const auto name = database.toLatin1();
        QTest::addRow("[run-command 8.4] %s", name.constData()) << database << 50 << u"10%"_s << 6;
        QTest::addRow("[run-command 8.5] %s", name.constData()) << database << 10 << u"3"_s << 4;
        QTest::addRow("[run-command 8.24] %s", name.constData()) << database << 10 << u"10%"_s << 2;
    }
}

void tst_RunCommandService::stopsAtMaxErrors()
{
    QFETCH(QString, database);
    QFETCH(int, nodes);
    QFETCH(QString, maxErrors);
    QFETCH(int, failed);
    CommandBench bench(database);
    bench.addNodes(nodes);
    bench.fleet.script = always("Failed", 1);
    const Command sent = bench.send(bench.toAll(u"1"_s, maxErrors));
    bench.run();
    QCOMPARE(bench.count(sent.commandId, InvocationState::Failed), failed);
    QCOMPARE(bench.count(sent.commandId, InvocationState::Terminated), nodes - failed);
    const Command ended = bench.command(sent.commandId);
    QCOMPARE(enumName(ended.status()), u"Failed"_s);
    QCOMPARE(ended.statusDetails(), u"Failed"_s);
    QCOMPARE(ended.counts.failed, failed);
    QCOMPARE(ended.counts.completed(), nodes);
    int ran = 0;
    for (const auto &[id, node] : bench.fleet.nodes())
        ran += static_cast<int>(node.effects.size());
    QCOMPARE(ran, failed); // the others never heard of it
}

void tst_RunCommandService::neverOverConcurrency_data()
{
    QTest::addColumn<int>("nodes");
    QTest::addColumn<QString>("maxConcurrency");
    QTest::addColumn<int>("limit");
    QTest::addRow("[run-command 8.6] 10%% of 7") << 7 << u"10%"_s << 1;
    QTest::addRow("[run-command 8.6] 50 of 100") << 100 << u"50"_s << 50;
}

void tst_RunCommandService::neverOverConcurrency()
{
    QFETCH(int, nodes);
    QFETCH(QString, maxConcurrency);
    QFETCH(int, limit);
    CommandBench bench(u"sqlite"_s);
    bench.addNodes(nodes);
    const Command sent = bench.send(bench.toAll(maxConcurrency));
    int most = 0;
    for (int round = 0; round < 300 && !bench.command(sent.commandId).completedAt; ++round) {
        bench.run(); // every node that may has the order and runs
        most = std::max(most, bench.count(sent.commandId, InvocationState::InProgress));
        // one ends
        for (auto &[id, node] : bench.fleet.nodes()) {
            if (!node.ledger.empty()) {
                bench.fleet.finish(id, node.ledger.begin()->first, FakeFleet::result("Success", 0));
                break;
            }
        }
    }
    QCOMPARE(most, limit);
    QCOMPARE(bench.command(sent.commandId).statusDetails(), u"Success"_s);
}

void tst_RunCommandService::offlineNodeTimesOut_data()
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

void tst_RunCommandService::offlineNodeTimesOut()
{
    QFETCH(QString, database);
    QFETCH(QString, maxErrors);
    QFETCH(QString, status);
    QFETCH(QString, details);
    CommandBench bench(database);
    bench.addNodes(2);
    const auto offline = bench.addNodes(1, false);
    bench.fleet.script = always("Success", 0);
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
void tst_RunCommandService::offlineNodeReturnsInTime()
{
    QFETCH(QString, database);
    CommandBench bench(database);
    bench.addNodes(2);
    const auto offline = bench.addNodes(1, false);
    bench.fleet.script = always("Success", 0);
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

void tst_RunCommandService::acknowledgementAtTheDeadlineCounts()
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
void tst_RunCommandService::expiresAfterIsDeliveryAndExecution()
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

void tst_RunCommandService::expiryEndsWhatNeverAnswered()
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

// [run-command 8.11]
void tst_RunCommandService::noMatchIsStoredAndFailed()
{
    CommandBench bench(u"sqlite"_s);
    bench.addNodes(1);
    auto request = bench.shellRequest();
    request.targets = {{u"tag:Role"_s, {u"none"_s}}};
    const Command sent = bench.send(request);
    QCOMPARE(sent.counts.targets, 0);
    QCOMPARE(enumName(sent.status()), u"Failed"_s);
    QCOMPARE(sent.statusDetails(), u"NoInstancesInTag"_s);
    QVERIFY(bench.command(sent.commandId).completedAt);
    QCOMPARE(bench.commandEvents(), QStringList {u"NoInstancesInTag"_s});
}

void tst_RunCommandService::deregisteredNodesAreUndeliverable_data()
{
    QTest::addColumn<QString>("database");
    QTest::addColumn<int>("deregistered");
    QTest::addColumn<QString>("status");
    for (const auto &database : {u"sqlite"_s, u"postgres"_s}) {
        const auto name = database.toLatin1();
        QTest::addRow("[run-command 8.12] 4 of 5, %s", name.constData()) << database << 4 << u"Success"_s;
        QTest::addRow("[run-command 8.12] all 5, %s", name.constData()) << database << 5 << u"Failed"_s;
    }
}

void tst_RunCommandService::deregisteredNodesAreUndeliverable()
{
    QFETCH(QString, database);
    QFETCH(int, deregistered);
    QFETCH(QString, status);
    CommandBench bench(database);
    const auto nodes = bench.addNodes(5, false);
    bench.fleet.script = always("Success", 0);
    const Command sent = bench.send(bench.toAll());
    bench.run();
    for (int i = 0; i < deregistered; ++i) {
        bench.directory.remove(nodes[i]);
        QVERIFY(bench.database->write(
            [&](Transaction &tx) { return bench.service->nodeDeregistered(tx, nodes[i]); }));
        bench.commit();
    }
    for (int i = deregistered; i < 5; ++i)
        bench.connectNode(nodes[i]);
    bench.run();
    QCOMPARE(bench.count(sent.commandId, InvocationState::Undeliverable), deregistered);
    QCOMPARE(enumName(bench.command(sent.commandId).status()), status);
    QCOMPARE(bench.command(sent.commandId).statusDetails(), status);
}

// [run-command 8.16] engine side: the result of what ran while the engine was down arrives, nothing runs twice
void tst_RunCommandService::restartWhileRunning()
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
void tst_RunCommandService::restartGrace()
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

// [run-command 8.17] engine side
void tst_RunCommandService::cancelEndsTheRunningRow()
{
    QFETCH(QString, database);
    CommandBench bench(database);
    const auto nodes = bench.addNodes(1);
    const Command sent = bench.send(bench.toAll());
    bench.run();
    QVERIFY(bench.service->cancelCommand(bench.admin, sent.commandId));
    bench.commit();
    QCOMPARE(bench.count(sent.commandId, InvocationState::Cancelling), 1);
    QCOMPARE(bench.command(sent.commandId).statusDetails(), u"Cancelling"_s);
    bench.run();
    QCOMPARE(bench.count(sent.commandId, InvocationState::Cancelled), 1);
    QCOMPARE(bench.command(sent.commandId).statusDetails(), u"Cancelled"_s);
    QVERIFY(bench.service->cancelCommand(bench.admin, sent.commandId)); // once more: no error
    bench.commit();
    QCOMPARE(bench.invocationEvents(nodes[0]),
             (QStringList {u"InProgress"_s, u"Cancelling"_s, u"Cancelled"_s}));
}

void tst_RunCommandService::cancelOfSomeLeavesTheRest()
{
    CommandBench bench(u"sqlite"_s);
    const auto nodes = bench.addNodes(3);
    const Command sent = bench.send(bench.toAll(u"100%"_s));
    bench.run();
    bench.disconnectNode(nodes[1]);
    QVERIFY(bench.service->cancelCommand(bench.admin, sent.commandId,
                                         {toQString(nodes[0]), toQString(nodes[1])}));
    bench.run();
    QCOMPARE(bench.count(sent.commandId, InvocationState::Cancelled), 1);
    QCOMPARE(bench.count(sent.commandId, InvocationState::Cancelling), 1); // acknowledged and away
    QCOMPARE(bench.count(sent.commandId, InvocationState::InProgress), 1);
    QCOMPARE(bench.command(sent.commandId).statusDetails(), u"InProgress"_s);
    bench.connectNode(nodes[1]); // the cancel is waiting for it
    bench.fleet.finishAll(FakeFleet::result("Success", 0));
    bench.run();
    QVERIFY(bench.command(sent.commandId).completedAt);
    QCOMPARE(bench.rows(sent.commandId)[2].state, InvocationState::Success);
}

void tst_RunCommandService::cancelBeforeReleaseIsAtOnce()
{
    CommandBench bench(u"sqlite"_s);
    bench.addNodes(3, false);
    const Command sent = bench.send(bench.toAll());
    QVERIFY(bench.service->cancelCommand(bench.admin, sent.commandId));
    bench.commit();
    QCOMPARE(bench.count(sent.commandId, InvocationState::Cancelled), 3);
    QCOMPARE(bench.command(sent.commandId).statusDetails(), u"Cancelled"_s);
    QCOMPARE(bench.commandEvents(), (QStringList {u"Delayed"_s, u"Cancelled"_s}));
}

void tst_RunCommandService::cancelIsRefused()
{
    CommandBench bench(u"sqlite"_s);
    const auto nodes = bench.addNodes(2);
    auto request = bench.shellRequest();
    request.instanceIds = {toQString(nodes[0])};
    const Command sent = bench.send(request);
    const auto codeOf = [&](const CommandId &id, const QStringList &ids) {
        const auto answer = bench.service->cancelCommand(bench.admin, id, ids);
        return answer ? QString() : toQString(answer.error().code.name());
    };
    QCOMPARE(codeOf(CommandId("11111111-1111-4111-8111-111111111111"), {}), u"InvalidCommandId"_s);
    QCOMPARE(codeOf(sent.commandId, {toQString(nodes[1])}), u"InvalidInstanceId"_s);
    QCOMPARE(codeOf(sent.commandId, {toQString(nodes[0]), toQString(nodes[0])}), u"DuplicateInstanceId"_s);
    bench.access.deniedDocuments = {u"AWS-RunShellScript"_s};
    QCOMPARE(codeOf(sent.commandId, {}), u"AccessDeniedException"_s);
    bench.commit();
    QVERIFY(bench.count(sent.commandId, InvocationState::Cancelling) == 0);
}

// [run-command 8.18]
void tst_RunCommandService::scopeByTargetsAndByIds()
{
    CommandBench bench(u"sqlite"_s);
    bench.addNodes(2, true, {{u"Env"_s, u"dev"_s}, {u"App"_s, u"shop"_s}});
    const auto prod = bench.addNodes(1, true, {{u"Env"_s, u"prod"_s}, {u"App"_s, u"shop"_s}});
    bench.access.deniedEnvironments = {u"prod"_s};
    bench.fleet.script = always("Success", 0);
    auto request = bench.shellRequest();
    request.targets = {{u"tag:App"_s, {u"shop"_s}}};
    const Command sent = bench.send(request);
    bench.run();
    QCOMPARE(bench.count(sent.commandId, InvocationState::AccessDenied), 1);
    QCOMPARE(bench.count(sent.commandId, InvocationState::Success), 2);
    QCOMPARE(bench.command(sent.commandId).statusDetails(), u"Success"_s);
    QVERIFY(bench.fleet.node(prod[0]).effects.empty());
    request.targets.clear();
    request.instanceIds = {toQString(prod[0])};
    const auto refused = bench.trySend(request);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, errors::kAccessDenied);
    QCOMPARE(*bench.database->reader().number(u"SELECT count(*) FROM run_command"_s),
             1); // nothing was stored
}

// [T16] a node that leaves the sender's scope, or whose scope the sender lost, between send and release gets nothing
void tst_RunCommandService::scopeIsCheckedAtReleaseAgain()
{
    CommandBench bench(u"sqlite"_s);
    const auto nodes = bench.addNodes(2, false, {{u"Env"_s, u"dev"_s}});
    bench.fleet.script = always("Success", 0);
    const Command sent = bench.send(bench.toAll());
    bench.directory.add(nodes[0], {{u"Env"_s, u"prod"_s}}); // tagged anew while it is away
    bench.access.deniedEnvironments = {u"prod"_s};
    for (const NodeId &node : nodes)
        bench.connectNode(node);
    bench.run();
    QCOMPARE(bench.rows(sent.commandId)[0].state, InvocationState::AccessDenied);
    QCOMPARE(bench.rows(sent.commandId)[1].state, InvocationState::Success);
    QVERIFY(bench.fleet.node(nodes[0]).effects.empty());
}

// [run-command 8.19]
void tst_RunCommandService::wrongPlatform()
{
    CommandBench bench(u"sqlite"_s);
    const auto nodes = bench.addNodes(1, true, {{u"Env"_s, u"dev"_s}});
    SendCommandRequest request;
    request.documentName = u"WindowsOnly"_s;
    request.instanceIds = {toQString(nodes[0])};
    const auto refused = bench.trySend(request);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, errors::kUnsupportedPlatformType);
    QVERIFY(toQString(refused.error().message).contains(toQString(nodes[0])));
    request.instanceIds.clear();
    request.targets = {{u"tag:Env"_s, {u"dev"_s}}};
    const Command sent = bench.send(request);
    QCOMPARE(bench.count(sent.commandId, InvocationState::InvalidPlatform), 1);
    QCOMPARE(bench.command(sent.commandId).statusDetails(), u"Failed"_s);
}

// [run-command 8.20]
void tst_RunCommandService::laterTagsChangeNothing()
{
    CommandBench bench(u"sqlite"_s);
    const auto tagged = bench.addNodes(1, true, {{u"Role"_s, u"web"_s}});
    const auto other = bench.addNodes(1);
    bench.fleet.script = always("Success", 0);
    auto request = bench.shellRequest();
    request.targets = {{u"tag:Role"_s, {u"web"_s}}};
    const Command sent = bench.send(request);
    bench.directory.add(other[0], {{u"Role"_s, u"web"_s}});
    bench.advance(1s);
    QCOMPARE(bench.command(sent.commandId).counts.targets, 1);
    QVERIFY(bench.fleet.node(other[0]).effects.empty());
    QCOMPARE(bench.fleet.node(tagged[0]).effects.size(), size_t(1));
}

// [run-command 8.22]
void tst_RunCommandService::parameterValuesAreReadAtDispatch()
{
    CommandBench bench(u"sqlite"_s);
    const auto nodes = bench.addNodes(1, false);
    bench.parameters.values[u"cmd"_s] = u"echo 1"_s;
    bench.fleet.script = always("Success", 0);
    auto request = bench.shellRequest(u"{{ssm:cmd}}"_s);
    request.instanceIds = {toQString(nodes[0])};
    const Command sent = bench.send(request);
    bench.parameters.values[u"cmd"_s] = u"echo 2"_s;
    bench.connectNode(nodes[0]);
    bench.run();
    QCOMPARE(bench.fleet.node(nodes[0]).ran.size(), size_t(1));
    QCOMPARE(bench.fleet.node(nodes[0]).ran[0].parameters_json(), "{\"commands\":[\"echo 2\"]}");
    // the reference is stored, never the value
    QCOMPARE(bench.command(sent.commandId).request.parameters[u"commands"_s], QStringList {u"{{ssm:cmd}}"_s});
    request.parameters.insert(u"commands"_s, {u"{{ssm:nope}}"_s});
    const auto unknown = bench.trySend(request);
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().code, errors::kInvalidParameters);
}

// [run-command 8.23]
void tst_RunCommandService::stepNames()
{
    CommandBench bench(u"sqlite"_s);
    const auto nodes = bench.addNodes(1);
    bench.fleet.script = [](const NodeId &, const wire::OrderBody &) {
        return FakeFleet::result("Success", 0, "one\n", "stepOne");
    };
    SendCommandRequest request;
    request.documentName = u"OneStep"_s;
    request.instanceIds = {toQString(nodes[0])};
    const Command sent = bench.send(request);
    bench.run();
    const auto wrong = bench.tryResult(sent.commandId, toQString(nodes[0]), u"aws:runShellScript"_s);
    QVERIFY(!wrong);
    QCOMPARE(wrong.error().code, errors::kInvalidPluginName);
    QCOMPARE(bench.result(sent.commandId, nodes[0], u"stepOne"_s).standardOutput, u"one\n"_s);
    QCOMPARE(bench.result(sent.commandId, nodes[0]).standardOutput,
             u"one\n"_s); // one step: the name may be left out
    const auto nothing
        = bench.tryResult(CommandId("11111111-1111-4111-8111-111111111111"), toQString(nodes[0]));
    QCOMPARE(nothing.error().code, errors::kInvocationDoesNotExist);
    // several steps and no name: the invocation's own status, no output
    request.documentName = u"TwoSteps"_s;
    const Command two = bench.send(request);
    bench.run();
    QCOMPARE(bench.result(two.commandId, nodes[0]).standardOutput, QString());
    QCOMPARE(enumName(bench.result(two.commandId, nodes[0]).status), u"Success"_s);
    QCOMPARE(bench.result(two.commandId, nodes[0], u"stepOne"_s).standardOutput, u"one\n"_s);
}

// [run-command 8.25]
void tst_RunCommandService::alarmAtSendCancelsAll()
{
    CommandBench bench(u"sqlite"_s);
    bench.addNodes(3);
    bench.alarms.states[u"cpu"_s] = CommandAlarms::State::Alarm;
    auto request = bench.toAll();
    request.alarm = AlarmConfiguration {.alarms = {{u"cpu"_s}}};
    const Command sent = bench.send(request);
    bench.run();
    QCOMPARE(bench.count(sent.commandId, InvocationState::Cancelled), 3);
    QCOMPARE(sent.statusDetails(), u"Cancelled"_s);
    QCOMPARE(sent.triggeredAlarms, QList<TriggeredAlarm> {(TriggeredAlarm {u"cpu"_s, u"ALARM"_s})});
    for (const auto &[id, node] : bench.fleet.nodes())
        QCOMPARE(node.ordersReceived, 0);
    // unreadable: the same, unless that is to be ignored
    request.alarm = AlarmConfiguration {.alarms = {{u"gone"_s}}};
    QCOMPARE(bench.send(request).triggeredAlarms.first().state, u"UNKNOWN"_s);
    request.alarm->ignorePollAlarmFailure = true;
    QCOMPARE(bench.send(request).statusDetails(), u"InProgress"_s);
}

void tst_RunCommandService::alarmWhileRunningStopsTheRest()
{
    CommandBench bench(u"sqlite"_s);
    bench.addNodes(3);
    bench.alarms.states[u"cpu"_s] = CommandAlarms::State::Ok;
    auto request = bench.toAll(u"1"_s);
    request.alarm = AlarmConfiguration {.alarms = {{u"cpu"_s}}};
    const Command sent = bench.send(request);
    bench.run();
    bench.service->alarmRaised(u"cpu"_s);
    bench.fleet.finishAll(FakeFleet::result("Success", 0));
    bench.run();
    QCOMPARE(bench.count(sent.commandId, InvocationState::Cancelled), 2);
    QCOMPARE(bench.count(sent.commandId, InvocationState::Success), 1);
    QCOMPARE(bench.command(sent.commandId).statusDetails(), u"Cancelled"_s);
    QCOMPARE(bench.command(sent.commandId).triggeredAlarms.size(), 1);
}

// [run-command 8.21]
void tst_RunCommandService::oneMessageForOneFailure()
{
    CommandBench bench(u"sqlite"_s);
    bench.addNodes(3);
    bench.fleet.script = [](const NodeId &node, const wire::OrderBody &) {
        return FakeFleet::result(node == CommandBench::node(2) ? "Failed" : "Success", 0);
    };
    auto request = bench.toAll(u"50"_s, u"3"_s);
    request.notification
        = {.arn = u"arn:aws:sns:xx:0:ops"_s, .events = {u"Failed"_s}, .type = u"Invocation"_s};
    bench.send(request);
    bench.run();
    QCOMPARE(bench.notifier.messages.size(), 1);
    QCOMPARE(bench.notifier.messages[0][u"instance-id"_s].toString(), toQString(CommandBench::node(2)));
    request.notification.arn = u"arn:aws:sns:xx:0:nobody"_s;
    QCOMPARE(bench.trySend(request).error().code, errors::kInvalidNotificationConfig);
}

// [run-command 8.27] [R05]
void tst_RunCommandService::lateResultIsANote()
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

void tst_RunCommandService::lostBeforeAcknowledgementWaitsAgain()
{
    CommandBench bench(u"sqlite"_s);
    const auto nodes = bench.addNodes(2);
    bench.fleet.script = always("Success", 0);
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

void tst_RunCommandService::oneEventForEachTransition()
{
    CommandBench bench(u"sqlite"_s);
    const auto nodes = bench.addNodes(2);
    bench.fleet.duplicates = 2; // [R05]
    bench.fleet.script = always("Success", 0);
    bench.send(bench.toAll());
    bench.run();
    for (const NodeId &node : nodes)
        QCOMPARE(bench.invocationEvents(node), (QStringList {u"InProgress"_s, u"Success"_s}));
    QCOMPARE(bench.commandEvents(), (QStringList {u"InProgress"_s, u"Success"_s}));
    const Event event = bench.events().last();
    QCOMPARE(event.source, u"aws.ssm"_s);
    QCOMPARE(event.detail[u"document-name"_s].toString(), u"AWS-RunShellScript"_s);
    QCOMPARE(event.detail[u"parameters"_s].toString(), u"{\"commands\":[\"echo hi\"]}"_s);
    QVERIFY(event.detail.contains(u"requested-date-time"_s) && event.detail.contains(u"expire-after"_s));
}

// [run-command 8.14] engine side: the row stays open over the reboot, and the step is one step
void tst_RunCommandService::rebootKeepsTheRowOpen()
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

void tst_RunCommandService::refusedByTheNode()
{
    CommandBench bench(u"sqlite"_s);
    const auto nodes = bench.addNodes(1);
    const Command sent = bench.send(bench.toAll());
    wire::OrderSeen seen;
    seen.set_order_id(bench.rows(sent.commandId)[0].orderId.text());
    seen.set_attempt(1);
    seen.set_dispatch_seq(1);
    seen.set_refused("bad-signature");
    seen.set_text("The key is\x1b[31m not the pinned one.");
    bench.outbox->report(nodes[0], seen);
    bench.outbox->flush();
    bench.commit();
    const Invocation row = bench.rows(sent.commandId)[0];
    QCOMPARE(row.state, InvocationState::Undeliverable);
    QVERIFY(row.trace.contains(u"bad-signature"_s));
    QVERIFY(!row.trace.contains(QChar(0x1b))); // hostile text is shown, not obeyed
    QCOMPARE(bench.outbox->settledWatermark(nodes[0]), uint64_t(1));
}

void tst_RunCommandService::quotaIsStoredAsRateExceeded()
{
    CommandBench bench(u"sqlite"_s, {.mostOpenInvocations = 2});
    bench.addNodes(3);
    const Command sent = bench.send(bench.toAll());
    QCOMPARE(enumName(sent.status()), u"Failed"_s);
    QCOMPARE(sent.statusDetails(), u"RateExceeded"_s);
    QVERIFY(bench.rows(sent.commandId).isEmpty());
    bench.run();
    QCOMPARE(bench.command(sent.commandId).statusDetails(), u"RateExceeded"_s);
}

void tst_RunCommandService::signalsComeAfterTheCommit()
{
    CommandBench bench(u"sqlite"_s);
    bench.addNodes(3);
    QSignalSpy commands(bench.service.get(), &RunCommandService::commandsChanged);
    QSignalSpy invocations(bench.service.get(), &RunCommandService::invocationsChanged);
    const auto sent = bench.service->sendCommand(bench.admin, bench.toAll());
    QVERIFY(sent);
    QCOMPARE(commands.size(), 0); // nobody sees an uncommitted row
    bench.commit();
    QCOMPARE(commands.size(), 1);
    QCOMPARE(invocations.size(), 1);
    QCOMPARE(invocations[0][0].value<QList<Invocation>>().size(), 3); // one signal for all
}

void tst_RunCommandService::auditNamesTheSender()
{
    CommandBench bench(u"sqlite"_s);
    bench.addNodes(1);
    const Command sent = bench.send(bench.toAll());
    bench.access.deniedDocuments = {u"AWS-RunShellScript"_s};
    QVERIFY(!bench.trySend(bench.toAll()));
    bench.commit();
    const auto entries = bench.audit->entries(bench.database->reader(), 0, 10);
    QVERIFY(entries);
    QCOMPARE(entries->size(), 2);
    QCOMPARE(entries->at(0).result, u"AccessDeniedException"_s);
    QCOMPARE(entries->at(1).who.name, u"ada"_s);
    QCOMPARE(entries->at(1).action, u"ssm:SendCommand"_s);
    QVERIFY(entries->at(1).target.endsWith(u"command/"_s + toQString(sent.commandId)));
}

FB_TEST(tst_RunCommandService)
#include "tst_run_command_service.moc"
