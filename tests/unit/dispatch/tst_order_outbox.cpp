#include "backend/dispatch/order_outbox.h"
#include "backend/protocol/order_signature.h"
#include "tests/support/fake_directory.h"
#include "tests/support/fake_fleet.h"
#include "tests/support/test_database.h"
#include "tests/support/test_main.h"
#include "tests/unit/dispatch/outbox_bench.h"

#include <QSignalSpy>
#include <QTest>

#include <sodium.h>

using namespace Qt::StringLiterals;
using namespace fb;
using namespace std::chrono_literals;
using test::FakeFleet;
using Bench = test::OutboxBench;

namespace {
const NodeId kNode = test::FakeDirectory::nodeId(1);
}

class tst_OrderOutbox : public QObject
{
    Q_OBJECT

private slots:
    void settlesOnlyAfterTheCommit_data() { test::addDatabaseRows(); }
    void settlesOnlyAfterTheCommit();
    void sequencesAreGapless_data() { test::addDatabaseRows(); }
    void sequencesAreGapless();
    void sendsAgainAfterReconnect();
    void duplicatesCountOnce();
    void outOfOrderSettlingKeepsTheWatermark_data() { test::addDatabaseRows(); }
    void outOfOrderSettlingKeepsTheWatermark();
    void heldOrdersAreNotSentAgain();
    void withdrawnBeforeSendingIsSettled();
    void withdrawnAfterSendingIsCancelled();
    void withdrawInsideATurnThatSettles();
    void cancelReachesANodeThatWasAway();
    void cancelledBeforeItArrivedNeverRuns();
    void nothingLeavesBeforeTheCommit();
    void rolledBackDiskIsNoticedOnce();
    void reportOnAnotherNodesOrderIsRefused();
    void malformedReportIsDropped();
    void failedWriteLosesNoReport();
    void restartSendsWhatIsOpen_data() { test::addDatabaseRows(); }
    void restartSendsWhatIsOpen();
    void unsendableOrderIsGivenUp();
    void removedNodeLeavesNothing();
    void signsOrders();
    void wallClockIsSet_data();
    void wallClockIsSet();
    void randomFaults_data();
    void randomFaults();
};

// protocol-notes 6: a result is told as settled when it is stored, not before.
void tst_OrderOutbox::settlesOnlyAfterTheCommit()
{
    QFETCH(QString, database);
    Bench bench(database);
    bench.fleet.script
        = [](const NodeId &, const wire::OrderBody &) { return FakeFleet::result("Success", 0); };
    bench.fleet.connectNode(kNode);
    bench.send({kNode});
    bench.fleet.deliver(); // the result is taken, the batch is still open
    QCOMPARE(bench.owner.results, 1);
    QVERIFY(bench.fleet.node(kNode).fromEngine.empty());
    QCOMPARE(bench.fleet.node(kNode).watermark, uint64_t(0));
    bench.settleTraffic();
    QCOMPARE(bench.fleet.node(kNode).watermark, uint64_t(1));
    QCOMPARE(bench.outbox->settledWatermark(kNode), uint64_t(1));
    QCOMPARE(bench.storedOrders(), 0);
    QCOMPARE(bench.fleet.node(kNode).effects.size(), size_t(1));
}

void tst_OrderOutbox::sequencesAreGapless()
{
    QFETCH(QString, database);
    Bench bench(database);
    const NodeId other = test::FakeDirectory::nodeId(2);
    bench.fleet.connectNode(kNode);
    bench.fleet.connectNode(other);
    const auto first = bench.send({kNode, other});
    bench.restart();
    const auto second = bench.send({kNode});
    QCOMPARE(bench.outbox->find(first[0])->sequence, uint64_t(1));
    QCOMPARE(bench.outbox->find(first[1])->sequence, uint64_t(1));
    QCOMPARE(bench.outbox->find(second[0])->sequence, uint64_t(2));
    QVERIFY(isUlid(first[0].text()));
    QVERIFY(first[0] != first[1]);
}

