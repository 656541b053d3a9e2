#include "tests/unit/protocol/link_pair.h"

#include "backend/protocol/compression.h"
#include "tests/support/test_main.h"

#include <QTest>

#include <functional>

using namespace fb;
using namespace fb::test;

// What a peer that means harm may send, and by which name it is refused.
class tst_LinkHostile : public QObject
{
    Q_OBJECT

private slots:
    void refusedByName_data();
    void refusedByName();
    void firstFrames_data();
    void firstFrames();
    void agentsRefuseToo_data();
    void agentsRefuseToo();
    void refusedWithoutHarm_data();
    void refusedWithoutHarm();
    void replayedFrames();
    void noiseNeverGetsThrough();
    void aFailedLinkStaysFailed();
};

namespace {
std::string repetitiveText() // compresses well
{
    std::string text(310, 'a');
    for (size_t i = 0; i < 10; ++i)
        text[300 + i] = static_cast<char>('0' + i);
    return text;
}

using Send = std::function<void(LinkPair &, StreamNumber exec, StreamNumber pty)>;

Frame frameOf(FrameType type, uint32_t stream = 0)
{
    Frame frame;
    frame.type = type;
    frame.stream = stream;
    if (stream == 0)
        frame.flags = frameFlags::kLastChunk;
    return frame;
}

template <typename Message>
Frame frameOf(FrameType type, uint32_t stream, const Message &message)
{
    Frame frame = frameOf(type, stream);
    frame.header = message.SerializeAsString();
    return frame;
}

uint64_t nextSequence(const LinkPair &pair)
{
    uint64_t last = 1; // HELLO
    for (const Frame &frame : pair.agentFrames) {
        if (frame.type != FrameType::Data)
            last = frame.offset;
    }
    return last + 1;
}

void sendNext(LinkPair &pair, Frame frame) // as the agent would, with the right number
{
    frame.offset = nextSequence(pair);
    pair.engine.receive(encodeFrame(frame));
    pair.agentFrames.push_back(frame);
}

Frame data(uint32_t stream, uint64_t offset, std::string bytes)
{
    Frame frame = frameOf(FrameType::Data, stream);
    frame.offset = offset;
    frame.payload = std::move(bytes);
    return frame;
}

wire::Open openOf(uint32_t kind)
{
    wire::Open open;
    open.set_kind(kind);
    return open;
}

template <typename Message, typename Set>
Message made(Set set)
{
    Message message;
    set(message);
    return message;
}

}

