#include "backend/base/qt_text.h"
#include "tests/support/test_main.h"
#include "tests/unit/runcommand/command_bench.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace fb;
using namespace std::chrono_literals;
using test::CommandBench;
using test::FakeFleet;

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
    void noMatchIsStoredAndFailed();
    void deregisteredNodesAreUndeliverable_data();
    void deregisteredNodesAreUndeliverable();
    void scopeByTargetsAndByIds();
    void scopeIsCheckedAtReleaseAgain();
    void wrongPlatform();
    void laterTagsChangeNothing();
    void parameterValuesAreReadAtDispatch();
    void stepNames();
    void oneMessageForOneFailure();
    void oneEventForEachTransition();
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
    bench.fleet.script = FakeFleet::always("Success", 0, "hi\n");
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
    bench.fleet.script = FakeFleet::always("Failed", 3, "a\n");
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
    bench.fleet.script = FakeFleet::always("Failed", 1);
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
    bench.fleet.script = FakeFleet::always("Success", 0);
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

// [run-command 8.18]
void tst_RunCommandService::scopeByTargetsAndByIds()
{
    CommandBench bench(u"sqlite"_s);
    bench.addNodes(2, true, {{u"Env"_s, u"dev"_s}, {u"App"_s, u"shop"_s}});
    const auto prod = bench.addNodes(1, true, {{u"Env"_s, u"prod"_s}, {u"App"_s, u"shop"_s}});
    bench.access.deniedEnvironments = {u"prod"_s};
    bench.fleet.script = FakeFleet::always("Success", 0);
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
    bench.fleet.script = FakeFleet::always("Success", 0);
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
    bench.fleet.script = FakeFleet::always("Success", 0);
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
    bench.fleet.script = FakeFleet::always("Success", 0);
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

void tst_RunCommandService::oneEventForEachTransition()
{
    CommandBench bench(u"sqlite"_s);
    const auto nodes = bench.addNodes(2);
    bench.fleet.duplicates = 2; // [R05]
    bench.fleet.script = FakeFleet::always("Success", 0);
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
