#include "tests/unit/transport/loopback.h"

#include "backend/transport/client_connector.h"
#include "tests/support/seeded_random.h"
#include "tests/support/test_main.h"

#include <boost/asio/write.hpp>

#include <QTest>

#include <fstream>

using namespace fb;
using namespace fb::test;
using namespace fb::transport;
using namespace std::chrono_literals;
namespace asio = boost::asio;

namespace {
const std::string kSocketUpgrade
    = "GET /agent/v1 HTTP/1.1\r\nHost: e\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Protocol: fb-agent.1\r\n\r\n";

// A client that sends any bytes it likes through good TLS.
class RawClient
{
public:
    RawClient(Loopback &loopback, std::shared_ptr<const TlsIdentity> identity) : m_loopback(loopback)
    {
        const auto options = loopback.client(std::move(identity));
        m_connector = ClientConnector::start(
            loopback.context, {options.url, options.tls, options.identity, nullptr, options.limits},
            [this](Result<std::unique_ptr<ClientStream>> stream) {
                if (stream)
                    m_stream = std::move(*stream);
            });
        loopback.pump([this] { return m_stream != nullptr; });
        read();
    }
    ~RawClient()
    {
        if (m_stream)
            m_stream->stream.cut();
        m_loopback.context.poll();
        m_loopback.context.restart();
    }

    void send(std::string bytes)
    {
        m_unsent = std::move(bytes);
        bool done = false;
        asio::async_write(m_stream->stream, asio::buffer(m_unsent),
                          [&done](const boost::system::error_code &, size_t) { done = true; });
        m_loopback.pump([&] { return done; });
    }
    bool waitForEnd(std::chrono::milliseconds within = 2s)
    {
        return m_loopback.pump([this] { return ended; }, within);
    }

    std::string received;
    bool ended = false;

private:
    void read()
    {
        m_stream->stream.async_read_some(asio::buffer(m_buffer),
                                         [this](const boost::system::error_code &error, size_t count) {
                                             received.append(m_buffer.data(), count);
                                             if (error)
                                                 ended = true;
                                             else
                                                 read();
                                         });
    }

    Loopback &m_loopback;
    std::shared_ptr<ClientConnector> m_connector;
    std::unique_ptr<ClientStream> m_stream;
    std::array<char, 4096> m_buffer {};
    std::string m_unsent;
};

// One masked frame (mask 0) of a client.
std::string frame(uint8_t first, uint64_t announced, std::string_view payload)
{
    std::string bytes(1, static_cast<char>(first));
    if (announced < 126) {
        bytes.push_back(static_cast<char>(0x80 | announced));
    } else if (announced < 65536) {
        bytes.push_back(static_cast<char>(0xfe));
        bytes.push_back(static_cast<char>(announced >> 8));
        bytes.push_back(static_cast<char>(announced));
    } else {
        bytes.push_back(static_cast<char>(0xff));
        for (int shift = 56; shift >= 0; shift -= 8)
            bytes.push_back(static_cast<char>(announced >> shift));
    }
    bytes.append(4, '\0');
    bytes += payload;
    return bytes;
}

size_t residentKib()
{
    std::ifstream statm("/proc/self/statm");
    size_t total = 0;
    size_t resident = 0;
    statm >> total >> resident;
    return resident * 4;
}
}

class tst_WebSocket : public QObject
{
    Q_OBJECT

private slots:
    void messagesBothWays();
    void largeMessagesAndMany();
    void pausedReadingHoldsTheSender();
    void resumingInsideTheHandler();
    void closeTellsCodeAndReason();
    void destroyedInsideItsHandler();
    void withoutCertificateIs401();
    void wrongSubprotocol();
    void unknownRequestsAreClosed_data();
    void unknownRequestsAreClosed();
    void randomBytes();
    void announced2GiB();
    void overTheMessageLimit();
    void tinyFragmentsNeverFinal_data();
    void tinyFragmentsNeverFinal();
    void slowHandshake();
    void slowMessage();
    void writeStall();
    void controlFrameFlood();
    void textIsRefused();
    void unreachableAndUnresolvable();
    void tooLargePost();
};

