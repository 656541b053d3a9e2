#include "tests/unit/protocol/link_pair.h"

#include "tests/support/test_main.h"

#include <QTest>

#include <algorithm>

using namespace fb;
using namespace fb::test;
using namespace std::chrono_literals;

class tst_LinkStreams : public QObject
{
    Q_OBJECT

private slots:
    void execFromOpenToEnd();
    void ptyBothWays();
    void neverMoreThanTheCredit();
    void acknowledgementsAreGathered();
    void acknowledgementsGoAtOnceWhenMuchIsDue();
    void compressionKeepsOffsets();
    void compressionIsTriedAgain();
    void smallFramesWhileATerminalIsOpen();
    void keyPressesPassBulk();
    void resumeGoesOnWhereWanted();
    void refuseAndReset();
    void bytesUnderWayOfAResetStreamAreDropped();
    void atTheBoundOfStreams();
    void creditOfTheConnectionIsBounded();
    void idleWindowsStopNobody();
    void standardErrorIsMarked();
    void finWaitsForTheBytes();
    void resizeAndSignal();
    void anEndedStreamKeepsNoMemory();
};

void tst_LinkStreams::execFromOpenToEnd()
{
    LinkPair pair;
    pair.shakeHands();
    wire::Open open;
    open.mutable_exec()->set_order_id("o");
    const StreamNumber stream = pair.agent.open(StreamKind::ExecErr, open).value();
    QCOMPARE(stream, 1u);
    QCOMPARE(pair.agent.write(stream, "early"), size_t(0)); // no credit yet
    pair.pump();
    const auto offered = LinkPair::take<StreamOpenReceived>(pair.engineEvents);
    QCOMPARE(offered.size(), size_t(1));
    QCOMPARE(offered[0].open.exec().order_id(), std::string("o"));
    QCOMPARE(*pair.engine.kindOf(stream), StreamKind::ExecErr);
    pair.engine.accept(stream, 100, 0);
    pair.pump();
    QCOMPARE(LinkPair::take<StreamOpened>(pair.agentEvents).at(0).opened.window(), uint64_t(100));

    QCOMPARE(pair.agent.write(stream, "hello "), size_t(6));
    QCOMPARE(pair.agent.write(stream, "world"), size_t(5));
    wire::Fin fin;
    fin.set_dropped(3);
    pair.agent.finish(stream, fin);
    QCOMPARE(pair.agent.write(stream, "more"), size_t(0));
    pair.pump();
    std::string text;
    for (const StreamData &bytes : LinkPair::take<StreamData>(pair.engineEvents)) {
        QCOMPARE(bytes.offset, uint64_t(text.size()));
        text += bytes.bytes;
    }
    QCOMPARE(text, std::string("hello world"));
    const auto finished = LinkPair::take<StreamFinished>(pair.engineEvents);
    QCOMPARE(finished.size(), size_t(1));
    QCOMPARE(finished[0].fin.final_offset(), uint64_t(11));
    QCOMPARE(finished[0].fin.dropped(), uint64_t(3));

    // until it is durable, both keep the stream
    QCOMPARE(pair.agent.streams().size(), size_t(1));
    QCOMPARE(pair.engine.streams().size(), size_t(1));
    pair.engine.acknowledge(stream, 11);
    pair.pump();
    const auto acked = LinkPair::take<StreamAcked>(pair.agentEvents);
    QCOMPARE(acked.size(), size_t(1));
    QCOMPARE(acked[0].offset, uint64_t(11));
    QVERIFY(acked[0].ended);
    QVERIFY(pair.agent.streams().empty() && pair.engine.streams().empty());
}

void tst_LinkStreams::ptyBothWays()
{
    LinkPair pair;
    pair.shakeHands();
    const StreamNumber stream = pair.openPty(256 * 1024, 64 * 1024);
    QCOMPARE(stream, 2u);
    QCOMPARE(pair.engine.write(stream, "ls\r"), size_t(3));
    pair.pump();
    QCOMPARE(LinkPair::take<StreamData>(pair.agentEvents).at(0).bytes, std::string("ls\r"));
    QCOMPARE(pair.agent.write(stream, "a b\r\n$ "), size_t(7));
    pair.pump();
    QCOMPARE(LinkPair::take<StreamData>(pair.engineEvents).at(0).bytes, std::string("a b\r\n$ "));

    wire::Fin fin;
    fin.set_exit_code(3);
    fin.set_reason("exited");
    pair.agent.finish(stream, fin);
    pair.pump();
    QCOMPARE(LinkPair::take<StreamFinished>(pair.engineEvents).at(0).fin.exit_code(), 3);
    pair.engine.acknowledge(stream, 7);
    pair.engine.finish(stream);
    pair.pass(30ms);
    QVERIFY(pair.agent.streams().empty() && pair.engine.streams().empty());
    QVERIFY(!pair.agent.hasFailed() && !pair.engine.hasFailed());
}

