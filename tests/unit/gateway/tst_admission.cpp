#include "tests/unit/gateway/gateway_world.h"

#include "backend/protocol/features.h"
#include "backend/transport/causes.h"
#include "tests/support/test_main.h"

#include <openssl/evp.h>
#include <openssl/x509.h>

#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace std::chrono_literals;

class tst_Admission : public QObject
{
    Q_OBJECT

private slots:
    void welcomeIsFilled();
    void identityIsTheCertificates();
    void lateDecision();
    void refusedByTheService();
    void protocolFloor_data();
    void protocolFloor();
    void sameBootReplaces();
    void otherBootIsQuarantined();
    void otherBootTakesOverFromTheDead();
    void cloneComesWhenTheFirstHasGone();
    void revokedWhileConnected();
    void revokedBetweenHandshakeAndHello();
    void renewalForAnotherNode();
    void renewal();
    void violationReportedByAService();
    void quarantineByTheService();
    void messagesBothWays();
    void wallClockIsSet();
    void resumedConnectionsAreKnown();
    void refusedCertificatesAreReported();
    void secondGatewayOnThePort();
};

void tst_Admission::welcomeIsFilled()
{
    GatewayOptions options;
    wire::Endpoint endpoint;
    endpoint.set_url("wss://engine.example:8443/agent/v1");
    options.endpoints.append(endpoint);
    options.endpointsVersion = 4;
    GatewayWorld world(std::move(options));
    world.services.decision = [](const NodeConnection &) {
        wire::Welcome welcome;
        welcome.set_lease_epoch(42);
        welcome.set_pending_orders(3);
        welcome.set_order_signing_key("key");
        return welcome;
    };
    const auto agent = world.connected(kNodeA);
    const wire::Welcome &welcome = *agent->welcome;
    QCOMPARE(welcome.lease_epoch(), uint64_t(42));
    QCOMPARE(welcome.pending_orders(), 3u);
    QCOMPARE(welcome.order_signing_key(), std::string("key"));
    QCOMPARE(welcome.protocol(), protocol::kProtocolLevel);
    QCOMPARE(welcome.protocol_floor(), protocol::kOldestServedLevel);
    QCOMPARE(welcome.features_size(), 2);
    QCOMPARE(welcome.node_id(), kNodeA.text());
    QCOMPARE(welcome.ping_after_ms(), 25000u);
    QCOMPARE(welcome.reconnect_spread_ms(), 2000u);
    QCOMPARE(welcome.endpoints(0).url(), endpoint.url());
    QCOMPARE(welcome.endpoints_version(), 4u);
    QVERIFY(std::abs(welcome.engine_clock_us() - toMicros(world.clock.now())) < 10'000'000);
    QVERIFY(!welcome.quarantined());
    QCOMPARE(world.nodesConnected.size(), 1);
    QCOMPARE(world.gateway->connectedCount(), 1);
    QVERIFY(world.gateway->lastHeardAt(kNodeA).has_value());
    QVERIFY(!world.gateway->lastHeardAt(kNodeB));
    QCOMPARE(world.gateway->leaseEpochOf(kNodeA), quint64(42));
    QCOMPARE(world.gateway->leaseEpochOf(kNodeB), quint64(0));
    QVERIFY(world.gateway->hasFeature(kNodeA, protocol::features::kSignedOrders));
    QVERIFY(!world.gateway->hasFeature(kNodeA, "unheard-of"));
    QVERIFY(!world.gateway->hasFeature(kNodeB, protocol::features::kZstd));
}

void tst_Admission::identityIsTheCertificates()
{
    GatewayWorld world;
    const auto agent = world.connected(kNodeA);
    const NodeConnection &connection = world.services.asked.front();
    QCOMPARE(connection.node, kNodeA);
    QCOMPARE(connection.address, QStringLiteral("127.0.0.1"));
    QCOMPARE(connection.tlsVersion, QStringLiteral("TLSv1.3"));
    QCOMPARE(connection.serial.size(), 32);
    QCOMPARE(connection.hello.agent_version(), std::string("0.1.0"));
    QVERIFY(connection.certificateExpiresAt > world.clock.now());
    QVERIFY(!connection.resumed);
}

