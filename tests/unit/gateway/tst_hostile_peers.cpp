#include "tests/unit/gateway/gateway_world.h"

#include "backend/transport/client_connector.h"
#include "tests/support/seeded_random.h"
#include "tests/support/test_main.h"

#include <boost/asio/write.hpp>

#include <QTest>

#include <algorithm>

using namespace fb;
using namespace fb::test;
using namespace std::chrono_literals;
namespace asio = boost::asio;

class tst_HostilePeers : public QObject
{
    Q_OBJECT

private slots:
    void noCertificate();
    void onlyTwoRequestsExist();
    void garbageFrames();
    void replayInsideAConnection();
    void replayOnAnotherConnection();
    void floodDoesNotSlowOthers();
    void slowEngineHoldsItsNodes();
    void nodeThatTakesNothing();
};

// [T01] refused before any frame; no session object comes to be
void tst_HostilePeers::noCertificate()
{
    GatewayWorld world;
    TestAgent agent(world, nullptr);
    agent.connect();
    QVERIFY(world.waitFor([&] { return agent.closed.has_value(); }));
    QCOMPARE(agent.closed->code.name(), std::string_view("no-certificate"));
    QVERIFY(!agent.opened);
    QVERIFY(world.services.asked.empty());
    QVERIFY(world.nodesConnected.isEmpty());
}

// [T02] on the real listener, with and without a certificate
void tst_HostilePeers::onlyTwoRequestsExist()
{
    GatewayWorld world;
    SeededRandom random(3);
    for (int round = 0; round < 24; ++round) {
        const auto options = world.clientOptions(round % 2 == 0 ? world.identity(kNodeA) : nullptr);
        std::unique_ptr<transport::ClientStream> stream;
        const auto connector = transport::ClientConnector::start(
            world.context, {options.url, options.tls, options.identity, nullptr, options.limits},
            [&](Result<std::unique_ptr<transport::ClientStream>> made) {
                if (made)
                    stream = std::move(*made);
            });
        QVERIFY(world.waitFor([&] { return stream != nullptr; }));
        std::string bytes = random.bytes(1 + random.below(600));
        if (round % 3 == 0)
            bytes = "GET /" + std::string(1, static_cast<char>('a' + round)) + " HTTP/1.1\r\nHost: e\r\n\r\n";
        bool ended = false;
        std::string received;
        std::array<char, 1024> buffer {};
        const std::function<void()> read = [&] {
            stream->stream.async_read_some(asio::buffer(buffer),
                                           [&](const boost::system::error_code &error, size_t count) {
                                               received.append(buffer.data(), count);
                                               if (error)
                                                   ended = true;
                                               else
                                                   read();
                                           });
        };
        asio::async_write(stream->stream, asio::buffer(bytes),
                          [](const boost::system::error_code &, size_t) {});
        read();
        QVERIFY(world.waitFor([&] { return ended; }, 1s));
        QVERIFY(received.empty());
    }
    QVERIFY(world.services.asked.empty());
    QVERIFY(world.services.enrolments.empty());
}

void tst_HostilePeers::garbageFrames()
{
    GatewayWorld world;
    const auto bystander = world.connected(kNodeB);
    SeededRandom random(17);
    for (int round = 0; round < 20; ++round) {
        const auto agent = world.connected(kNodeA);
        agent->sendRaw(random.bytes(random.below(3000)));
        QVERIFY(world.waitFor([&] { return agent->closed.has_value(); }));
        QVERIFY(world.waitFor([&] { return !world.gateway->isConnected(kNodeA); }));
    }
    QVERIFY(world.gateway->isConnected(kNodeB));
    QVERIFY(world.messages.isEmpty());
}

// [T10] by its number, when re-sent inside one connection
void tst_HostilePeers::replayInsideAConnection()
{
    GatewayWorld world;
    const auto agent = world.connected(kNodeA);
    protocol::Frame frame;
    frame.type = protocol::FrameType::Event;
    frame.flags = protocol::frameFlags::kLastChunk;
    frame.offset = 2; // after HELLO
    wire::EventReport report;
    report.set_kind("once");
    frame.header = report.SerializeAsString();
    const std::string captured = protocol::encodeFrame(frame);
    agent->sendRaw(captured);
    QVERIFY(world.waitFor([&] { return world.messages.size() == 1; }));
    agent->sendRaw(captured);
    QVERIFY(world.waitFor([&] { return agent->closed && !world.losses.empty(); }));
    QCOMPARE(world.messages.size(), 1);
    QVERIFY(world.losses.front().cause.message.find("repeated") != std::string::npos);
}

