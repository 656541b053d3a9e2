#include "backend/base/qt_text.h"
#include "tests/support/test_main.h"
#include "tests/unit/runcommand/command_bench.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace fb;
using namespace std::chrono_literals;
using test::CommandBench;
using test::FakeFleet;

// How a command ends before its time: by a person or by an alarm (spec/run-command.md 3).
class tst_CommandCancel : public QObject
{
    Q_OBJECT

private slots:
    void cancelEndsTheRunningRow_data() { test::addDatabaseRows(); }
    void cancelEndsTheRunningRow();
    void cancelOfSomeLeavesTheRest();
    void cancelBeforeReleaseIsAtOnce();
    void cancelIsRefused();
    void alarmAtSendCancelsAll();
    void alarmWhileRunningStopsTheRest();
};

// [run-command 8.17] engine side
void tst_CommandCancel::cancelEndsTheRunningRow()
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

void tst_CommandCancel::cancelOfSomeLeavesTheRest()
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

void tst_CommandCancel::cancelBeforeReleaseIsAtOnce()
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

void tst_CommandCancel::cancelIsRefused()
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

// [run-command 8.25]
void tst_CommandCancel::alarmAtSendCancelsAll()
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

void tst_CommandCancel::alarmWhileRunningStopsTheRest()
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

FB_TEST(tst_CommandCancel)
#include "tst_command_cancel.moc"