void tst_Admission::lateDecision()
{
    GatewayWorld world;
    world.services.holdsBack = true;
    auto gone = world.agent(kNodeB);
    gone->connect();
    const auto agent = world.agent(kNodeA);
    agent->connect();
    QVERIFY(world.waitFor([&] { return world.services.held.size() == 2; }));
    QVERIFY(!world.gateway->isConnected(kNodeA));
    QVERIFY(!world.gateway->send(kNodeA, protocol::FrameType::Cancel, wire::Cancel()));
    gone->cut();
    world.waitFor([&] { return false; }, 200ms); // its end arrives before its decision
    for (const auto &decide : world.services.held)
        decide();
    QVERIFY(world.waitFor([&] { return agent->isWelcomed(); }));
    QVERIFY(!world.gateway->isConnected(kNodeB));
    QCOMPARE(world.nodesConnected.size(), 1);
    QVERIFY(world.losses.empty()); // a node that was never announced is not lost
}

void tst_Admission::refusedByTheService()
{
    GatewayWorld world;
    world.services.decision = [](const NodeConnection &) {
        wire::ErrorReport report;
        report.set_code("FingerprintMismatch");
        report.set_text("this machine is not the one that was registered");
        return report;
    };
    const auto agent = world.agent(kNodeA);
    agent->connect();
    QVERIFY(world.waitFor([&] { return agent->closed.has_value(); }));
    QCOMPARE(agent->error()->code(), std::string("FingerprintMismatch"));
    QVERIFY(agent->error()->fatal());
    QCOMPARE(agent->closeCode, transport::closeCodes::kPolicy);
    QVERIFY(world.nodesConnected.isEmpty());
}

void tst_Admission::protocolFloor_data()
{
    QTest::addColumn<int>("lowest");
    QTest::addColumn<int>("highest");
    QTest::addColumn<int>("nodeFloor");
    QTest::addColumn<bool>("signs");
    QTest::addColumn<QString>("refusal");
    QTest::addRow("as it should be") << 1 << 1 << 1 << true << QString();
    QTest::addRow("newer agent that still speaks ours") << 1 << 9 << 0 << true << QString();
    QTest::addRow("[T11] only an old version") << 0 << 0 << 0 << true << "upgrade-required";
    QTest::addRow("[T11] no version at all") << -1 << -1 << 0 << true << "upgrade-required";
    QTest::addRow("[T11] without signed-orders") << 1 << 1 << 0 << false << "upgrade-required";
    QTest::addRow("[T11] the node's floor is above this engine") << 1 << 9 << 9 << true << "engine-too-old";
    QTest::addRow("only newer versions") << 9 << 9 << 0 << true << "engine-too-old";
}

void tst_Admission::protocolFloor()
{
    QFETCH(int, lowest);
    QFETCH(int, highest);
    QFETCH(int, nodeFloor);
    QFETCH(bool, signs);
    QFETCH(QString, refusal);
    GatewayOptions options;
    options.requireSignedOrders = true;
    GatewayWorld world(std::move(options));
    const auto agent = world.agent(kNodeA);
    agent->hello.clear_protocol_min();
    agent->hello.clear_protocol_max();
    if (highest >= 0) {
        agent->hello.set_protocol_min(static_cast<uint32_t>(lowest));
        agent->hello.set_protocol_max(static_cast<uint32_t>(highest));
    }
    if (nodeFloor > 0)
        agent->hello.set_protocol_floor(static_cast<uint32_t>(nodeFloor));
    agent->hello.clear_features();
    if (signs)
        agent->hello.add_features(std::string(protocol::features::kSignedOrders));
    agent->connect();
    QVERIFY(world.waitFor([&] { return agent->isWelcomed() || agent->closed; }));
    if (refusal.isEmpty()) {
        QVERIFY(agent->isWelcomed());
        return;
    }
    QVERIFY(!agent->isWelcomed());
    QCOMPARE(QString::fromStdString(agent->error()->code()), refusal);
    QVERIFY(world.services.asked.empty()); // no service ever sees such a node
}

