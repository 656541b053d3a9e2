// Port sessions on a node, with the network played by the test (session-manager 3.5, 3.6).

#include "tests/support/test_main.h"
#include "tests/unit/agent/core_bench.h"

#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace std::chrono_literals;
using protocol::StreamKind;
using protocol::StreamNumber;

namespace {

class FakeForwards final : public agent::ForwardHost
{
public:
    struct Connection {
        agent::ForwardTarget target;
        uint64_t allowed = 0;
        std::string written;
        bool finished = false;
        std::string closed; // "clean", "cut"
    };
    agent::ForwardEvents *events = nullptr;
    std::map<agent::ForwardNumber, Connection> connections;

    void setEvents(agent::ForwardEvents *e) override { events = e; }
    void connect(agent::ForwardNumber number, const agent::ForwardTarget &target) override
    {
        connections[number].target = target;
    }
    void allow(agent::ForwardNumber number, uint64_t bytes) override { connections[number].allowed += bytes; }
    void write(agent::ForwardNumber number, std::string_view bytes) override
    {
        connections[number].written += bytes;
    }
    void finish(agent::ForwardNumber number) override { connections[number].finished = true; }
    void close(agent::ForwardNumber number, bool clean) override
    {
        connections[number].closed = clean ? "clean" : "cut";
    }
    Connection &last() { return connections.rbegin()->second; }
    agent::ForwardNumber lastNumber() const { return connections.rbegin()->first; }
};

}

class tst_ForwardStreams : public QObject
{
    Q_OBJECT
private slots:
    void bytesBothWays();
    void refusalsAreOfOneConnection();
    void connectionsNeedTheirSession();
    void badTargets();
    void idleCountsEitherWay();
    void maximumDuration();
    void timesGoOnAfterACut();
    void theEngineEndsIt();
    void aCutEndsAll();
    void withoutANetwork();
    void sessionsOfBothKindsCount();

private:
    struct Bench : CoreBench {
        FakeForwards forwards;
        explicit Bench(bool hasNetwork = true)
        {
            if (hasNetwork)
                core->setForwards(&forwards);
            connect();
        }
        ~Bench() { core.reset(); } // before the network it knows
        StreamNumber open(const wire::ForwardParams &params)
        {
            opened.reset();
            refused.reset();
            wire::Open open;
            open.set_window(1 << 20);
            *open.mutable_forward() = params;
            const StreamNumber stream = engine->open(StreamKind::ForwardTcp, open).value();
            settle();
            return stream;
        }
        StreamNumber openSession(uint32_t idle = 0, uint32_t endsIn = 0, uint32_t idleFor = 0)
        {
            wire::ForwardParams params;
            params.set_session("the-token");
            params.set_is_session(true);
            params.set_idle_timeout_s(idle);
            params.set_idle_for_s(idleFor);
            params.set_ends_in_s(endsIn);
            return open(params);
        }
        StreamNumber openConnection(const std::string &host = {}, uint32_t port = 8080)
        {
            wire::ForwardParams params;
            params.set_session("the-token");
            params.set_host(host);
            params.set_port(port);
            return open(params);
        }
        StreamNumber connected()
        {
            const StreamNumber stream = openConnection();
            forwards.events->forwardConnected(forwards.lastNumber(), "127.0.0.1:8080");
            settle();
            return stream;
        }
        void pass(std::chrono::seconds time)
        {
            for (; time.count() > 0; time -= 1s) {
                clock.advance(1s);
                core->onTime();
                engine->onTime();
                settle();
            }
        }
    };
};

void tst_ForwardStreams::bytesBothWays()
{
    Bench bench;
    bench.openSession();
    QVERIFY(bench.opened.has_value());
    const StreamNumber stream = bench.openConnection("db.lan", 5432);
    QCOMPARE(bench.forwards.last().target.host, std::string("db.lan"));
    QCOMPARE(bench.forwards.last().target.port, uint16_t(5432));
    QVERIFY(!bench.opened.has_value()); // not before it is connected
    bench.forwards.events->forwardConnected(bench.forwards.lastNumber(), "10.0.0.9:5432");
    bench.settle();
    QCOMPARE(bench.opened->note(), std::string("10.0.0.9:5432"));

    bench.engine->write(stream, "select");
    bench.settle();
    QCOMPARE(bench.forwards.last().written, std::string("select"));
    QVERIFY(bench.forwards.last().allowed > 0);
    bench.forwards.events->forwardReceived(bench.forwards.lastNumber(), "row");
    bench.settle();
    QCOMPARE(bench.terminalOutput, std::string("row"));
    // Each half ends by itself.
    bench.engine->finish(stream);
    bench.settle();
    QVERIFY(bench.forwards.last().finished);
    QVERIFY(bench.forwards.last().closed.empty());
    bench.forwards.events->forwardReceived(bench.forwards.lastNumber(), "s");
    bench.forwards.events->forwardEnded(bench.forwards.lastNumber());
    bench.settle();
    QCOMPARE(bench.terminalOutput, std::string("rows"));
    QVERIFY(bench.terminalFin.has_value());
    QCOMPARE(bench.forwards.last().closed, std::string("clean"));
}

