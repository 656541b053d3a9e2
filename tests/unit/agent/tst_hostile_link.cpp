// What comes over a link whose network process is somebody else's: the node runs what the engine has signed for it, and nothing else.

#include "agent/tools/tool_host.h"
#include "backend/protocol/order_signature.h"
#include "tests/support/test_main.h"
#include "tests/unit/agent/core_bench.h"

#include <QTest>

using namespace fb;
using namespace fb::test;
using protocol::FrameType;
using protocol::StreamKind;

namespace {

class FakeTools final : public agent::ToolHost
{
public:
    void setEvents(agent::ToolEvents *) override { }
    Result<void> startTool(agent::ToolId, const std::string &name) override
    {
        started.push_back(name);
        return {};
    }
    void toolInput(agent::ToolId, std::string_view) override { }
    void toolInputEnded(agent::ToolId) override { }
    void allowToolOutput(agent::ToolId, uint64_t) override { }
    void endTool(agent::ToolId) override { }
    size_t running() const override { return started.size(); }

    std::vector<std::string> started;
};

class NoForwards final : public agent::ForwardHost
{
public:
    void setEvents(agent::ForwardEvents *) override { }
    void connect(agent::ForwardNumber, const agent::ForwardTarget &) override { ++dialled; }
    void write(agent::ForwardNumber, std::string_view) override { }
    void finish(agent::ForwardNumber) override { }
    void allow(agent::ForwardNumber, uint64_t) override { }
    void close(agent::ForwardNumber, bool) override { }

    int dialled = 0;
};

// A node that has pinned the engine's key, and agreed on signatures.
class SignedBench : public CoreBench
{
public:
    SignedBench()
    {
        config.orderSigningKey = signing.publicKey;
        boot();
        core->setToolHost(&tools);
        core->setForwards(&forwards);
        wire::Welcome whole = CoreBench::welcome();
        whole.add_features("signed-orders");
        whole.add_features("signed-opens");
        connect(whole);
    }
    ~SignedBench()
    {
        core->setToolHost(nullptr);
        core->setForwards(nullptr);
    }

    static wire::Open terminal()
    {
        wire::Open open;
        open.set_window(64 * 1024);
        open.set_token("token");
        open.mutable_pty()->set_session_id("alice-0123456789abcdef0");
        return open;
    }
    static wire::Open tool()
    {
        wire::Open open;
        open.set_window(64 * 1024);
        open.mutable_rpc()->set_method("files");
        return open;
    }
    static wire::Open forward()
    {
        wire::Open open;
        open.mutable_forward()->set_session("session");
        open.mutable_forward()->set_is_session(true);
        return open;
    }
    // As the engine does it.
    wire::Open sign(StreamKind kind, wire::Open open, bool resumed = false)
    {
        open.set_kind(static_cast<uint32_t>(kind));
        open.set_signed_number(++number);
        open.set_signature(*protocol::signOrderText(
            signing.seed,
            protocol::signedOpenText(config.fleetId, config.nodeId, hello.open_challenge(), resumed, open)));
        return open;
    }
    void signOrder(wire::OrderHead &head, const wire::OrderBody &body) const
    {
        head.set_signature(*protocol::signOrderText(
            signing.seed, protocol::signedOrderText(config.fleetId, config.nodeId, head, body)));
    }
    // What the node answered: the code of its refusal; "taken".
    std::string open(StreamKind kind, const wire::Open &wanted, bool resumed = false)
    {
        refused.reset();
        if (!engine->open(kind, wanted, resumed))
            return "not sent";
        settle();
        return refused ? refused->code : "taken";
    }

    protocol::OrderSigningKey signing = *protocol::newOrderSigningKey();
    FakeTools tools;
    NoForwards forwards;
    uint64_t number = 0;
};

}

class tst_HostileLink : public QObject
{
    Q_OBJECT
private slots:
    void opensWhatIsSigned();
    void refusesWhatIsNot_data();
    void refusesWhatIsNot();
    void signedForOnce();
    void takesOnlyASignedProfile();
    void tellsTheEngine();
    void neverGoesBack();
    void anOlderEngine();
    void anyBytes();
};