// [T06] same boot id: the new socket replaces the old one
void tst_Admission::sameBootReplaces()
{
    GatewayWorld world;
    const auto identity = world.identity(kNodeA);
    TestAgent first(world, identity);
    first.connect();
    QVERIFY(world.waitFor([&] { return first.isWelcomed(); }));
    TestAgent second(world, identity);
    second.hello.set_process_id("process-2");
    second.connect();
    QVERIFY(world.waitFor([&] { return second.isWelcomed() && first.closed; }));
    QCOMPARE(first.closeCode, transport::closeCodes::kReplaced);
    QCOMPARE(world.losses.size(), size_t(1));
    QVERIFY(world.losses.front().cause.code == losses::kReplaced);
    QCOMPARE(world.losses.front().connection, world.nodesConnected[0].connection);
    QCOMPARE(world.gateway->connectionOf(kNodeA), world.nodesConnected[1].connection);
    QCOMPARE(world.gateway->connectedCount(), 1);
    QVERIFY(world.clones.empty());
}

// [T06] [fleet-manager B8.13] other boot id, and the first one answers
void tst_Admission::otherBootIsQuarantined()
{
    GatewayOptions options;
    QCOMPARE(options.clonePingWithin, 5000ms);
    options.clonePingWithin = 300ms;
    GatewayWorld world(std::move(options));
    const auto identity = world.identity(kNodeA);
    TestAgent first(world, identity);
    first.connect();
    QVERIFY(world.waitFor([&] { return first.isWelcomed(); }));
    TestAgent clone(world, identity);
    clone.hello.set_boot_id("boot-2");
    clone.connect();
    QVERIFY(world.waitFor([&] { return clone.isWelcomed(); }));
    QVERIFY(clone.welcome->quarantined());
    QVERIFY(world.waitFor([&] { return clone.error().has_value(); }));
    QCOMPARE(clone.error()->code(), std::string("DuplicateNode"));
    QCOMPARE(world.clones.size(), size_t(1)); // the operator's alert
    QCOMPARE(world.clones.front().hello.boot_id(), std::string("boot-2"));
    QCOMPARE(world.services.asked.size(), size_t(1)); // only the first ever reached the service
    QCOMPARE(world.gateway->connectionOf(kNodeA), world.nodesConnected[0].connection);

    // Nothing is delivered to both, and nothing is taken from the clone.
    wire::Cancel cancel;
    cancel.set_order_id("order");
    QVERIFY(world.gateway->send(kNodeA, protocol::FrameType::Cancel, cancel));
    wire::EventReport report;
    report.set_kind("from the clone");
    clone.send(protocol::FrameType::Event, report);
    wire::Open open;
    open.set_window(1000);
    QVERIFY(clone.link->open(protocol::StreamKind::Rpc, open).has_value());
    clone.pump();
    report.set_kind("from the first");
    first.send(protocol::FrameType::Event, report);
    QVERIFY(world.waitFor([&] {
        return !world.messages.isEmpty() && !clone.all<protocol::StreamRefused>().empty()
            && !first.all<protocol::ControlReceived>().empty();
    }));
    world.waitFor([] { return false; }, 100ms);
    QCOMPARE(world.messages.size(), 1);
    QCOMPARE(world.messages.front().connection, world.nodesConnected[0].connection);
    for (const auto &control : clone.all<protocol::ControlReceived>())
        QVERIFY(control.type != protocol::FrameType::Cancel);
    QVERIFY(!first.closed);
    QVERIFY(world.losses.empty());
}

// [T06] other boot id, and the first one is dead without having said so: a node that was power-cycled
void tst_Admission::otherBootTakesOverFromTheDead()
{
    GatewayOptions options;
    options.clonePingWithin = 300ms;
    GatewayWorld world(std::move(options));
    const auto identity = world.identity(kNodeA);
    TestAgent dead(world, identity);
    dead.connect();
    QVERIFY(world.waitFor([&] { return dead.isWelcomed(); }));
    dead.isMute = true;
    TestAgent rebooted(world, identity);
    rebooted.hello.set_boot_id("boot-2");
    rebooted.connect();
    QVERIFY(world.waitFor([&] { return rebooted.isWelcomed(); }));
    QVERIFY(!rebooted.welcome->quarantined());
    QVERIFY(world.clones.empty());
    QCOMPARE(world.nodesConnected.size(), 2);
    QCOMPARE(world.losses.size(), size_t(1));
    QCOMPARE(world.gateway->connectionOf(kNodeA), world.nodesConnected[1].connection);
}

