#include "agent/network/network.pb.h"
#include "agent/network/network_link.h"
#include "agent/network/network_message.h"
#include "agent/network/network_post.h"
#include "backend/core/byte_encoding.h"
#include "tests/support/seeded_random.h"
#include "tests/support/test_main.h"

#include <boost/asio/io_context.hpp>

#include <QTest>

#include <csignal>
#include <optional>
#include <sys/socket.h>
#include <unistd.h>

using namespace fb;
using namespace fb::agent;
using namespace fb::test;
namespace causes = fb::transport::causes;

namespace {

class Ear final : public transport::WebSocketHandler
{
public:
    void onOpened() override { ++opened; }
    void onMessage(std::string_view message) override
    {
        messages.emplace_back(message);
        bytes += message.size();
    }
    void onWritten() override { ++written; }
    void onClosed(const Error &cause) override
    {
        ++closed;
        why = cause;
    }

    int opened = 0;
    int written = 0;
    int closed = 0;
    std::vector<std::string> messages;
    size_t bytes = 0;
    std::optional<Error> why;
};

// The supervisor's end of a link whose network process is played by the test.
class Bench
{
public:
    Bench() { connect(); }

    void connect(std::shared_ptr<NetworkChild> child = {})
    {
        link.reset();
        ear = Ear();
        int ends[2] {};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
            qFatal("no socket pair");
        process.reset(ends[1]);
        transport::ClientOptions options;
        options.url = {"engine.example", 8443, "/agent/v1"};
        options.tls = *transport::ClientTls::make({.caSha256 = std::string(32, 'c')});
        options.subprotocol = "fb-agent.1";
        link = connectNetworkLink(context, launcher,
                                  NetworkLauncher::Started {UniqueFd(ends[0]), std::move(child)}, options,
                                  ticket, ear);
        turn();
    }
    void turn()
    {
        context.restart();
        while (context.poll() > 0) { }
    }
    void raw(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const ssize_t sent
                = ::send(process.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (sent < 0 && errno != EAGAIN)
                return; // it was ended
            bytes.remove_prefix(sent > 0 ? static_cast<size_t>(sent) : 0);
            turn();
        }
        turn();
    }
    static std::string message(NetworkMessage kind, std::string_view payload = {})
    {
        return networkHead(kind, payload.size()).append(payload);
    }
    void say(NetworkMessage kind, std::string_view payload = {}) { raw(message(kind, payload)); }
    void open() { say(NetworkMessage::Opened, network::Peer().SerializeAsString()); }
    void close(std::string_view code)
    {
        network::Closed closed;
        closed.set_code(std::string(code));
        closed.set_text("as it says");
        closed.set_close_code(4001);
        say(NetworkMessage::Closed, closed.SerializeAsString());
    }
    // What the supervisor has said since the last call.
    std::vector<std::pair<NetworkMessage, std::string>> heard()
    {
        char chunk[64 * 1024];
        for (ssize_t got = 0; (got = ::recv(process.get(), chunk, sizeof chunk, MSG_DONTWAIT)) > 0; turn())
            m_heard.append(chunk, static_cast<size_t>(got));
        std::vector<std::pair<NetworkMessage, std::string>> all;
        while (m_heard.size() >= kNetworkHeadBytes) {
            const size_t size = bigEndianAt<uint32_t>(m_heard, 1);
            if (m_heard.size() < kNetworkHeadBytes + size)
                break;
            all.emplace_back(static_cast<NetworkMessage>(m_heard[0]),
                             m_heard.substr(kNetworkHeadBytes, size));
            m_heard.erase(0, kNetworkHeadBytes + size);
        }
        return all;
    }
    bool isCut() // the process has been let go of
    {
        char byte = 0;
        ssize_t got = 0;
        while ((got = ::recv(process.get(), &byte, 1, MSG_DONTWAIT)) > 0) { }
        return got == 0 || errno == ECONNRESET;
    }

    boost::asio::io_context context;
    std::string unconfined;
    NetworkLauncher launcher {{.program = "/nonexistent/flagbridge-agent",
                               .unconfined = [this](const std::string &what) { unconfined += what + ";"; }}};
    std::shared_ptr<NetworkTicket> ticket = std::make_shared<NetworkTicket>();
    Ear ear;
    UniqueFd process;
    std::unique_ptr<NetworkLink> link;

private:
    std::string m_heard;
};

}

class tst_NetworkLink : public QObject
{
    Q_OBJECT
private slots:
    void passesMessages();
    void keepsTheTicket();
    void holdsBackWhilePaused();
    void brokenRules_data();
    void brokenRules();
    void anyBytes();
    void saysHowTheProcessEnded();
    void endsItsProcess();
    void cannotStart();
};