void tst_LinkStreams::neverMoreThanTheCredit()
{
    LinkPair pair;
    pair.shakeHands();
    const StreamNumber stream = pair.openExec(1000);
    const std::string text(5000, 'x');
    QCOMPARE(pair.agent.write(stream, text), size_t(1000));
    QCOMPARE(pair.agent.writable(stream), size_t(0));
    QCOMPARE(pair.agent.write(stream, text), size_t(0));
    pair.pump();
    QVERIFY(LinkPair::take<StreamWritable>(pair.agentEvents).empty());
    pair.engine.grant(stream, 300);
    pair.pass(20ms);
    QCOMPARE(LinkPair::take<StreamWritable>(pair.agentEvents).size(), size_t(1));
    QCOMPARE(pair.agent.write(stream, text), size_t(300));
    pair.pump();
    size_t received = 0;
    for (const StreamData &bytes : LinkPair::take<StreamData>(pair.engineEvents))
        received += bytes.bytes.size();
    QCOMPARE(received, size_t(1300));
}

void tst_LinkStreams::acknowledgementsAreGathered()
{
    LinkPair pair;
    pair.shakeHands();
    const StreamNumber stream = pair.openExec(1 << 20);
    for (uint64_t offset = 10; offset <= 100; offset += 10) {
        QCOMPARE(pair.agent.write(stream, std::string(10, 'x')), size_t(10));
        pair.pump();
        pair.engine.acknowledge(stream, offset);
        pair.engine.grant(stream, 10);
        pair.pump();
    }
    QVERIFY(LinkPair::take<StreamAcked>(pair.agentEvents).empty());
    pair.engineFrames.clear();
    pair.pass(19ms);
    QVERIFY(pair.engineFrames.empty());
    pair.pass(1ms);
    QCOMPARE(pair.engineFrames.size(), size_t(2)); // one CREDIT, one ACK
    QCOMPARE(LinkPair::take<StreamAcked>(pair.agentEvents).at(0).offset, uint64_t(100));
}

void tst_LinkStreams::acknowledgementsGoAtOnceWhenMuchIsDue()
{
    LinkPair pair;
    pair.shakeHands();
    const auto acknowledgementsOf = [&pair](StreamNumber stream, size_t bytes) {
        for (size_t given = 0; given < bytes; given += 32 * 1024) {
            if (pair.agent.write(stream, std::string(32 * 1024, 'x')) != 32 * 1024)
                return size_t(99);
            pair.pump();
        }
        pair.engine.acknowledge(stream, bytes);
        pair.pump();
        return LinkPair::take<StreamAcked>(pair.agentEvents).size();
    };
    QCOMPARE(acknowledgementsOf(pair.openExec(64 * 1024), 32 * 1024), size_t(1));
    // A quarter of a large window: a long stream is not answered piece by piece.
    QCOMPARE(acknowledgementsOf(pair.openExec(1 << 20), 128 * 1024), size_t(0));
    QCOMPARE(acknowledgementsOf(pair.openExec(1 << 20), 256 * 1024), size_t(1));
}

