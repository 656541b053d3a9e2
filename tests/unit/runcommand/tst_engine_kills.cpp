#include "backend/base/qt_text.h"
#include "tests/support/test_main.h"
#include "tests/unit/runcommand/command_bench.h"

#include <QTest>

#include <set>

using namespace Qt::StringLiterals;
using namespace fb;
using namespace std::chrono_literals;
using test::CommandBench;
using test::FakeFleet;

// The engine dies at a random point of a fan-out and starts again on the same rows, while the nodes and their ledgers go on.
class tst_EngineKills : public QObject
{
    Q_OBJECT

private slots:
    void everyInvocationEndsOnce_data();
    void everyInvocationEndsOnce();
    void reportsComeTwiceAndLate_data();
    void reportsComeTwiceAndLate();
};

void tst_EngineKills::everyInvocationEndsOnce_data()
{
    QTest::addColumn<QString>("database");
    QTest::addColumn<uint64_t>("seed");
    QTest::addColumn<int>("nodes");
    const bool soak = qEnvironmentVariableIsSet("FB_SOAK");
    const int seeds = soak ? 200 : 12;
    const int nodes = soak ? 1000 : 40;
    for (int seed = 1; seed <= seeds; ++seed)
        QTest::addRow("sqlite, seed %d", seed) << u"sqlite"_s << static_cast<uint64_t>(seed) << nodes;
    for (int seed = 1; seed <= (soak ? 20 : 3); ++seed)
        QTest::addRow("postgres, seed %d", seed) << u"postgres"_s << static_cast<uint64_t>(seed) << nodes;
}

// [R01] every invocation ends, no effect twice, none lost; each transition has one event
void tst_EngineKills::everyInvocationEndsOnce()
{
    QFETCH(QString, database);
    QFETCH(uint64_t, seed);
    QFETCH(int, nodes);
    test::SeededRandom chance(seed);
    CommandBench bench(database);
    const auto ids = bench.addNodes(nodes);
    std::map<std::string, bool> fails; // by node: so that a repeat would tell the same
    for (const NodeId &id : ids)
        fails[id.text()] = chance.below(10) == 0;
    bench.fleet.script = [&](const NodeId &id, const wire::OrderBody &) -> std::optional<wire::OrderResult> {
        if (chance.below(4) == 0)
            return std::nullopt; // takes its time
        return fails[id.text()] ? FakeFleet::result("Failed", 1, "bad\n")
                                : FakeFleet::result("Success", 0, "good\n");
    };
    const auto resultOf = [&](const NodeId &id) {
        return fails[id.text()] ? FakeFleet::result("Failed", 1, "bad\n")
                                : FakeFleet::result("Success", 0, "good\n");
    };
    const Command sent = bench.send(bench.toAll(u"30%"_s, u"100%"_s));

    // Something happens some hundred times; the engine is killed at a random one of them, and twice more.
    std::set<uint64_t> killAt {chance.below(static_cast<uint64_t>(nodes) * 3),
                               chance.below(uint64_t(nodes) * 6), chance.below(uint64_t(nodes) * 6)};
    for (uint64_t step = 0; step < uint64_t(nodes) * 8; ++step) {
        if (killAt.contains(step)) {
            bench.kill(chance.below(2) == 0 ? CommandBench::Kill::BeforeCommit
                                            : CommandBench::Kill::AfterCommit);
            bench.database.clock.advance(std::chrono::milliseconds(chance.below(2000)));
            for (const NodeId &id : ids) {
                if (chance.below(8) != 0)
                    bench.connectNode(id);
            }
        }
        const NodeId &id = ids[static_cast<qsizetype>(chance.below(static_cast<uint64_t>(nodes)))];
        switch (chance.below(12)) {
        case 0:
            bench.service->turn();
            bench.outbox->flush();
            break;
        case 1:
            bench.commit();
            break;
        case 2:
            if (chance.below(10) == 0)
                bench.disconnectNode(id);
            break;
        case 3:
            bench.connectNode(id);
            break;
        case 4:
            for (auto &[orderId, order] : std::map(bench.fleet.node(id).ledger)) {
                if (order.stage == FakeFleet::Stage::Started)
                    bench.fleet.finish(id, orderId, resultOf(id));
            }
            break;
        default:
            bench.fleet.deliverOne(id);
        }
    }
    for (int round = 0; round < 40 && !bench.command(sent.commandId).completedAt; ++round) {
        for (const NodeId &id : ids)
            bench.connectNode(id);
        bench.run();
        for (const NodeId &id : ids) {
            for (auto &[orderId, order] : std::map(bench.fleet.node(id).ledger)) {
                if (order.stage == FakeFleet::Stage::Started)
                    bench.fleet.finish(id, orderId, resultOf(id));
            }
        }
        bench.run();
    }

    const Command ended = bench.command(sent.commandId);
    QVERIFY(ended.completedAt);
    QCOMPARE(ended.counts.completed(), nodes);
    for (const Invocation &row : bench.rows(sent.commandId)) {
        const auto id = toId<NodeId>(row.instanceId);
        QCOMPARE(row.state, fails[id.text()] ? InvocationState::Failed : InvocationState::Success);
        QCOMPARE(bench.fleet.node(id).effects.size(), size_t(1)); // run once: not twice, not never
        QVERIFY(bench.fleet.node(id).ledger.empty()); // and settled
    }
    QCOMPARE(*bench.database->reader().number(u"SELECT count(*) FROM dispatch_order"_s), 0);
    std::map<QString, QStringList> details;
    for (const Event &event : bench.events()) {
        if (event.detail.contains(u"instance-id"_s))
            details[event.detail[u"instance-id"_s].toString()].append(
                event.detail[u"status-details"_s].toString());
    }
    for (const auto &[node, list] : details) {
        QCOMPARE(list.filter(QRegularExpression(u"^(Success|Failed)$"_s)).size(), 1);
        for (qsizetype i = 1; i < list.size(); ++i)
            QVERIFY2(list[i] != list[i - 1], qPrintable(list.join(u' '))); // a transition changes something
    }
    QCOMPARE(details.size(), size_t(nodes));
}