void tst_LinkHostile::refusedByName_data()
{
    QTest::addColumn<Send>("send");
    QTest::addColumn<QString>("field");
    const auto add = [](const char *name, const char *field, Send send) {
        QTest::addRow("%s", name) << std::move(send) << QString::fromLatin1(field);
    };
    const auto addFrame = [&](const char *name, const char *field, Frame frame) {
        add(name, field, [frame](LinkPair &pair, StreamNumber, StreamNumber) { sendNext(pair, frame); });
    };
    // exec is stream 1 with a credit of 1000, pty is stream 2 with 1000
    addFrame("[P04] OPEN without kind", "OPEN.kind", frameOf(FrameType::Open, 3, wire::Open()));
    addFrame("[P04] OPEN.kind of the wrong wire type", "OPEN.kind", [] {
        Frame frame = frameOf(FrameType::Open, 3);
        frame.header = "\x0a\x01\x01";
        return frame;
    }());
    addFrame("[P04] OPEN on the engine's number", "OPEN.stream", frameOf(FrameType::Open, 4, openOf(2)));
    addFrame("[P04] OPEN on a number used before", "OPEN.stream", frameOf(FrameType::Open, 1, openOf(2)));
    addFrame("[P04] OPEN on stream 0", "OPEN.stream", frameOf(FrameType::Open, 0, openOf(2)));
    addFrame("[P04] OPEN with a window of 2^63", "OPEN.window",
             frameOf(FrameType::Open, 3, made<wire::Open>([](auto &m) {
                         m.set_kind(2);
                         m.set_window(uint64_t(1) << 63);
                     })));
    addFrame("[P04] header that is no message", "OPEN.header", [] {
        Frame frame = frameOf(FrameType::Open, 3);
        frame.header = "\xff\xff\xff";
        return frame;
    }());
    addFrame("[P04] groups in a header", "OPEN.header", [] {
        Frame frame = frameOf(FrameType::Open, 3);
        frame.header = "\x0b\x0c";
        return frame;
    }());
    addFrame("[P04] OPENED of a stream that is open", "OPENED.stream",
             frameOf(FrameType::Opened, 1, wire::Opened()));
    addFrame("[P04] REFUSED of a stream that is open", "REFUSED.stream",
             frameOf(FrameType::Refused, 2, wire::Refused()));
    addFrame("[P04] ACK without offset", "ACK.offset", frameOf(FrameType::Ack, 2, wire::Ack()));
    addFrame("[P04] ACK of bytes never sent", "ACK.offset",
             frameOf(FrameType::Ack, 2, made<wire::Ack>([](auto &m) { m.set_offset(1); })));
    addFrame("[P04] CREDIT of nothing", "CREDIT.bytes", frameOf(FrameType::Credit, 2, wire::Credit()));
    addFrame("[P04] CREDIT that wraps", "CREDIT.bytes",
             frameOf(FrameType::Credit, 2, made<wire::Credit>([](auto &m) { m.set_bytes(UINT64_MAX - 5); })));
    addFrame("[P04] FIN with another length", "FIN.finalOffset",
             frameOf(FrameType::Fin, 1, made<wire::Fin>([](auto &m) { m.set_final_offset(7); })));
    addFrame("[P04] FIN without length", "FIN.finalOffset", frameOf(FrameType::Fin, 1, wire::Fin()));
    addFrame("[P04] RESIZE to nothing", "RESIZE.columns", frameOf(FrameType::Resize, 2, wire::Resize()));
    addFrame("[P04] RESIZE to 70000", "RESIZE.columns",
             frameOf(FrameType::Resize, 2, made<wire::Resize>([](auto &m) {
                         m.set_columns(70000);
                         m.set_rows(24);
                     })));
    addFrame("[P04] SIGNAL -1", "SIGNAL.number",
             frameOf(FrameType::Signal, 2, made<wire::Signal>([](auto &m) { m.set_number(-1); })));
    addFrame("[P04] ACK of a stream never opened", "ACK.stream", frameOf(FrameType::Ack, 99, wire::Ack()));
    addFrame("[P04] stream frame with a payload", "RESIZE.payload", [] {
        Frame frame = frameOf(FrameType::Resize, 2);
        frame.payload = "x";
        return frame;
    }());
    addFrame("DATA on stream 0", "DATA.stream", frameOf(FrameType::Data, 0));
    addFrame("ORDER_SEEN on stream 1", "ORDER_SEEN.stream", frameOf(FrameType::OrderSeen, 1));
    addFrame("HELLO again", "HELLO.type", frameOf(FrameType::Hello));
    addFrame("WELCOME from an agent", "WELCOME.type", frameOf(FrameType::Welcome));
    addFrame("ORDER from an agent", "ORDER.type", frameOf(FrameType::Order));
    addFrame("PING with a payload", "PING.payload", [] {
        Frame frame = frameOf(FrameType::Ping);
        frame.payload = "x";
        return frame;
    }());
    addFrame("METRICS with a header", "METRICS.header",
             frameOf(FrameType::Metrics, 0, made<wire::Ping>([](auto &m) { m.set_nonce(1); })));
    addFrame("[P01] METRICS of 65 KiB", "METRICS.payload", [] {
        Frame frame = frameOf(FrameType::Metrics);
        frame.payload = std::string(65 * 1024, 'x');
        return frame;
    }());
    add("[P01] chunks beyond 1 MiB", "ORDER_RESULT.payload", [](LinkPair &pair, StreamNumber, StreamNumber) {
        Frame frame = frameOf(FrameType::OrderResult);
        frame.flags = 0;
        frame.payload = std::string(kMaxPayloadBytes, 'x');
        frame.offset = nextSequence(pair);
        for (int i = 0; i < 5; ++i)
            pair.engine.receive(encodeFrame(frame));
    });
    add("empty chunks for ever", "ORDER_RESULT.payload", [](LinkPair &pair, StreamNumber, StreamNumber) {
        Frame frame = frameOf(FrameType::OrderResult);
        frame.flags = 0;
        sendNext(pair, frame);
    });
    add("a control frame between chunks", "PING.sequence", [](LinkPair &pair, StreamNumber, StreamNumber) {
        Frame frame = frameOf(FrameType::OrderResult);
        frame.flags = 0;
        frame.payload = "begin";
        sendNext(pair, frame);
        sendNext(pair, frameOf(FrameType::Ping));
    });
    add("a stream's frame between chunks", "RESIZE.sequence",
        [](LinkPair &pair, StreamNumber, StreamNumber pty) {
            Frame frame = frameOf(FrameType::OrderResult);
            frame.flags = 0;
            frame.payload = "begin";
            sendNext(pair, frame);
            sendNext(pair, frameOf(FrameType::Resize, pty));
        });
    add("a header in a later chunk", "ORDER_STEP.header", [](LinkPair &pair, StreamNumber, StreamNumber) {
        Frame frame = frameOf(FrameType::OrderStep);
        frame.flags = 0;
        frame.payload = "begin";
        frame.offset = nextSequence(pair);
        pair.engine.receive(encodeFrame(frame));
        frame.header = "\x08\x01";
        pair.engine.receive(encodeFrame(frame));
    });
    add("[T10] a frame repeated", "PING.sequence", [](LinkPair &pair, StreamNumber, StreamNumber) {
        sendNext(pair, frameOf(FrameType::Ping));
        pair.engine.receive(encodeFrame(pair.agentFrames.back()));
    });
    add("a number left out", "PING.sequence", [](LinkPair &pair, StreamNumber, StreamNumber) {
        Frame frame = frameOf(FrameType::Ping);
        frame.offset = nextSequence(pair) + 1;
        pair.engine.receive(encodeFrame(frame));
    });
    const auto addData = [&](const char *name, const char *field, Frame frame) {
        add(name, field,
            [frame](LinkPair &pair, StreamNumber, StreamNumber) { pair.engine.receive(encodeFrame(frame)); });
    };
    addData("DATA of a stream never opened", "DATA.stream", data(77, 0, "x"));
    addData("DATA with a gap", "DATA.offset", data(1, 1, "x"));
    addData("DATA beyond the credit", "DATA.payload", data(1, 0, std::string(1001, 'x')));
    addData("DATA without bytes", "DATA.payload", data(1, 0, ""));
    addData("DATA with a header", "DATA.header", [] {
        Frame frame = data(1, 0, "x");
        frame.header = "h";
        return frame;
    }());
    add("[T10] DATA repeated", "DATA.offset", [](LinkPair &pair, StreamNumber exec, StreamNumber) {
        pair.engine.receive(encodeFrame(data(exec, 0, "abc")));
        pair.engine.receive(encodeFrame(data(exec, 0, "abc")));
    });
    add("DATA after FIN", "DATA.stream", [](LinkPair &pair, StreamNumber exec, StreamNumber) {
        pair.engine.receive(encodeFrame(data(exec, 0, "abc")));
        sendNext(pair,
                 frameOf(FrameType::Fin, exec, made<wire::Fin>([](auto &m) { m.set_final_offset(3); })));
        pair.engine.receive(encodeFrame(data(exec, 3, "abc")));
    });
    addData("compressed though not agreed", "DATA.flags", [] {
        Frame frame = data(1, 0, compress(std::string(300, 'a') + std::string(300, 'b') + "0123456789"));
        frame.flags = frameFlags::kCompressed;
        return frame;
    }());
    add("[P05] a bomb on an exec stream", "DATA.payload",
        [](LinkPair &pair, StreamNumber exec, StreamNumber) {
            pair.engine.setCompression(true);
            std::string lines; // ratio below 64, but far beyond the credit of 1000
            for (int i = 0; i < 3000; ++i)
                lines += std::to_string(i * i) + "\n";
            Frame frame = data(exec, 0, compress(lines));
            QVERIFY(!frame.payload.empty());
            frame.flags = frameFlags::kCompressed;
            pair.engine.receive(encodeFrame(frame));
        });
    add("[P05] a compressed terminal", "DATA.flags", [](LinkPair &pair, StreamNumber, StreamNumber pty) {
        pair.engine.setCompression(true);
        Frame frame = data(pty, 0, compress(repetitiveText()));
        frame.flags = frameFlags::kCompressed;
        pair.engine.receive(encodeFrame(frame));
    });
    add("[P05] broken facts", "INVENTORY.payload", [](LinkPair &pair, StreamNumber, StreamNumber) {
        pair.engine.setCompression(true);
        Frame frame = frameOf(FrameType::Inventory);
        frame.flags |= frameFlags::kCompressed;
        frame.payload = "not zstd at all";
        sendNext(pair, frame);
    });
    add("[P05] a compressed result", "ORDER_RESULT.flags", [](LinkPair &pair, StreamNumber, StreamNumber) {
        pair.engine.setCompression(true);
        Frame frame = frameOf(FrameType::OrderResult);
        frame.flags |= frameFlags::kCompressed;
        frame.payload = compress(repetitiveText());
        sendNext(pair, frame);
    });
    add("DATA before the engine has accepted", "DATA.stream", [](LinkPair &pair, StreamNumber, StreamNumber) {
        sendNext(pair, frameOf(FrameType::Open, 3, openOf(2)));
        pair.engine.receive(encodeFrame(data(3, 0, "x")));
    });
}