void tst_ForwardStreams::refusalsAreOfOneConnection()
{
    Bench bench;
    const StreamNumber session = bench.openSession();
    bench.openConnection("169.254.169.254", 80);
    bench.forwards.events->forwardFailed(bench.forwards.lastNumber(), "denied", "must not be reached");
    bench.settle();
    QCOMPARE(bench.refused->code, std::string("denied"));
    bench.connected();
    bench.forwards.events->forwardBroken(bench.forwards.lastNumber(), "Connection reset by peer");
    bench.settle();
    QCOMPARE(bench.wasReset->text, std::string("Connection reset by peer"));
    QVERIFY(bench.engine->kindOf(session).has_value()); // it stays
    QVERIFY(!bench.terminalFin.has_value());
}

void tst_ForwardStreams::connectionsNeedTheirSession()
{
    Bench bench;
    bench.openConnection();
    QCOMPARE(bench.refused->code, std::string("not-found"));
    QVERIFY(bench.forwards.connections.empty());
    bench.openSession();
    bench.openSession(); // a second of the same token
    QCOMPARE(bench.refused->code, std::string("busy"));
}

void tst_ForwardStreams::badTargets()
{
    Bench bench;
    bench.openSession();
    for (const uint32_t port : {0u, 65536u}) {
        bench.openConnection("db", port);
        QCOMPARE(bench.refused->code, std::string("denied"));
    }
    bench.openConnection(std::string(254, 'a'));
    QCOMPARE(bench.refused->code, std::string("denied"));
    bench.openConnection(std::string("a\0b", 3));
    QCOMPARE(bench.refused->code, std::string("denied"));
    QVERIFY(bench.forwards.connections.empty());
}

void tst_ForwardStreams::idleCountsEitherWay()
{
    Bench bench;
    bench.openSession(60);
    const StreamNumber stream = bench.connected();
    bench.pass(40s); // a little more, with what settles in between
    bench.engine->write(stream, "x");
    bench.settle();
    bench.pass(40s);
    bench.forwards.events->forwardReceived(bench.forwards.lastNumber(), "y");
    bench.settle();
    bench.pass(45s);
    QVERIFY(!bench.terminalFin.has_value());
    bench.pass(20s);
    QVERIFY(bench.terminalFin.has_value());
    QCOMPARE(bench.terminalFin->reason(), std::string("idle"));
    QCOMPARE(bench.forwards.last().closed, std::string("cut"));
    bench.openConnection();
    QCOMPARE(bench.refused->code, std::string("not-found"));
}

void tst_ForwardStreams::maximumDuration()
{
    Bench bench;
    bench.openSession(600, 60);
    const StreamNumber stream = bench.connected();
    for (int i = 0; i < 40; ++i) {
        bench.engine->write(stream, "x"); // bytes do not help
        bench.pass(1s);
    }
    QVERIFY(!bench.terminalFin.has_value());
    bench.pass(25s);
    QCOMPARE(bench.terminalFin->reason(), std::string("maximum duration"));
}

void tst_ForwardStreams::timesGoOnAfterACut()
{
    Bench bench;
    bench.openSession(60, 0, 50);
    bench.pass(5s);
    QVERIFY(!bench.terminalFin.has_value());
    bench.pass(10s);
    QCOMPARE(bench.terminalFin->reason(), std::string("idle"));
}

void tst_ForwardStreams::theEngineEndsIt()
{
    Bench bench;
    const StreamNumber session = bench.openSession();
    bench.connected();
    wire::Fin fin;
    fin.set_reason("terminated");
    bench.engine->finish(session, fin);
    bench.settle();
    QCOMPARE(bench.terminalFin->reason(), std::string("terminated"));
    QCOMPARE(bench.forwards.last().closed, std::string("cut"));
}

void tst_ForwardStreams::aCutEndsAll()
{
    Bench bench;
    bench.openSession(60);
    bench.connected();
    bench.cut();
    QCOMPARE(bench.forwards.last().closed, std::string("cut"));
    bench.connect();
    bench.openSession(60); // begins anew
    QVERIFY(bench.opened.has_value());
}

void tst_ForwardStreams::withoutANetwork()
{
    Bench bench(false);
    bench.openSession();
    QCOMPARE(bench.refused->code, std::string("unknown-kind"));
}

void tst_ForwardStreams::sessionsOfBothKindsCount()
{
    Bench bench;
    for (int i = 0; i < 20; ++i) {
        wire::ForwardParams params;
        params.set_session("token" + std::to_string(i));
        params.set_is_session(true);
        bench.open(params);
        QVERIFY(!bench.refused.has_value());
    }
    bench.openSession();
    QCOMPARE(bench.refused->code, std::string("busy"));
}

FB_TEST(tst_ForwardStreams)
#include "tst_forward_streams.moc"