// [T10] every byte that one connection sent, sent again on another
void tst_HostilePeers::replayOnAnotherConnection()
{
    GatewayWorld world;
    // A wire tap between agent and engine.
    asio::ip::tcp::acceptor tap(world.context, {asio::ip::make_address("127.0.0.1"), 0});
    asio::ip::tcp::socket fromAgent(world.context);
    asio::ip::tcp::socket toEngine(world.context);
    std::string captured;
    std::array<char, 65536> up {};
    std::array<char, 65536> down {};
    const std::function<void()> relayUp = [&] {
        fromAgent.async_read_some(asio::buffer(up),
                                  [&](const boost::system::error_code &error, size_t count) {
                                      if (error)
                                          return;
                                      captured.append(up.data(), count);
                                      asio::write(toEngine, asio::buffer(up.data(), count));
                                      relayUp();
                                  });
    };
    const std::function<void()> relayDown = [&] {
        toEngine.async_read_some(asio::buffer(down),
                                 [&](const boost::system::error_code &error, size_t count) {
                                     if (error)
                                         return;
                                     asio::write(fromAgent, asio::buffer(down.data(), count));
                                     relayDown();
                                 });
    };
    const asio::ip::tcp::endpoint engine(asio::ip::make_address("127.0.0.1"), world.gateway->port());
    tap.async_accept(fromAgent, [&](const boost::system::error_code &error) {
        if (error)
            return;
        toEngine.connect(engine);
        relayUp();
        relayDown();
    });
    struct Ear : transport::WebSocketHandler {
        virtual ~Ear() = default;
        void onOpened() override { opened = true; }
        void onMessage(std::string_view) override { ++heard; }
        void onWritten() override { }
        void onClosed(const Error &) override { }
        bool opened = false;
        int heard = 0;
    } ear;
    auto options = world.clientOptions(world.identity(kNodeA));
    options.url.port = tap.local_endpoint().port();
    const auto socket = transport::connectWebSocket(world.context, options, ear);
    QVERIFY(world.waitFor([&] { return ear.opened; }));
    protocol::Frame hello;
    hello.type = protocol::FrameType::Hello;
    hello.flags = protocol::frameFlags::kLastChunk;
    hello.offset = 1;
    wire::Hello body;
    body.set_protocol_min(1);
    body.set_protocol_max(1);
    hello.payload = body.SerializeAsString();
    socket->send(protocol::encodeFrame(hello));
    QVERIFY(world.waitFor([&] { return ear.heard == 1; })); // welcomed
    QCOMPARE(world.services.asked.size(), size_t(1));

    asio::ip::tcp::socket again(world.context);
    again.connect(engine);
    asio::write(again, asio::buffer(captured));
    again.non_blocking(true);
    bool ended = false;
    QVERIFY(world.waitFor([&] {
        boost::system::error_code error;
        again.read_some(asio::buffer(down), error);
        ended = error && error != asio::error::would_block;
        return ended;
    }));
    QCOMPARE(world.services.asked.size(), size_t(1)); // TLS refused it: nothing was heard
    boost::system::error_code ignored;
    fromAgent.close(ignored);
    toEngine.close(ignored);
    tap.close(ignored);
    world.waitFor([] { return false; }, 20ms);
}

namespace {
// Sends an EVENT `count` times, each once the engine has the one before; answers the times it took, in order of length.
std::vector<std::chrono::microseconds> probe(GatewayWorld &world, TestAgent &agent, int count)
{
    std::vector<std::chrono::microseconds> times;
    const auto arrived = [&] {
        return std::count_if(world.messages.begin(), world.messages.end(),
                             [](const NodeMessage &message) { return message.node == kNodeB; });
    };
    wire::EventReport report;
    report.set_kind("probe");
    for (int i = 0; i < count; ++i) {
        const auto before = arrived();
        const auto begin = std::chrono::steady_clock::now();
        agent.send(protocol::FrameType::Event, report);
        if (!world.waitFor([&] { return arrived() > before; }))
            return {};
        times.push_back(
            std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin));
    }
    std::sort(times.begin(), times.end());
    return times;
}
}