void tst_OrderOutbox::sendsAgainAfterReconnect()
{
    Bench bench(u"sqlite"_s);
    bench.fleet.connectNode(kNode);
    const auto ids = bench.send({kNode});
    bench.fleet.disconnectNode(kNode); // the order was lost on its way
    QCOMPARE(bench.fleet.node(kNode).ordersReceived, 0);
    bench.fleet.connectNode(kNode);
    bench.settleTraffic();
    QCOMPARE(bench.fleet.node(kNode).ordersReceived, 1);
    QCOMPARE(bench.outbox->find(ids[0])->state, OrderState::Seen);
    bench.fleet.disconnectNode(kNode);
    bench.fleet.connectNode(kNode);
    bench.settleTraffic();
    QCOMPARE(bench.fleet.node(kNode).effects.size(), size_t(1)); // sent again, run once
}

// [R05] each message twice
void tst_OrderOutbox::duplicatesCountOnce()
{
    Bench bench(u"sqlite"_s);
    bench.fleet.duplicates = 2;
    bench.fleet.script
        = [](const NodeId &, const wire::OrderBody &) { return FakeFleet::result("Success", 0); };
    bench.fleet.connectNode(kNode);
    bench.send({kNode});
    bench.settleTraffic();
    QCOMPARE(bench.owner.seen, 1);
    QCOMPARE(bench.owner.results, 1);
    // and once more, long after it was settled
    wire::OrderResult late = FakeFleet::result("Failed", 1);
    late.set_order_id(newUlid(bench.database.random, 1'764'000'000'000));
    late.set_dispatch_seq(1);
    bench.outbox->report(kNode, late);
    bench.settleTraffic();
    QCOMPARE(bench.owner.results, 1);
    QVERIFY(bench.fleet.node(kNode).ledger.empty());
}

void tst_OrderOutbox::outOfOrderSettlingKeepsTheWatermark()
{
    QFETCH(QString, database);
    Bench bench(database);
    bench.fleet.connectNode(kNode);
    auto ids = bench.send({kNode}, u"c1"_s);
    ids += bench.send({kNode}, u"c2"_s);
    bench.settleTraffic();
    bench.fleet.finish(kNode, ids[1].text(), FakeFleet::result("Success", 0));
    bench.settleTraffic();
    QCOMPARE(bench.outbox->settledWatermark(kNode), uint64_t(0));
    QCOMPARE(bench.storedOrders(), 2); // the settled one is remembered above the watermark
    QCOMPARE(bench.outbox->pendingOrders(kNode), 1U);
    bench.restart();
    bench.fleet.connectNode(kNode);
    bench.settleTraffic();
    bench.fleet.finish(kNode, ids[0].text(), FakeFleet::result("Success", 0));
    bench.settleTraffic();
    QCOMPARE(bench.outbox->settledWatermark(kNode), uint64_t(2));
    QCOMPARE(bench.fleet.node(kNode).watermark, uint64_t(2));
    QCOMPARE(bench.storedOrders(), 0);
    QCOMPARE(bench.fleet.node(kNode).effects.size(), size_t(2));
}

void tst_OrderOutbox::heldOrdersAreNotSentAgain()
{
    Bench bench(u"sqlite"_s);
    bench.fleet.connectNode(kNode);
    const auto ids = bench.send({kNode});
    bench.fleet.disconnectNode(kNode);
    bench.change([&](Transaction &tx) { return bench.outbox->hold(tx, ids); });
    bench.fleet.connectNode(kNode);
    bench.settleTraffic();
    QCOMPARE(bench.fleet.node(kNode).ordersReceived, 0);
    bench.change([&](Transaction &tx) { return bench.outbox->release(tx, ids); });
    bench.settleTraffic();
    QCOMPARE(bench.fleet.node(kNode).ordersReceived, 1);
    QCOMPARE(bench.outbox->find(ids[0])->state, OrderState::Seen);
}

void tst_OrderOutbox::withdrawnBeforeSendingIsSettled()
{
    Bench bench(u"sqlite"_s);
    const auto ids = bench.send({kNode}); // not connected: never sent
    bench.change([&](Transaction &tx) { return bench.outbox->withdraw(tx, ids); });
    QVERIFY(!bench.outbox->find(ids[0]));
    QCOMPARE(bench.outbox->settledWatermark(kNode), uint64_t(1)); // no gap is left behind
    bench.fleet.connectNode(kNode);
    bench.settleTraffic();
    QCOMPARE(bench.fleet.node(kNode).ordersReceived + bench.fleet.node(kNode).cancelsReceived, 0);
    QCOMPARE(bench.fleet.node(kNode).watermark, uint64_t(1));
}

