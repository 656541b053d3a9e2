#include "tests/unit/transport/loopback.h"

#include "backend/core/byte_encoding.h"
#include "backend/core/random.h"
#include "tests/support/manual_clock.h"
#include "tests/support/test_main.h"

#include <openssl/ssl.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace fb::transport;

namespace {
const std::string kNodeUri = std::string("fb:node/") + kFleet + '/' + kNode;

// Two sessions that talk through memory.
struct Talk {
    explicit Talk(SSL *clientSession, SSL *serverSession) : client(clientSession), server(serverSession)
    {
        BIO *clientEnd = nullptr;
        BIO *serverEnd = nullptr;
        BIO_new_bio_pair(&clientEnd, 0, &serverEnd, 0);
        SSL_set_bio(client, clientEnd, clientEnd);
        SSL_set_bio(server, serverEnd, serverEnd);
    }
    ~Talk()
    {
        SSL_free(client);
        SSL_free(server);
    }
    bool handshake()
    {
        for (int turn = 0; turn < 20; ++turn) {
            SSL_do_handshake(client);
            SSL_do_handshake(server);
        }
        return SSL_is_init_finished(client) == 1 && SSL_is_init_finished(server) == 1;
    }
    SSL *client;
    SSL *server;
};
}

class tst_Certificates : public QObject
{
    Q_OBJECT

private slots:
    void refusedWithItsCause_data();
    void refusedWithItsCause();
    void crossSignedFleetIsRefused();
    void expiredNodeIsNamed();
    void goodKeyTypes_data();
    void goodKeyTypes();
    void engineCertificate_data();
    void engineCertificate();
    void engineOutOfItsTimeIsCalledClock_data();
    void engineOutOfItsTimeIsCalledClock();
    void pinMismatchSendsNothing();
    void pinnedCaIsHandedOver();
    void resumesOnAnotherThreadsContext();
    void resumptionChecksAgain();
    void ticketsOutliveOneRotation();
    void ticketKeysAreStored();
    void oldTlsIsRefused_data();
    void oldTlsIsRefused();
    void noEarlyDataNoCompressionNoRenegotiation();
    void foreignAlpnIsRefused();
    void anAlertBeforeTheHandshakeIsNobodysWord();
    void identityNeedsItsKey();
};

void tst_Certificates::refusedWithItsCause_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("cause");
    QTest::addRow("[T03] expired") << 0 << "expired";
    QTest::addRow("[T03] not yet valid") << 1 << "not-yet-valid";
    QTest::addRow("[T03] wrong CA") << 2 << "unknown-ca";
    QTest::addRow("[T03] self-signed") << 3 << "self-signed";
    QTest::addRow("[T03] wrong usage") << 4 << "wrong-usage";
    QTest::addRow("[T03] server certificate as client") << 5 << "wrong-usage";
    QTest::addRow("[T03] CA certificate as leaf") << 6 << "ca-as-leaf";
    QTest::addRow("[T03] another fleet") << 7 << "wrong-fleet";
    QTest::addRow("[T03] no name at all") << 8 << "wrong-fleet";
    QTest::addRow("[T03] no extended usage") << 9 << "wrong-usage";
    QTest::addRow("[T04] revoked") << 10 << "revoked";
    QTest::addRow("[T03] wrong CA of the same name") << 11 << "unknown-ca";
    QTest::addRow("[T03] the fleet's CA itself") << 12 << "ca-as-leaf";
}