void tst_NetworkLink::passesMessages()
{
    Bench bench;
    auto heard = bench.heard();
    QCOMPARE(heard.size(), size_t(1));
    network::Start start;
    QVERIFY(heard[0].first == NetworkMessage::Start && start.ParseFromString(heard[0].second));
    QCOMPARE(start.host(), std::string("engine.example"));
    QCOMPARE(start.ca_sha256(), std::string(32, 'c'));
    QCOMPARE(start.subprotocol(), std::string("fb-agent.1"));
    QVERIFY(!start.sandbox_required());
    QVERIFY(!bench.link->isOpen());

    network::Unconfined missing;
    missing.set_what("Landlock\x1b[2J");
    bench.say(NetworkMessage::Unconfined, missing.SerializeAsString());
    QCOMPARE(bench.unconfined, std::string("Landlock\\x1b[2J;")); // nothing of it reaches a terminal
    network::Peer peer;
    peer.set_address("192.0.2.7");
    peer.set_port(70000);
    peer.set_resumed(true);
    bench.say(NetworkMessage::Opened, peer.SerializeAsString());
    QCOMPARE(bench.ear.opened, 1);
    QVERIFY(bench.link->isOpen() && bench.link->peer().resumed);
    QCOMPARE(bench.link->peer().address, std::string("192.0.2.7"));
    QCOMPARE(bench.link->peer().port, uint16_t(65535));

    const std::string large(1024 * 1024, 'x');
    bench.raw(Bench::message(NetworkMessage::Received, "one") + Bench::message(NetworkMessage::Received, "")
              + Bench::message(NetworkMessage::Received, large));
    QCOMPARE(bench.ear.messages.size(), size_t(3));
    QVERIFY(bench.ear.messages[0] == "one" && bench.ear.messages[1].empty()
            && bench.ear.messages[2] == large);

    bench.link->send("first");
    QVERIFY(bench.link->isWriting() && bench.link->mayWrite());
    bench.link->send("second");
    QVERIFY(!bench.link->mayWrite());
    bench.link->send("not while two are on their way");
    bench.turn();
    heard = bench.heard();
    QVERIFY(heard.size() == 3 && heard[0].first == NetworkMessage::Taken);
    QVERIFY(heard[1].first == NetworkMessage::Send && heard[1].second == "first");
    QVERIFY(heard[2].first == NetworkMessage::Send && heard[2].second == "second");
    bench.say(NetworkMessage::Written);
    QVERIFY(bench.link->isWriting() && bench.link->mayWrite());
    bench.say(NetworkMessage::Written);
    QVERIFY(!bench.link->isWriting());
    QCOMPARE(bench.ear.written, 2);
    bench.link->send(large);
    bench.turn();
    heard = bench.heard();
    QVERIFY(heard.size() == 1 && heard[0].second == large);

    bench.link->close(1000, "done");
    heard = bench.heard();
    network::Close close;
    QVERIFY(heard.size() == 1 && heard[0].first == NetworkMessage::Close);
    QVERIFY(close.ParseFromString(heard[0].second) && close.code() == 1000 && close.reason() == "done");
    bench.say(NetworkMessage::Received, "too late");
    QCOMPARE(bench.ear.messages.size(), size_t(3));
    bench.close("expired");
    QCOMPARE(bench.ear.closed, 1);
    QVERIFY(bench.ear.why->code == causes::kExpired && bench.ear.why->message == "as it says");
    QCOMPARE(bench.link->closeCode(), uint16_t(4001));
    QVERIFY(bench.isCut());
}

void tst_NetworkLink::keepsTheTicket()
{
    Bench bench;
    bench.open();
    network::Ticket ticket;
    ticket.set_key("who");
    ticket.set_ticket("opaque");
    bench.say(NetworkMessage::Ticket, ticket.SerializeAsString());
    bench.close("closed");
    bench.connect();
    const auto ticketOfStart = [&bench] {
        network::Start start;
        const auto heard = bench.heard();
        return !heard.empty() && start.ParseFromString(heard.back().second) ? start.ticket() : "none";
    };
    QCOMPARE(ticketOfStart(), std::string("opaque"));
    QVERIFY(bench.ticket->bytes.empty()); // for one use
    bench.open();
    bench.say(NetworkMessage::Ticket, ticket.SerializeAsString());
    bench.say(NetworkMessage::Written); // nothing was sent: it breaks the rules
    QVERIFY(bench.ear.why->code == causes::kProtocol);
    bench.connect();
    QCOMPARE(ticketOfStart(), std::string()); // what it may have made up is not used
}

