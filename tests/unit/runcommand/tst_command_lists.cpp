#include "backend/base/qt_text.h"
#include "backend/core/time_text.h"
#include "tests/support/test_main.h"
#include "tests/unit/runcommand/command_bench.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace fb;
using namespace std::chrono_literals;
using test::CommandBench;
using test::FakeFleet;

// ListCommands and ListCommandInvocations (spec/run-command.md 6).
class tst_CommandLists : public QObject
{
    Q_OBJECT

private slots:
    void newestFirstInPages_data() { test::addDatabaseRows(); }
    void newestFirstInPages();
    void invocationPages_data() { test::addDatabaseRows(); }
    void invocationPages();
    void filters_data() { test::addDatabaseRows(); }
    void filters();
    void refuses_data();
    void refuses();
    void tokensBelongToTheirRequest();
    void pastOfACommand_data() { test::addDatabaseRows(); }
    void pastOfACommand();
};

namespace {
QString timeText(Instant instant) { return toQString(toIso8601Millis(instant)); }
}

void tst_CommandLists::newestFirstInPages()
{
    QFETCH(QString, database);
    CommandBench bench(database);
    bench.addNodes(1);
    QStringList sent;
    for (int i = 0; i < 7; ++i) {
        sent.prepend(toQString(bench.send(bench.toAll()).commandId));
        bench.database.clock.advance(1s);
    }
    QStringList seen;
    ListCommandsRequest request {.maxResults = 3};
    int pages = 0;
    do {
        const auto page = bench.service->listCommands(bench.admin, request);
        QVERIFY(page);
        QVERIFY(page->commands.size() <= 3);
        for (const Command &command : page->commands)
            seen.append(toQString(command.commandId));
        request.nextToken = page->nextToken;
        ++pages;
    } while (!request.nextToken.isEmpty());
    QCOMPARE(seen, sent);
    QCOMPARE(pages, 3);
}

void tst_CommandLists::invocationPages()
{
    QFETCH(QString, database);
    CommandBench bench(database);
    bench.addNodes(7);
    bench.send(bench.toAll());
    bench.database.clock.advance(1s);
    const Command newer = bench.send(bench.toAll());
    QStringList seen;
    ListCommandInvocationsRequest request {.maxResults = 4};
    do {
        const auto page = bench.service->listCommandInvocations(bench.admin, request);
        QVERIFY(page);
        for (const InvocationDetails &details : page->invocations) {
            QCOMPARE(details.command.commandId, details.invocation.commandId);
            seen.append(toQString(details.invocation.commandId) + details.invocation.instanceId);
        }
        request.nextToken = page->nextToken;
    } while (!request.nextToken.isEmpty());
    QCOMPARE(seen.size(), 14);
    QCOMPARE(QSet<QString>(seen.begin(), seen.end()).size(), 14);
    QVERIFY(seen.first().startsWith(toQString(newer.commandId)));
    QVERIFY(seen.mid(0, 7) == [&] {
        auto sorted = seen.mid(0, 7);
        sorted.sort();
        return sorted;
    }()); // then node id
}

void tst_CommandLists::filters()
{
    QFETCH(QString, database);
    CommandBench bench(database);
    const auto nodes = bench.addNodes(3);
    bench.fleet.script = [](const NodeId &node, const wire::OrderBody &) {
        return FakeFleet::result(node == CommandBench::node(1) ? "TimedOut" : "Success", 0);
    };
    const Command first = bench.send(bench.toAll(u"50"_s, u"3"_s));
    bench.run();
    bench.database.clock.advance(10s);
    bench.fleet.script = nullptr;
    SendCommandRequest two;
    two.documentName = u"TwoSteps"_s;
    two.instanceIds = {toQString(nodes[1])};
    const Command second = bench.send(two);
    bench.run();
    const auto commands = [&](const QList<CommandFilter> &given, const QString &node = {}) {
        const auto page = bench.service->listCommands(bench.admin, {.instanceId = node, .filters = given});
        QStringList ids;
        for (const Command &command : page ? page->commands : QList<Command>())
            ids.append(toQString(command.commandId));
        return page ? ids : QStringList {toQString(page.error().message)};
    };
    const QString a = toQString(first.commandId);
    const QString b = toQString(second.commandId);
    QCOMPARE(commands({{u"InvokedAfter"_s, timeText(second.requestedAt)}}), QStringList {b}); // inclusive
    QCOMPARE(commands({{u"InvokedBefore"_s, timeText(second.requestedAt)}}), QStringList {a}); // exclusive
    QCOMPARE(commands({{u"Status"_s, u"InProgress"_s}}), QStringList {b});
    QCOMPARE(commands({{u"Status"_s, u"Failed"_s}}), QStringList {a}); // Incomplete is Failed
    QCOMPARE(commands({{u"ExecutionStage"_s, u"Executing"_s}}), QStringList {b});
    QCOMPARE(commands({{u"ExecutionStage"_s, u"Complete"_s}}), QStringList {a});
    QCOMPARE(commands({{u"DocumentName"_s, u"TwoSteps"_s}}), QStringList {b});
    QCOMPARE(commands({}, toQString(nodes[1])), (QStringList {b, a}));
    QCOMPARE(commands({}, toQString(nodes[0])), QStringList {a});
    const auto rows = [&](const QString &status) {
        const auto page
            = bench.service->listCommandInvocations(bench.admin, {.filters = {{u"Status"_s, status}}});
        return page ? page->invocations.size() : -1;
    };
    QCOMPARE(rows(u"Success"_s), 2);
    QCOMPARE(rows(u"TimedOut"_s), 1);
    QCOMPARE(rows(u"ExecutionTimedOut"_s), 1);
    QCOMPARE(rows(u"DeliveryTimedOut"_s), 0);
    QCOMPARE(rows(u"Nonsense"_s), -1);
}

