// The delivery rules of orders on the node (protocol-notes 6).

#include "backend/protocol/order_signature.h"
#include "tests/support/test_main.h"
#include "tests/unit/agent/core_bench.h"

#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace std::chrono_literals;
using protocol::FrameType;

class tst_NodeCore : public QObject
{
    Q_OBJECT
private slots:
    void orderRunsOnceAndIsSettled();
    void repeatsNeverRunAgain();
    void crashBetweenStartAndEnd();
    void resultIsTold_untilSettled();
    void ledgerFailureLetsNothingOut();
    void lostLedgerDoesNotRunAgain();
    void rolledBackDisk();
    void refusals_data();
    void refusals();
    void tooLateWhileWaiting();
    void engineClockIsSet_data();
    void engineClockIsSet();
    void fiveAtOnceInOrderOfArrival();
    void neverTheSameCommandTwice();
    void signedOrders();
    void downgrade_data();
    void downgrade();
    void quarantined();
    void cancel();
    void bigResultKeepsItsHeads();
    void metricsWaitForTheLink();
};

void tst_NodeCore::orderRunsOnceAndIsSettled()
{
    CoreBench bench;
    bench.host.onStart = [&] {
        // written and synced before the worker is spawned
        QCOMPARE(bench.ledger.find(bench.key(1)), agent::OrderState::Started);
        agent::MemoryLedger copy = bench.ledger;
        copy.rollback();
        QCOMPARE(copy.find(bench.key(1)), agent::OrderState::Started);
    };
    bench.connect();
    bench.order(1);
    QCOMPARE(bench.host.started.size(), size_t(1));
    QCOMPARE(bench.refusalOf(1), std::string());
    QCOMPARE(bench.count(FrameType::OrderStarted), 1);
    bench.finish(1);
    QCOMPARE(bench.count(FrameType::OrderResult), 1);
    QVERIFY(bench.host.discarded.empty());
    bench.settled(1);
    QCOMPARE(bench.host.discarded.size(), size_t(1));
    QCOMPARE(bench.ledger.facts().settledWatermark, uint64_t(1));
    QCOMPARE(bench.ledger.rows(), size_t(0)); // pruned
    QVERIFY(bench.core->isIdle());
}

void tst_NodeCore::repeatsNeverRunAgain() // [R05] each message twice, in every state
{
    CoreBench bench;
    bench.connect();
    bench.order(1);
    bench.order(1); // while it runs
    QCOMPARE(bench.host.started.size(), size_t(1));
    QCOMPARE(bench.count(FrameType::OrderSeen), 2);
    bench.finish(1);
    bench.order(1); // when it has finished: the result is on its way on this connection already
    QCOMPARE(bench.count(FrameType::OrderSeen), 3);
    QCOMPARE(bench.count(FrameType::OrderResult), 1);
    bench.cut();
    bench.connect();
    bench.order(1); // and on the next
    QCOMPARE(bench.count(FrameType::OrderResult), 1);
    bench.settled(1);
    bench.settled(1);
    bench.order(1); // below the watermark, no longer in the ledger
    QCOMPARE(bench.refusalOf(1), std::string("already-settled"));
    bench.order(3); // settled out of order, above the watermark
    bench.finish(3);
    bench.settled(3);
    bench.order(3);
    QCOMPARE(bench.refusalOf(3), std::string("already-settled"));
    QCOMPARE(bench.host.started.size(), size_t(2));
    QCOMPARE(bench.ledger.facts().settledWatermark, uint64_t(1));
    bench.order(2);
    bench.finish(2);
    bench.settled(2);
    QCOMPARE(bench.ledger.facts().settledWatermark, uint64_t(3));
}

void tst_NodeCore::crashBetweenStartAndEnd()
{
    CoreBench bench;
    bench.connect();
    bench.order(1);
    bench.host.found = {{.key = bench.key(1), .dispatchSeq = 1}}; // its worker died
    bench.boot();
    QCOMPARE(bench.host.started.size(), size_t(1));
    QCOMPARE(bench.host.resumed.size(), size_t(1)); // marks the step as interrupted, does the later ones
    bench.host.found.clear();
    bench.boot(); // and its folder is gone too
    bench.connect();
    const auto results = bench.received<wire::OrderResult>(FrameType::OrderResult);
    QCOMPARE(results.size(), size_t(1));
    QCOMPARE(results[0].status(), std::string("Failed"));
    QCOMPARE(results[0].response_code(), 137);
    QCOMPARE(results[0].trace(), std::string("interrupted"));
    QCOMPARE(bench.host.started.size(), size_t(1));
}