void tst_LinkStreams::compressionKeepsOffsets()
{
    LinkPair pair;
    pair.shakeHands();
    pair.compressBoth();
    const StreamNumber stream = pair.openExec(4 << 20);
    std::string text;
    for (int i = 0; text.size() < 300'000; ++i)
        text += std::to_string(i) + " drwxr-xr-x root root\n";
    size_t given = 0;
    std::string back;
    while (given < text.size()) {
        given += pair.agent.write(stream, std::string_view(text).substr(given, 70'000));
        pair.pump();
    }
    size_t wireBytes = 0;
    for (const Frame &frame : pair.agentFrames)
        wireBytes += frame.payload.size();
    for (const StreamData &bytes : LinkPair::take<StreamData>(pair.engineEvents)) {
        QCOMPARE(bytes.offset, uint64_t(back.size()));
        back += bytes.bytes;
    }
    QCOMPARE(back, text);
    QVERIFY(wireBytes < text.size() / 3);

    // never on a terminal
    const StreamNumber pty = pair.openPty(1 << 20, 1 << 10);
    pair.agentFrames.clear();
    QCOMPARE(pair.agent.write(pty, std::string_view(text).substr(0, 10'000)), size_t(10'000));
    pair.pump();
    QCOMPARE(pair.agentFrames.at(0).flags & frameFlags::kCompressed, 0);
}

// What does not get smaller is tried again now and then only: it may be an archive, or just its beginning.
void tst_LinkStreams::compressionIsTriedAgain()
{
    LinkPair pair;
    pair.shakeHands();
    pair.compressBoth();
    const StreamNumber stream = pair.openExec(16 << 20);
    SeededRandom random(5);
    const std::string noise = random.bytes(kSentPayloadBytes);
    std::string text;
    for (int i = 0; text.size() < kSentPayloadBytes; ++i)
        text += std::to_string(i) + " drwxr-xr-x root root\n";
    text.resize(kSentPayloadBytes);
    QCOMPARE(pair.agent.write(stream, noise), noise.size());
    pair.pump();
    pair.agentFrames.clear();
    for (int i = 0; i < 20; ++i) {
        QCOMPARE(pair.agent.write(stream, text), text.size());
        pair.pump();
    }
    std::vector<bool> compressed;
    for (const Frame &frame : pair.agentFrames) {
        if (frame.type == FrameType::Data)
            compressed.push_back((frame.flags & frameFlags::kCompressed) != 0);
    }
    QCOMPARE(compressed.size(), size_t(20));
    QVERIFY(!compressed.front() && compressed.back());
    const auto first = std::find(compressed.begin(), compressed.end(), true);
    QVERIFY(std::find(first, compressed.end(), false) == compressed.end()); // and then all are
    std::string back;
    for (const StreamData &bytes : LinkPair::take<StreamData>(pair.engineEvents))
        back += bytes.bytes;
    QVERIFY(back.starts_with(noise) && back.size() == 21 * kSentPayloadBytes && back.ends_with(text));
}

void tst_LinkStreams::smallFramesWhileATerminalIsOpen()
{
    LinkPair pair;
    pair.shakeHands();
    const StreamNumber exec = pair.openExec(4 << 20);
    const std::string block(2 * kSentPayloadBytes, 'x');
    QCOMPARE(pair.agent.write(exec, block), block.size());
    pair.pump();
    QCOMPARE(pair.agentFrames.back().payload.size(), kSentPayloadBytes);
    // The whole of it in four TLS records.
    QVERIFY(encodeFrame(pair.agentFrames.back()).size() + 14 <= 4 * 16 * 1024);
    const StreamNumber pty = pair.openPty(1024, 1024); // somebody types: keys do not wait for so much
    pair.agentFrames.clear();
    const size_t taken = pair.agent.write(exec, block); // no more waits inside than two frames
    QVERIFY(taken > kSentPayloadBytesBesideTerminal && taken <= 2 * kSentPayloadBytesBesideTerminal);
    pair.pump();
    for (const Frame &frame : pair.agentFrames)
        QVERIFY(frame.payload.size() <= kSentPayloadBytesBesideTerminal);
    pair.engine.reset(pty, "closed");
    pair.pump();
    QCOMPARE(pair.agent.write(exec, block), block.size());
}

void tst_LinkStreams::keyPressesPassBulk()
{
    LinkPair pair;
    pair.shakeHands();
    const StreamNumber pty = pair.openPty(1 << 20, 1 << 16);
    const StreamNumber file = pair.engine.open(StreamKind::FilePut, {}).value();
    pair.pump();
    pair.agent.accept(file, 4 << 20, 0);
    pair.pump();
    QVERIFY(pair.engine.write(file, std::string(1 << 20, 'f')) > 0);
    QVERIFY(pair.engine.nextMessage()); // bulk has begun
    QCOMPARE(pair.engine.write(pty, "k"), size_t(1));
    QCOMPARE(decodeFrame(*pair.engine.nextMessage()).value().payload, std::string("k"));
}

void tst_LinkStreams::resumeGoesOnWhereWanted()
{
    LinkPair pair;
    pair.shakeHands();
    wire::Open open;
    open.set_token("terminal-1");
    open.set_window(1000);
    open.set_receive_from(5000); // the recording holds so much
    const StreamNumber stream = pair.engine.open(StreamKind::Pty, open, true).value();
    pair.pump();
    const auto offered = LinkPair::take<StreamOpenReceived>(pair.agentEvents);
    QVERIFY(offered.at(0).resumed);
    QCOMPARE(offered.at(0).open.receive_from(), uint64_t(5000));
    pair.agent.accept(stream, 100, 42);
    QCOMPARE(pair.agent.write(stream, "again"), size_t(5));
    pair.pump();
    QCOMPARE(LinkPair::take<StreamOpened>(pair.engineEvents).at(0).opened.receive_from(), uint64_t(42));
    QCOMPARE(LinkPair::take<StreamData>(pair.engineEvents).at(0).offset, uint64_t(5000));
    QCOMPARE(pair.engine.write(stream, "key"), size_t(3));
    pair.pump();
    QCOMPARE(LinkPair::take<StreamData>(pair.agentEvents).at(0).offset, uint64_t(42));
    QVERIFY(!pair.agent.hasFailed() && !pair.engine.hasFailed());
}

void tst_LinkStreams::refuseAndReset()
{
    LinkPair pair;
    pair.shakeHands();
    const StreamNumber refused = pair.engine.open(StreamKind::Rpc, {}).value();
    pair.pump();
    pair.agent.refuse(refused, "not-found", "no such method");
    pair.pump();
    const auto told = LinkPair::take<StreamRefused>(pair.engineEvents);
    QCOMPARE(told.at(0).code, std::string("not-found"));
    QCOMPARE(told.at(0).text, std::string("no such method"));
    const StreamNumber exec = pair.openExec(1000);
    QCOMPARE(pair.agent.write(exec, "bytes"), size_t(5));
    pair.engine.reset(exec, "denied", "gone");
    pair.pump();
    QCOMPARE(LinkPair::take<StreamReset>(pair.agentEvents).at(0).code, std::string("denied"));
    QVERIFY(pair.agent.streams().empty() && pair.engine.streams().empty());
    QVERIFY(!pair.agent.hasFailed() && !pair.engine.hasFailed());
}

void tst_LinkStreams::bytesUnderWayOfAResetStreamAreDropped()
{
    LinkPair pair;
    pair.shakeHands();
    const StreamNumber exec = pair.openExec(1000);
    QCOMPARE(pair.agent.write(exec, "bytes"), size_t(5));
    pair.agent.finish(exec);
    std::vector<std::string> underWay;
    while (const auto message = pair.agent.nextMessage())
        underWay.push_back(*message);
    QCOMPARE(underWay.size(), size_t(2));
    pair.engine.reset(exec, "denied");
    for (const std::string &message : underWay)
        pair.engine.receive(message);
    QVERIFY(!pair.engine.hasFailed());
    QVERIFY(pair.engine.takeEvents().empty());
}

void tst_LinkStreams::atTheBoundOfStreams()
{
    LinkLimits limits;
    limits.maxStreams = 5;
    LinkPair pair(limits);
    pair.shakeHands();
    for (int i = 0; i < 5; ++i)
        pair.openExec(100);
    const Result<StreamNumber> own = pair.engine.open(StreamKind::Rpc, {});
    QVERIFY(!own);
    QVERIFY(own.error().code == errors::kThrottling);

    Frame frame; // a peer that does not keep the bound
    frame.type = FrameType::Open;
    frame.stream = 11;
    frame.offset = pair.agentFrames.back().offset + 1;
    wire::Open open;
    open.set_kind(2);
    frame.header = open.SerializeAsString();
    pair.engine.receive(encodeFrame(frame));
    const Frame answer = decodeFrame(*pair.engine.nextMessage()).value();
    QCOMPARE(answer.type, FrameType::Refused);
    QCOMPARE(parse<wire::Refused>(answer.header).value().code(), std::string("busy"));
    QVERIFY(!pair.engine.hasFailed());
}

void tst_LinkStreams::creditOfTheConnectionIsBounded()
{
    LinkLimits limits;
    limits.connectionCredit = 100'000;
    LinkPair pair(limits);
    pair.shakeHands();
    const StreamNumber first = pair.openExec(70'000);
    const StreamNumber second = pair.openExec(70'000);
    QCOMPARE(pair.agent.writable(first), size_t(70'000));
    QCOMPARE(pair.agent.writable(second), size_t(30'000)); // the rest is held back
    const std::string block(70'000, 'x');
    QCOMPARE(pair.agent.write(first, block), size_t(70'000));
    pair.pump();
    pair.pass(20ms); // used credit is free for others
    QCOMPARE(pair.agent.writable(second), size_t(70'000));
    pair.engine.grant(first, 70'000);
    pair.pass(20ms);
    QCOMPARE(pair.agent.writable(first), size_t(30'000));
    pair.engine.reset(second, "closed");
    pair.pass(20ms);
    QCOMPARE(pair.agent.writable(first), size_t(70'000));
}

void tst_LinkStreams::standardErrorIsMarked()
{
    LinkPair pair;
    pair.shakeHands();
    const StreamNumber stream = pair.openPty(100'000, 1000);
    pair.agent.write(stream, "out");
    pair.agent.write(stream, "err", true);
    pair.agent.write(stream, "or", true);
    pair.agent.write(stream, "out again");
    pair.pump();
    QStringList came;
    for (const StreamData &data : LinkPair::take<StreamData>(pair.engineEvents))
        came.append(QString::number(data.isError) + QString::fromStdString(data.bytes));
    QCOMPARE(came, (QStringList {u"0out"_qs, u"1error"_qs, u"0out again"_qs}));
}

// Connections through a tunnel that rest hold their windows; the next one works all the same.
void tst_LinkStreams::idleWindowsStopNobody()
{
    LinkPair pair;
    pair.shakeHands();
    const auto openForward = [&] {
        wire::Open open;
        open.set_window(1 << 20);
        const StreamNumber stream = pair.engine.open(StreamKind::ForwardTcp, open).value();
        pair.pump();
        pair.agent.accept(stream, 1 << 20, 0);
        pair.pump();
        return stream;
    };
    for (int i = 0; i < 60; ++i)
        openForward();
    const StreamNumber last = openForward();
    size_t received = 0;
    for (const std::string piece(4096, 'x'); received < 500'000;) {
        QVERIFY(pair.agent.write(last, piece) > 0);
        pair.pump();
        for (const StreamData &bytes : LinkPair::take<StreamData>(pair.engineEvents)) {
            received += bytes.bytes.size();
            pair.engine.grant(last, bytes.bytes.size());
        }
        pair.pass(20ms);
    }
    QVERIFY(!pair.engine.hasFailed());
}

void tst_LinkStreams::finWaitsForTheBytes()
{
    LinkPair pair;
    pair.shakeHands();
    const StreamNumber stream = pair.engine.open(StreamKind::Rpc, {}).value();
    pair.engine.finish(stream); // nothing to say, before it was even answered
    pair.pump();
    pair.agent.accept(stream, 10, 0);
    pair.pump();
    QCOMPARE(LinkPair::take<StreamFinished>(pair.agentEvents).size(), size_t(1));
    QVERIFY(!pair.agent.hasFailed());
    pair.engine.grant(stream, 100'000);
    pair.pass(20ms);
    QCOMPARE(pair.agent.write(stream, std::string(100'000, 'r')), size_t(100'000));
    pair.agent.finish(stream);
    pair.pump();
    size_t received = 0;
    for (const StreamData &bytes : LinkPair::take<StreamData>(pair.engineEvents))
        received += bytes.bytes.size();
    QCOMPARE(received, size_t(100'000));
    QCOMPARE(LinkPair::take<StreamFinished>(pair.engineEvents).at(0).fin.final_offset(), uint64_t(100'000));
    pair.pass(20ms);
    QVERIFY(pair.agent.streams().empty() && pair.engine.streams().empty());
}

void tst_LinkStreams::resizeAndSignal()
{
    LinkPair pair;
    pair.shakeHands();
    const StreamNumber stream = pair.openPty(1000, 1000);
    pair.engine.resize(stream, 132, 43);
    pair.engine.signal(stream, 2);
    pair.pump();
    const auto resized = LinkPair::take<StreamResized>(pair.agentEvents);
    QCOMPARE(resized.at(0).columns, 132u);
    QCOMPARE(resized.at(0).rows, 43u);
    QCOMPARE(LinkPair::take<StreamSignalled>(pair.agentEvents).at(0).number, 2);
}

void tst_LinkStreams::anEndedStreamKeepsNoMemory()
{
    LinkPair pair;
    pair.shakeHands();
    for (int i = 0; i < 2000; ++i) { // far more than 256 one after the other
        const StreamNumber stream = pair.openExec(1000);
        QCOMPARE(pair.agent.write(stream, "x"), size_t(1));
        pair.agent.finish(stream);
        pair.pump();
        pair.engine.acknowledge(stream, 1);
        pair.pump();
        pair.pass(10ms);
    }
    QVERIFY(pair.agent.streams().empty() && pair.engine.streams().empty());
    QVERIFY(!pair.agent.hasFailed() && !pair.engine.hasFailed());
}

FB_TEST(tst_LinkStreams)
#include "tst_link_streams.moc"