void tst_LinkHostile::refusedByName()
{
    QFETCH(Send, send);
    QFETCH(QString, field);
    LinkPair pair;
    pair.shakeHands();
    const StreamNumber exec = pair.openExec(1000);
    const StreamNumber pty = pair.openPty(1000, 1000);
    send(pair, exec, pty);
    auto events = pair.engine.takeEvents();
    const auto failed = LinkPair::take<LinkFailed>(events);
    QCOMPARE(failed.size(), size_t(1));
    QCOMPARE(QString::fromStdString(failed[0].error.field), field);
    QVERIFY(pair.engine.hasFailed());
    // the peer is told why, in one last frame
    std::optional<Frame> last;
    while (const auto message = pair.engine.nextMessage())
        last = decodeFrame(*message).value();
    QVERIFY(last);
    QCOMPARE(last->type, FrameType::Error);
    const auto report = parse<wire::ErrorReport>(last->header).value();
    QCOMPARE(report.code(), std::string("protocol-error"));
    QVERIFY(report.fatal());
}

void tst_LinkHostile::firstFrames_data()
{
    QTest::addColumn<QByteArray>("frame");
    QTest::addColumn<bool>("taken");
    const auto add = [](const char *name, Frame frame, bool taken) {
        frame.offset = frame.type == FrameType::Data ? 0 : 1;
        QTest::addRow("%s", name) << QByteArray::fromStdString(encodeFrame(frame)) << taken;
    };
    add("HELLO", frameOf(FrameType::Hello), true);
    for (int type = 0; type < 256; ++type) {
        if (!isKnownFrameType(static_cast<uint8_t>(type)) || type == int(FrameType::Hello))
            continue;
        const auto known = static_cast<FrameType>(type);
        const bool ofStream = known >= FrameType::Open && known <= FrameType::Signal;
        add(std::string(frameTypeName(known)).c_str(), frameOf(known, ofStream ? 1 : 0), false);
    }
}