void tst_NodeCore::
    resultIsTold_untilSettled() // [R03] the ledger's half: stored before it is sent, sent until settled
{
    CoreBench bench;
    bench.connect();
    bench.order(1);
    bench.cut();
    bench.finish(1); // without a link
    bench.boot();
    for (int i = 0; i < 3; ++i) {
        bench.connect();
        QCOMPARE(bench.count(FrameType::OrderResult), 1);
        bench.cut();
    }
    bench.connect();
    bench.settled(1);
    bench.cut();
    bench.connect();
    QCOMPARE(bench.count(FrameType::OrderResult), 0);
    QCOMPARE(bench.hello.settled_watermark(), uint64_t(1));
}

void tst_NodeCore::ledgerFailureLetsNothingOut()
{
    CoreBench bench;
    bench.connect();
    bench.ledger.failNextCommits(2);
    bench.order(1);
    QVERIFY(bench.host.started.empty());
    QCOMPARE(bench.count(FrameType::OrderSeen), 0);
    QVERIFY(bench.event<agent::LedgerFailed>());
    bench.order(2); // dropped: it cannot be stored
    bench.clock.advance(5s);
    bench.settle();
    bench.clock.advance(5s);
    bench.settle();
    QCOMPARE(bench.host.started.size(), size_t(1)); // the first turn went through, whole
    QVERIFY(bench.event<agent::LinkBroken>()); // so that the engine sends the second again
    bench.cut();
    bench.connect();
    bench.order(2);
    QCOMPARE(bench.host.started.size(), size_t(2));
}

void tst_NodeCore::lostLedgerDoesNotRunAgain()
{
    CoreBench bench;
    bench.connect();
    bench.order(1);
    bench.ledger = agent::MemoryLedger(); // corrupt, set aside
    bench.host.found = {{.key = bench.key(1), .dispatchSeq = 1, .alive = true}};
    bench.boot();
    bench.connect();
    bench.order(1); // the engine has it unsettled
    QCOMPARE(bench.host.started.size(), size_t(1));
    bench.finish(1);
    QCOMPARE(bench.count(FrameType::OrderResult), 1);
}

void tst_NodeCore::rolledBackDisk()
{
    CoreBench bench;
    bench.connect();
    bench.core->disconnected();
    agent::LedgerOrder old {.key = bench.key(4), .dispatchSeq = 4};
    bench.ledger.insert(old);
    QVERIFY(bench.ledger.commit());
    bench.boot();
    // No slot was free for it in the old image: it waits, and the engine has settled it long ago.
    QCOMPARE(bench.host.started.size(),
             size_t(1)); // an order without a limit starts at once: the image is from before that
    wire::Welcome welcome = CoreBench::welcome();
    welcome.set_engine_watermark(10);
    bench.connect(welcome);
    QCOMPARE(bench.ledger.facts().settledWatermark, uint64_t(10)); // the engine's wins
    bench.order(7);
    QCOMPARE(bench.refusalOf(7), std::string("already-settled"));
}

void tst_NodeCore::refusals_data()
{
    QTest::addColumn<int>("what");
    QTest::addColumn<QString>("refusal");
    QTest::addRow("old epoch") << 0 << u"old-epoch"_qs;
    QTest::addRow("too late by the engine's clock") << 2 << u"too-late"_qs;
    QTest::addRow("[N01] order id with a path") << 3 << u"malformed"_qs;
    QTest::addRow("no sequence") << 4 << u"malformed"_qs;
}