void tst_Certificates::refusedWithItsCause()
{
    QFETCH(int, kind);
    QFETCH(QString, cause);
    Loopback loopback;
    const TestCa other("Another CA");
    const TestCa sameName;
    TestCertificate bad;
    CertificateWish wish {.commonName = kNode, .uri = kNodeUri};
    switch (kind) {
    case 0:
        wish.validFrom = std::chrono::hours(-48);
        wish.validTo = std::chrono::hours(-24);
        bad = loopback.ca.issue(wish);
        break;
    case 1:
        wish.validFrom = std::chrono::hours(24);
        wish.validTo = std::chrono::hours(48);
        bad = loopback.ca.issue(wish);
        break;
    case 2:
        bad = other.issue(wish);
        break;
    case 3:
        bad = TestCa::selfSigned(wish);
        break;
    case 4:
        wish.purpose = "codeSigning";
        bad = loopback.ca.issue(wish);
        break;
    case 5:
        bad = loopback.ca.engine(kFleet);
        break;
    case 6:
        wish.isCa = true;
        bad = loopback.ca.issue(wish);
        break;
    case 7:
        bad = loopback.ca.node(kOtherFleet, kNode);
        break;
    case 8:
        wish.uri.clear();
        bad = loopback.ca.issue(wish);
        break;
    case 9:
        wish.purpose.clear();
        bad = loopback.ca.issue(wish);
        break;
    case 10:
        bad = loopback.ca.issue(wish);
        loopback.revoked.insert(bad.serial);
        break;
    case 11:
        bad = sameName.issue(wish);
        break;
    default:
        bad = {loopback.ca.der(), loopback.ca.key(), {}};
    }
    Ear ear;
    const auto socket = connectWebSocket(loopback.context, loopback.client(Loopback::identity(bad)), ear);
    QVERIFY(loopback.pump([&] { return ear.closed && !loopback.failures.empty(); }));
    QCOMPARE(QString::fromUtf8(loopback.failures.front().code.name()), cause);
    QVERIFY(!ear.opened);
    QVERIFY(loopback.served.empty());
    QVERIFY(loopback.peers.empty()); // not even a request was read
}

// [T03] a certificate of another fleet, whose CA our own has cross-signed
void tst_Certificates::crossSignedFleetIsRefused()
{
    Loopback loopback;
    const TestCa other("Fleet two CA");
    const std::vector<std::string> chain {loopback.ca.crossSign(other)};
    for (const char *fleet : {kOtherFleet, kFleet}) { // even when it claims to be of ours
        loopback.failures.clear();
        Ear ear;
        const auto socket = connectWebSocket(
            loopback.context, loopback.client(Loopback::identity(other.node(fleet, kNode), chain)), ear);
        QVERIFY(loopback.pump([&] { return ear.closed && !loopback.failures.empty(); }));
        QCOMPARE(loopback.failures.front().code.name(),
                 fleet == kOtherFleet ? causes::kWrongFleet.name() : causes::kUnknownCa.name());
    }
}

// The engine learns which node knocks with an expired certificate (fleet-manager B3.3), and the agent learns why it is refused.
void tst_Certificates::expiredNodeIsNamed()
{
    Loopback loopback;
    const auto expired = loopback.ca.issue({.commonName = kNode,
                                            .uri = kNodeUri,
                                            .validFrom = std::chrono::hours(-48),
                                            .validTo = std::chrono::hours(-24)});
    Ear ear;
    const auto socket = connectWebSocket(loopback.context, loopback.client(Loopback::identity(expired)), ear);
    QVERIFY(loopback.pump([&] { return ear.closed && !loopback.failures.empty(); }));
    QVERIFY(loopback.refusedCertificates.front().has_value());
    QCOMPARE(loopback.refusedCertificates.front()->serial, expired.serial);
    QCOMPARE(loopback.refusedCertificates.front()->commonName, std::string(kNode));
    QCOMPARE(ear.closed->code.name(), causes::kExpired.name());
}

void tst_Certificates::goodKeyTypes_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<bool>("accepted");
    QTest::addRow("P-256") << "P-256" << true;
    QTest::addRow("Ed25519") << "Ed25519" << true;
    QTest::addRow("P-384") << "P-384" << false;
    QTest::addRow("RSA") << "RSA" << false;
}

void tst_Certificates::goodKeyTypes()
{
    QFETCH(QString, type);
    QFETCH(bool, accepted);
    Loopback loopback;
    const auto certificate
        = loopback.ca.issue({.commonName = kNode, .uri = kNodeUri, .keyType = type.toStdString()});
    Ear ear;
    const auto socket
        = connectWebSocket(loopback.context, loopback.client(Loopback::identity(certificate)), ear);
    QVERIFY(loopback.pump([&] { return ear.closed || ear.opened; }));
    QCOMPARE(ear.opened, accepted);
}

void tst_Certificates::engineCertificate_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("cause");
    QTest::addRow("another fleet's engine") << 0 << "engine-identity";
    QTest::addRow("a node as engine") << 1 << "wrong-usage";
    QTest::addRow("wrong CA") << 2 << "engine-identity";
    QTest::addRow("self-signed") << 3 << "engine-identity";
    QTest::addRow("a longer name") << 4 << "engine-identity";
}