void tst_WebSocket::messagesBothWays()
{
    Loopback loopback;
    Ear ear;
    const auto socket = connectWebSocket(loopback.context, loopback.client(loopback.node()), ear);
    QVERIFY(loopback.pump([&] { return ear.opened && !loopback.served.empty(); }));
    QCOMPARE(socket->peer().tlsVersion, std::string("TLSv1.3"));
    QCOMPARE(socket->peer().address, std::string("127.0.0.1"));
    socket->send("from the node");
    QVERIFY(socket->isWriting());
    auto &side = *loopback.served.front();
    QVERIFY(loopback.pump([&] { return side.ear.messages.size() == 1 && ear.written == 1; }));
    QCOMPARE(side.ear.messages.front(), std::string("from the node"));
    QVERIFY(!socket->isWriting());
    side.socket->send(std::string(1, '\0'));
    QVERIFY(loopback.pump([&] { return ear.messages.size() == 1; }));
    QCOMPARE(ear.messages.front(), std::string(1, '\0'));
    side.socket->send("");
    QVERIFY(loopback.pump([&] { return ear.messages.size() == 2; }));
    QVERIFY(ear.messages.back().empty());
}

void tst_WebSocket::largeMessagesAndMany()
{
    Loopback loopback;
    Ear ear;
    const auto socket = connectWebSocket(loopback.context, loopback.client(loopback.node()), ear);
    QVERIFY(loopback.pump([&] { return ear.opened && !loopback.served.empty(); }));
    auto &side = *loopback.served.front();
    SeededRandom random(3);
    std::vector<std::string> sent;
    for (const size_t size : {1u, 1023u, 1024u, 1025u, 16384u, 65536u, 262144u, 1048576u, 3u})
        sent.push_back(random.bytes(size));
    size_t next = 0;
    ear.whenWritten = [&] {
        if (next < sent.size())
            socket->send(sent[next++]);
    };
    size_t nextBack = 0;
    side.ear.whenWritten = [&] {
        if (nextBack < sent.size())
            side.socket->send(sent[nextBack++]);
    };
    ear.whenWritten();
    side.ear.whenWritten();
    QVERIFY(loopback.pump(
        [&] { return side.ear.messages.size() == sent.size() && ear.messages.size() == sent.size(); }));
    QVERIFY(side.ear.messages == sent);
    QVERIFY(ear.messages == sent);
}

void tst_WebSocket::pausedReadingHoldsTheSender()
{
    Loopback loopback;
    Ear ear;
    const auto socket = connectWebSocket(loopback.context, loopback.client(loopback.node()), ear);
    QVERIFY(loopback.pump([&] { return ear.opened && !loopback.served.empty(); }));
    auto &side = *loopback.served.front();
    side.socket->pauseReading(true);
    ear.whenWritten = [&] { socket->send(std::string(512 * 1024, 'x')); };
    ear.whenWritten();
    QVERIFY(
        !loopback.pump([&] { return ear.written >= 64; }, 500ms)); // 32 MiB do not fit between two sockets
    QVERIFY(side.ear.messages.size() <= 1); // the read that was under way
    const int stuckAt = ear.written;
    side.socket->pauseReading(false);
    QVERIFY(loopback.pump([&] { return ear.written > stuckAt + 8; }));
}

