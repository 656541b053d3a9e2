#include "tests/unit/gateway/gateway_world.h"

#include "backend/protocol/features.h"
#include "backend/protocol/order_signature.h"
#include "tests/support/seeded_random.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace std::chrono_literals;

class tst_NodeStreams : public QObject
{
    Q_OBJECT

private slots:
    void engineOpens();
    void agentOpens();
    void agentIsRefused();
    void writesWaitForCredit();
    void endsAreCleanedUp();
    void lostWithTheConnection();
    void lostToQuarantine();
    void staleKeysDoNothing();
    void signsWhatItOpens();
    void signsNothingForWhoDoesNotAsk_data();
    void signsNothingForWhoDoesNotAsk();
    void tooManyStreams();
    void notConnected();
};

namespace {
template <typename Event>
std::vector<Event> eventsOf(const GatewayWorld &world, const StreamKey &key)
{
    std::vector<Event> found;
    for (const StreamEvent &event : world.streamEvents) {
        if (const auto *each = std::get_if<Event>(&event.what); each != nullptr && event.key == key)
            found.push_back(*each);
    }
    return found;
}

wire::Open window(uint64_t bytes)
{
    wire::Open open;
    open.set_window(bytes);
    return open;
}
}

void tst_NodeStreams::engineOpens()
{
    GatewayWorld world;
    const auto agent = world.connected(kNodeA);
    wire::Open open = window(100'000);
    open.mutable_pty()->set_session_id("session");
    const auto key = world.gateway->openStream(kNodeA, protocol::StreamKind::Pty, open);
    QVERIFY(key.has_value());
    QVERIFY(world.gateway->write(*key, "typed before it was open"));
    QVERIFY(world.waitFor([&] { return !agent->all<protocol::StreamOpenReceived>().empty(); }));
    const auto offered = agent->all<protocol::StreamOpenReceived>().front();
    QCOMPARE(offered.open.pty().session_id(), std::string("session"));
    agent->link->accept(offered.stream, 65536, 0, "runs as test");
    agent->link->write(offered.stream, "prompt$ ");
    agent->pump();
    QVERIFY(world.waitFor([&] {
        return !eventsOf<protocol::StreamData>(world, *key).empty()
            && !agent->all<protocol::StreamData>().empty();
    }));
    QCOMPARE(eventsOf<protocol::StreamOpened>(world, *key).front().opened.note(),
             std::string("runs as test"));
    QCOMPARE(eventsOf<protocol::StreamData>(world, *key).front().bytes, std::string("prompt$ "));
    QCOMPARE(agent->all<protocol::StreamData>().front().bytes, std::string("typed before it was open"));
    world.gateway->resize(*key, 132, 50);
    world.gateway->signalStream(*key, 2);
    world.gateway->acknowledge(*key, 8);
    world.gateway->grant(*key, 5000);
    QVERIFY(world.waitFor([&] {
        return !agent->all<protocol::StreamResized>().empty()
            && !agent->all<protocol::StreamSignalled>().empty()
            && !agent->all<protocol::StreamAcked>().empty();
    }));
    QCOMPARE(agent->all<protocol::StreamResized>().front().columns, 132u);
    QCOMPARE(agent->all<protocol::StreamAcked>().front().offset, uint64_t(8));
    world.gateway->reset(*key, QStringLiteral("terminated"), QStringLiteral("by the operator"));
    QVERIFY(world.waitFor([&] { return !agent->all<protocol::StreamReset>().empty(); }));
    QCOMPARE(agent->all<protocol::StreamReset>().front().code, std::string("terminated"));
}

void tst_NodeStreams::agentOpens()
{
    GatewayWorld world;
    const auto agent = world.connected(kNodeA);
    wire::Open open = window(0);
    open.mutable_exec()->set_order_id("order");
    const auto number = agent->link->open(protocol::StreamKind::ExecOut, open);
    QVERIFY(number.has_value());
    agent->pump();
    QVERIFY(world.waitFor([&] { return world.streamEvents.size() == 1; }));
    const StreamKey key = world.streamEvents.front().key;
    QCOMPARE(world.streamEvents.front().node, kNodeA);
    QCOMPARE(std::get<protocol::StreamOpenReceived>(world.streamEvents.front().what).open.exec().order_id(),
             std::string("order"));
    world.gateway->accept(key, 1'000'000, 0);
    QVERIFY(world.waitFor([&] { return !agent->all<protocol::StreamOpened>().empty(); }));
    SeededRandom random;
    const std::string output = random.bytes(300'000);
    size_t sent = 0;
    std::string received;
    QVERIFY(world.waitFor([&] {
        sent += agent->link->write(*number, std::string_view(output).substr(sent));
        agent->pump();
        received.clear();
        for (const auto &data : eventsOf<protocol::StreamData>(world, key))
            received += data.bytes;
        return received.size() == output.size();
    }));
    QVERIFY(received == output);
    world.gateway->acknowledge(key, output.size());
    QVERIFY(world.waitFor([&] {
        const auto acks = agent->all<protocol::StreamAcked>();
        return !acks.empty() && acks.back().offset == output.size();
    }));
    agent->link->finish(*number);
    agent->pump();
    QVERIFY(world.waitFor([&] { return !eventsOf<protocol::StreamFinished>(world, key).empty(); }));
}

void tst_NodeStreams::agentIsRefused()
{
    GatewayWorld world;
    const auto agent = world.connected(kNodeA);
    QVERIFY(agent->link->open(protocol::StreamKind::Rpc, window(100)).has_value());
    agent->pump();
    QVERIFY(world.waitFor([&] { return world.streamEvents.size() == 1; }));
    world.gateway->refuse(world.streamEvents.front().key, QStringLiteral("not-found"),
                          QStringLiteral("no such thing"));
    QVERIFY(world.waitFor([&] { return !agent->all<protocol::StreamRefused>().empty(); }));
    QCOMPARE(agent->all<protocol::StreamRefused>().front().code, std::string("not-found"));
}

// A slow reader slows its writer, and no queue grows: 1 MiB waits at most.
void tst_NodeStreams::writesWaitForCredit()
{
    GatewayWorld world;
    const auto agent = world.connected(kNodeA);
    const auto key = world.gateway->openStream(kNodeA, protocol::StreamKind::FilePut, window(1000));
    QVERIFY(world.waitFor([&] { return !agent->all<protocol::StreamOpenReceived>().empty(); }));
    const auto number = agent->all<protocol::StreamOpenReceived>().front().stream;
    agent->link->accept(number, 10'000, 0);
    agent->pump();
    SeededRandom random;
    const std::string chunk = random.bytes(100'000);
    int written = 0;
    while (world.gateway->write(*key, chunk))
        ++written;
    QCOMPARE(written, 10);
    QVERIFY(!world.gateway->write(*key, chunk));
    world.waitFor([] { return false; }, 200ms);
    QVERIFY(eventsOf<protocol::StreamWritable>(world, *key).empty()); // 10,000 of 1,000,000 have gone
    std::string received;
    size_t seen = 0;
    QVERIFY(world.waitFor([&] {
        const auto data = agent->all<protocol::StreamData>();
        for (; seen < data.size(); ++seen) {
            received += data[seen].bytes;
            agent->link->grant(number, data[seen].bytes.size());
        }
        agent->pump();
        return received.size() == chunk.size() * 10;
    }));
    QVERIFY(world.waitFor([&] { return eventsOf<protocol::StreamWritable>(world, *key).size() == 1; }));
    for (size_t i = 0; i < 10; ++i)
        QVERIFY(received.substr(i * chunk.size(), chunk.size()) == chunk);
    QVERIFY(world.gateway->write(*key, "the rest"));
    world.gateway->finish(*key);
    QVERIFY(world.waitFor([&] {
        agent->pump(); // the credit that is still held back
        return !agent->all<protocol::StreamFinished>().empty();
    }));
    QCOMPARE(agent->all<protocol::StreamFinished>().front().fin.final_offset(), uint64_t(1'000'008));
}

void tst_NodeStreams::endsAreCleanedUp()
{
    GatewayWorld world;
    const auto agent = world.connected(kNodeA);
    for (int round = 0; round < 600; ++round) { // more than the 256 that may be open at once
        const auto key = world.gateway->openStream(kNodeA, protocol::StreamKind::Rpc, window(1000));
        QVERIFY(key.has_value());
        QVERIFY(world.waitFor([&] { return !agent->all<protocol::StreamOpenReceived>().empty(); }));
        const auto number = agent->all<protocol::StreamOpenReceived>().front().stream;
        if (round % 3 == 0) {
            agent->link->refuse(number, "denied", "no");
        } else {
            agent->link->accept(number, 1000, 0);
            if (round % 3 == 1)
                agent->link->reset(number, "failed", "no");
            else
                world.gateway->reset(*key, QStringLiteral("done"));
        }
        agent->events.clear();
        agent->pump();
        QVERIFY(world.waitFor([&] {
            return round % 3 == 2 ? !agent->all<protocol::StreamReset>().empty()
                                  : !eventsOf<protocol::StreamRefused>(world, *key).empty()
                    || !eventsOf<protocol::StreamReset>(world, *key).empty();
        }));
        agent->events.clear();
        world.streamEvents.clear();
    }
}

void tst_NodeStreams::lostWithTheConnection()
{
    GatewayWorld world;
    const auto agent = world.connected(kNodeA);
    const auto key = world.gateway->openStream(kNodeA, protocol::StreamKind::Pty, window(1000));
    QVERIFY(key.has_value());
    int lostBefore = -1;
    QObject::connect(world.gateway.get(), &Gateway::nodeLost, world.gateway.get(),
                     [&] { lostBefore = static_cast<int>(eventsOf<StreamLost>(world, *key).size()); });
    agent->cut();
    QVERIFY(world.waitFor([&] { return !world.losses.empty(); }));
    QCOMPARE(lostBefore, 1); // streams first, then the node
    QVERIFY(!world.gateway->write(*key, "too late"));
}

void tst_NodeStreams::lostToQuarantine()
{
    GatewayWorld world;
    const auto agent = world.connected(kNodeA);
    const auto key = world.gateway->openStream(kNodeA, protocol::StreamKind::Pty, window(1000));
    QVERIFY(world.waitFor([&] { return !agent->all<protocol::StreamOpenReceived>().empty(); }));
    QVERIFY(world.gateway->setQuarantined(kNodeA, true));
    QCOMPARE(eventsOf<StreamLost>(world, *key).size(), size_t(1));
    QVERIFY(!world.gateway->write(*key, "not any more"));
    QVERIFY(world.waitFor([&] { return !agent->all<protocol::StreamReset>().empty(); }));
    QVERIFY(!world.gateway->openStream(kNodeA, protocol::StreamKind::Pty, window(1000)));
    QVERIFY(!agent->closed);
}

void tst_NodeStreams::staleKeysDoNothing()
{
    GatewayWorld world;
    const auto agent = world.connected(kNodeA);
    const StreamKey unknown {world.gateway->connectionOf(kNodeA), 999'999};
    const StreamKey stale {12345, 1};
    for (const StreamKey &key : {unknown, stale, StreamKey {}}) {
        QVERIFY(!world.gateway->write(key, "x"));
        world.gateway->accept(key, 1, 0);
        world.gateway->refuse(key, QStringLiteral("x"), QStringLiteral("x"));
        world.gateway->finish(key);
        world.gateway->reset(key, QStringLiteral("x"));
        world.gateway->acknowledge(key, 5);
        world.gateway->grant(key, 5);
        world.gateway->resize(key, 1, 1);
        world.gateway->signalStream(key, 9);
    }
    wire::EventReport report;
    report.set_kind("well");
    agent->send(protocol::FrameType::Event, report);
    QVERIFY(world.waitFor([&] { return world.messages.size() == 1; }));
}

void tst_NodeStreams::tooManyStreams()
{
    GatewayOptions options;
    options.link.maxStreams = 4;
    GatewayWorld world(std::move(options));
    const auto agent = world.connected(kNodeA);
    std::vector<StreamKey> keys;
    for (int i = 0; i < 6; ++i)
        keys.push_back(world.gateway->openStream(kNodeA, protocol::StreamKind::Rpc, window(10)).value());
    QVERIFY(world.waitFor([&] { return !eventsOf<protocol::StreamRefused>(world, keys[5]).empty(); }));
    QCOMPARE(eventsOf<protocol::StreamRefused>(world, keys[4]).front().code, std::string("busy"));
    QVERIFY(eventsOf<protocol::StreamRefused>(world, keys[3]).empty());
}

void tst_NodeStreams::notConnected()
{
    GatewayWorld world;
    const auto key = world.gateway->openStream(kNodeA, protocol::StreamKind::Pty, window(10));
    QVERIFY(!key);
    QVERIFY(key.error().code == errors::kTargetNotConnected);
    QVERIFY(key.error().message.find(kNodeA.text()) != std::string::npos);
}

// [N08] the engine's half: each OPEN is signed for this node and this connection, with a number of its own
void tst_NodeStreams::signsWhatItOpens()
{
    const protocol::OrderSigningKey key = *protocol::newOrderSigningKey();
    GatewayWorld world;
    world.gateway->setSigner(
        [&key](std::string_view text) { return protocol::signOrderText(key.seed, text); });
    wire::NodeProfile profile;
    profile.set_proxy("http://proxy.example:3128");
    world.services.decision = [&profile](const NodeConnection &) {
        wire::Welcome welcome;
        *welcome.mutable_profile() = profile;
        return welcome;
    };
    const auto agent = world.agent(kNodeA);
    const std::string challenge(protocol::kOpenChallengeBytes, 'c');
    agent->hello.add_features(std::string(protocol::features::kSignedOpens));
    agent->hello.set_open_challenge(challenge);
    agent->connect();
    QVERIFY(world.waitFor([&] { return agent->isWelcomed(); }));
    const auto &features = agent->welcome->features();
    QVERIFY(std::find(features.begin(), features.end(), protocol::features::kSignedOpens) != features.end());
    QVERIFY(world.gateway->hasFeature(kNodeA, protocol::features::kSignedOpens));

    wire::Open shell = window(1000);
    shell.set_token("token");
    shell.mutable_pty()->set_session_id("session");
    QVERIFY(world.gateway->openStream(kNodeA, protocol::StreamKind::Pty, shell, true));
    QVERIFY(world.gateway->openStream(kNodeA, protocol::StreamKind::Rpc, window(1000)));
    QVERIFY(world.waitFor([&] { return agent->all<protocol::StreamOpenReceived>().size() == 2; }));
    uint64_t number = 0;
    for (const auto &offered : agent->all<protocol::StreamOpenReceived>()) {
        QCOMPARE(offered.open.signed_number(), ++number);
        QVERIFY(protocol::verifyOrderText(
            key.publicKey,
            protocol::signedOpenText(kFleet, kNodeA.text(), challenge, offered.resumed, offered.open),
            offered.open.signature()));
    }

    const auto isSigned = [&](uint64_t count, const std::string &signature) {
        return protocol::verifyOrderText(
            key.publicKey, protocol::signedProfileText(kFleet, kNodeA.text(), challenge, count, profile),
            signature);
    };
    QVERIFY(isSigned(0, agent->welcome->profile_signature()));
    profile.set_name("Restricted");
    world.gateway->sendProfile(kNodeA, profile);
    world.gateway->sendProfile(kNodeA, profile);
    const auto configs = [&agent] {
        std::vector<wire::Config> all;
        for (const auto &control : agent->all<protocol::ControlReceived>())
            if (control.type == protocol::FrameType::Config)
                all.push_back(*protocol::messageOf<wire::Config>(control));
        return all;
    };
    QVERIFY(world.waitFor([&] { return configs().size() == 2; }));
    for (const wire::Config &config : configs()) {
        QCOMPARE(config.profile().name(), std::string("Restricted"));
        QVERIFY(isSigned(config.signed_number(), config.profile_signature()));
    }
    QVERIFY(configs()[0].signed_number() == 1 && configs()[1].signed_number() == 2);
}

void tst_NodeStreams::signsNothingForWhoDoesNotAsk_data()
{
    QTest::addColumn<bool>("lists");
    QTest::addColumn<int>("challengeBytes");
    QTest::addRow("an agent of an earlier version") << false << 0;
    QTest::addRow("no challenge") << true << 0;
    QTest::addRow("a short challenge") << true << 15;
    QTest::addRow("a long challenge") << true << 4000;
}

void tst_NodeStreams::signsNothingForWhoDoesNotAsk()
{
    QFETCH(bool, lists);
    QFETCH(int, challengeBytes);
    GatewayWorld world;
    world.gateway->setSigner([](std::string_view) { return Result<std::string>("signature"); });
    const auto agent = world.agent(kNodeA);
    if (lists)
        agent->hello.add_features(std::string(protocol::features::kSignedOpens));
    if (challengeBytes > 0)
        agent->hello.set_open_challenge(std::string(static_cast<size_t>(challengeBytes), 'c'));
    agent->connect();
    QVERIFY(world.waitFor([&] { return agent->isWelcomed(); }));
    QVERIFY(!world.gateway->hasFeature(kNodeA, protocol::features::kSignedOpens));
    const auto &features = agent->welcome->features();
    QVERIFY(std::find(features.begin(), features.end(), protocol::features::kSignedOpens) == features.end());
    QVERIFY(world.gateway->openStream(kNodeA, protocol::StreamKind::Rpc, window(1000)));
    QVERIFY(world.waitFor([&] { return !agent->all<protocol::StreamOpenReceived>().empty(); }));
    QVERIFY(agent->all<protocol::StreamOpenReceived>().front().open.signature().empty());
}

FB_TEST(tst_NodeStreams)
#include "tst_node_streams.moc"