void tst_LinkHostile::firstFrames()
{
    QFETCH(QByteArray, frame);
    QFETCH(bool, taken);
    LinkPair pair;
    pair.engine.receive(std::string_view(frame.constData(), static_cast<size_t>(frame.size())));
    QCOMPARE(pair.engine.hasFailed(), !taken);
    if (!taken)
        return;
    // after HELLO and before WELCOME nothing is taken either
    Frame ping = frameOf(FrameType::Ping);
    ping.offset = 2;
    pair.engine.receive(encodeFrame(ping));
    QVERIFY(pair.engine.hasFailed());
}

void tst_LinkHostile::agentsRefuseToo_data()
{
    QTest::addColumn<int>("type");
    QTest::addRow("HELLO from an engine") << int(FrameType::Hello);
    QTest::addRow("ORDER_SEEN from an engine") << int(FrameType::OrderSeen);
    QTest::addRow("ORDER_RESULT from an engine") << int(FrameType::OrderResult);
    QTest::addRow("RENEW from an engine") << int(FrameType::Renew);
    QTest::addRow("METRICS from an engine") << int(FrameType::Metrics);
    QTest::addRow("WELCOME again") << int(FrameType::Welcome);
}

void tst_LinkHostile::agentsRefuseToo()
{
    QFETCH(int, type);
    LinkPair pair;
    pair.shakeHands();
    Frame frame = frameOf(static_cast<FrameType>(type));
    frame.offset = 2;
    pair.agent.receive(encodeFrame(frame));
    QVERIFY(pair.agent.hasFailed());
}