void tst_OrderOutbox::withdrawnAfterSendingIsCancelled()
{
    Bench bench(u"sqlite"_s);
    bench.fleet.connectNode(kNode);
    const auto lost = bench.send({kNode});
    bench.fleet.disconnectNode(kNode); // nobody knows whether it arrived
    bench.change([&](Transaction &tx) { return bench.outbox->withdraw(tx, lost); });
    QVERIFY(bench.outbox->find(lost[0]));
    bench.restart();
    bench.fleet.connectNode(kNode);
    bench.settleTraffic();
    QCOMPARE(bench.fleet.node(kNode).cancelsReceived, 1);
    QCOMPARE(bench.fleet.node(kNode).ordersReceived, 0);
    QCOMPARE(bench.outbox->settledWatermark(kNode), uint64_t(1)); // unknown to the node: over
    const auto arrived = bench.send({kNode});
    bench.settleTraffic();
    bench.change([&](Transaction &tx) { return bench.outbox->withdraw(tx, arrived); });
    bench.settleTraffic();
    QCOMPARE(bench.outbox->settledWatermark(kNode),
             uint64_t(2)); // it was running: cancelled, its result settled it
}

void tst_OrderOutbox::withdrawInsideATurnThatSettles()
{
    Bench bench(u"sqlite"_s);
    bench.fleet.connectNode(kNode);
    const auto first = bench.send({kNode});
    bench.settleTraffic();
    bench.fleet.disconnectNode(kNode);
    const auto second = bench.send({kNode}); // never sent
    bench.fleet.connectNode(kNode);
    // the result of the first, whose owner then drops the second: both settle in one transaction
    bench.fleet.node(kNode).fromEngine.clear();
    bench.fleet.node(kNode).toEngine.clear();
    bench.owner.withdrawInTurn = second;
    bench.fleet.finish(kNode, first[0].text(), FakeFleet::result("Failed", 1));
    bench.settleTraffic();
    QVERIFY(!bench.outbox->find(first[0]));
    QCOMPARE(bench.fleet.node(kNode).effects.size(), size_t(1));
}

void tst_OrderOutbox::cancelReachesANodeThatWasAway()
{
    Bench bench(u"sqlite"_s);
    bench.fleet.connectNode(kNode);
    const auto ids = bench.send({kNode});
    bench.settleTraffic();
    bench.fleet.disconnectNode(kNode);
    bench.change([&](Transaction &tx) { return bench.outbox->cancel(tx, ids); });
    bench.restart();
    bench.fleet.connectNode(kNode);
    bench.settleTraffic();
    QVERIFY(bench.fleet.node(kNode).cancelsReceived >= 1);
    QCOMPARE(bench.owner.results, 1);
    QVERIFY(!bench.outbox->find(ids[0]));
}

void tst_OrderOutbox::cancelledBeforeItArrivedNeverRuns()
{
    Bench bench(u"sqlite"_s);
    bench.fleet.connectNode(kNode);
    const auto ids = bench.send({kNode});
    bench.fleet.disconnectNode(kNode); // the order is lost with the connection
    bench.change([&](Transaction &tx) { return bench.outbox->cancel(tx, ids); });
    bench.fleet.connectNode(kNode);
    bench.settleTraffic();
    QVERIFY(bench.fleet.node(kNode).effects.empty());
    QVERIFY(!bench.outbox->find(ids[0]));
    QCOMPARE(bench.fleet.node(kNode).watermark, uint64_t(1));
}