void tst_HostileLink::opensWhatIsSigned()
{
    SignedBench bench;
    QVERIFY(bench.ledger.facts().signedOpensRequired);
    QCOMPARE(bench.open(StreamKind::Pty, bench.sign(StreamKind::Pty, SignedBench::terminal())),
             std::string("taken"));
    QCOMPARE(bench.host.terminalsStarted.size(), size_t(1));
    QCOMPARE(bench.open(StreamKind::Rpc, bench.sign(StreamKind::Rpc, SignedBench::tool())),
             std::string("taken"));
    QCOMPARE(bench.tools.started, std::vector<std::string> {"files"});
    QCOMPARE(bench.open(StreamKind::ForwardTcp, bench.sign(StreamKind::ForwardTcp, SignedBench::forward())),
             std::string("taken"));
    wire::Open connection = SignedBench::forward();
    connection.mutable_forward()->set_is_session(false);
    connection.mutable_forward()->set_port(22);
    QCOMPARE(bench.open(StreamKind::ForwardTcp, bench.sign(StreamKind::ForwardTcp, connection)),
             std::string("taken"));
    QCOMPARE(bench.forwards.dialled, 1);
}

// [N08] forged, changed and unsigned streams start nothing
void tst_HostileLink::refusesWhatIsNot_data()
{
    QTest::addColumn<int>("what");
    const char *rows[] = {"a terminal without a signature",
                          "a tool without one",
                          "a tunnel without one",
                          "by another key",
                          "for another node",
                          "for another connection",
                          "another user",
                          "another command",
                          "one more variable",
                          "another tool",
                          "resumed, where it was not",
                          "read from elsewhere",
                          "a number put in its place",
                          "the signature of a shell on a tool"};
    for (int i = 0; i < 14; ++i)
        QTest::addRow("[N08] %s", rows[i]) << i;
}

void tst_HostileLink::refusesWhatIsNot()
{
    QFETCH(int, what);
    SignedBench bench;
    StreamKind kind = what == 1 || what == 9 ? StreamKind::Rpc
        : what == 2                          ? StreamKind::ForwardTcp
                                             : StreamKind::Pty;
    wire::Open open = kind == StreamKind::Rpc ? SignedBench::tool()
        : kind == StreamKind::ForwardTcp      ? SignedBench::forward()
                                              : SignedBench::terminal();
    bool resumed = false;
    if (what == 4)
        bench.config.nodeId = "mi-00000000000000009";
    if (what == 5) {
        const auto earlier = bench.hello;
        bench.cut();
        bench.connect([] {
            wire::Welcome whole = CoreBench::welcome();
            whole.add_features("signed-orders");
            whole.add_features("signed-opens");
            return whole;
        }());
        QVERIFY(earlier.open_challenge() != bench.hello.open_challenge());
        bench.hello = earlier;
    }
    if (what == 3)
        bench.signing = *protocol::newOrderSigningKey();
    if (what > 2)
        open = bench.sign(kind, open);
    const std::function<void()> changes[] = {
        [&] { open.mutable_pty()->set_run_as_user("root"); },
        [&] { open.mutable_pty()->add_command("rm -rf /"); },
        [&] { open.mutable_pty()->add_environment()->set_name("LD_PRELOAD"); },
        [&] { open.mutable_rpc()->set_method("accounts"); },
        [&] { resumed = true; },
        [&] { open.set_receive_from(7); },
        [&] { open.set_signed_number(open.signed_number() + 1); },
        [&] {
            kind = StreamKind::Rpc;
            open.mutable_rpc()->set_method("files");
        },
    };
    if (what >= 6)
        changes[what - 6]();
    QCOMPARE(bench.open(kind, open, resumed), std::string("bad-signature"));
    QVERIFY(bench.host.terminalsStarted.empty() && bench.tools.started.empty());
    QVERIFY(bench.forwards.dialled == 0);
    QVERIFY(bench.event<agent::UnsignedRefused>()); // for the log
}

