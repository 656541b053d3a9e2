#include "tests/unit/history/order_engine.h"

#include "tests/support/seeded_random.h"
#include "tests/support/test_main.h"

#include <QTest>

#include <functional>

using namespace fb;
using namespace fb::test;
using namespace std::chrono_literals;

// Orders over a network that cuts, with supervisors, machines and engines that die: no lost order, no double effect, no missing byte of
// output, one result. FB_SOAK: more seeds.
class tst_OrderHistory : public QObject
{
    Q_OBJECT

private slots:
    void everyOrderOnce_data();
    void everyOrderOnce();
    void powerCutAfterTheScript();
    void killedBeforeTheLastOutput_data();
    void killedBeforeTheLastOutput();
    void partitionDuringOutput_data();
    void partitionDuringOutput();
    void replayedOrderIsNotRun();
    void cancelReachesTheNode();
};

namespace {

int seeds(int usual) { return qEnvironmentVariableIntValue("FB_SOAK") > 0 ? usual * 50 : usual; }

QByteArray report(const OrderHistoryFaults &faults, int seed, const char *what = "")
{
    QByteArray text = "seed " + QByteArray::number(seed) + ' ' + what;
    for (const std::string &fault : faults)
        text += "\n  " + QByteArray::fromStdString(fault);
    return text;
}

struct World {
    explicit World(int seed, NetworkFaults networkFaults = {})
        : random(static_cast<uint64_t>(seed)),
          node(clock, random, faults),
          engine(clock, random, faults),
          network(clock, random, node, engine, networkFaults)
    {
    }

    ManualClock clock;
    SeededRandom random;
    OrderHistoryFaults faults;
    SimulatedNode node;
    OrderEngine engine;
    SeededNetwork network;
};

}

void tst_OrderHistory::everyOrderOnce_data()
{
    QTest::addColumn<bool>("supervisorDies");
    QTest::addColumn<bool>("powerCuts");
    QTest::addColumn<bool>("engineDies");
    QTest::addColumn<bool>("twice");
    QTest::addColumn<bool>("ledgerFails");
    QTest::addRow("cuts alone") << false << false << false << false << false;
    QTest::addRow("supervisor is killed") << true << false << false << false << false;
    QTest::addRow("[R03] power cuts") << false << true << false << false << false;
    QTest::addRow("engine crashes") << false << false << true << false << false;
    QTest::addRow("[R05] every message twice") << false << false << false << true << false;
    QTest::addRow("the ledger's disk is full at times") << false << false << false << false << true;
    QTest::addRow("everything") << true << true << true << true << true;
}

void tst_OrderHistory::everyOrderOnce()
{
    QFETCH(bool, supervisorDies);
    QFETCH(bool, powerCuts);
    QFETCH(bool, engineDies);
    QFETCH(bool, twice);
    QFETCH(bool, ledgerFails);
    int cuts = 0;
    int crashes = 0;
    int interrupted = 0;
    for (int seed = 1; seed <= seeds(80); ++seed) {
        NetworkFaults faults;
        faults.meanUptime = 4s;
        faults.maxHalfOpen = 20s;
        World world(seed, faults);
        world.engine.twice = twice;
        std::vector<std::string> ids;
        Tick nextOrder = world.clock.tick();
        const bool ended = world.network.run(
            6h, [&] { return !world.faults.empty() || (ids.size() == 12 && world.engine.isDone()); },
            [&] {
                if (ids.size() < 12 && world.clock.tick() >= nextOrder) {
                    ids.push_back(world.engine.order());
                    nextOrder = world.clock.tick() + Microseconds(world.random.below(8'000'000));
                }
                if (ids.size() == 12 && world.clock.tick() > nextOrder + 10min)
                    return; // long enough: now it must come to an end
                if (world.random.below(250) != 0)
                    return;
                std::vector<std::function<void()>> faultsToChoose;
                if (supervisorDies)
                    faultsToChoose.push_back([&] {
                        world.network.dropSide(0);
                        world.node.killSupervisor();
                    });
                if (powerCuts)
                    faultsToChoose.push_back([&] {
                        world.network.dropSide(0);
                        world.node.powerCut();
                    });
                if (engineDies)
                    faultsToChoose.push_back([&] {
                        world.network.dropSide(1);
                        world.engine.crash();
                    });
                if (ledgerFails)
                    faultsToChoose.push_back([&] { world.node.ledger.failNextCommits(2); });
                if (faultsToChoose.empty())
                    return;
                faultsToChoose[world.random.below(faultsToChoose.size())]();
                ++crashes;
            });
        QVERIFY2(world.faults.empty(), report(world.faults, seed));
        QVERIFY2(ended, report(world.faults, seed, world.engine.openOrders().c_str()));
        for (const std::string &id : ids) {
            const auto outcome = world.engine.outcome(id);
            QVERIFY2(outcome, report(world.faults, seed, "no result"));
            const bool wasInterrupted = outcome->code == 137;
            interrupted += wasInterrupted ? 1 : 0;
            QVERIFY2(wasInterrupted ? powerCuts : outcome->status == "Success",
                     report(world.faults, seed, "status"));
            QVERIFY2(world.node.host.effects(id) <= 1, report(world.faults, seed, "twice"));
            QVERIFY2(wasInterrupted || world.node.host.effects(id) == 1,
                     report(world.faults, seed, "never run"));
            QVERIFY2(world.engine.durableOutput(id) == world.node.host.written(id),
                     report(world.faults, seed, "output"));
        }
        cuts += world.network.cuts();
    }
    QVERIFY2(cuts > 200, "the network did misbehave");
    if (supervisorDies || powerCuts || engineDies || ledgerFails)
        QVERIFY2(crashes > 50, qPrintable(QString::number(crashes)));
    if (powerCuts)
        QVERIFY2(interrupted > 5, "some scripts were interrupted");
}