void tst_LinkHostile::refusedWithoutHarm_data()
{
    QTest::addColumn<int>("kind");
    QTest::addRow("[P04] kind 0") << 0;
    QTest::addRow("[P04] kind 9") << 9;
    QTest::addRow("[P04] kind 2^31-1") << INT_MAX;
}

void tst_LinkHostile::refusedWithoutHarm()
{
    QFETCH(int, kind);
    LinkPair pair;
    pair.shakeHands();
    pair.agentFrames.clear();
    sendNext(pair, frameOf(FrameType::Open, 1, openOf(static_cast<uint32_t>(kind))));
    QVERIFY(!pair.engine.hasFailed());
    QVERIFY(pair.engine.takeEvents().empty());
    const Frame answer = decodeFrame(*pair.engine.nextMessage()).value();
    QCOMPARE(answer.type, FrameType::Refused);
    QCOMPARE(parse<wire::Refused>(answer.header).value().code(), std::string("unknown-kind"));
}

// [T10] frames of one session sent again in another: their numbers do not fit there
void tst_LinkHostile::replayedFrames()
{
    LinkPair first;
    first.shakeHands();
    const StreamNumber exec = first.openExec(1000);
    QCOMPARE(first.agent.write(exec, "abc"), size_t(3));
    first.agent.send(FrameType::OrderSeen, wire::OrderSeen());
    first.pump();

    for (const Frame &frame : first.agentFrames) {
        LinkPair second;
        second.shakeHands();
        second.agent.send(FrameType::OrderSeen, wire::OrderSeen());
        second.pump();
        (void)second.engine.takeEvents();
        if (frame.type != FrameType::Data && frame.offset == 3)
            continue; // the one number that happens to be due: TLS is what keeps that one out
        second.engine.receive(encodeFrame(frame));
        QVERIFY2(second.engine.hasFailed(), frameTypeName(frame.type).data());
    }
}

void tst_LinkHostile::noiseNeverGetsThrough()
{
    SeededRandom random(11);
    for (int i = 0; i < 3000; ++i) {
        LinkPair pair;
        if (i % 2 == 0)
            pair.shakeHands();
        std::string bytes = random.bytes(random.below(200));
        if (bytes.size() > 4 && i % 3 != 0) { // a prefix that gets further
            bytes[0] = 1;
            bytes[1] = static_cast<char>(random.below(70));
            bytes[2] = 0;
        }
        if (bytes.size() >= 20 && i % 3 == 1) {
            for (size_t at = 4; at < 20; ++at)
                bytes[at] = 0;
            bytes[15] = 2;
            bytes[7] = static_cast<char>(random.below(4));
            bytes[17] = static_cast<char>(bytes.size() - 20);
        }
        pair.engine.receive(bytes);
        pair.agent.receive(bytes);
        for (const LinkEvent &event : pair.engine.takeEvents())
            QVERIFY(!std::holds_alternative<StreamData>(event));
        (void)pair.agent.takeEvents();
    }
}

void tst_LinkHostile::aFailedLinkStaysFailed()
{
    LinkPair pair;
    pair.shakeHands();
    const StreamNumber exec = pair.openExec(1000);
    pair.engine.receive("garbage");
    QVERIFY(pair.engine.hasFailed());
    (void)pair.engine.takeEvents();
    QVERIFY(pair.engine.nextMessage()); // ERROR
    pair.engine.receive(encodeFrame(data(exec, 0, "abc")));
    pair.engine.send(FrameType::Cancel, wire::Cancel());
    pair.engine.grant(exec, 10);
    pair.engine.onTime();
    QVERIFY(!pair.engine.hasOutput() && !pair.engine.nextMessage());
    QVERIFY(pair.engine.takeEvents().empty());
    QVERIFY(!pair.engine.wantsToRead());
    QVERIFY(!pair.engine.open(StreamKind::Rpc, {}));
    QCOMPARE(pair.engine.nextDeadline(), Tick::max());
}

FB_TEST(tst_LinkHostile)
#include "tst_link_hostile.moc"