void tst_NetworkLink::holdsBackWhilePaused()
{
    Bench bench;
    bench.open();
    (void)bench.heard();
    bench.link->pauseReading(true);
    const std::string quarter(256 * 1024, 'q');
    for (int i = 0; i < 8; ++i)
        bench.say(NetworkMessage::Received, quarter); // all that the credit is for
    QVERIFY(bench.ear.messages.empty() && bench.ear.closed == 0);
    QVERIFY(bench.heard().empty()); // and no new credit
    bench.link->send("the other way is open");
    bench.turn();
    bench.say(NetworkMessage::Written);
    QCOMPARE(bench.ear.written, 1);
    bench.link->pauseReading(false);
    bench.turn();
    QCOMPARE(bench.ear.bytes, 8 * quarter.size());
    size_t given = 0;
    for (const auto &[kind, payload] : bench.heard()) {
        network::Taken taken;
        if (kind == NetworkMessage::Taken && taken.ParseFromString(payload))
            given += taken.bytes();
    }
    QCOMPARE(given, 8 * quarter.size());

    bench.link->pauseReading(true);
    bench.say(NetworkMessage::Received, "a");
    bench.say(NetworkMessage::Received, "b");
    bench.close("closed"); // what came before it, came
    QVERIFY(bench.ear.closed == 1 && bench.ear.messages.back() == "b");
}

// [N08] whatever breaks the rules ends the process and the connection, before it costs memory
void tst_NetworkLink::brokenRules_data()
{
    QTest::addColumn<bool>("opened");
    QTest::addColumn<QByteArray>("bytes");
    const auto add = [](const char *name, bool opened, const std::string &bytes) {
        QTest::addRow("[N08] %s", name) << opened << QByteArray::fromStdString(bytes);
    };
    const auto head = [](int kind, uint32_t size) {
        std::string bytes(1, static_cast<char>(kind));
        putBigEndian(bytes, size);
        return bytes;
    };
    const auto message
        = [](NetworkMessage kind, std::string_view payload = {}) { return Bench::message(kind, payload); };
    const std::string peer = network::Peer().SerializeAsString();
    add("an unknown kind", true, head(99, 0));
    add("the supervisor's own kind", true, message(NetworkMessage::Start, "x"));
    add("credit for itself", true, message(NetworkMessage::Taken));
    add("a message before the connection", false, message(NetworkMessage::Received, "x"));
    add("opened twice", true, message(NetworkMessage::Opened, peer));
    add("opened, unreadable", false, message(NetworkMessage::Opened, "\x0a\xff\xff\xff\xff\x0f"));
    add("4 GiB announced", true, head(static_cast<int>(NetworkMessage::Received), 0xffffffff));
    add("one byte over a message's limit", true,
        head(static_cast<int>(NetworkMessage::Received), 1024 * 1024 + 1));
    add("a long reason announced", true, head(static_cast<int>(NetworkMessage::Closed), 5000));
    add("written, where nothing was sent", true, message(NetworkMessage::Written));
    add("an answer on a link", true, message(NetworkMessage::Answered, "x"));
    add("what it lacks, told late", true, message(NetworkMessage::Unconfined));
    add("closed, unreadable", true, message(NetworkMessage::Closed, "\xff\xff"));
    add("a large ticket announced", true, head(static_cast<int>(NetworkMessage::Ticket), 17 * 1024));
    std::string tickets;
    for (int i = 0; i < 65; ++i)
        tickets += message(NetworkMessage::Ticket);
    add("tickets without end", true, tickets);
    std::string beyond;
    for (int i = 0; i < 9; ++i)
        beyond += message(NetworkMessage::Received, std::string(256 * 1024, 'b'));
    add("more than it has credit for", true, beyond); // nothing is taken: see below
}

void tst_NetworkLink::brokenRules()
{
    QFETCH(bool, opened);
    QFETCH(QByteArray, bytes);
    Bench bench;
    if (opened)
        bench.open();
    bench.link->pauseReading(true);
    QCOMPARE(bench.ear.closed, 0);
    bench.raw(bytes.toStdString());
    QCOMPARE(bench.ear.closed, 1);
    QVERIFY2(bench.ear.why->code == causes::kProtocol, bench.ear.why->message.c_str());
    QVERIFY(bench.ear.bytes <= kNetworkWindowBytes);
    QVERIFY(!bench.link->isOpen() && bench.isCut());
    bench.turn();
    QCOMPARE(bench.ear.closed, 1);
}