// [fleet-manager B8.13] the clone is told to come again when the first has gone
void tst_Admission::cloneComesWhenTheFirstHasGone()
{
    GatewayOptions options;
    options.clonePingWithin = 200ms;
    GatewayWorld world(std::move(options));
    const auto identity = world.identity(kNodeA);
    auto first = std::make_unique<TestAgent>(world, identity);
    first->connect();
    QVERIFY(world.waitFor([&] { return first->isWelcomed(); }));
    TestAgent clone(world, identity);
    clone.hello.set_boot_id("boot-2");
    clone.connect();
    QVERIFY(world.waitFor([&] { return clone.error().has_value(); }));
    first.reset();
    QVERIFY(world.waitFor([&] { return clone.closed.has_value(); }));
    QCOMPARE(clone.goAway()->reason(), std::string("move-on"));
    QCOMPARE(clone.goAway()->spread_ms(), 1000u);
    clone.connect();
    QVERIFY(world.waitFor([&] { return clone.isWelcomed(); }));
    QVERIFY(!clone.welcome->quarantined());
}

// [T04] the live socket is dropped within 1 s, and does not come back
void tst_Admission::revokedWhileConnected()
{
    GatewayWorld world;
    const auto agent = world.connected(kNodeA);
    const auto other = world.connected(kNodeB);
    agent->isMute = true; // it does not even answer the closing handshake
    const auto begin = std::chrono::steady_clock::now();
    world.gateway->addRevoked(world.nodesConnected.front().serial);
    QVERIFY(!world.gateway->isConnected(kNodeA)); // at once for every service
    QVERIFY(world.waitFor([&] { return agent->closed.has_value(); }, 1s));
    QVERIFY(std::chrono::steady_clock::now() - begin < 1s);
    QCOMPARE(agent->error()->code(), std::string("revoked"));
    QVERIFY(world.losses.front().cause.code == transport::causes::kRevoked);
    agent->isMute = false;
    agent->connect();
    QVERIFY(world.waitFor([&] { return agent->closed.has_value(); }));
    QVERIFY(!agent->opened);
    QVERIFY(world.waitFor([&] { return !world.refusedCertificates.isEmpty(); }));
    QVERIFY(world.refusedCertificates.front().cause.code == transport::causes::kRevoked);
    QCOMPARE(world.refusedCertificates.front().node, kNodeA);
    QVERIFY(world.gateway->isConnected(kNodeB));
    QVERIFY(!other->closed);
}

// [T04] the list is read again at HELLO
void tst_Admission::revokedBetweenHandshakeAndHello()
{
    GatewayWorld world;
    const auto certificate = world.ca.node(kFleet, kNodeA.text());
    TestAgent agent(world, world.identity(certificate));
    const wire::Hello hello = agent.hello;
    agent.hello.Clear(); // says nothing at first
    agent.connect();
    QVERIFY(world.waitFor([&] { return agent.opened; }));
    world.gateway->setRevoked({QByteArray::fromStdString(certificate.serial)});
    agent.send(protocol::FrameType::Hello, hello);
    QVERIFY(world.waitFor([&] { return agent.closed.has_value(); }));
    QCOMPARE(agent.error()->code(), std::string("revoked"));
    QVERIFY(world.services.asked.empty());
}

namespace {
std::string requestFor(const std::string &commonName)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509_REQ *request = X509_REQ_new();
    if (!commonName.empty())
        X509_NAME_add_entry_by_txt(X509_REQ_get_subject_name(request), "CN", MBSTRING_UTF8,
                                   reinterpret_cast<const unsigned char *>(commonName.c_str()), -1, -1, 0);
    X509_REQ_set_pubkey(request, key);
    X509_REQ_sign(request, key, EVP_sha256());
    unsigned char *out = nullptr;
    const int size = i2d_X509_REQ(request, &out);
    std::string der(reinterpret_cast<char *>(out), static_cast<size_t>(size));
    OPENSSL_free(out);
    X509_REQ_free(request);
    EVP_PKEY_free(key);
    return der;
}
}

// [T05] node A asks for a certificate of node B: refused, audited, connection closed
void tst_Admission::renewalForAnotherNode()
{
    GatewayWorld world;
    const auto agent = world.connected(kNodeA);
    const auto other = world.connected(kNodeB);
    wire::Renew renew;
    renew.set_csr_der(requestFor(kNodeB.text()));
    agent->send(protocol::FrameType::Renew, renew);
    QVERIFY(world.waitFor([&] { return agent->closed.has_value(); }));
    QCOMPARE(agent->closeCode, transport::closeCodes::kPolicy);
    QVERIFY(world.services.renewals.empty());
    QCOMPARE(world.violations.size(), size_t(1));
    QCOMPARE(world.violations.front().first, kNodeA);
    QVERIFY(world.violations.front().second.contains(QString::fromStdString(kNodeB.text())));
    QVERIFY(world.losses.front().cause.code == losses::kViolation);
    QVERIFY(!other->closed);
}

