#include "backend/protocol/link.h"

#include "tests/unit/protocol/link_pair.h"

#include "tests/support/test_main.h"

#include <QTest>

#include <malloc.h>

using namespace fb;
using namespace fb::test;
using namespace std::chrono_literals;

class tst_Link : public QObject
{
    Q_OBJECT

private slots:
    void handShake();
    void nothingPassesBeforeTheHandShake();
    void helloMustComeInTime();
    void bigOrdersGoInChunks();
    void streamsMayGoBetweenChunks();
    void factsAreCompressedAndComeLast();
    void idleLinksPing();
    void pingMeasuresTheClock();
    void silenceIsToldThenEndsTheLink();
    void deadlinesComeOneAfterTheOther();
    void anIdleLinkIsSmall();
};

void tst_Link::handShake()
{
    LinkPair pair;
    wire::Hello hello;
    hello.set_agent_version("1.2.3");
    for (int i = 0; i < 200; ++i)
        hello.add_streams()->set_token(std::string(60, 'x')); // more than a header holds
    pair.agent.send(FrameType::Hello, hello);
    pair.pump();
    const auto received = LinkPair::take<ControlReceived>(pair.engineEvents);
    QCOMPARE(received.size(), size_t(1));
    QCOMPARE(received[0].type, FrameType::Hello);
    QCOMPARE(messageOf<wire::Hello>(received[0]).value().streams_size(), 200);
    QVERIFY(!pair.engine.isEstablished());

    wire::Welcome welcome;
    welcome.set_lease_epoch(7);
    pair.engine.send(FrameType::Welcome, welcome);
    QVERIFY2(!pair.engine.isEstablished(), "only once WELCOME is on its way");
    pair.pump();
    QVERIFY(pair.engine.isEstablished() && pair.agent.isEstablished());
    const auto welcomed = LinkPair::take<ControlReceived>(pair.agentEvents);
    QCOMPARE(welcomed.size(), size_t(1));
    QCOMPARE(messageOf<wire::Welcome>(welcomed[0]).value().lease_epoch(), uint64_t(7));
}

void tst_Link::nothingPassesBeforeTheHandShake()
{
    LinkPair pair;
    pair.agent.send(FrameType::OrderSeen, wire::OrderSeen()); // too early: waits
    pair.engine.send(FrameType::Order, wire::OrderHead());
    QVERIFY(!pair.agent.hasOutput() && !pair.engine.hasOutput());
    QVERIFY(!pair.agent.open(StreamKind::ExecOut, {}));
    pair.agent.send(FrameType::Hello, wire::Hello());
    pair.pump();
    QVERIFY(!pair.engine.hasOutput());
    pair.engine.send(FrameType::Welcome, wire::Welcome());
    pair.pump();
    QVERIFY(!pair.agent.hasFailed() && !pair.engine.hasFailed());
    QCOMPARE(pair.agentFrames.size(), size_t(2));
    QCOMPARE(pair.agentFrames[0].type, FrameType::Hello);
    QCOMPARE(pair.engineFrames[0].type, FrameType::Welcome);
    QCOMPARE(pair.engineFrames[1].type, FrameType::Order);
}

void tst_Link::helloMustComeInTime()
{
    LinkPair pair;
    pair.pass(9999ms);
    QVERIFY(!pair.engine.hasFailed());
    pair.pass(1ms);
    const auto failed = LinkPair::take<LinkFailed>(pair.engineEvents);
    QCOMPARE(failed.size(), size_t(1));
    QCOMPARE(failed[0].error.field, std::string("HELLO.time"));
}