// [N08] replayed, in this connection and in another
void tst_HostileLink::signedForOnce()
{
    SignedBench bench;
    const wire::Open tool = bench.sign(StreamKind::Rpc, SignedBench::tool());
    const wire::Open later = bench.sign(StreamKind::Rpc, SignedBench::tool());
    QCOMPARE(bench.open(StreamKind::Rpc, tool), std::string("taken"));
    QCOMPARE(bench.open(StreamKind::Rpc, tool), std::string("bad-signature"));
    QCOMPARE(bench.open(StreamKind::Rpc, later), std::string("taken"));
    QCOMPARE(bench.open(StreamKind::Rpc, tool), std::string("bad-signature"));
    QCOMPARE(bench.tools.started.size(), size_t(2));

    bench.order(1, [&](wire::OrderHead &head, wire::OrderBody &body) { bench.signOrder(head, body); });
    bench.finish(1);
    bench.settled(1);
    bench.order(1, [&](wire::OrderHead &head, wire::OrderBody &body) { bench.signOrder(head, body); });
    QCOMPARE(bench.refusalOf(1), std::string("already-settled"));
    QCOMPARE(bench.host.started.size(), size_t(1));
}

// [N08] a proxy decides what a script downloads
void tst_HostileLink::takesOnlyASignedProfile()
{
    SignedBench bench;
    wire::NodeProfile profile;
    profile.set_proxy("http://proxy.example:3128");
    const auto isTaken = [&bench](const wire::Config &config) {
        bench.events.clear();
        bench.engine->send(FrameType::Config, config);
        bench.settle();
        return bench.event<agent::ProfileGiven>().has_value();
    };
    const auto sign = [&bench](wire::Config &config) {
        config.set_profile_signature(
            *protocol::signOrderText(bench.signing.seed,
                                     protocol::signedProfileText(bench.config.fleetId, bench.config.nodeId,
                                                                 bench.hello.open_challenge(),
                                                                 config.signed_number(), config.profile())));
    };
    wire::Config config;
    *config.mutable_profile() = profile;
    config.set_signed_number(1);
    QVERIFY(!isTaken(config)); // unsigned
    QVERIFY(bench.event<agent::UnsignedRefused>());
    sign(config);
    wire::Config changed = config;
    changed.mutable_profile()->set_proxy("http://evil.example:3128");
    QVERIFY(!isTaken(changed));
    QVERIFY(isTaken(config));
    QVERIFY(!isTaken(config)); // again
    wire::Config later = config;
    later.mutable_profile()->clear_proxy();
    later.set_signed_number(2);
    sign(later);
    QVERIFY(isTaken(later));
    QVERIFY(!isTaken(config)); // the earlier one

    bench.cut();
    wire::Welcome welcome = CoreBench::welcome();
    welcome.add_features("signed-orders");
    welcome.add_features("signed-opens");
    *welcome.mutable_profile() = profile;
    welcome.set_profile_signature(config.profile_signature()); // of another connection
    bench.events.clear();
    bench.connect(welcome);
    QVERIFY(bench.core->isWelcomed() && !bench.event<agent::ProfileGiven>());
}

// [N08] the engine hears of it, once a minute
void tst_HostileLink::tellsTheEngine()
{
    SignedBench bench;
    for (int i = 0; i < 5; ++i)
        QCOMPARE(bench.open(StreamKind::Rpc, SignedBench::tool()), std::string("bad-signature"));
    bench.order(1);
    QCOMPARE(bench.refusalOf(1), std::string("bad-signature"));
    auto reports = bench.received<wire::EventReport>(FrameType::Event);
    QCOMPARE(reports.size(), size_t(1));
    QCOMPARE(reports[0].kind(), std::string("unsigned-refused"));
    QCOMPARE(reports[0].text(), std::string("a stream of kind 8"));
    bench.clock.advance(std::chrono::minutes(1));
    bench.order(2);
    reports = bench.received<wire::EventReport>(FrameType::Event);
    QCOMPARE(reports.size(), size_t(2));
    QCOMPARE(reports[1].text(), "the order " + bench.key(2).orderId);
    QVERIFY(bench.host.started.empty());
}

void tst_HostileLink::neverGoesBack() // [N08] [T11] what was agreed on is on disk
{
    SignedBench bench;
    bench.cut();
    bench.boot();
    bench.events.clear();
    wire::Welcome less = CoreBench::welcome();
    less.add_features("signed-orders");
    less.set_order_signing_key(protocol::newOrderSigningKey()->publicKey);
    bench.connect(less);
    QVERIFY(bench.event<agent::LinkBroken>());
    QVERIFY(!bench.event<agent::SigningKeyOffered>()); // the pinned one stays
    QVERIFY(!bench.core->isWelcomed());
}