void tst_OrderOutbox::nothingLeavesBeforeTheCommit()
{
    Bench bench(u"sqlite"_s);
    bench.fleet.connectNode(kNode);
    QVERIFY(bench.database->write([&](Transaction &tx) -> Result<void> {
        return bench.outbox
            ->enqueue(tx, u"test"_s, u"c1"_s, bench.database.clock.now() + 1h,
                      bench.database.clock.tick() + 1h, {kNode})
            .map([](const QList<OrderId> &) {});
    }));
    bench.fleet.disconnectNode(kNode);
    bench.fleet.connectNode(kNode); // within the turn that is not committed
    QVERIFY(!bench.fleet.hasTraffic());
    bench.commit();
    bench.settleTraffic();
    QCOMPARE(bench.fleet.node(kNode).ordersReceived, 1);
}

void tst_OrderOutbox::wallClockIsSet_data()
{
    QTest::addColumn<int>("jump");
    QTest::addRow("an hour back") << -3600;
    QTest::addRow("an hour on") << 3600;
    QTest::addRow("ten years back") << -315'360'000;
}

// [R13] the node has as long as was meant, also after the orders were read again from the store
void tst_OrderOutbox::wallClockIsSet()
{
    QFETCH(int, jump);
    Bench bench(u"sqlite"_s);
    bench.send({kNode});
    const NodeId other = test::FakeDirectory::nodeId(2);
    bench.send({other});
    bench.database.clock.advance(10min);
    bench.database.clock.jumpWallClock(std::chrono::seconds(jump));
    const auto check = [&](const NodeId &node) {
        bench.fleet.connectNode(node);
        bench.settleTraffic();
        const wire::OrderHead head = bench.fleet.node(node).ledger.begin()->second.head;
        QCOMPARE(Microseconds(head.start_within_us()), Microseconds(50min));
        QCOMPARE(head.not_start_after_us(), toMicros(bench.database.clock.now() + 50min)); // as it stands now
    };
    check(kNode);
    const auto lost = bench.database->write([&](Transaction &tx) -> Result<void> {
        auto made = bench.outbox->enqueue(tx, u"test"_s, u"c2"_s, bench.database.clock.now(),
                                          bench.database.clock.tick(), {other});
        return made ? makeError(errors::kValidation, "not this time") : made.error();
    });
    QVERIFY(!lost);
    check(other);
}

// protocol-notes 6.5: a disk that was set back does not make orders run again, and it is said.
void tst_OrderOutbox::rolledBackDiskIsNoticedOnce()
{
    Bench bench(u"sqlite"_s);
    bench.fleet.script
        = [](const NodeId &, const wire::OrderBody &) { return FakeFleet::result("Success", 0); };
    bench.fleet.connectNode(kNode);
    bench.send({kNode});
    bench.settleTraffic();
    QSignalSpy rolledBack(bench.outbox.get(), &OrderOutbox::watermarkRolledBack);
    bench.fleet.disconnectNode(kNode);
    bench.fleet.connectNode(kNode); // confirms watermark 1
    bench.commit();
    QCOMPARE(rolledBack.size(), 0);
    bench.fleet.disconnectNode(kNode);
    bench.fleet.node(kNode).watermark = 0; // an old disk image
    bench.fleet.connectNode(kNode);
    bench.commit();
    QCOMPARE(rolledBack.size(), 1);
    QCOMPARE(rolledBack[0][1].toULongLong(), 0ULL);
    QCOMPARE(rolledBack[0][2].toULongLong(), 1ULL);
    QCOMPARE(bench.fleet.node(kNode).watermark, uint64_t(1)); // the engine's wins
    QCOMPARE(bench.fleet.node(kNode).ordersReceived, 1);
}

// [T05] a node that speaks of another node's order
void tst_OrderOutbox::reportOnAnotherNodesOrderIsRefused()
{
    Bench bench(u"sqlite"_s);
    const NodeId thief = test::FakeDirectory::nodeId(2);
    bench.fleet.connectNode(kNode);
    bench.fleet.connectNode(thief);
    const auto ids = bench.send({kNode});
    wire::OrderResult forged = FakeFleet::result("Success", 0);
    forged.set_order_id(ids[0].text());
    forged.set_attempt(1);
    bench.outbox->report(thief, forged);
    bench.outbox->flush();
    bench.commit();
    QCOMPARE(bench.fleet.refusals.size(), size_t(1));
    QCOMPARE(bench.fleet.refusals[0].first, thief);
    QCOMPARE(bench.owner.results, 0);
    QVERIFY(bench.outbox->find(ids[0]));
}