void tst_Certificates::engineCertificate()
{
    QFETCH(int, kind);
    QFETCH(QString, cause);
    Loopback loopback;
    const TestCa other;
    const CertificateWish wish {
        .commonName = "engine", .uri = std::string("fb:engine/") + kFleet, .purpose = "serverAuth"};
    TestCertificate bad;
    switch (kind) {
    case 0:
        bad = loopback.ca.engine(kOtherFleet);
        break;
    case 1:
        bad = loopback.ca.node(kFleet, kNode);
        break;
    case 2:
        bad = other.issue(wish);
        break;
    case 3:
        bad = TestCa::selfSigned(wish);
        break;
    default:
        bad = loopback.ca.engine(std::string(kFleet) + "0");
    }
    ServerTlsOptions options;
    options.identity = Loopback::identity(bad, {loopback.ca.der()});
    options.clientCaDer = {loopback.ca.der()};
    options.clientRules.uriPrefix = "fb:node/";
    options.tickets = loopback.tickets;
    loopback.serverTls = ServerTls::make(std::move(options)).value();
    Ear ear;
    const auto socket = connectWebSocket(loopback.context, loopback.client(loopback.node()), ear);
    QVERIFY(loopback.pump([&] { return ear.closed.has_value(); }));
    QCOMPARE(QString::fromUtf8(ear.closed->code.name()), cause);
    QVERIFY(loopback.peers.empty()); // nothing of HTTP was sent
}

void tst_Certificates::engineOutOfItsTimeIsCalledClock_data()
{
    QTest::addColumn<int>("years");
    QTest::addRow("ten years behind") << -10;
    QTest::addRow("ten years ahead") << 10;
}

// [R13] an engine certificate out of its time reads as a clock problem on the node
void tst_Certificates::engineOutOfItsTimeIsCalledClock()
{
    QFETCH(int, years);
    Loopback loopback;
    ManualClock clock(SystemClock().now() + std::chrono::hours(24 * 365 * years));
    auto options = loopback.client(loopback.node());
    ClientTlsOptions trust;
    trust.caDer = {loopback.ca.der()};
    trust.clock = &clock;
    options.tls = ClientTls::make(std::move(trust)).value();
    Ear ear;
    const auto socket = connectWebSocket(loopback.context, options, ear);
    QVERIFY(loopback.pump([&] { return ear.closed.has_value(); }));
    QCOMPARE(ear.closed->code.name(), causes::kClock.name());
}

// [fleet-manager B8.9] a wrong pin: no byte of the request reaches the wire
void tst_Certificates::pinMismatchSendsNothing()
{
    Loopback loopback;
    auto options = loopback.post("the activation code");
    ClientTlsOptions trust;
    trust.caSha256 = sha256("another CA");
    options.tls = ClientTls::make(std::move(trust)).value();
    std::optional<Result<HttpAnswer>> answer;
    const auto post
        = postOnce(loopback.context, options, [&](Result<HttpAnswer> got) { answer = std::move(got); });
    QVERIFY(loopback.pump([&] { return answer && !loopback.failures.empty(); }));
    QVERIFY(!*answer);
    QCOMPARE(answer->error().code.name(), causes::kEngineIdentity.name());
    QVERIFY(
        answer->error().message.find("engine identity differs: expected CA " + toHex(sha256("another CA")))
        != std::string::npos);
    QVERIFY(answer->error().message.find(toHex(sha256(loopback.ca.der()))) != std::string::npos);
    QVERIFY(loopback.bodies.empty());
    QVERIFY(loopback.peers.empty()); // the server saw the handshake fail, and no request
}

void tst_Certificates::pinnedCaIsHandedOver()
{
    Loopback loopback;
    std::optional<Result<HttpAnswer>> answer;
    const auto post = postOnce(loopback.context, loopback.post("abc"),
                               [&](Result<HttpAnswer> got) { answer = std::move(got); });
    QVERIFY(loopback.pump([&] { return answer.has_value(); }));
    QVERIFY2(answer->has_value(), answer->has_value() ? "" : answer->error().message.c_str());
    QCOMPARE((*answer)->status, 200);
    QCOMPARE((*answer)->body, std::string("cba"));
    QCOMPARE((*answer)->peer.caDer, loopback.ca.der());
    QCOMPARE(loopback.bodies.front(), std::string("abc"));
    QVERIFY(!loopback.peers.front().hasCertificate);
}