// [R03] the machine loses power right after the script has ended, before its result was sent: it arrives, once
void tst_OrderHistory::powerCutAfterTheScript()
{
    for (int seed = 1; seed <= seeds(100); ++seed) {
        NetworkFaults faults;
        faults.meanUptime = 0us;
        World world(seed, faults);
        world.node.host.longestRun = 3s;
        const std::string id = world.engine.order();
        QVERIFY(world.network.run(1min, [&] { return world.node.host.effects(id) == 1; }));
        world.network.cutFor(30s); // nothing gets out any more
        QVERIFY(world.network.run(1min, [&] { return world.node.host.nextDeadline() == Tick::max(); }));
        QVERIFY(!world.engine.outcome(id));
        world.network.dropSide(0);
        world.node.powerCut();
        QVERIFY2(world.network.run(5min, [&] { return world.engine.isDone(); }), report(world.faults, seed));
        QVERIFY2(world.faults.empty(), report(world.faults, seed));
        QCOMPARE(world.engine.outcome(id)->status, std::string("Success"));
        QCOMPARE(world.node.host.effects(id), 1);
        // and the node may forget it
        QVERIFY(world.network.run(5min, [&] { return world.node.core().isIdle(); }));
        QCOMPARE(world.node.host.filesLeft(), size_t(0));
        QCOMPARE(world.node.ledger.facts().settledWatermark, uint64_t(1));
    }
}

void tst_OrderHistory::killedBeforeTheLastOutput_data()
{
    QTest::addColumn<bool>("power");
    QTest::addRow("supervisor") << false;
    QTest::addRow("power") << true;
}

// [R02] the engine has settled the order while some of its output still waits on the node: a restart there does not lose it
void tst_OrderHistory::killedBeforeTheLastOutput()
{
    QFETCH(bool, power);
    int met = 0;
    for (int seed = 1; seed <= seeds(200); ++seed) {
        NetworkFaults faults;
        faults.meanUptime = 0us;
        World world(seed, faults);
        world.node.host.longestRun = 1s;
        const std::string id = world.engine.order();
        const auto isMissingOutput = [&] {
            const auto outcome = world.engine.outcome(id);
            return outcome && world.engine.durableOutput(id) < outcome->size;
        };
        QVERIFY(world.network.run(1min, [&] { return world.node.host.effects(id) == 1; }));
        world.network.cutFor(30s); // it ends meanwhile; afterwards its result comes before its output
        if (!world.network.run(2min, isMissingOutput))
            continue;
        ++met;
        QVERIFY(world.network.run(1s, [&] { return world.node.ledger.facts().settledWatermark == 1; })
                || isMissingOutput());
        world.network.dropSide(0);
        if (power)
            world.node.powerCut();
        else
            world.node.killSupervisor();
        QVERIFY2(world.network.run(5min, [&] { return world.engine.isDone(); }),
                 report(world.faults, seed, world.engine.openOrders().c_str()));
        QVERIFY2(world.faults.empty(), report(world.faults, seed));
        QVERIFY(world.network.run(5min, [&] { return world.node.core().isIdle(); }));
        QCOMPARE(world.node.host.filesLeft(), size_t(0));
    }
    QVERIFY2(met > 5, qPrintable(QString::number(met)));
}