void tst_EngineKills::reportsComeTwiceAndLate_data()
{
    QTest::addColumn<uint64_t>("seed");
    for (int seed = 1; seed <= (qEnvironmentVariableIsSet("FB_SOAK") ? 200 : 15); ++seed)
        QTest::addRow("seed %d", seed) << static_cast<uint64_t>(seed);
}

// [R05] each report twice, nodes interleaved at random, some beyond the time-out: no effect twice, late ones are notes
void tst_EngineKills::reportsComeTwiceAndLate()
{
    QFETCH(uint64_t, seed);
    test::SeededRandom chance(seed);
    CommandBench bench(u"sqlite"_s);
    bench.fleet.duplicates = 2;
    const auto ids = bench.addNodes(12);
    auto request = bench.toAll(u"100%"_s, u"100%"_s);
    request.timeout = 30s;
    request.parameters.insert(u"executionTimeout"_s, {u"60"_s});
    const Command sent = bench.send(request);
    for (int step = 0; step < 250; ++step) {
        const NodeId &id = ids[static_cast<qsizetype>(chance.below(12))];
        switch (chance.below(6)) {
        case 0:
            bench.disconnectNode(id);
            break;
        case 1:
            bench.connectNode(id);
            break;
        case 2:
            bench.service->turn();
            bench.commit();
            break;
        case 3:
            bench.database.clock.advance(std::chrono::milliseconds(chance.below(300)));
            bench.service->onTime();
            break;
        default:
            bench.fleet.deliverOne(id);
        }
    }
    bench.advance(91s); // past both time-outs for whatever has not ended
    QVERIFY(bench.command(sent.commandId).completedAt);
    const auto before = bench.rows(sent.commandId);
    const auto eventsBefore = bench.events().size();
    bench.fleet.finishAll(FakeFleet::result("Success", 0, "late\n"));
    for (const NodeId &id : ids)
        bench.connectNode(id);
    bench.run();
    const auto after = bench.rows(sent.commandId);
    QCOMPARE(bench.events().size(), eventsBefore);
    for (qsizetype i = 0; i < after.size(); ++i) {
        QCOMPARE(after[i].state, before[i].state);
        const size_t effects = bench.fleet.node(ids[i]).effects.size();
        QVERIFY(effects <= 1);
        QVERIFY(bench.fleet.node(ids[i]).ledger.empty());
        if (effects == 1) {
            QVERIFY2(after[i].note.contains(u"arrived after"_s), qPrintable(after[i].note));
        }
    }
}

FB_TEST(tst_EngineKills)
#include "tst_engine_kills.moc"
