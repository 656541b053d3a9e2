// Output and terminal streams of a node (protocol-notes 7).

#include "tests/support/test_main.h"
#include "tests/unit/agent/core_bench.h"

#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace std::chrono_literals;
using protocol::FrameType;
using protocol::StreamKind;

namespace {

std::string numbers(int count)
{
    std::string text;
    for (int i = 0; i < count; ++i)
        text += std::to_string(i) + "\n";
    return text;
}

}

class tst_NodeStreams : public QObject
{
    Q_OBJECT
private slots:
    void outputArrivesWhole();
    void outputGoesOnAfterCuts();
    void filesGoOnlyWhenTheEngineHasEveryByte();
    void droppedBytesAreNamed();
    void smallWindow();
    void unwantedOutput();
    void terminal();
    void terminalResumesWhereItWas();
    void terminalTakenOver();
    void terminalRefusals_data();
    void terminalRefusals();
    void terminalDiesWithItsWorker();
    void workEndsWithTheNode();

private:
    static agent::OutputKey out(const CoreBench &bench, uint64_t d = 1)
    {
        return {bench.key(d), 0, agent::OutputPipe::Out};
    }
    static std::string token(const CoreBench &bench) { return bench.key(1).orderId + ".1.0.out"; }
    static wire::OrderStep step(size_t size)
    {
        wire::OrderStep message;
        message.set_step_index(0);
        message.set_stdout_size(size);
        return message;
    }
    static protocol::StreamNumber openTerminal(CoreBench &bench, const std::string &token,
                                               bool resumed = false, uint64_t from = 0)
    {
        wire::Open open;
        open.set_token(token);
        open.set_window(64 * 1024);
        open.set_receive_from(from);
        open.mutable_pty()->set_session_id("alice-0123456789abcdef0");
        const auto stream = bench.engine->open(StreamKind::Pty, open, resumed);
        bench.settle();
        return stream ? *stream : 0;
    }
    static agent::TerminalState state(const std::string &token, uint64_t kept = 0, uint64_t next = 0,
                                      uint64_t received = 0)
    {
        return {token, "alice-0123456789abcdef0", kept, next, received, "runs as alice"};
    }
};