// A handler that resumes reading while it looks at a message: the message must stay what it is, and the next ones must come whole.
void tst_WebSocket::resumingInsideTheHandler()
{
    Loopback loopback;
    Ear ear;
    const auto socket = connectWebSocket(loopback.context, loopback.client(loopback.node()), ear);
    QVERIFY(loopback.pump([&] { return ear.opened && !loopback.served.empty(); }));
    auto &side = *loopback.served.front();
    side.ear.whenMessage = [&] {
        side.socket->pauseReading(true);
        side.socket->pauseReading(false);
    };
    SeededRandom random(4);
    std::vector<std::string> sent;
    for (int i = 0; i < 40; ++i)
        sent.push_back(random.bytes(i % 2 == 0 ? 200'000 : 30));
    size_t next = 0;
    ear.whenWritten = [&] {
        if (next < sent.size())
            socket->send(sent[next++]);
    };
    ear.whenWritten();
    QVERIFY(loopback.pump([&] { return side.ear.messages.size() == sent.size(); }));
    QVERIFY(side.ear.messages == sent);
}

void tst_WebSocket::closeTellsCodeAndReason()
{
    Loopback loopback;
    Ear ear;
    const auto socket = connectWebSocket(loopback.context, loopback.client(loopback.node()), ear);
    QVERIFY(loopback.pump([&] { return ear.opened && !loopback.served.empty(); }));
    auto &side = *loopback.served.front();
    side.socket->send("last words");
    side.socket->close(closeCodes::kDeregistered, "deregistered");
    QVERIFY(loopback.pump([&] { return ear.closed && side.ear.closed; }, 1s));
    QCOMPARE(ear.messages.front(), std::string("last words"));
    QCOMPARE(socket->closeCode(), closeCodes::kDeregistered);
    QVERIFY(ear.closed->message.find("4001 deregistered") != std::string::npos);
}

void tst_WebSocket::destroyedInsideItsHandler()
{
    Loopback loopback;
    struct Suicidal : Ear {
        void onMessage(std::string_view) override { socket.reset(); }
        std::unique_ptr<WebSocket> socket;
    } ear;
    ear.socket = connectWebSocket(loopback.context, loopback.client(loopback.node()), ear);
    QVERIFY(loopback.pump([&] { return ear.opened && !loopback.served.empty(); }));
    auto &side = *loopback.served.front();
    side.socket->send("bye");
    QVERIFY(loopback.pump([&] { return side.ear.closed.has_value(); }));
    QVERIFY(!ear.socket);
    QVERIFY(!ear.closed); // it was let go, not closed
}

// [T01] refused before any frame
void tst_WebSocket::withoutCertificateIs401()
{
    Loopback loopback;
    Ear ear;
    const auto socket = connectWebSocket(loopback.context, loopback.client(), ear);
    QVERIFY(loopback.pump([&] { return ear.closed.has_value(); }));
    QCOMPARE(ear.closed->code.name(), causes::kNoCertificate.name());
    QVERIFY(ear.closed->message.find("401") != std::string::npos);
    QVERIFY(loopback.served.empty());
    RawClient raw(loopback, nullptr);
    raw.send(kSocketUpgrade);
    QVERIFY(raw.waitForEnd(1s));
    QVERIFY(raw.received.starts_with("HTTP/1.1 401 no-certificate\r\nContent-Length: 0\r\n"));
    QVERIFY(raw.received.ends_with("\r\n\r\n")); // no body
}

void tst_WebSocket::wrongSubprotocol()
{
    Loopback loopback;
    auto options = loopback.client(loopback.node());
    options.subprotocol = "fb-agent.9";
    Ear ear;
    const auto socket = connectWebSocket(loopback.context, options, ear);
    QVERIFY(loopback.pump([&] { return ear.closed.has_value(); }));
    QCOMPARE(ear.closed->code.name(), causes::kProtocol.name());
}

void tst_WebSocket::unknownRequestsAreClosed_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const auto row
        = [](const char *name, const QByteArray &bytes) { QTest::addRow("[T02] %s", name) << bytes; };
    const QByteArray rest = QByteArray::fromStdString(kSocketUpgrade.substr(kSocketUpgrade.find("\r\n")));
    row("other path", "GET / HTTP/1.1" + rest);
    row("longer path", "GET /agent/v1/x HTTP/1.1" + rest);
    row("query", "GET /agent/v1?x=1 HTTP/1.1" + rest);
    row("enrolment by GET", "GET /enrol/v1 HTTP/1.1" + rest);
    row("agent by POST", "POST /agent/v1 HTTP/1.1" + rest);
    row("other method", "DELETE /agent/v1 HTTP/1.1" + rest);
    row("HTTP/1.0", "GET /agent/v1 HTTP/1.0" + rest);
    row("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    row("absolute form", "GET https://e/agent/v1 HTTP/1.1" + rest);
    row("lower case", "get /agent/v1 HTTP/1.1" + rest);
    row("not an upgrade", "GET /agent/v1 HTTP/1.1\r\nHost: e\r\n\r\n");
    row("bytes after the upgrade", QByteArray::fromStdString(kSocketUpgrade) + "x");
    row("a page in a browser", "GET /agent/v1 HTTP/1.1\r\nOrigin: https://evil.example" + rest);
    row("huge head", "GET /agent/v1 HTTP/1.1\r\nHost: e\r\nX: " + QByteArray(8000, 'x') + "\r\n\r\n");
    row("one NUL", QByteArray(1, '\0'));
    row("a frame at once", QByteArray::fromHex("828000000000"));
    row("body announced too large", "POST /enrol/v1 HTTP/1.1\r\nHost: e\r\nContent-Length: 16385\r\n\r\n");
}

void tst_WebSocket::unknownRequestsAreClosed()
{
    QFETCH(QByteArray, bytes);
    Loopback loopback;
    RawClient raw(loopback, loopback.node());
    raw.send(bytes.toStdString());
    QVERIFY(raw.waitForEnd(1s));
    QVERIFY2(raw.received.empty() || raw.received.starts_with("HTTP/1.1 4"), raw.received.c_str());
    QVERIFY(raw.received.find("\r\n\r\n") + 4 == raw.received.size() || raw.received.empty());
    QVERIFY(loopback.served.empty());
}

// [T02] random bytes after TLS
void tst_WebSocket::randomBytes()
{
    Loopback loopback;
    SeededRandom random(11);
    const int rounds = qEnvironmentVariableIntValue("FB_SOAK") > 0 ? 20000 : 60;
    const auto identity = loopback.node();
    for (int round = 0; round < rounds; ++round) {
        RawClient raw(loopback, identity);
        raw.send(random.bytes(1 + random.below(2000)));
        QVERIFY2(raw.waitForEnd(1s), qPrintable(QString::number(round)));
        QVERIFY(raw.received.empty());
    }
    QVERIFY(loopback.served.empty());
}

// [P01] refused by its announced length, with close 1009, and nothing of that size allocated
void tst_WebSocket::announced2GiB()
{
    Loopback loopback;
    RawClient raw(loopback, loopback.node());
    raw.send(kSocketUpgrade);
    QVERIFY(loopback.pump([&] { return raw.received.find("\r\n\r\n") != std::string::npos; }));
    raw.received.clear();
    const size_t before = residentKib();
    raw.send(frame(0x82, 2147483647, "only a few bytes"));
    auto &side = *loopback.served.front();
    QVERIFY(loopback.pump([&] { return side.ear.closed.has_value(); }, 3s));
    QCOMPARE(side.ear.closed->code.name(), causes::kTooBig.name());
    QVERIFY(residentKib() < before + 8 * 1024);
    QVERIFY(loopback.pump([&] { return raw.received.size() >= 4; }, 1s));
    QCOMPARE(static_cast<uint8_t>(raw.received[0]), uint8_t(0x88));
    QCOMPARE((static_cast<uint8_t>(raw.received[2]) << 8) | static_cast<uint8_t>(raw.received[3]), 1009);
}

// [P01] the limit itself
void tst_WebSocket::overTheMessageLimit()
{
    Loopback loopback;
    Ear ear;
    const auto socket = connectWebSocket(loopback.context, loopback.client(loopback.node()), ear);
    QVERIFY(loopback.pump([&] { return ear.opened && !loopback.served.empty(); }));
    auto &side = *loopback.served.front();
    socket->send(std::string(1024 * 1024 + 1, 'x'));
    QVERIFY(loopback.pump([&] { return side.ear.closed && ear.closed; }));
    QCOMPARE(side.ear.closed->code.name(), causes::kTooBig.name());
    QVERIFY(side.ear.messages.empty());
}

void tst_WebSocket::tinyFragmentsNeverFinal_data()
{
    QTest::addColumn<int>("bytes");
    QTest::addRow("[P02] empty fragments") << 0;
    QTest::addRow("[P02] one byte each") << 1;
}

void tst_WebSocket::tinyFragmentsNeverFinal()
{
    QFETCH(int, bytes);
    Loopback loopback;
    RawClient raw(loopback, loopback.node());
    raw.send(kSocketUpgrade);
    QVERIFY(loopback.pump([&] { return !loopback.served.empty(); }));
    auto &side = *loopback.served.front();
    const std::string payload(static_cast<size_t>(bytes), 'x');
    std::string many;
    for (int i = 0; i < 1000; ++i)
        many += frame(0x00, payload.size(), payload);
    raw.send(frame(0x02, payload.size(), payload));
    const size_t before = residentKib();
    int sent = 0;
    while (!side.ear.closed && sent < 2000) {
        raw.send(many);
        while (loopback.context.poll() > 0) // the server keeps up, so that what was sent is what it took
            ;
        ++sent;
    }
    QVERIFY(side.ear.closed.has_value());
    QVERIFY2(sent < 40, qPrintable(QString::number(sent))); // 64 KiB of framing, not millions of fragments
    QVERIFY(residentKib() < before + 4 * 1024);
    QVERIFY(side.ear.messages.empty());
}

// [P03] TLS begun and never ended, a request begun and never ended: cut at the deadline
void tst_WebSocket::slowHandshake()
{
    ConnectionLimits limits;
    QCOMPARE(limits.handshakeWithin, 8000ms);
    limits.handshakeWithin = 300ms;
    Loopback loopback(limits);
    asio::ip::tcp::socket silent(loopback.context);
    silent.connect({asio::ip::make_address("127.0.0.1"), loopback.port()});
    asio::write(silent, asio::buffer(std::string("\x16\x03\x01")));
    RawClient raw(loopback, loopback.node());
    raw.send("GET /agent/v1 HTTP/1.1\r\nHost: e\r\n");
    const auto begin = std::chrono::steady_clock::now();
    QVERIFY(loopback.pump([&] { return loopback.failures.size() == 2 && raw.ended; }, 7s));
    QVERIFY(std::chrono::steady_clock::now() - begin < 7s);
    for (const Error &failure : loopback.failures)
        QCOMPARE(failure.code.name(), causes::kTimedOut.name());
}

// [P03] a frame begun and never ended: also when not even its head is whole, and when a byte comes now and then
void tst_WebSocket::slowMessage()
{
    ConnectionLimits limits;
    QCOMPARE(limits.messageWithin, 30000ms);
    limits.messageWithin = 400ms;
    Loopback loopback(limits);
    RawClient half(loopback, loopback.node());
    half.send(kSocketUpgrade);
    QVERIFY(loopback.pump([&] { return loopback.served.size() == 1; }));
    RawClient drip(loopback, loopback.node());
    drip.send(kSocketUpgrade);
    QVERIFY(loopback.pump([&] { return loopback.served.size() == 2; }));
    RawClient idle(loopback, loopback.node());
    idle.send(kSocketUpgrade);
    QVERIFY(loopback.pump([&] { return loopback.served.size() == 3; }));
    half.send("\x82");
    drip.send(frame(0x82, 1000, "x"));
    for (int i = 0; i < 20 && !drip.ended; ++i) {
        drip.send("x");
        loopback.pump([&] { return drip.ended; }, 50ms);
    }
    QVERIFY(loopback.pump([&] { return half.ended && drip.ended; }, 1s));
    QCOMPARE(loopback.served[0]->ear.closed->code.name(), causes::kTimedOut.name());
    QCOMPARE(loopback.served[1]->ear.closed->code.name(), causes::kTimedOut.name());
    QVERIFY(!loopback.served[2]->ear.closed); // silence between messages is the link's business
}

void tst_WebSocket::writeStall()
{
    ConnectionLimits limits;
    QCOMPARE(limits.stalledAfter, 20000ms);
    limits.stalledAfter = 300ms;
    Loopback loopback(limits);
    Ear ear;
    const auto socket = connectWebSocket(loopback.context, loopback.client(loopback.node()), ear);
    QVERIFY(loopback.pump([&] { return ear.opened && !loopback.served.empty(); }));
    socket->pauseReading(true);
    auto &side = *loopback.served.front();
    side.ear.whenWritten = [&] { side.socket->send(std::string(1024 * 1024, 'x')); };
    side.ear.whenWritten();
    QVERIFY(loopback.pump([&] { return side.ear.closed.has_value(); }, 3s));
    QCOMPARE(side.ear.closed->code.name(), causes::kStalled.name());
}

void tst_WebSocket::controlFrameFlood()
{
    Loopback loopback;
    RawClient raw(loopback, loopback.node());
    raw.send(kSocketUpgrade);
    QVERIFY(loopback.pump([&] { return !loopback.served.empty(); }));
    auto &side = *loopback.served.front();
    std::string pings;
    for (int i = 0; i < 500; ++i)
        pings += frame(0x89, 100, std::string(100, 'p'));
    for (int i = 0; i < 20 && !side.ear.closed; ++i)
        raw.send(pings);
    QVERIFY(loopback.pump([&] { return side.ear.closed.has_value(); }, 3s));
}

void tst_WebSocket::textIsRefused()
{
    Loopback loopback;
    RawClient raw(loopback, loopback.node());
    raw.send(kSocketUpgrade);
    QVERIFY(loopback.pump([&] { return !loopback.served.empty(); }));
    raw.received.clear();
    raw.send(frame(0x81, 5, "hello"));
    QVERIFY(raw.waitForEnd(3s));
    QVERIFY(loopback.served.front()->ear.messages.empty());
    const size_t at = raw.received.find('\x88');
    QVERIFY(at != std::string::npos);
    QCOMPARE((static_cast<uint8_t>(raw.received[at + 2]) << 8) | static_cast<uint8_t>(raw.received[at + 3]),
             1003);
}

void tst_WebSocket::unreachableAndUnresolvable()
{
    Loopback loopback;
    auto options = loopback.client(loopback.node());
    options.url.port = 1; // nobody listens
    Ear ear;
    const auto socket = connectWebSocket(loopback.context, options, ear);
    QVERIFY(loopback.pump([&] { return ear.closed.has_value(); }));
    QCOMPARE(ear.closed->code.name(), causes::kUnreachable.name());
    options.url.host = "no-such-host.invalid";
    Ear second;
    const auto other = connectWebSocket(loopback.context, options, second);
    QVERIFY(loopback.pump([&] { return second.closed.has_value(); }));
    QCOMPARE(second.closed->code.name(), causes::kUnreachable.name());
    QVERIFY(second.closed->message.find("no-such-host.invalid") != std::string::npos);
}

void tst_WebSocket::tooLargePost()
{
    Loopback loopback;
    std::optional<Result<HttpAnswer>> answer;
    const auto post = postOnce(loopback.context, loopback.post(std::string(16 * 1024 + 1, 'x')),
                               [&](Result<HttpAnswer> got) { answer = std::move(got); });
    QVERIFY(loopback.pump([&] { return answer.has_value(); }));
    QCOMPARE(answer->error().code.name(), causes::kTooBig.name());
    std::optional<Result<HttpAnswer>> atLimit;
    const auto good = postOnce(loopback.context, loopback.post(std::string(16 * 1024, 'x')),
                               [&](Result<HttpAnswer> got) { atLimit = std::move(got); });
    QVERIFY(loopback.pump([&] { return atLimit.has_value(); }));
    QVERIFY(atLimit->has_value());
    QCOMPARE((*atLimit)->body.size(), size_t(16 * 1024));
}

FB_TEST(tst_WebSocket)
#include "tst_web_socket.moc"