void tst_HostileLink::anOlderEngine()
{
    SignedBench later; // one that never agreed on it
    CoreBench bench;
    bench.config.orderSigningKey = later.signing.publicKey;
    bench.boot();
    wire::Welcome older = CoreBench::welcome();
    older.add_features("signed-orders");
    bench.connect(older);
    QVERIFY(!bench.ledger.facts().signedOpensRequired);
    QVERIFY(bench.engine->open(StreamKind::Pty, SignedBench::terminal()));
    bench.settle();
    QCOMPARE(bench.host.terminalsStarted.size(), size_t(1));
    bench.order(1);
    QCOMPARE(bench.refusalOf(1), std::string("bad-signature")); // the key is pinned
}

// [N08] bytes of any kind in the place of the engine's, with a fixed seed: what starts is what was signed, once
void tst_HostileLink::anyBytes()
{
    SeededRandom random(88);
    int startedOrders = 0;
    int startedTerminals = 0;
    for (int round = 0; round < 500; ++round) {
        SignedBench bench;
        // What an engine that is alive says on this very connection.
        std::vector<std::string> said;
        const auto record = [&] {
            while (auto message = bench.engine->nextMessage())
                said.push_back(*std::move(message));
        };
        wire::OrderHead head;
        wire::OrderBody body;
        head.set_order_id(bench.key(1).orderId);
        head.set_attempt(1);
        head.set_dispatch_seq(1);
        head.set_lease_epoch(1);
        body.set_command_id("command-1");
        body.set_document_json("{}");
        body.set_parameters_json(R"({"commands":["uptime"]})");
        bench.signOrder(head, body);
        const std::string signedText
            = protocol::signedOrderText(bench.config.fleetId, bench.config.nodeId, head, body);
        bench.engine->send(FrameType::Order, head, body.SerializeAsString());
        record();
        (void)bench.engine->open(StreamKind::Pty, bench.sign(StreamKind::Pty, SignedBench::terminal()));
        record();
        wire::Open shell = SignedBench::terminal();
        shell.set_token("forged");
        (void)bench.engine->open(StreamKind::Pty, shell);
        record();
        wire::OrderHead forged = head;
        forged.set_order_id(bench.key(2).orderId);
        forged.set_dispatch_seq(2);
        bench.engine->send(FrameType::Order, forged, body.SerializeAsString());
        record();

        for (int i = 0; i < 30; ++i) {
            std::string message
                = random.below(8) == 0 ? random.bytes(random.below(300)) : said[random.below(said.size())];
            for (uint64_t changes = random.below(2) * random.below(4); changes > 0 && !message.empty();
                 --changes) {
                switch (random.below(4)) {
                case 0:
                    message[random.below(message.size())] ^= static_cast<char>(1 << random.below(8));
                    break;
                case 1:
                    message.erase(random.below(message.size()), 1 + random.below(8));
                    break;
                case 2:
                    message.insert(random.below(message.size()), random.bytes(1 + random.below(8)));
                    break;
                default:
                    message[11 % message.size()]
                        = static_cast<char>(random.below(256)); // the stream's number
                }
            }
            bench.core->received(message);
            (void)bench.core->takeEvents();
            while (bench.core->nextMessage()) { }
        }
        QVERIFY(bench.host.started.size() <= 1 && bench.host.terminalsStarted.size() <= 1);
        for (const agent::OrderKey &key : bench.host.started) {
            const auto row = bench.ledger.read(key);
            wire::OrderHead ranHead;
            wire::OrderBody ranBody;
            QVERIFY(row && ranHead.ParseFromString(row->head) && ranBody.ParseFromString(row->body));
            QCOMPARE(protocol::signedOrderText(bench.config.fleetId, bench.config.nodeId, ranHead, ranBody),
                     signedText);
        }
        for (const std::string &token : bench.host.terminalsStarted)
            QCOMPARE(token, std::string("token"));
        QVERIFY(bench.tools.started.empty() && bench.forwards.dialled == 0);
        startedOrders += static_cast<int>(bench.host.started.size());
        startedTerminals += static_cast<int>(bench.host.terminalsStarted.size());
    }
    QVERIFY2(startedOrders > 30 && startedTerminals > 5,
             QByteArray::number(startedTerminals)); // what was signed got through, in between
}

FB_TEST(tst_HostileLink)
#include "tst_hostile_link.moc"