// [N08] bytes of any kind, with a fixed seed: an end in words or nothing, never more than the window is kept
void tst_NetworkLink::anyBytes()
{
    SeededRandom random(8);
    int ended = 0;
    for (int round = 0; round < 400; ++round) {
        Bench bench;
        if (random.below(4) != 0)
            bench.open();
        bench.link->pauseReading(random.below(2) == 0);
        std::string bytes;
        while (random.below(6) != 0) {
            if (random.below(3) == 0) {
                bytes += random.bytes(random.below(200));
                continue;
            }
            const auto kind = static_cast<NetworkMessage>(random.below(2) == 0 ? 64 + random.below(8)
                                                                               : random.below(256));
            network::Peer peer;
            peer.set_address(random.bytes(random.below(40)));
            std::string payload
                = random.below(2) == 0 ? peer.SerializeAsString() : random.bytes(random.below(3000));
            std::string whole = Bench::message(kind, payload);
            if (random.below(3) == 0)
                whole[random.below(whole.size())] ^= static_cast<char>(1 << random.below(8));
            bytes += whole;
        }
        while (!bytes.empty()) { // cut anywhere
            const size_t piece = std::min<size_t>(bytes.size(), 1 + random.below(500));
            bench.raw(bytes.substr(0, piece));
            bytes.erase(0, piece);
        }
        if (random.below(2) == 0)
            bench.process.reset();
        bench.turn();
        QVERIFY(bench.ear.closed <= 1 && bench.ear.opened <= 1 && bench.ear.written == 0);
        ended += bench.ear.closed;
    }
    QVERIFY2(ended > 80, QByteArray::number(ended));
}

void tst_NetworkLink::saysHowTheProcessEnded()
{
    Bench bench;
    const pid_t pid = ::fork();
    if (pid == 0) {
        for (;;)
            ::pause();
    }
    auto child = std::make_shared<NetworkChild>(pid);
    bench.connect(child);
    QCOMPARE(bench.link->process(), pid);
    bench.open();
    ::kill(pid, SIGKILL);
    bench.process.reset(); // as the kernel does for it
    bench.context.restart();
    while (bench.ear.closed == 0 && bench.context.run_one() > 0) { }
    QCOMPARE(bench.ear.why->message, std::string("the network process was killed by signal 9"));
    QVERIFY(bench.ear.why->code == causes::kClosed);
    QCOMPARE(bench.link->process(), 0);
}

void tst_NetworkLink::endsItsProcess()
{
    Bench bench;
    const auto sleeper = [] {
        const pid_t pid = ::fork();
        if (pid == 0)
            for (;;)
                ::pause();
        return pid;
    };
    // One that says goodbye and stays; one whose link is given up; one that closes its end and stays.
    for (int how = 0; how < 3; ++how) {
        const pid_t pid = sleeper();
        bench.connect(std::make_shared<NetworkChild>(pid));
        bench.open();
        if (how == 0)
            bench.close("closed");
        else if (how == 1)
            bench.link.reset();
        else
            bench.process.reset();
        bench.context.restart();
        while (how != 1 && bench.ear.closed == 0 && bench.context.run_one() > 0) { }
        QCOMPARE(::kill(pid, 0), -1);
        QCOMPARE(errno, ESRCH);
    }
}

void tst_NetworkLink::cannotStart()
{
    Bench bench;
    transport::ClientOptions options;
    options.tls = *transport::ClientTls::make({.caSha256 = std::string(32, 'c')});
    Ear ear;
    const auto link
        = connectNetworkLink(bench.context, bench.launcher, bench.launcher.start(), options, {}, ear);
    QCOMPARE(ear.closed, 0); // never from inside a call
    bench.turn();
    QCOMPARE(ear.closed, 1);
    QVERIFY(ear.why->code == causes::kUnreachable);
    QVERIFY2(ear.why->message.find("cannot start /nonexistent/flagbridge-agent") != std::string::npos,
             ear.why->message.c_str());

    std::optional<Result<transport::HttpAnswer>> answer;
    transport::PostOptions post;
    post.tls = options.tls;
    const auto request
        = postThroughNetwork(bench.context, bench.launcher, post,
                             [&](Result<transport::HttpAnswer> came) { answer = std::move(came); });
    bench.turn();
    QVERIFY(answer && !*answer && answer->error().code == causes::kUnreachable);
}

FB_TEST(tst_NetworkLink)
#include "tst_network_link.moc"