void tst_NodeStreams::outputArrivesWhole()
{
    CoreBench bench;
    bench.connect();
    bench.order(1);
    const std::string text = numbers(300'000);
    bench.host.outputs[out(bench)] = text;
    for (size_t size = 1; size < text.size(); size = size * 3 + 7)
        bench.host.events->outputGrew(out(bench), size);
    bench.settle();
    bench.host.events->stepEnded(bench.key(1), step(text.size()));
    bench.settle();
    QVERIFY(bench.stored[token(bench)] == text);
    QVERIFY(bench.ended.contains(token(bench)));
    QCOMPARE(bench.host.released[out(bench)], uint64_t(text.size()));
}

void tst_NodeStreams::outputGoesOnAfterCuts() // [R04] a partition during a command with output
{
    CoreBench bench;
    const std::string text = numbers(400'000);
    bench.connect();
    bench.order(1);
    bench.host.outputs[out(bench)] = text;
    size_t size = 0;
    for (int round = 0; round < 12; ++round) {
        size = std::min(text.size(), size + text.size() / 11);
        bench.host.events->outputGrew(out(bench), size);
        for (int messages = 0; messages < round + 2; ++messages) { // some get through
            if (auto message = bench.core->nextMessage())
                bench.engine->receive(*message);
        }
        bench.settle();
        bench.cut();
        bench.clock.advance(std::chrono::hours(round == 5 ? 5 * 24 : 1));
        if (round % 4 == 3) { // the supervisor too
            bench.host.found = {{.key = bench.key(1),
                                 .dispatchSeq = 1,
                                 .alive = true,
                                 .outputs = {{.key = out(bench), .size = size}}}};
            bench.boot();
        }
        bench.connect();
    }
    bench.host.events->stepEnded(bench.key(1), step(text.size()));
    bench.settle();
    QVERIFY(bench.stored[token(bench)] == text); // CoreBench ends the program at a gap or a repeat
    QVERIFY(bench.ended.contains(token(bench)));
}

void tst_NodeStreams::filesGoOnlyWhenTheEngineHasEveryByte()
{
    CoreBench bench;
    bench.acknowledges = false;
    bench.connect();
    bench.order(1);
    bench.host.outputs[out(bench)] = "hello";
    bench.host.events->outputGrew(out(bench), 5);
    bench.host.events->stepEnded(bench.key(1), step(5));
    bench.finish(1);
    bench.settled(1);
    QVERIFY(bench.host.discarded.empty()); // settled, but the output is not durable yet
    bench.cut();
    bench.acknowledges = true;
    bench.stored.clear(); // the engine died before it synced
    bench.connect();
    QCOMPARE(bench.stored[token(bench)], std::string("hello"));
    QCOMPARE(bench.host.discarded.size(), size_t(1));
}

void tst_NodeStreams::droppedBytesAreNamed() // [R04] the explicit marker of the spool bound
{
    CoreBench bench;
    bench.connect();
    bench.order(1);
    bench.host.outputs[out(bench)] = "abc";
    wire::OrderStep message = step(3);
    message.set_stdout_dropped(1234);
    bench.host.events->stepEnded(bench.key(1), message);
    bench.settle();
    QCOMPARE(bench.dropped[token(bench)], uint64_t(1234));
}

void tst_NodeStreams::smallWindow()
{
    CoreBench bench;
    bench.window = 1000; // the engine gives little credit
    bench.connect();
    bench.order(1);
    const std::string text = numbers(20'000);
    bench.host.outputs[out(bench)] = text;
    bench.host.events->outputGrew(out(bench), text.size());
    bench.host.events->stepEnded(bench.key(1), step(text.size()));
    bench.settle();
    QVERIFY(bench.stored[token(bench)] == text);
}

void tst_NodeStreams::unwantedOutput()
{
    CoreBench bench;
    bench.connect();
    bench.order(1);
    bench.host.outputs[out(bench)] = "abc";
    bench.host.events->outputGrew(out(bench), 3);
    bench.settle();
    QCOMPARE(bench.tokens.size(), size_t(1));
    bench.engine->reset(bench.tokens.begin()->first, "not-found");
    bench.settle();
    bench.finish(1);
    bench.settled(1);
    QCOMPARE(bench.host.discarded.size(), size_t(1)); // nothing waits for a stream that nobody wants
}

void tst_NodeStreams::terminal()
{
    CoreBench bench;
    bench.connect();
    const auto stream = openTerminal(bench, "token");
    QCOMPARE(bench.host.terminalsStarted, std::vector<std::string>({"token"}));
    QVERIFY(!bench.opened);
    bench.host.events->terminalStarted(state("token"));
    bench.settle();
    QVERIFY(bench.opened);
    QCOMPARE(bench.opened->note(), std::string("runs as alice"));
    QVERIFY(bench.host.terminalAllowed > 16 * 1024);
    QVERIFY(bench.host.terminalAllowed <= 64 * 1024 + 16 * 1024);

    bench.engine->write(stream, "ls\r");
    bench.engine->resize(stream, 132, 43);
    bench.settle();
    QCOMPARE(bench.host.terminalInputText, std::string("ls\r"));
    QCOMPARE(bench.host.terminalSize, std::make_pair(132u, 43u));

    // More output than the window: only what there is credit for is asked of the worker, and all of it arrives.
    const std::string text = numbers(60'000);
    uint64_t sent = 0;
    while (sent < text.size()) {
        const uint64_t upTo = std::min<uint64_t>(bench.host.terminalAllowed, text.size());
        QVERIFY(upTo > sent);
        bench.host.events->terminalOutput("token", sent, std::string_view(text).substr(sent, upTo - sent));
        sent = upTo;
        bench.settle();
    }
    QVERIFY(bench.terminalOutput == text);
    QCOMPARE(bench.host.terminalAcked, uint64_t(text.size()));
    bench.host.events->terminalEnded("token", text.size(), 3, "exited");
    bench.settle();
    QVERIFY(bench.terminalFin);
    QCOMPARE(bench.terminalFin->exit_code(), 3);
    QCOMPARE(bench.terminalFin->reason(), std::string("exited"));
    QCOMPARE(bench.host.terminalsDiscarded, std::vector<std::string>({"token"}));
    QCOMPARE(bench.core->terminalsOpen(), size_t(0));
}

void tst_NodeStreams::terminalResumesWhereItWas() // [session-manager 3.7] no byte lost or doubled
{
    CoreBench bench;
    bench.connect();
    openTerminal(bench, "token");
    bench.host.events->terminalStarted(state("token"));
    bench.settle();
    bench.host.events->terminalOutput("token", 0, "0123456789");
    bench.settle();
    bench.cut();
    bench.host.events->terminalOutput("token", 10, "abc"); // on its way when the link went
    bench.host.terminals = {state("token", 10, 13, 0)};
    bench.boot(); // and the supervisor
    bench.connect();
    QCOMPARE(bench.hello.streams_size(), 1);
    QCOMPARE(bench.hello.streams(0).token(), std::string("token"));
    QCOMPARE(bench.hello.streams(0).first_kept(), uint64_t(10));
    QCOMPARE(bench.hello.streams(0).next_offset(), uint64_t(13));
    openTerminal(bench, "token", true, 10);
    QVERIFY(bench.opened);
    QVERIFY(bench.host.terminalAllowed > 13);
    bench.host.events->terminalOutput("token", 10, "abc");
    bench.settle();
    QCOMPARE(bench.terminalOutput, std::string("0123456789abc"));
    QCOMPARE(bench.host.terminalsStarted.size(), size_t(1));
}

void tst_NodeStreams::terminalTakenOver()
{
    CoreBench bench;
    bench.connect();
    const auto first = openTerminal(bench, "token");
    bench.host.events->terminalStarted(state("token"));
    bench.settle();
    openTerminal(bench, "token", true, 0);
    QVERIFY(bench.wasReset);
    QCOMPARE(bench.wasReset->stream, first);
    QCOMPARE(bench.wasReset->code, std::string("taken-over"));
    QCOMPARE(bench.core->terminalsOpen(), size_t(1));
    QVERIFY(bench.host.terminalsEnded.empty());
}

void tst_NodeStreams::terminalRefusals_data()
{
    QTest::addColumn<QString>("session");
    QTest::addColumn<QString>("token");
    QTest::addColumn<bool>("resumed");
    QTest::addColumn<QString>("code");
    QTest::addRow("[N01] session id with a path") << u"../../etc"_qs << u"t"_qs << false << u"denied"_qs;
    QTest::addRow("[N01] session id of dots") << u".."_qs << u"t"_qs << false << u"denied"_qs;
    QTest::addRow("[N01] session id with a NUL") << QString(u"a\0b"_qs) << u"t"_qs << false << u"denied"_qs;
    QTest::addRow("no token") << u"alice-1"_qs << QString() << false << u"denied"_qs;
    QTest::addRow("resume of what is gone") << u"alice-1"_qs << u"t"_qs << true << u"not-found"_qs;
}

void tst_NodeStreams::terminalRefusals()
{
    QFETCH(QString, session);
    QFETCH(QString, token);
    QFETCH(bool, resumed);
    QFETCH(QString, code);
    CoreBench bench;
    bench.connect();
    wire::Open open;
    open.set_token(token.toStdString());
    open.mutable_pty()->set_session_id(session.toStdString());
    QVERIFY(bench.engine->open(StreamKind::Pty, open, resumed));
    bench.settle();
    QVERIFY(bench.refused);
    QCOMPARE(QString::fromStdString(bench.refused->code), code);
    QVERIFY(bench.host.terminalsStarted.empty());
}

void tst_NodeStreams::terminalDiesWithItsWorker()
{
    CoreBench bench;
    bench.connect();
    openTerminal(bench, "token");
    bench.host.events->terminalStarted(state("token"));
    bench.settle();
    bench.host.events->terminalEnded("token", 0, 137, "interrupted");
    bench.settle();
    QVERIFY(bench.terminalFin);
    QCOMPARE(bench.terminalFin->reason(), std::string("interrupted"));
}

void tst_NodeStreams::workEndsWithTheNode() // fleet-manager B3.5
{
    CoreBench bench;
    bench.connect();
    for (const std::string token : {"first", "second"}) {
        openTerminal(bench, token);
        bench.host.events->terminalStarted(state(token));
    }
    for (uint64_t d = 1; d <= 6; ++d)
        bench.order(d);
    bench.settle();
    QCOMPARE(bench.core->ordersRunning(), size_t(5));
    QCOMPARE(bench.core->ordersQueued(), size_t(1));
    bench.core->disconnected();
    QVERIFY(bench.host.terminalsEnded.empty()
            && bench.host.cancelled.empty()); // a lost link alone ends nothing
    bench.core->stopWork("deregistered");
    QCOMPARE(bench.host.terminalsEnded, std::vector<std::string>({"first", "second"}));
    QCOMPARE(bench.host.terminalsDiscarded, bench.host.terminalsEnded);
    QCOMPARE(bench.core->terminalsOpen(), size_t(0));
    QCOMPARE(bench.host.cancelled.size(), size_t(5));
    QCOMPARE(bench.core->ordersQueued(), size_t(0));
    bench.host.events->terminalEnded("first", 0, 129,
                                     "deregistered"); // its last word, which nobody waits for
    for (uint64_t d = 1; d <= 5; ++d)
        bench.finish(d, "Cancelled");
    QCOMPARE(bench.core->ordersRunning(), size_t(0));
    QCOMPARE(bench.host.started.size(), size_t(5)); // what waited never begins
}

FB_TEST(tst_NodeStreams)
#include "tst_node_streams.moc"