void tst_Link::bigOrdersGoInChunks()
{
    LinkPair pair;
    pair.shakeHands();
    wire::OrderHead head;
    head.set_order_id("01JDABCDEFGHJKMNPQRSTVWXYZ");
    wire::OrderBody body;
    body.set_document_json(std::string(150'000, 'd'));
    pair.engine.send(FrameType::Order, head, body.SerializeAsString());
    pair.engine.send(FrameType::Cancel, wire::Cancel());
    QVERIFY(pair.engine.queuedControlBytes() > 150'000);
    pair.pump();
    QCOMPARE(pair.engine.queuedControlBytes(), size_t(0));
    QCOMPARE(pair.engineFrames.size(), size_t(4)); // 64 + 64 + 19 KiB, then the CANCEL
    QVERIFY(!pair.engineFrames[0].header.empty() && pair.engineFrames[1].header.empty());
    QCOMPARE(pair.engineFrames[0].offset, pair.engineFrames[2].offset);
    QCOMPARE(pair.engineFrames[1].flags & frameFlags::kLastChunk, 0);
    QCOMPARE(pair.engineFrames[2].flags & frameFlags::kLastChunk, int(frameFlags::kLastChunk));
    const auto received = LinkPair::take<ControlReceived>(pair.agentEvents);
    QCOMPARE(received.size(), size_t(2));
    QCOMPARE(parse<wire::OrderBody>(received[0].payload, kMaxMessageBytes).value().document_json(),
             body.document_json());
    QCOMPARE(parse<wire::OrderHead>(received[0].header).value().order_id(), head.order_id());
    QCOMPARE(received[1].type, FrameType::Cancel);
}

void tst_Link::streamsMayGoBetweenChunks()
{
    LinkPair pair;
    pair.shakeHands();
    const StreamNumber pty = pair.openPty(256 * 1024, 64 * 1024);
    pair.engineFrames.clear();
    wire::OrderBody body;
    body.set_document_json(std::string(100'000, 'd'));
    pair.engine.send(FrameType::Order, wire::OrderHead(), body.SerializeAsString());
    QVERIFY(pair.engine.nextMessage()); // the first chunk is on its way
    QCOMPARE(pair.engine.write(pty, "l"), size_t(1));
    const Frame next = decodeFrame(*pair.engine.nextMessage()).value();
    QCOMPARE(next.type, FrameType::Data); // a key press waits for one frame
    const Frame after = decodeFrame(*pair.engine.nextMessage()).value();
    QCOMPARE(after.type, FrameType::Order);
    QVERIFY(after.payload.size() <= kSentPayloadBytesBesideTerminal);
    // The whole of it in one TLS record.
    QVERIFY(encodeFrame(after).size() + 14 <= 16 * 1024);
    QVERIFY(after.payload.size() > 16 * 1000);
}

void tst_Link::factsAreCompressedAndComeLast()
{
    LinkPair pair;
    pair.shakeHands();
    pair.compressBoth();
    const StreamNumber exec = pair.openExec(1 << 20);
    pair.agentFrames.clear();
    wire::FactsReport facts;
    facts.mutable_facts()->set_time_zone(std::string(50'000, 'a') + std::string(3'000, 'b'));
    QVERIFY(facts.SerializeAsString().size() > 50'000);
    std::string varied;
    for (int i = 0; i < 5000; ++i)
        varied += std::to_string(i * 7919) + " package\n";
    facts.mutable_facts()->set_time_zone(varied);
    pair.agent.send(FrameType::Inventory, facts);
    QCOMPARE(pair.agent.write(exec, "out"), size_t(3));
    pair.agent.send(FrameType::OrderSeen, wire::OrderSeen());
    pair.pump();
    QCOMPARE(pair.agentFrames[0].type, FrameType::OrderSeen);
    QCOMPARE(pair.agentFrames.back().type, FrameType::Inventory);
    QVERIFY((pair.agentFrames.back().flags & frameFlags::kCompressed) != 0);
    QVERIFY(pair.agentFrames.back().payload.size() < varied.size() / 2);
    const auto received = LinkPair::take<ControlReceived>(pair.engineEvents);
    QCOMPARE(received.size(), size_t(2));
    QCOMPARE(messageOf<wire::FactsReport>(received[1]).value().facts().time_zone(), varied);
}

void tst_Link::idleLinksPing()
{
    LinkPair pair;
    pair.shakeHands();
    pair.pass(600s);
    QVERIFY(!pair.agent.hasFailed() && !pair.engine.hasFailed());
    const size_t pings = pair.agentFrames.size();
    QVERIFY2(pings >= 20 && pings <= 30, qPrintable(QString::number(pings))); // 20 to 30 s apart
    QCOMPARE(pair.engineFrames.size(), pings); // PONGs, nothing else
    QVERIFY(LinkPair::take<PeerSilent>(pair.engineEvents).empty());
}

void tst_Link::pingMeasuresTheClock()
{
    LinkPair pair;
    pair.shakeHands();
    pair.clock.advance(31s);
    pair.agent.onTime();
    const auto ping = pair.agent.nextMessage();
    QVERIFY(ping);
    pair.clock.advance(100ms);
    pair.clock.jumpWallClock(5s); // from here on it is the engine's clock
    pair.engine.receive(*ping);
    const auto pong = pair.engine.nextMessage();
    pair.clock.advance(100ms);
    pair.clock.jumpWallClock(-5s);
    pair.agent.receive(*pong);
    auto events = pair.agent.takeEvents();
    const auto measured = LinkPair::take<PeerClock>(events);
    QCOMPARE(measured.size(), size_t(1));
    QCOMPARE(measured[0].roundTrip.count(), 200'000);
    QCOMPARE(measured[0].offset.count(), 5'000'000);
    auto engineEvents = pair.engine.takeEvents();
    QCOMPARE(LinkPair::take<PeerClock>(engineEvents).at(0).offset.count(),
             -5'100'000); // its way here counts in
}

void tst_Link::silenceIsToldThenEndsTheLink()
{
    LinkPair pair;
    pair.shakeHands();
    for (int second = 0; second < 69; ++second) {
        pair.clock.advance(1s);
        pair.engine.onTime();
        auto events = pair.engine.takeEvents();
        QCOMPARE(LinkPair::take<PeerSilent>(events).size(), size_t(second == 39 ? 1 : 0));
        QVERIFY(events.empty());
    }
    pair.clock.advance(1s);
    pair.engine.onTime();
    auto events = pair.engine.takeEvents();
    QCOMPARE(LinkPair::take<LinkFailed>(events).at(0).error.code.name(),
             std::string_view("ServiceUnavailable"));
    pair.agent.onTime(); // the agent finds it out by itself as well
    auto agentEvents = pair.agent.takeEvents();
    QCOMPARE(LinkPair::take<LinkFailed>(agentEvents).size(), size_t(1));
}

void tst_Link::deadlinesComeOneAfterTheOther()
{
    LinkPair pair;
    pair.shakeHands();
    // driven by nextDeadline() alone, an idle pair lives on and wakes up rarely
    int wakeUps = 0;
    const Tick end = pair.clock.tick() + 600s;
    while (pair.clock.tick() < end) {
        const Tick next = std::min(pair.agent.nextDeadline(), pair.engine.nextDeadline());
        QVERIFY(next > pair.clock.tick());
        pair.clock.advance(next - pair.clock.tick());
        pair.agent.onTime();
        pair.engine.onTime();
        pair.pump();
        ++wakeUps;
    }
    QVERIFY(!pair.agent.hasFailed() && !pair.engine.hasFailed());
    QVERIFY2(wakeUps < 100, qPrintable(QString::number(wakeUps)));
}

void tst_Link::anIdleLinkIsSmall()
{
#ifdef FB_SANITIZED
    QSKIP("a sanitizer's allocator counts differently");
#else
    ManualClock clock;
    SeededRandom random;
    std::vector<std::unique_ptr<Link>> links;
    links.reserve(1000);
    const size_t before = mallinfo2().uordblks;
    for (int i = 0; i < 1000; ++i) {
        Link agent(LinkSide::Agent, {}, clock, random);
        links.push_back(std::make_unique<Link>(LinkSide::Engine, LinkLimits {}, clock, random));
        agent.send(FrameType::Hello, wire::Hello());
        links.back()->receive(*agent.nextMessage());
        links.back()->send(FrameType::Welcome, wire::Welcome());
        while (links.back()->nextMessage()) { }
        (void)links.back()->takeEvents();
    }
    const size_t each = (mallinfo2().uordblks - before) / 1000;
    QVERIFY2(each < 1024, qPrintable(QStringLiteral("%1 bytes").arg(each)));
#endif
}

FB_TEST(tst_Link)
#include "tst_link.moc"