void tst_Admission::renewal()
{
    GatewayWorld world;
    const auto agent = world.connected(kNodeA);
    for (const std::string &name : {std::string(), kNodeA.text()}) {
        agent->events.clear();
        wire::Renew renew;
        renew.set_csr_der(requestFor(name));
        agent->send(protocol::FrameType::Renew, renew);
        QVERIFY(world.waitFor([&] { return !agent->all<protocol::ControlReceived>().empty(); }));
        const auto answer = agent->all<protocol::ControlReceived>().front();
        QCOMPARE(answer.type, protocol::FrameType::Renewed);
        QCOMPARE(protocol::messageOf<wire::Renewed>(answer)->certificate_der(),
                 std::string("new certificate"));
    }
    QCOMPARE(world.services.renewals.size(), size_t(2));
    QVERIFY(world.messages.isEmpty());
}

// [T05] a service finds that a result is of another node's order
void tst_Admission::violationReportedByAService()
{
    GatewayWorld world;
    const auto agent = world.connected(kNodeA);
    world.gateway->reportViolation(kNodeA, QStringLiteral("reported a result of an order of another node"));
    QVERIFY(!world.gateway->isConnected(kNodeA));
    QVERIFY(world.waitFor([&] { return agent->closed.has_value(); }));
    QCOMPARE(agent->error()->code(), std::string("identity-violation"));
    QCOMPARE(world.violations.size(), size_t(1));
}

void tst_Admission::quarantineByTheService()
{
    GatewayWorld world;
    world.services.decision = [](const NodeConnection &) {
        wire::Welcome welcome;
        welcome.set_quarantined(true);
        return welcome;
    };
    const auto agent = world.agent(kNodeA);
    agent->connect();
    QVERIFY(world.waitFor([&] { return agent->isWelcomed() && world.nodesConnected.size() == 1; }));
    QVERIFY(agent->welcome->quarantined());
    QVERIFY(!world.gateway->isConnected(kNodeA));
    wire::EventReport report;
    report.set_kind("ignored");
    agent->send(protocol::FrameType::Event, report);
    world.waitFor([] { return false; }, 100ms);
    QVERIFY(world.messages.isEmpty());
    QVERIFY(world.gateway->setQuarantined(kNodeA, false));
    QVERIFY(world.gateway->isConnected(kNodeA));
    report.set_kind("served");
    agent->send(protocol::FrameType::Event, report);
    QVERIFY(world.waitFor([&] { return world.messages.size() == 1; }));
    QVERIFY(!world.gateway->setQuarantined(kNodeB, true));
}

void tst_Admission::messagesBothWays()
{
    GatewayWorld world;
    const auto agent = world.connected(kNodeA);
    for (int i = 0; i < 100; ++i) {
        wire::OrderHead head;
        head.set_dispatch_seq(static_cast<uint64_t>(i));
        QVERIFY(world.gateway->send(kNodeA, protocol::FrameType::Order, head, std::string(3000, 'x')));
        wire::OrderSeen seen;
        seen.set_dispatch_seq(static_cast<uint64_t>(i));
        agent->send(protocol::FrameType::OrderSeen, seen);
    }
    QVERIFY(world.waitFor([&] {
        return world.messages.size() == 100 && agent->all<protocol::ControlReceived>().size() == 101;
    }));
    for (int i = 0; i < 100; ++i) {
        QCOMPARE(world.messages[i].node, kNodeA);
        QCOMPARE(protocol::parse<wire::OrderSeen>(world.messages[i].header)->dispatch_seq(),
                 static_cast<uint64_t>(i));
        const auto order = agent->all<protocol::ControlReceived>()[static_cast<size_t>(i) + 1];
        QCOMPARE(protocol::parse<wire::OrderHead>(order.header)->dispatch_seq(), static_cast<uint64_t>(i));
        QCOMPARE(order.payload.size(), size_t(3000));
    }
}

