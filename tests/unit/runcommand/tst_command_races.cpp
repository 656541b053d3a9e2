// Two things at one moment (spec/security-and-robustness.md R22), tried at every frame between engine and node: one of them has won, and the
// node, the row, its events and the command say which.

#include "backend/base/qt_text.h"
#include "tests/support/test_main.h"
#include "tests/unit/runcommand/command_bench.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace fb;
using test::CommandBench;
using test::FakeFleet;

namespace {
constexpr int kMostFrames = 14; // an order's life has fewer, each report told twice
constexpr auto kNoKill = -1;
}

class tst_CommandRaces : public QObject
{
    Q_OBJECT

private slots:
    void cancelAndCompletion_data();
    void cancelAndCompletion();
    void deregisterAndDelivery();

private:
    static void deliver(CommandBench &bench, const NodeId &node, int frames)
    {
        for (int i = 0; i < frames; ++i) {
            bench.service->turn();
            if (!bench.fleet.deliverOne(node)) { // what waits for the commit is the next frame
                bench.commit();
                bench.outbox->flush();
            }
            bench.service->turn();
        }
    }
    static QStringList ends(CommandBench &bench, const NodeId &node)
    {
        QStringList all = bench.invocationEvents(node);
        all.removeIf([](const QString &status) {
            return status == u"InProgress"_s || status == u"Cancelling"_s || status == u"Pending"_s;
        });
        return all;
    }
};

void tst_CommandRaces::cancelAndCompletion_data()
{
    QTest::addColumn<bool>("finishesFirst");
    QTest::addColumn<int>("kill");
    for (const bool first : {true, false}) {
        const char *name = first ? "the end first" : "the cancel first";
        QTest::addRow("[R22] %s", name) << first << kNoKill;
        QTest::addRow("[R22] %s, the engine dies before it is kept", name)
            << first << int(CommandBench::Kill::BeforeCommit);
        QTest::addRow("[R22] %s, the engine dies after it is kept", name)
            << first << int(CommandBench::Kill::AfterCommit);
    }
}

void tst_CommandRaces::cancelAndCompletion()
{
    QFETCH(bool, finishesFirst);
    QFETCH(int, kill);
    QSet<InvocationState> outcomes;
    for (int frames = 0; frames <= kMostFrames / 2; frames += kill == kNoKill ? 1 : 2) {
        CommandBench bench(u"sqlite"_s);
        bench.fleet.duplicates = 2; // and each report twice
        const NodeId node = bench.addNodes(1).first();
        const Command sent = bench.send(bench.toAll());
        bench.run();
        std::optional<std::string> said; // by the node: what really was
        const auto finish = [&] {
            auto *order = bench.fleet.orderOf(node, sent.commandId.text());
            if (order && order->stage == FakeFleet::Stage::Started)
                bench.fleet.finish(node, order->id, FakeFleet::result("Success", 0));
            if (order)
                said = order->result.status();
        };
        const auto cancel = [&] { QVERIFY(bench.service->cancelCommand(bench.admin, sent.commandId)); };
        finishesFirst ? finish() : cancel();
        deliver(bench, node, frames);
        finishesFirst ? cancel() : finish();
        if (kill != kNoKill) {
            bench.kill(CommandBench::Kill(kill));
            bench.connectNode(node);
        }
        bench.run();
        const QList<Invocation> rows = bench.rows(sent.commandId);
        QCOMPARE(rows.size(), 1);
        const QByteArray at = "after " + QByteArray::number(frames) + " frames";
        QVERIFY2(isTerminal(rows[0].state), at.constData());
        if (finishesFirst || !said)
            said = finishesFirst ? "Success" : "Cancelled";
        QVERIFY2(enumName(rows[0].state) == toQString(*said), at.constData());
        QCOMPARE(ends(bench, node), QStringList {enumName(rows[0].state)}); // once
        QVERIFY2(bench.command(sent.commandId).completedAt, at.constData());
        QCOMPARE(bench.fleet.node(node).effects.size(), size_t(1));
        outcomes.insert(rows[0].state);
        bench.fleet.disconnectNode(node); // and all that was told once more
        bench.connectNode(node);
        bench.run();
        QCOMPARE(bench.rows(sent.commandId)[0].state, rows[0].state);
        QCOMPARE(ends(bench, node).size(), 1);
    }
    QVERIFY(outcomes.contains(InvocationState::Success));
    if (!finishesFirst && kill == kNoKill)
        QVERIFY(outcomes.contains(InvocationState::Cancelled)); // both were tried
}

// [R22] deregister racing delivery: before the engine knows its end the order is Undeliverable, and nothing goes out or counts after it
void tst_CommandRaces::deregisterAndDelivery()
{
    QSet<InvocationState> outcomes;
    for (int frames = 0; frames <= kMostFrames; ++frames) {
        CommandBench bench(u"sqlite"_s);
        bench.fleet.duplicates = 2;
        bench.fleet.script = FakeFleet::always("Success", 0);
        const NodeId node = bench.addNodes(1).first();
        const Command sent = bench.send(bench.toAll());
        deliver(bench, node, frames);
        const bool wasOver = isTerminal(bench.rows(sent.commandId)[0].state);
        const int received = bench.fleet.node(node).ordersReceived
            + int(bench.fleet.node(node).fromEngine.size()); // on their way: they cannot be called back
        bench.directory.remove(node);
        QVERIFY(bench.database->write(
            [&](Transaction &tx) { return bench.service->nodeDeregistered(tx, node); }));
        bench.run(); // its socket is closed after the commit: what was under way still comes, both ways
        bench.fleet.disconnectNode(node);
        bench.run();
        const QByteArray at = "after " + QByteArray::number(frames) + " frames";
        const Invocation row = bench.rows(sent.commandId)[0];
        QVERIFY2(row.state == (wasOver ? InvocationState::Success : InvocationState::Undeliverable),
                 at.constData());
        QCOMPARE(ends(bench, node), QStringList {enumName(row.state)});
        QVERIFY2(bench.command(sent.commandId).completedAt, at.constData());
        QVERIFY2(bench.fleet.node(node).ordersReceived <= received, at.constData());
        QVERIFY(bench.fleet.node(node).effects.size() <= 1);
        outcomes.insert(row.state);
        bench.connectNode(node); // as only a fault of the gateway could
        bench.run();
        QVERIFY2(bench.fleet.node(node).ordersReceived <= received, at.constData());
        QCOMPARE(bench.rows(sent.commandId)[0].state, row.state);
    }
    QCOMPARE(outcomes.size(), 2); // both were tried
}

FB_TEST(tst_CommandRaces)
#include "tst_command_races.moc"