void tst_NodeCore::refusals()
{
    QFETCH(int, what);
    QFETCH(QString, refusal);
    CoreBench bench;
    wire::Welcome welcome = CoreBench::welcome();
    welcome.set_lease_epoch(5);
    bench.connect(welcome);
    bench.clock.jumpWallClock(-std::chrono::hours(24 * 365)); // the node's clock does not decide
    bench.order(1, [&](wire::OrderHead &head, wire::OrderBody &) {
        if (what == 0)
            head.set_lease_epoch(4);
        head.set_start_within_us(3'600'000'000);
        if (what == 2)
            head.set_not_start_after_us(toMicros(bench.clock.now() + std::chrono::hours(24 * 365))
                                        - 1'000'000);
        if (what == 3)
            head.set_order_id("../../../../etc/passwd");
        if (what == 4)
            head.set_dispatch_seq(0);
    });
    QVERIFY(bench.host.started.empty());
    const auto seen = bench.received<wire::OrderSeen>(FrameType::OrderSeen);
    QVERIFY(!seen.empty());
    QCOMPARE(QString::fromStdString(seen.back().refused()), refusal);
}

void tst_NodeCore::tooLateWhileWaiting() // run-command 3.5: rows that wait for a slot time out too
{
    CoreBench bench;
    bench.connect();
    for (uint64_t d = 1; d <= 6; ++d)
        bench.order(d,
                    [](wire::OrderHead &head, wire::OrderBody &) { head.set_start_within_us(60'000'000); });
    QCOMPARE(bench.host.started.size(), size_t(5));
    QCOMPARE(bench.refusalOf(6), std::string());
    bench.clock.advance(61s);
    bench.settle();
    QCOMPARE(bench.refusalOf(6), std::string("too-late"));
    bench.finish(1);
    QCOMPARE(bench.host.started.size(), size_t(5)); // never started
    bench.cut();
    bench.connect();
    QCOMPARE(bench.refusalOf(6), std::string("too-late")); // told until settled
    bench.settled(6);
    bench.cut();
    bench.connect();
    QCOMPARE(bench.refusalOf(6), std::string("none"));
}

void tst_NodeCore::engineClockIsSet_data()
{
    QTest::addColumn<int>("jump");
    QTest::addRow("an hour back") << -3600;
    QTest::addRow("an hour on") << 3600;
    QTest::addRow("ten years on") << 315'360'000;
}

// [R13] the engine tells its clock before the order: it starts in its time, and not after
void tst_NodeCore::engineClockIsSet()
{
    QFETCH(int, jump);
    CoreBench bench;
    bench.connect();
    const auto order = [&](uint64_t sequence, Microseconds startWithin) {
        bench.order(sequence, [&](wire::OrderHead &head, wire::OrderBody &) {
            head.set_not_start_after_us(
                toMicros(bench.clock.now() + std::chrono::seconds(jump) + startWithin));
        });
    };
    wire::Ping ping;
    ping.set_wall_clock_us(toMicros(bench.clock.now() + std::chrono::seconds(jump)));
    bench.engine->send(FrameType::Ping, ping);
    order(1, 30s);
    QCOMPARE(bench.host.started.size(), size_t(1));
    bench.clock.jumpWallClock(std::chrono::hours(-24 * 3653)); // now the node's own: nothing follows it
    bench.clock.advance(10s); // before it pings: the engine here has the same clock
    bench.clock.jumpWallClock(std::chrono::hours(24 * 3653));
    order(2, 1s);
    QCOMPARE(bench.host.started.size(), size_t(2));
    order(3, -1s);
    QCOMPARE(bench.host.started.size(), size_t(2));
    QCOMPARE(bench.refusalOf(3), std::string("too-late"));
}

void tst_NodeCore::fiveAtOnceInOrderOfArrival() // run-command 3.4
{
    CoreBench bench;
    bench.config.maxQueuedOrders = 10;
    bench.boot();
    bench.connect();
    for (uint64_t d = 1; d <= 15; ++d)
        bench.order(d);
    QCOMPARE(bench.host.started.size(), size_t(5));
    QCOMPARE(bench.core->ordersQueued(), size_t(10));
    bench.order(16);
    QCOMPARE(bench.refusalOf(16), std::string("queue-full"));
    bench.finish(3);
    bench.finish(1);
    QCOMPARE(bench.host.started.size(), size_t(7));
    QCOMPARE(bench.host.started[5].orderId, bench.key(6).orderId);
    QCOMPARE(bench.host.started[6].orderId, bench.key(7).orderId);
    bench.order(16); // refused without a trace: it is taken when there is room
    QCOMPARE(bench.refusalOf(16), std::string());
    bench.boot(); // the order of arrival is on disk
    bench.connect();
    QCOMPARE(bench.host.started[7].orderId, bench.key(8).orderId);
}

void tst_NodeCore::neverTheSameCommandTwice()
{
    CoreBench bench;
    bench.connect();
    const auto sameCommand
        = [](wire::OrderHead &, wire::OrderBody &body) { body.set_command_id("the-command"); };
    bench.order(1, sameCommand);
    bench.order(2, sameCommand);
    bench.order(3);
    QCOMPARE(bench.host.started.size(), size_t(2));
    QCOMPARE(bench.host.started[1].orderId, bench.key(3).orderId);
    bench.finish(1);
    QCOMPARE(bench.host.started.size(), size_t(3));
}

void tst_NodeCore::signedOrders() // [T11] the agent's half
{
    const auto signing = protocol::newOrderSigningKey();
    QVERIFY(signing);
    CoreBench bench;
    wire::Welcome welcome = CoreBench::welcome();
    welcome.add_features("signed-orders");
    welcome.set_order_signing_key(signing->publicKey);
    bench.connect(welcome);
    QVERIFY(bench.event<agent::SigningKeyOffered>());
    QVERIFY(bench.ledger.facts().signedOrdersRequired);

    const auto sign = [&](wire::OrderHead &head, const wire::OrderBody &body) {
        head.set_signature(*protocol::signOrderText(
            signing->seed, protocol::signedOrderText(bench.config.fleetId, bench.config.nodeId, head, body)));
    };
    bench.order(1, sign);
    QCOMPARE(bench.host.started.size(), size_t(1));
    bench.order(2); // none
    QCOMPARE(bench.refusalOf(2), std::string("bad-signature"));
    bench.order(3, [&](wire::OrderHead &head, wire::OrderBody &body) {
        sign(head, body);
        body.set_parameters_json(R"({"commands":["rm -rf /"]})");
    });
    QCOMPARE(bench.refusalOf(3), std::string("bad-signature"));
    bench.order(4, [&](wire::OrderHead &head, wire::OrderBody &body) {
        sign(head, body);
        wire::EnvEntry &entry = *body.add_environment();
        entry.set_name("LD_PRELOAD");
        entry.set_value("/tmp/x.so");
    });
    QCOMPARE(bench.refusalOf(4), std::string("bad-signature"));
    bench.order(5, [&](wire::OrderHead &head, wire::OrderBody &body) { // another engine's key
        const auto other = protocol::newOrderSigningKey();
        head.set_signature(*protocol::signOrderText(
            other->seed, protocol::signedOrderText(bench.config.fleetId, bench.config.nodeId, head, body)));
    });
    QCOMPARE(bench.refusalOf(5), std::string("bad-signature"));
    QCOMPARE(bench.host.started.size(), size_t(1));

    // The key is pinned: another one is not taken over.
    bench.cut();
    welcome.set_order_signing_key(protocol::newOrderSigningKey()->publicKey);
    bench.connect(welcome);
    bench.order(6, sign);
    QCOMPARE(bench.host.started.size(), size_t(2));
}

void tst_NodeCore::downgrade_data() // [T11] floors stay on disk
{
    QTest::addColumn<int>("what");
    QTest::addRow("signed-orders left out") << 0;
    QTest::addRow("a protocol below the floor") << 1;
    QTest::addRow("a lease epoch of a paused engine") << 2;
    QTest::addRow("a protocol above ours") << 3;
}

void tst_NodeCore::downgrade()
{
    QFETCH(int, what);
    const auto signing = protocol::newOrderSigningKey();
    CoreBench bench;
    wire::Welcome good = CoreBench::welcome();
    good.add_features("signed-orders");
    good.set_order_signing_key(signing->publicKey);
    good.set_lease_epoch(7);
    good.set_protocol_floor(1);
    bench.connect(good);
    bench.config.orderSigningKey = signing->publicKey; // as its file would say
    bench.boot(); // remembered on disk, not in the process
    bench.events.clear();

    wire::Welcome bad = good;
    if (what == 0)
        bad.clear_features();
    if (what == 1)
        bad.set_protocol(0);
    if (what == 2)
        bad.set_lease_epoch(6);
    if (what == 3)
        bad.set_protocol(2);
    bench.connect(bad);
    QVERIFY(bench.event<agent::LinkBroken>());
    QVERIFY(!bench.core->isWelcomed());
    bench.order(1);
    QVERIFY(bench.host.started.empty());
}

void tst_NodeCore::quarantined()
{
    CoreBench bench;
    wire::Welcome welcome = CoreBench::welcome();
    welcome.set_quarantined(true);
    bench.connect(welcome);
    bench.order(1);
    QCOMPARE(bench.refusalOf(1), std::string("quarantined"));
    wire::Open open;
    open.set_token("t");
    open.mutable_pty()->set_session_id("alice-1");
    QVERIFY(bench.engine->open(protocol::StreamKind::Pty, open));
    bench.settle();
    QVERIFY(bench.refused);
    QCOMPARE(bench.refused->code, std::string("denied"));
    QVERIFY(bench.host.started.empty());
}

void tst_NodeCore::cancel() // run-command 3.10
{
    CoreBench bench;
    bench.connect();
    for (uint64_t d = 1; d <= 6; ++d)
        bench.order(d);
    const auto outcomes = [&] {
        std::vector<std::string> all;
        for (const auto &result : bench.received<wire::CancelResult>(FrameType::CancelResult))
            all.push_back(result.outcome());
        return all;
    };
    bench.cancel(6); // waits: never starts
    QCOMPARE(outcomes(), std::vector<std::string>({"cancelling"}));
    QCOMPARE(bench.received<wire::OrderResult>(FrameType::OrderResult).back().status(),
             std::string("Cancelled"));
    bench.cancel(1);
    bench.cancel(1); // twice
    QCOMPARE(bench.host.cancelled.size(), size_t(1));
    bench.host.events->workerCancelled(bench.key(1), 3, 1);
    bench.finish(1, "Cancelled");
    const auto last = bench.received<wire::CancelResult>(FrameType::CancelResult).back();
    QCOMPARE(last.killed(), 3u);
    QCOMPARE(last.survived(), 1u);
    bench.finish(2);
    bench.cancel(2);
    QCOMPARE(outcomes().back(), std::string("finished-first"));
    bench.cancel(99);
    QCOMPARE(outcomes().back(), std::string("unknown"));
    QCOMPARE(bench.host.started.size(), size_t(5)); // the cancelled sixth did not start in a free slot
}

void tst_NodeCore::bigResultKeepsItsHeads()
{
    CoreBench bench;
    bench.connect();
    bench.order(1);
    wire::OrderResult result;
    for (uint32_t i = 0; i < 60; ++i) {
        wire::OrderStep &step = *result.add_steps();
        step.set_step_index(i);
        step.set_stdout_head(std::string(24'000, 'x'));
    }
    bench.host.events->workerEnded(bench.key(1), result);
    bench.settle();
    QVERIFY(!bench.engine->hasFailed());
    QCOMPARE(bench.count(FrameType::OrderStep), 60); // each with its head
    QCOMPARE(bench.received<wire::OrderStep>(FrameType::OrderStep)[59].stdout_head().size(), size_t(24'000));
    QCOMPARE(bench.received<wire::OrderResult>(FrameType::OrderResult)[0].steps_size(), 60);
}

void tst_NodeCore::metricsWaitForTheLink()
{
    CoreBench bench;
    for (int i = 0; i < 400; ++i) {
        wire::MetricReport report;
        report.set_time_us(i);
        bench.core->reportMetrics(report);
    }
    bench.connect();
    const auto reports = bench.received<wire::MetricReport>(FrameType::Metrics);
    QCOMPARE(reports.size(), size_t(360)); // 6 h; the oldest went first
    QCOMPARE(reports.front().time_us(), int64_t(40));
}

FB_TEST(tst_NodeCore)
#include "tst_node_core.moc"