// [R13] before an order that says how late it may start, the node hears what the engine's clock says now
void tst_Admission::wallClockIsSet()
{
    GatewayWorld world;
    const auto agent = world.connected(kNodeA);
    const auto clocks = [&] { return agent->all<protocol::PeerClock>(); };
    const auto order = [&](uint64_t sequence) {
        wire::OrderHead head;
        head.set_dispatch_seq(sequence);
        QVERIFY(world.gateway->send(kNodeA, protocol::FrameType::Order, head, std::string("body")));
        QVERIFY(world.waitFor([&] {
            const auto all = agent->all<protocol::ControlReceived>();
            return !all.empty() && all.back().type == protocol::FrameType::Order
                && protocol::parse<wire::OrderHead>(all.back().header)->dispatch_seq() == sequence;
        }));
    };
    order(1);
    QCOMPARE(clocks().size(), size_t(0));
    world.clock.set(-1h);
    order(2);
    QCOMPARE(clocks().size(), size_t(1));
    const auto isOrder = [](const protocol::LinkEvent &event) {
        const auto *control = std::get_if<protocol::ControlReceived>(&event);
        return control != nullptr && control->type == protocol::FrameType::Order;
    };
    QVERIFY(isOrder(agent->events.back()));
    QVERIFY(std::holds_alternative<protocol::PeerClock>(*std::prev(agent->events.end(), 2)));
    order(3);
    QCOMPARE(clocks().size(), size_t(1)); // once
}

void tst_Admission::resumedConnectionsAreKnown()
{
    GatewayWorld world;
    const auto sessions = std::make_shared<transport::SessionCache>();
    TestAgent agent(world, world.identity(kNodeA), sessions);
    agent.connect();
    QVERIFY(world.waitFor([&] { return agent.isWelcomed() && !sessions->isEmpty(); }));
    agent.cut();
    QVERIFY(world.waitFor([&] { return world.losses.size() == 1; }));
    agent.connect(); // on the other I/O thread
    QVERIFY(world.waitFor([&] { return agent.isWelcomed(); }));
    QVERIFY(agent.resumed);
    QVERIFY(world.services.asked.back().resumed);
}

// [T03] the engine learns of each refused certificate, with its cause
void tst_Admission::refusedCertificatesAreReported()
{
    GatewayWorld world;
    TestAgent expired(
        world,
        world.identity(world.ca.issue({.commonName = kNodeA.text(),
                                       .uri = std::string("fb:node/") + kFleet + '/' + kNodeA.text(),
                                       .validFrom = -48h,
                                       .validTo = -24h})));
    expired.connect();
    QVERIFY(world.waitFor([&] { return expired.closed && world.refusedCertificates.size() == 1; }));
    QVERIFY(world.refusedCertificates[0].cause.code == transport::causes::kExpired);
    QCOMPARE(world.refusedCertificates[0].node, kNodeA);
    QCOMPARE(world.refusedCertificates[0].address, QStringLiteral("127.0.0.1"));
    QVERIFY(expired.closed->code == transport::causes::kExpired); // and the agent knows why
    const TestCa other("Other CA");
    TestAgent foreign(world, world.identity(other.node(kFleet, kNodeA.text())));
    foreign.connect();
    QVERIFY(world.waitFor([&] { return foreign.closed && world.refusedCertificates.size() == 2; }));
    QVERIFY(world.refusedCertificates[1].cause.code == transport::causes::kUnknownCa);
    QVERIFY(world.refusedCertificates[1].node.isEmpty()); // what it claims is not believed
}

void tst_Admission::secondGatewayOnThePort()
{
    GatewayWorld world;
    Gateway second(world.clock, world.random, world.services, world.services, world.services);
    GatewayOptions options;
    options.port = world.gateway->port();
    options.fleet = FleetId(kFleet);
    const TestCertificate engine = world.ca.engine(kFleet);
    const GatewayTls tls {engine.der, engine.key.copy(), {world.ca.der()}};
    const auto started = second.start(options, tls);
    QVERIFY(!started);
    QVERIFY(started.error().code == errors::kServiceUnavailable);
    QVERIFY(started.error().message.find(std::to_string(world.gateway->port())) != std::string::npos);
    options.listenAddress = QStringLiteral("not an address");
    QVERIFY(second.start(options, tls).error().code == errors::kValidation);
}

FB_TEST(tst_Admission)
#include "tst_admission.moc"
