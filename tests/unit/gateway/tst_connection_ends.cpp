#include "tests/unit/gateway/gateway_world.h"

#include "backend/transport/causes.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace std::chrono_literals;

// How a connection that was admitted ends: by a farewell, a cut, silence, or with the engine.
class tst_ConnectionEnds : public QObject
{
    Q_OBJECT

private slots:
    void goodbyeOfTheAgent();
    void cutLinkIsLost();
    void noHello();
    void silence();
    void stopSaysGoAway();
    void spreadGrowsWithTheFleet();
};

void tst_ConnectionEnds::goodbyeOfTheAgent()
{
    GatewayWorld world;
    const auto agent = world.connected(kNodeA);
    wire::EventReport last;
    last.set_kind("stopping");
    agent->send(protocol::FrameType::Event, last);
    wire::GoAway goAway;
    goAway.set_reason("rebooting");
    agent->send(protocol::FrameType::GoAway, goAway);
    QVERIFY(world.waitFor([&] { return !world.losses.empty(); }));
    QVERIFY(world.losses.front().cause.code == losses::kGoAway);
    QCOMPARE(world.losses.front().cause.message, std::string("rebooting"));
    QCOMPARE(world.messages.size(), 1); // what it had said before arrived first
}

void tst_ConnectionEnds::cutLinkIsLost()
{
    GatewayWorld world;
    const auto agent = world.connected(kNodeA);
    agent->cut();
    QVERIFY(world.waitFor([&] { return !world.losses.empty(); }));
    QVERIFY(world.losses.front().cause.code == transport::causes::kClosed);
    QVERIFY(!world.gateway->isConnected(kNodeA));
    QCOMPARE(world.gateway->connectionOf(kNodeA), quint64(0));
}

void tst_ConnectionEnds::noHello()
{
    GatewayOptions options;
    QCOMPARE(options.link.helloWithin, 10000ms);
    options.link.helloWithin = 300ms;
    GatewayWorld world(std::move(options));
    const auto agent = world.agent(kNodeA);
    agent->hello.Clear();
    agent->connect();
    QVERIFY(world.waitFor([&] { return agent->opened; }));
    QVERIFY(world.waitFor([&] { return agent->closed.has_value(); }, 3s));
    QVERIFY(world.services.asked.empty());
}

void tst_ConnectionEnds::silence()
{
    GatewayOptions options;
    options.link.silentAfter = 300ms;
    options.link.lostAfter = 900ms;
    GatewayWorld world(std::move(options));
    QSignalSpy again(world.gateway.get(), &Gateway::nodeHeardAgain);
    const auto agent = world.connected(kNodeA);
    QVERIFY(world.waitFor([&] { return world.silent.size() == 1; }, 2s));
    QCOMPARE(world.silent.front(), kNodeA);
    wire::EventReport report;
    report.set_kind("still here");
    agent->send(protocol::FrameType::Event, report);
    QVERIFY(world.waitFor([&] { return again.count() == 1; }, 2s));
    QVERIFY(world.waitFor([&] { return !world.losses.empty(); }, 3s));
    QCOMPARE(world.silent.size(), size_t(2));
    QVERIFY(world.losses.front().cause.message.find("silent") != std::string::npos);
}

void tst_ConnectionEnds::stopSaysGoAway()
{
    GatewayWorld world;
    const auto agent = world.connected(kNodeA);
    QSignalSpy stopped(world.gateway.get(), &Gateway::stopped);
    world.gateway->stop(1500ms, 40s, QStringLiteral("restart"));
    QVERIFY(world.waitFor([&] { return agent->closed.has_value(); }));
    QCOMPARE(agent->goAway()->after_ms(), 1500u);
    QCOMPARE(agent->goAway()->spread_ms(), 40000u);
    QCOMPARE(agent->goAway()->reason(), std::string("restart"));
    QCOMPARE(agent->closeCode, transport::closeCodes::kGoingAway);
    QVERIFY(world.waitFor([&] { return stopped.count() == 1; }, 4s));
    QVERIFY(world.losses.front().cause.code == losses::kStopping);
    QVERIFY(!world.gateway->isListening());
}

void tst_ConnectionEnds::spreadGrowsWithTheFleet()
{
    GatewayWorld world;
    const std::vector<std::pair<int, uint32_t>> expected {{100, 2000}, {10'000, 40'000}, {100'000, 180'000}};
    for (const auto &[nodes, spread] : expected) {
        world.gateway->setFleetSize(nodes);
        const auto agent = world.connected(kNodeA);
        QCOMPARE(agent->welcome->reconnect_spread_ms(), spread);
        world.gateway->disconnectNode(kNodeA, 1000, makeError(losses::kStopping, "next"));
        QVERIFY(world.waitFor([&] { return agent->closed.has_value(); }));
    }
}

FB_TEST(tst_ConnectionEnds)
#include "tst_connection_ends.moc"