// Connections alternate between two contexts that share one ticket-key ring.
void tst_Certificates::resumesOnAnotherThreadsContext()
{
    Loopback loopback;
    auto options = loopback.client(loopback.node());
    options.sessions = std::make_shared<SessionCache>();
    for (int round = 0; round < 4; ++round) {
        Ear ear;
        const auto socket = connectWebSocket(loopback.context, options, ear);
        QVERIFY(loopback.pump([&] { return ear.opened || ear.closed; }));
        QVERIFY(ear.opened);
        QCOMPARE(socket->peer().resumed, round > 0);
        QCOMPARE(loopback.peers.back().resumed, round > 0);
        QCOMPARE(loopback.peers.back().certificate.commonName, std::string(kNode));
        QVERIFY(loopback.pump([&] { return !options.sessions->isEmpty(); }));
    }
    // A renewed certificate never rides on the old one's ticket.
    options.identity = loopback.node();
    Ear ear;
    const auto socket = connectWebSocket(loopback.context, options, ear);
    QVERIFY(loopback.pump([&] { return ear.opened || ear.closed; }));
    QVERIFY(!socket->peer().resumed);
}

// [T04] on reconnect: the ticket is good, the certificate is not any more
void tst_Certificates::resumptionChecksAgain()
{
    Loopback loopback;
    const auto certificate = loopback.ca.node(kFleet, kNode);
    auto options = loopback.client(Loopback::identity(certificate));
    options.sessions = std::make_shared<SessionCache>();
    {
        Ear ear;
        const auto socket = connectWebSocket(loopback.context, options, ear);
        QVERIFY(loopback.pump([&] { return ear.opened && !options.sessions->isEmpty(); }));
    }
    loopback.revoked.insert(certificate.serial);
    Ear ear;
    const auto socket = connectWebSocket(loopback.context, options, ear);
    QVERIFY(loopback.pump([&] { return ear.closed && !loopback.failures.empty(); }));
    QCOMPARE(ear.closed->code.name(), causes::kRevoked.name());
    QCOMPARE(loopback.failures.back().code.name(), causes::kRevoked.name());
    QCOMPARE(loopback.refusedCertificates.back()->commonName, std::string(kNode));
    QCOMPARE(loopback.peers.size(), size_t(1));
}

void tst_Certificates::ticketsOutliveOneRotation()
{
    Loopback loopback;
    SecureRandom random;
    auto options = loopback.client(loopback.node());
    options.sessions = std::make_shared<SessionCache>();
    const auto connectOnce = [&] {
        Ear ear;
        const auto socket = connectWebSocket(loopback.context, options, ear);
        const bool opened = loopback.pump([&] { return ear.opened && !options.sessions->isEmpty(); });
        return opened && socket->peer().resumed;
    };
    QVERIFY(!connectOnce());
    loopback.tickets->rotate(random);
    QVERIFY(connectOnce());
    loopback.tickets->rotate(random);
    loopback.tickets->rotate(random);
    QVERIFY(!connectOnce());
}

void tst_Certificates::ticketKeysAreStored()
{
    SecureRandom random;
    TicketKeyRing ring(random);
    QCOMPARE(ring.stored().size(), TicketKeyRing::kKeyBytes);
    ring.rotate(random);
    const SecretBytes stored = ring.stored();
    QCOMPARE(stored.size(), 2 * TicketKeyRing::kKeyBytes);
    const auto again = TicketKeyRing::fromStored(stored.view());
    QVERIFY(again.has_value());
    QVERIFY((*again)->stored().equals(stored));
    QVERIFY(!TicketKeyRing::fromStored(stored.view().substr(1)));
}

void tst_Certificates::oldTlsIsRefused_data()
{
    QTest::addColumn<int>("version");
    QTest::addColumn<QString>("groups");
    QTest::addColumn<bool>("works");
    QTest::addRow("TLS 1.3") << TLS1_3_VERSION << "X25519" << true;
    QTest::addRow("TLS 1.3 with P-256") << TLS1_3_VERSION << "P-256" << true;
    QTest::addRow("[T12] TLS 1.2") << TLS1_2_VERSION << "X25519" << false;
    QTest::addRow("[T12] TLS 1.0") << TLS1_VERSION << "X25519" << false;
    QTest::addRow("[T12] weak group") << TLS1_3_VERSION << "P-521" << false;
}