void tst_OrderHistory::partitionDuringOutput_data()
{
    QTest::addColumn<int>("minutes");
    QTest::addRow("[R04] 5 min") << 5;
    QTest::addRow("[R04] 5 h") << 5 * 60;
    QTest::addRow("[R04] 5 d") << 5 * 24 * 60;
}

void tst_OrderHistory::partitionDuringOutput()
{
    QFETCH(int, minutes);
    for (int seed = 1; seed <= seeds(20); ++seed) {
        NetworkFaults faults;
        faults.meanUptime = 0us;
        World world(seed, faults);
        world.node.host.longestRun = 60s;
        std::vector<std::string> ids;
        for (int i = 0; i < 4; ++i)
            ids.push_back(world.engine.order());
        QVERIFY(world.network.run(5min, [&] { return world.node.core().ordersRunning() > 0; }));
        QVERIFY(world.network.run(1s, [] { return false; }) == false);
        world.network.cutFor(std::chrono::minutes(minutes));
        QVERIFY2(world.network.run(std::chrono::minutes(minutes) + 1h, [&] { return world.engine.isDone(); }),
                 report(world.faults, seed));
        QVERIFY2(world.faults.empty(), report(world.faults, seed));
        for (const std::string &id : ids) {
            QCOMPARE(world.node.host.effects(id), 1);
            QCOMPARE(world.engine.durableOutput(id), world.node.host.written(id));
        }
    }
}

// [T10] an ORDER of long ago, captured and sent again: answered, never run, also when the node has forgotten it
void tst_OrderHistory::replayedOrderIsNotRun()
{
    NetworkFaults faults;
    faults.meanUptime = 0us;
    World world(1, faults);
    world.node.host.longestRun = 1s;
    std::vector<std::string> ids;
    for (int i = 0; i < 5; ++i)
        ids.push_back(world.engine.order());
    QVERIFY(world.network.run(5min, [&] { return world.engine.isDone() && world.node.core().isIdle(); }));
    QCOMPARE(world.node.ledger.facts().settledWatermark, uint64_t(5));
    for (int round = 0; round < 3; ++round) {
        for (const std::string &id : ids)
            world.engine.replay(id);
        QVERIFY(!world.network.run(10s, [] { return false; }));
        for (const std::string &id : ids) {
            QCOMPARE(world.engine.refusal(id), std::string("already-settled"));
            QCOMPARE(world.node.host.effects(id), 1);
        }
        world.network.dropSide(0);
        world.node.killSupervisor(); // nor after a restart
        QVERIFY(world.network.run(1min, [&] { return world.node.core().isWelcomed(); }));
    }
    QVERIFY(world.faults.empty());
}

void tst_OrderHistory::cancelReachesTheNode()
{
    for (int seed = 1; seed <= seeds(50); ++seed) {
        NetworkFaults faults;
        faults.meanUptime = 3s;
        faults.maxHalfOpen = 10s;
        World world(seed, faults);
        world.node.host.longestRun = 10h;
        const std::string id = world.engine.order();
        QVERIFY(world.network.run(1h, [&] { return world.node.host.effects(id) == 1; }));
        world.engine.cancel(id);
        QVERIFY2(world.network.run(1h, [&] { return world.engine.isDone(); }), report(world.faults, seed));
        QVERIFY2(world.faults.empty(), report(world.faults, seed));
        const auto outcome = world.engine.outcome(id);
        QVERIFY2(outcome->status == "Cancelled" || outcome->status == "Success", outcome->status.c_str());
        QCOMPARE(world.engine.durableOutput(id), world.node.host.written(id));
    }
}

FB_TEST(tst_OrderHistory)
#include "tst_order_history.moc"
