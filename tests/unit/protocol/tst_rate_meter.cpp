#include "backend/protocol/rate_meter.h"

#include "tests/unit/protocol/link_pair.h"

#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace std::chrono_literals;

// [R19] frames that no credit bounds
class tst_RateMeter : public QObject
{
    Q_OBJECT

private slots:
    void aBurstPassesThenReadingPauses();
    void bytesCountToo();
    void linkPausesThenSendsAway();
    void slowButSteadyIsFine();
    void dataWithinCreditIsNotCounted();
    void acknowledgementsOfOurDataAreNotCounted();
};

namespace {

std::string ping(uint64_t sequence)
{
    Frame frame;
    frame.type = FrameType::Ping;
    frame.flags = frameFlags::kLastChunk;
    frame.offset = sequence;
    return encodeFrame(frame);
}

}

void tst_RateMeter::aBurstPassesThenReadingPauses()
{
    const Tick start {1h};
    RateMeter meter(500, 5000, 1 << 20, start);
    for (int i = 0; i < 5000; ++i)
        meter.take(20, start);
    QVERIFY(!meter.isPaused(start));
    meter.take(20, start);
    QVERIFY(meter.isPaused(start));
    QVERIFY(meter.isPaused(start + 999ms));
    QVERIFY(!meter.isPaused(start + 1003ms)); // a second's worth has come back
}

void tst_RateMeter::bytesCountToo()
{
    const Tick start {1h};
    RateMeter meter(500, 5000, 1 << 20, start);
    meter.take(1 << 20, start);
    QVERIFY(!meter.isPaused(start));
    meter.take(1 << 19, start);
    QVERIFY(meter.isPaused(start + 499ms));
    QVERIFY(!meter.isPaused(start + 1100ms));
}

void tst_RateMeter::linkPausesThenSendsAway()
{
    LinkPair pair;
    pair.shakeHands();
    uint64_t sequence = 1;
    int pauses = 0;
    // valid frames at full speed, for ever; the transport reads whenever Link wants to
    while (!pair.engine.hasFailed() && pauses < 100) {
        while (pair.engine.wantsToRead() && !pair.engine.hasFailed()) {
            pair.engine.receive(ping(++sequence));
            while (!pair.engine.hasFailed() && pair.engine.nextMessage()) { }
            (void)pair.engine.takeEvents();
        }
        if (pair.engine.hasFailed())
            break;
        ++pauses;
        QVERIFY(pair.engine.nextDeadline() > pair.clock.tick());
        pair.clock.advance(pair.engine.nextDeadline() - pair.clock.tick());
        pair.engine.onTime();
    }
    QCOMPARE(pauses, 20);
    QVERIFY2(sequence < 5000 + 25 * 600, "about 500 a second were taken beyond the burst");
    const auto farewell = pair.engine.nextMessage();
    QVERIFY(farewell);
    const Frame frame = decodeFrame(*farewell).value();
    QCOMPARE(frame.type, FrameType::GoAway);
    QCOMPARE(parse<wire::GoAway>(frame.header).value().reason(), std::string("frame-rate"));
    QVERIFY(!pair.engine.nextMessage());
}

void tst_RateMeter::slowButSteadyIsFine()
{
    LinkPair pair;
    pair.shakeHands();
    uint64_t sequence = 1;
    for (int second = 0; second < 120; ++second) {
        for (int i = 0; i < 490; ++i)
            pair.engine.receive(ping(++sequence));
        QVERIFY(pair.engine.wantsToRead());
        pair.clock.advance(1s);
        while (pair.engine.nextMessage()) { }
    }
    QVERIFY(!pair.engine.hasFailed());
}

void tst_RateMeter::dataWithinCreditIsNotCounted()
{
    LinkLimits limits;
    limits.connectionCredit = 1 << 30;
    LinkPair pair(limits);
    pair.shakeHands();
    const StreamNumber stream = pair.openExec(100 << 20);
    Frame frame;
    frame.type = FrameType::Data;
    frame.stream = stream;
    frame.payload = std::string(100, 'x');
    for (int i = 0; i < 50'000; ++i) { // small frames at full speed
        pair.engine.receive(encodeFrame(frame));
        frame.offset += 100;
        if (i % 100 == 0)
            (void)pair.engine.takeEvents();
    }
    QVERIFY(pair.engine.wantsToRead());
    QVERIFY(!pair.engine.hasFailed());
}

void tst_RateMeter::acknowledgementsOfOurDataAreNotCounted()
{
    LinkPair pair;
    pair.shakeHands();
    // A download at full speed: an ACK and a CREDIT come back for each 32 KiB, far above 500 a second.
    wire::Open open;
    const StreamNumber stream = pair.engine.open(StreamKind::FilePut, open).value();
    pair.pump();
    pair.agent.accept(stream, 4 << 20, 0);
    pair.pump();
    const std::string block(64 * 1024, 'x');
    for (int i = 0; i < 8000; ++i) {
        QCOMPARE(pair.engine.write(stream, block), block.size());
        pair.pump();
        for (const StreamData &bytes : LinkPair::take<StreamData>(pair.agentEvents))
            pair.agent.grant(stream, bytes.bytes.size());
        pair.agentEvents.clear();
        pair.engineEvents.clear();
        pair.pump();
        QVERIFY(pair.engine.wantsToRead() && pair.agent.wantsToRead());
        pair.agentFrames.clear();
        pair.engineFrames.clear();
    }
}

FB_TEST(tst_RateMeter)
#include "tst_rate_meter.moc"