void tst_CommandLists::refuses_data()
{
    QTest::addColumn<ListCommandsRequest>("request");
    QTest::addColumn<QString>("code");
    const auto filtered = [](const QString &key, const QString &value) {
        return ListCommandsRequest {.filters = {{key, value}}};
    };
    QTest::addRow("unknown key") << filtered(u"Colour"_s, u"red"_s) << u"InvalidFilterKey"_s;
    QTest::addRow("bad time") << filtered(u"InvokedAfter"_s, u"yesterday"_s) << u"ValidationException"_s;
    QTest::addRow("time without zone")
        << filtered(u"InvokedAfter"_s, u"2026-11-25T10:00:00"_s) << u"ValidationException"_s;
    QTest::addRow("bad status") << filtered(u"Status"_s, u"Fine"_s) << u"ValidationException"_s;
    QTest::addRow("bad stage") << filtered(u"ExecutionStage"_s, u"Now"_s) << u"ValidationException"_s;
    QTest::addRow("51 results") << ListCommandsRequest {.maxResults = 51} << u"ValidationException"_s;
    QTest::addRow("no results") << ListCommandsRequest {.maxResults = 0} << u"ValidationException"_s;
    QTest::addRow("unknown command") << ListCommandsRequest {.commandId
                                                             = u"11111111-1111-4111-8111-111111111111"_s}
                                     << u"InvalidCommandId"_s;
    QTest::addRow("made-up token") << ListCommandsRequest {.nextToken = u"abc"_s} << u"InvalidNextToken"_s;
}

void tst_CommandLists::refuses()
{
    QFETCH(ListCommandsRequest, request);
    QFETCH(QString, code);
    CommandBench bench(u"sqlite"_s);
    const auto page = bench.service->listCommands(bench.admin, request);
    QVERIFY(!page);
    QCOMPARE(toQString(page.error().code.name()), code);
}

void tst_CommandLists::tokensBelongToTheirRequest()
{
    CommandBench bench(u"sqlite"_s);
    bench.addNodes(1);
    bench.send(bench.toAll());
    bench.send(bench.toAll());
    const auto page = bench.service->listCommands(bench.admin, {.maxResults = 1});
    QVERIFY(page && !page->nextToken.isEmpty());
    const auto other
        = bench.service->listCommands(bench.admin,
                                      {.maxResults = 1,
                                       .nextToken = page->nextToken,
                                       .filters = {{u"DocumentName"_s, u"AWS-RunShellScript"_s}}});
    QVERIFY(!other);
    QCOMPARE(other.error().code, errors::kInvalidNextToken);
}

// What a run's page tells: its own events and what was done with it, never another command's.
void tst_CommandLists::pastOfACommand()
{
    QFETCH(QString, database);
    CommandBench bench(database);
    const auto nodes = bench.addNodes(1);
    auto request = bench.shellRequest();
    request.instanceIds = {toQString(nodes[0])};
    const Command first = bench.send(request);
    const Command other = bench.send(request);
    QVERIFY(bench.service->cancelCommand(bench.admin, first.commandId));
    bench.commit();
    auto future = bench.service->history().pastOf(bench.admin, first.commandId);
    future.waitForFinished();
    const auto past = future.result();
    QVERIFY2(past, past ? "" : past.error().message.c_str());
    QCOMPARE(past->changes.size(), 2);
    QVERIFY(past->changes[0].action.endsWith(u"CancelCommand")); // newest first
    QVERIFY(past->changes[1].action.endsWith(u"SendCommand"));
    QVERIFY(!past->events.isEmpty());
    for (const Event &event : past->events)
        QCOMPARE(event.detail.value(u"command-id"_s).toString(), toQString(first.commandId));
    QVERIFY(other.commandId != first.commandId);
}

FB_TEST(tst_CommandLists)
#include "tst_command_lists.moc"