void tst_OrderOutbox::malformedReportIsDropped()
{
    Bench bench(u"sqlite"_s);
    bench.fleet.connectNode(kNode);
    const auto ids = bench.send({kNode});
    bench.settleTraffic();
    wire::OrderResult nonsense = FakeFleet::result("Nonsense", 0);
    nonsense.set_order_id(ids[0].text());
    nonsense.set_attempt(1);
    bench.outbox->report(kNode, nonsense);
    bench.settleTraffic();
    QCOMPARE(bench.owner.results, 0);
    QVERIFY(bench.fleet.refusals.empty()); // the connection is kept
    bench.fleet.finish(kNode, ids[0].text(), FakeFleet::result("Success", 0)); // a good one
    bench.settleTraffic();
    QCOMPARE(bench.owner.results, 1);
}

// A store that is away while results arrive: nothing is acknowledged, nothing is lost.
void tst_OrderOutbox::failedWriteLosesNoReport()
{
    Bench bench(u"sqlite"_s);
    bench.fleet.connectNode(kNode);
    const auto ids = bench.send({kNode});
    bench.settleTraffic();
    bench.owner.failsToApply = true;
    bench.fleet.finish(kNode, ids[0].text(), FakeFleet::result("Success", 0));
    while (bench.fleet.deliverOne(kNode)) { }
    bench.outbox->flush();
    bench.commit();
    QCOMPARE(bench.owner.results, 0);
    QVERIFY(!bench.fleet.node(kNode).ledger.empty()); // not told as settled
    QVERIFY(bench.outbox->find(ids[0]) || bench.storedOrders() == 1);
    bench.owner.failsToApply = false;
    bench.settleTraffic();
    QTRY_COMPARE_WITH_TIMEOUT(bench.owner.results, 1, 5000); // it tries again by itself
    bench.settleTraffic();
    QVERIFY(bench.fleet.node(kNode).ledger.empty());
    QCOMPARE(bench.outbox->settledWatermark(kNode), uint64_t(1));
}

void tst_OrderOutbox::restartSendsWhatIsOpen()
{
    QFETCH(QString, database);
    Bench bench(database);
    const auto ids = bench.send({kNode});
    bench.restart();
    QVERIFY(bench.outbox->find(ids[0]));
    bench.fleet.connectNode(kNode);
    bench.settleTraffic();
    QCOMPARE(bench.fleet.node(kNode).effects, std::vector<std::string> {"c1"});
    QCOMPARE(bench.outbox->find(ids[0])->state, OrderState::Seen);
    bench.restart();
    QCOMPARE(bench.outbox->find(ids[0])->state, OrderState::Seen);
    QCOMPARE(bench.outbox->find(ids[0])->notStartAfter, bench.database.clock.now() + 1h);
}

void tst_OrderOutbox::unsendableOrderIsGivenUp()
{
    Bench bench(u"sqlite"_s);
    bench.fleet.connectNode(kNode);
    bench.owner.unsendable = true;
    bench.send({kNode});
    bench.settleTraffic();
    QCOMPARE(bench.owner.unsendables, 1);
    QCOMPARE(bench.fleet.node(kNode).ordersReceived, 0);
    QCOMPARE(bench.outbox->settledWatermark(kNode), uint64_t(1));
    QCOMPARE(bench.storedOrders(), 0);
}

void tst_OrderOutbox::removedNodeLeavesNothing()
{
    Bench bench(u"sqlite"_s);
    const auto ids = bench.send({kNode});
    bench.change([&](Transaction &tx) { return bench.outbox->removeNode(tx, kNode); });
    QVERIFY(!bench.outbox->find(ids[0]));
    QCOMPARE(bench.storedOrders(), 0);
    QCOMPARE(bench.outbox->settledWatermark(kNode), uint64_t(0));
}