// [R19] Of a node that sends valid frames as fast as it can no more is taken than its rate, and others are heard. How long
// those others wait is compared in a soak only: a shared machine decides more than the flood does.
void tst_HostilePeers::floodDoesNotSlowOthers()
{
    constexpr int kBurst = 500, kPerSecond = 500;
    GatewayOptions options;
    options.link.controlFrameBurst = kBurst;
    options.link.controlFramesPerSecond = kPerSecond;
    GatewayWorld world(std::move(options));
    const auto other = world.connected(kNodeB);
    const auto quiet = probe(world, *other, 200);
    QVERIFY(!quiet.empty());
    const auto begin = std::chrono::steady_clock::now();
    const auto flooder = world.connected(kNodeA);
    struct Flood {
        uint64_t sequence = 2;
        std::string next()
        {
            protocol::Frame frame;
            frame.type = protocol::FrameType::Event;
            frame.flags = protocol::frameFlags::kLastChunk;
            frame.offset = sequence++;
            wire::EventReport report;
            report.set_kind(std::string(2000, 'x'));
            frame.header = report.SerializeAsString();
            return protocol::encodeFrame(frame);
        }
    } flood;
    QTimer pusher;
    QObject::connect(&pusher, &QTimer::timeout, &pusher, [&] {
        for (int i = 0; i < 20 && !flooder->closed && flood.sequence < 6000; ++i)
            flooder->sendRaw(flood.next()); // far more than it may; the socket holds the rest back
    });
    pusher.start(5);
    const auto heardOfFlooder = [&] {
        return std::count_if(world.messages.begin(), world.messages.end(),
                             [](const NodeMessage &message) { return message.node == kNodeA; });
    };
    // past its burst before anything is measured, however fast or slow the machine
    QVERIFY(world.waitFor([&] { return flood.sequence > 4 * uint64_t(kBurst) && heardOfFlooder() >= kBurst; },
                          60s));
    const auto loud = probe(world, *other, 200);
    QVERIFY(!loud.empty());
    QVERIFY(!other->closed);
    const auto heard = heardOfFlooder();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    QVERIFY2(
        double(heard) <= kBurst + kPerSecond * seconds + 1,
        qPrintable(
            QStringLiteral("%1 of %2 frames taken in %3 s").arg(heard).arg(flood.sequence).arg(seconds)));
    if (qEnvironmentVariableIsSet("FB_SOAK")) {
        const auto p99 = [](const auto &times) { return times[times.size() * 99 / 100 - 1]; };
        QVERIFY2(
            p99(loud) < 2 * p99(quiet) + 10ms,
            qPrintable(
                QStringLiteral("%1 us quiet, %2 us loud").arg(p99(quiet).count()).arg(p99(loud).count())));
    }
}

// A slow engine thread stops the reading of sockets; its queue stays at its bound.
void tst_HostilePeers::slowEngineHoldsItsNodes()
{
    GatewayOptions options;
    options.maxInboxEvents = 200;
    options.link.controlFramesPerSecond = 100'000;
    options.link.controlFrameBurst = 100'000;
    GatewayWorld world(std::move(options));
    const auto agent = world.connected(kNodeA);
    // This thread is the engine's: while it only drives the agents, nobody takes events.
    wire::EventReport report;
    report.set_kind(std::string(1000, 'x'));
    for (int i = 0; i < 20'000; ++i)
        agent->link->send(protocol::FrameType::Event, report);
    agent->pump();
    for (int i = 0; i < 300; ++i) {
        world.context.restart();
        world.context.run_for(2ms);
    }
    QVERIFY(world.messages.isEmpty());
    const size_t unsent = agent->link->queuedControlBytes();
    QVERIFY2(unsent > 5'000'000,
             qPrintable(QString::number(unsent))); // sockets hold some, the agent the rest
    QVERIFY(world.waitFor([&] { return world.messages.size() == 20'000; }, 60s)); // and nothing was lost
}

void tst_HostilePeers::nodeThatTakesNothing()
{
    GatewayOptions options;
    options.maxUnsentControlBytes = 100'000;
    GatewayWorld world(std::move(options));
    const auto agent = world.connected(kNodeA);
    // The agents' context is not run any more: nothing is read from the socket.
    wire::OrderHead head;
    int sent = 0;
    while (sent < 2000
           && world.gateway->send(kNodeA, protocol::FrameType::Order, head, std::string(100'000, 'x'))) {
        ++sent;
        if (sent % 50 == 0)
            QCoreApplication::sendPostedEvents(world.gateway.get());
    }
    QVERIFY(world.waitFor([&] { return !world.losses.empty(); }));
    QCOMPARE(world.losses.front().cause.code.name(), std::string_view("stalled"));
}

FB_TEST(tst_HostilePeers)
#include "tst_hostile_peers.moc"
