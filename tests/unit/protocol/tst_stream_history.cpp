#include "tests/unit/protocol/stream_models.h"

#include "tests/support/seeded_random.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace fb::protocol;
using namespace std::chrono_literals;

// Streams over a network that cuts, and an engine that crashes: no missing byte, none twice, in order. FB_SOAK: more seeds.
class tst_StreamHistory : public QObject
{
    Q_OBJECT

private slots:
    void everyByteOnceAndInOrder_data();
    void everyByteOnceAndInOrder();
    void longPartitions_data();
    void longPartitions();
    void lostAcknowledgementsCloseTheWindow();
};

namespace {

std::vector<NodeStream> someStreams(uint64_t size)
{
    std::vector<NodeStream> streams;
    for (uint64_t id = 1; id <= 4; ++id) {
        NodeStream stream;
        stream.id = id;
        stream.token = std::to_string(id);
        stream.kind = id == 4 ? StreamKind::Pty : id == 3 ? StreamKind::ExecErr : StreamKind::ExecOut;
        stream.total = size / id;
        streams.push_back(stream);
    }
    return streams;
}

int seeds(int usual) { return qEnvironmentVariableIntValue("FB_SOAK") > 0 ? usual * 50 : usual; }

QByteArray report(const History &history, quint64 seed)
{
    QByteArray text = "seed " + QByteArray::number(seed);
    for (const std::string &fault : history.faults)
        text += "\n  " + QByteArray::fromStdString(fault);
    return text;
}

}

void tst_StreamHistory::everyByteOnceAndInOrder_data()
{
    QTest::addColumn<int>("uptimeMs");
    QTest::addColumn<bool>("crashes");
    QTest::addRow("[R04] cuts every 2 s") << 2000 << false;
    QTest::addRow("[R04] cuts every 300 ms") << 300 << false;
    QTest::addRow("[R04] cuts and engine crashes") << 1000 << true;
}

void tst_StreamHistory::everyByteOnceAndInOrder()
{
    QFETCH(int, uptimeMs);
    QFETCH(bool, crashes);
    int cuts = 0;
    uint64_t resumes = 0;
    for (int seed = 1; seed <= seeds(100); ++seed) {
        ManualClock clock;
        SeededRandom random(static_cast<uint64_t>(seed));
        History history;
        history.compresses = seed % 5 == 0; // it is what costs most
        StreamNode node(someStreams(200'000), clock, random, history);
        StreamEngine engine(clock, random, history, 20'000);
        NetworkFaults faults;
        faults.meanUptime = std::chrono::milliseconds(uptimeMs);
        faults.maxHalfOpen = 5s;
        SeededNetwork network(clock, random, node, engine, faults);
        const bool ended = network.run(
            2h, [&] { return node.isDone() || !history.faults.empty(); },
            [&] {
                if (crashes && random.below(1000) == 0) {
                    network.dropSide(1);
                    engine.crash();
                }
            });
        QVERIFY2(history.faults.empty(), report(history, static_cast<quint64>(seed)));
        QVERIFY2(ended, report(history, static_cast<quint64>(seed)));
        for (uint64_t id = 1; id <= 4; ++id) {
            QVERIFY2(engine.durableOf(id) == 200'000 / id, report(history, static_cast<quint64>(seed)));
            QVERIFY2(engine.hasEnded(id), report(history, static_cast<quint64>(seed)));
        }
        cuts += network.cuts();
        resumes += history.resumes;
    }
    QVERIFY2(cuts > 100 && resumes > 100, "the network did misbehave");
}

void tst_StreamHistory::longPartitions_data()
{
    QTest::addColumn<int>("minutes");
    QTest::addRow("[R04] 5 min") << 5;
    QTest::addRow("[R04] 5 h") << 5 * 60;
    QTest::addRow("[R04] 5 d") << 5 * 24 * 60;
}

void tst_StreamHistory::longPartitions()
{
    QFETCH(int, minutes);
    ManualClock clock;
    SeededRandom random(static_cast<uint64_t>(minutes));
    History history;
    StreamNode node(someStreams(800'000), clock, random, history);
    StreamEngine engine(clock, random, history, 5'000);
    NetworkFaults faults;
    faults.meanUptime = 0us;
    SeededNetwork network(clock, random, node, engine, faults);
    QVERIFY(network.run(5s, [&] { return engine.durableOf(1) > 100'000; }));
    network.cutFor(std::chrono::minutes(minutes));
    const Tick cutAt = clock.tick();
    QVERIFY2(network.run(std::chrono::minutes(minutes) + 1h, [&] { return node.isDone(); }),
             report(history, 0));
    QVERIFY(history.faults.empty());
    QVERIFY(clock.tick() - cutAt >= std::chrono::minutes(minutes));
    for (uint64_t id = 1; id <= 4; ++id)
        QCOMPARE(engine.durableOf(id), 800'000 / id);
}

// [R06] bytes pass, acknowledgements and credit do not come back: the sender stops at its window, and nothing grows
void tst_StreamHistory::lostAcknowledgementsCloseTheWindow()
{
    ManualClock clock;
    SeededRandom random;
    Link agent(LinkSide::Agent, {}, clock, random);
    Link engine(LinkSide::Engine, {}, clock, random);
    const auto pump = [&](Link &from, Link &to) {
        while (const auto message = from.nextMessage())
            to.receive(*message);
    };
    agent.send(FrameType::Hello, wire::Hello());
    pump(agent, engine);
    engine.send(FrameType::Welcome, wire::Welcome());
    pump(engine, agent);
    const StreamNumber stream = agent.open(StreamKind::ExecOut, {}).value();
    pump(agent, engine);
    engine.accept(stream, 1'000'000, 0);
    pump(engine, agent);
    uint64_t sent = 0;
    for (int i = 0; i < 1000; ++i) {
        sent += agent.write(stream, std::string(50'000, 'x'));
        while (const auto message = agent.nextMessage())
            engine.receive(*message);
        for (const LinkEvent &event : engine.takeEvents()) {
            if (const auto *data = std::get_if<StreamData>(&event)) {
                engine.acknowledge(stream, data->offset + data->bytes.size());
                engine.grant(stream, data->bytes.size());
            }
        }
        clock.advance(20ms);
        engine.onTime();
        while (engine.nextMessage()) { } // lost on the way back
    }
    QCOMPARE(sent, uint64_t(1'000'000));
    QCOMPARE(agent.writable(stream), size_t(0));
}

FB_TEST(tst_StreamHistory)
#include "tst_stream_history.moc"