void tst_Certificates::oldTlsIsRefused()
{
    QFETCH(int, version);
    QFETCH(QString, groups);
    QFETCH(bool, works);
    Loopback loopback;
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_security_level(context, 0);
    SSL_CTX_set_min_proto_version(context, version);
    SSL_CTX_set_max_proto_version(context, version);
    QCOMPARE(SSL_CTX_set1_groups_list(context, groups.toUtf8().constData()), 1);
    SSL *client = SSL_new(context);
    SSL_set_connect_state(client);
    Talk talk(client, loopback.serverTls->newSession());
    QCOMPARE(talk.handshake(), works);
    SSL_CTX_free(context);
}

// [T12] a ticket that claims early data, compression and renegotiation
void tst_Certificates::noEarlyDataNoCompressionNoRenegotiation()
{
    Loopback loopback;
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    SSL *client = SSL_new(context);
    SSL_set_connect_state(client);
    Talk talk(client, loopback.serverTls->newSession());
    QVERIFY(talk.handshake());
    char byte = 0;
    SSL_read(talk.client, &byte, 1); // takes the ticket
    QCOMPARE(SSL_get_max_early_data(talk.server), 0u);
    SSL_SESSION *session = SSL_get1_session(talk.client);
    QCOMPARE(SSL_SESSION_get_max_early_data(session), 0u);
    SSL *again = SSL_new(context);
    SSL_set_connect_state(again);
    SSL_set_session(again, session);
    size_t written = 0;
    QVERIFY(SSL_write_early_data(again, "order", 5, &written) != 1);
    SSL_free(again);
    SSL_SESSION_free(session);
    QVERIFY(SSL_get_current_compression(talk.server) == nullptr);
    QVERIFY((SSL_get_options(talk.server) & SSL_OP_NO_COMPRESSION) != 0);
    QVERIFY((SSL_get_options(talk.server) & SSL_OP_NO_RENEGOTIATION) != 0);
    QCOMPARE(SSL_renegotiate(talk.client), 0); // TLS 1.3 has none
    SSL_CTX_free(context);
}

void tst_Certificates::foreignAlpnIsRefused()
{
    Loopback loopback;
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    const unsigned char h2[] = {2, 'h', '2'};
    SSL_CTX_set_alpn_protos(context, h2, sizeof h2);
    SSL *client = SSL_new(context);
    SSL_set_connect_state(client);
    Talk talk(client, loopback.serverTls->newSession());
    QVERIFY(!talk.handshake());
    SSL_CTX_free(context);
}

// Whoever is on the way can answer a hello with an alert in clear: an agent must not take it for the engine's word that its certificate is
// worth nothing, and end its work.
void tst_Certificates::anAlertBeforeTheHandshakeIsNobodysWord()
{
    for (const char alert : {char(44), char(45)}) { // certificate revoked, expired
        Loopback loopback;
        boost::asio::ip::tcp::acceptor stranger(loopback.context,
                                                {boost::asio::ip::address_v4::loopback(), 0});
        boost::asio::ip::tcp::socket socket(loopback.context);
        std::array<char, 7> record {0x15, 0x03, 0x03, 0x00, 0x02, 0x02, alert};
        stranger.async_accept(socket, [&](const boost::system::error_code &error) {
            QVERIFY(!error);
            boost::asio::write(socket, boost::asio::buffer(record));
        });
        transport::ClientOptions options = loopback.client(loopback.node());
        options.url.port = stranger.local_endpoint().port();
        Ear ear;
        const auto client = transport::connectWebSocket(loopback.context, options, ear);
        QVERIFY(loopback.pump([&] { return ear.closed.has_value(); }));
        QCOMPARE(ear.closed->code.name(), causes::kTls.name());
    }
}

void tst_Certificates::identityNeedsItsKey()
{
    const TestCa ca;
    const auto one = ca.node(kFleet, kNode);
    const auto two = ca.node(kFleet, kNode);
    const auto mixed = TlsIdentity::load(one.der, {}, two.key);
    QVERIFY(!mixed);
    QCOMPARE(mixed.error().field, std::string("privateKey"));
    QVERIFY(!TlsIdentity::load("no certificate", {}, one.key));
    QVERIFY(!TlsIdentity::load(one.der, {"no certificate"}, one.key));
    QVERIFY(!TlsIdentity::load(one.der, {}, SecretBytes("no key")));
}

FB_TEST(tst_Certificates)
#include "tst_certificates.moc"