// protocol-notes 6.9, checked with another library than the one that signs
void tst_OrderOutbox::signsOrders()
{
    Bench bench(u"sqlite"_s);
    const SecretBytes seed = OrderSigner::newSeed(bench.database.random);
    const auto signer = OrderSigner::make(FleetId("00000000-0000-4000-8000-000000000001"), seed);
    QVERIFY(signer);
    bench.outbox->setSigner(&*signer);
    bench.fleet.node(kNode).features = {"signed-orders"};
    bench.fleet.connectNode(kNode);
    bench.send({kNode});
    bench.settleTraffic();
    const auto &order = bench.fleet.node(kNode).ledger.begin()->second;
    QCOMPARE(order.head.signature().size(), size_t(64));
    QVERIFY(sodium_init() >= 0);
    const auto valid = [&](const wire::OrderBody &body) {
        const std::string text = protocol::signedOrderText("00000000-0000-4000-8000-000000000001",
                                                           kNode.text(), order.head, body);
        return crypto_sign_verify_detached(
                   reinterpret_cast<const unsigned char *>(order.head.signature().data()),
                   reinterpret_cast<const unsigned char *>(text.data()), text.size(),
                   reinterpret_cast<const unsigned char *>(signer->publicKey().data()))
            == 0;
    };
    QVERIFY(valid(order.body));
    wire::OrderBody altered = order.body;
    altered.set_document_json("{\"other\":1}");
    QVERIFY(!valid(altered));
    QVERIFY(!OrderSigner::make(FleetId("f"), SecretBytes("short")));
}

void tst_OrderOutbox::randomFaults_data()
{
    QTest::addColumn<uint64_t>("seed");
    const int seeds = qEnvironmentVariableIsSet("FB_SOAK") ? 400 : 25;
    for (int seed = 1; seed <= seeds; ++seed)
        QTest::addRow("seed %d", seed) << static_cast<uint64_t>(seed);
}

// [R05] frames lost with their connections, repeated, interleaved across nodes, engines restarted: each order runs once and settles.
void tst_OrderOutbox::randomFaults()
{
    QFETCH(uint64_t, seed);
    test::SeededRandom chance(seed);
    Bench bench(u"sqlite"_s);
    bench.fleet.duplicates = 1 + static_cast<int>(chance.below(2));
    bench.fleet.script = [&](const NodeId &, const wire::OrderBody &) -> std::optional<wire::OrderResult> {
        if (chance.below(2) == 0)
            return std::nullopt;
        return FakeFleet::result("Success", 0);
    };
    QList<NodeId> nodes;
    for (int i = 1; i <= 5; ++i)
        nodes.append(test::FakeDirectory::nodeId(i));
    int sent = 0;
    for (int step = 0; step < 400; ++step) {
        const NodeId node = nodes[static_cast<qsizetype>(chance.below(5))];
        switch (chance.below(10)) {
        case 0:
            bench.send({node}, u"c%1"_s.arg(++sent));
            break;
        case 1:
            bench.fleet.disconnectNode(node);
            break;
        case 2:
        case 3:
            bench.fleet.connectNode(node);
            break;
        case 4:
            if (chance.below(12) == 0)
                bench.restart();
            break;
        case 5:
            bench.fleet.finishAll(FakeFleet::result("Success", 0));
            break;
        default:
            bench.fleet.deliverOne(node);
            if (chance.below(3) == 0)
                bench.outbox->flush();
            if (chance.below(3) == 0)
                bench.commit();
        }
    }
    for (int round = 0; round < 5; ++round) {
        for (const NodeId &node : std::as_const(nodes))
            bench.fleet.connectNode(node);
        bench.settleTraffic();
        bench.fleet.finishAll(FakeFleet::result("Success", 0));
        bench.settleTraffic();
    }
    size_t ran = 0;
    for (const auto &[id, node] : bench.fleet.nodes()) {
        std::set<std::string> once(node.effects.begin(), node.effects.end());
        QCOMPARE(once.size(), node.effects.size()); // no double effect
        ran += once.size();
        QVERIFY(node.ledger.empty());
        QCOMPARE(node.watermark, bench.outbox->settledWatermark(id));
    }
    QCOMPARE(ran, static_cast<size_t>(sent)); // none lost
    QCOMPARE(bench.storedOrders(), 0);
}

FB_TEST(tst_OrderOutbox)
#include "tst_order_outbox.moc"
