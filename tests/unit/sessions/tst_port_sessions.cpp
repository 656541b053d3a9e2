#include "backend/nodes/sessions/port_tunnels.h"
#include "tests/support/loopback_server.h"
#include "tests/support/test_main.h"
#include "tests/unit/sessions/session_bench.h"

#include <QTest>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

class FakePortClient final : public PortStreamClient
{
public:
    void portOpened() override { said.append(u"opened"_s); }
    void portRefused(const Error &why) override { said.append(u"refused "_s + toQString(why.message)); }
    void portReceived(const QByteArray &bytes) override { received += bytes; }
    void portFinished() override { said.append(u"finished"_s); }
    void portWritable() override { said.append(u"writable"_s); }
    void portReset(const QString &cause) override { said.append(u"reset "_s + cause); }
    QStringList said;
    QByteArray received;
};

class PortBench : public SessionBench
{
public:
    explicit PortBench(SessionSettings settings = {}) : SessionBench(u"sqlite"_s, std::move(settings))
    {
        putDocuments();
    }
    void putDocuments()
    {
        documents.put(u"AWS-StartPortForwardingSession"_s,
                      "sessionType: Port\nparameters:\n  portNumber: {type: String, default: '80'}\n"
                      "  localPortNumber: {type: String, default: '0'}\n"
                      "properties: {portNumber: '{{ portNumber }}', type: LocalPortForwarding, "
                      "localPortNumber: '{{ localPortNumber }}'}\n");
    }
    SessionId startPort(SessionClient &client, const QString &port = u"8080"_s)
    {
        const SessionId id = start({.target = {},
                                    .documentName = u"AWS-StartPortForwardingSession"_s,
                                    .reason = {},
                                    .parameters = {{u"portNumber"_s, {port}}}});
        if (auto attached = service->attach(alice, id, &client, 80, 24); !attached)
            qFatal("%s", attached.error().message.c_str());
        return id;
    }
};

}

class tst_PortSessions : public QObject
{
    Q_OBJECT
private slots:
    void connectedOnceTheNodeAnswers();
    void connectionsOfASession();
    void deniedForwardsAreSet();
    void windowsGrow();
    void wrongPortsOfAnyDocument_data();
    void wrongPortsOfAnyDocument();
    void refusedByAnAgentThatCannot();
    void theLinkGoesAndComesBack();
    void theSecondGuard();
    void bytesKeepItOpen();
    void engineRestartEndsIt();
    void terminateWhileAway();
    void anotherClientIsTurnedAway();
    void tunnelKeptOpen();
    void tunnelThatIsEnded();
    void withoutDescriptorsItRests();
    void whoRenewsADesktop();
};

void tst_PortSessions::connectedOnceTheNodeAnswers()
{
    PortBench bench;
    FakeSessionClient client;
    const SessionId id = bench.startPort(client);
    QCOMPARE(bench.session(id).status, SessionStatus::Connecting);
    const wire::ForwardParams asked = bench.channel.opened.last().open.forward();
    QVERIFY(asked.is_session());
    QCOMPARE(asked.idle_timeout_s(), 1200u);
    bench.open();
    QCOMPARE(bench.session(id).status, SessionStatus::Connected);
    QVERIFY(!bench.session(id).recorded);
    QCOMPARE(bench.service->portTarget(id)->text(), u"localhost:8080"_s);
    QVERIFY(bench.channel.said.isEmpty()); // nothing of terminals
}

// [N13] the setting's part: what it denies holds for the next connection, and what is no network is named
void tst_PortSessions::deniedForwardsAreSet()
{
    QCOMPARE(*deniedForwardsOf(u"$None"_s), QStringList());
    QCOMPARE(*deniedForwardsOf(u"10.0.0.0/8, fd00::/8,192.0.2.7"_s),
             (QStringList {u"10.0.0.0/8"_s, u"fd00::/8"_s, u"192.0.2.7"_s}));
    for (const auto &wrong :
         {u"10.0.0.0/8,"_s, u"10/8"_s, u"db.lan"_s, u"10.0.0.0/33"_s, u"fe80::1%eth0"_s}) {
        const auto refused = deniedForwardsOf(wrong);
        QVERIFY2(!refused, qPrintable(wrong));
        QCOMPARE(refused.error().code, errors::kValidation);
        QCOMPARE(refused.error().field, std::string("SettingValue"));
    }
    QVERIFY(!deniedForwardsOf(QStringList(101, u"10.0.0.1"_s).join(u',')));
    PortBench bench;
    FakeSessionClient client;
    const SessionId id = bench.startPort(client);
    bench.open();
    bench.service->setDeniedForwards({u"10.0.0.0/8"_s});
    FakePortClient connection;
    QVERIFY(bench.service->openPort(id, &connection));
    QCOMPARE(bench.channel.opened.last().open.forward().denied_size(), 1);
    QCOMPARE(bench.channel.opened.last().open.forward().denied(0), std::string("10.0.0.0/8"));
}

void tst_PortSessions::connectionsOfASession()
{
    PortBench bench({.deniedForwards = {u"10.0.0.0/8"_s}});
    FakeSessionClient client;
    const SessionId id = bench.startPort(client);
    FakePortClient early;
    QVERIFY(!bench.service->openPort(id, &early)); // not connected yet
    bench.open();
    FakePortClient connection;
    const SessionStream stream = *bench.service->openPort(id, &connection);
    const wire::ForwardParams asked = bench.channel.opened.last().open.forward();
    QVERIFY(!asked.is_session());
    QCOMPARE(asked.port(), 8080u);
    QCOMPARE(asked.denied(0), std::string("10.0.0.0/8"));
    wire::Opened opened;
    opened.set_note("127.0.0.1:8080");
    bench.service->streamOpened(stream, opened);
    QVERIFY(bench.service->ports().write(stream, "GET"));
    bench.service->streamReceived(stream, 0, "answer");
    QCOMPARE(connection.received, QByteArray("answer"));
    QCOMPARE(bench.session(id).bytesIn, 3);
    QCOMPARE(bench.session(id).bytesOut, 6);
    bench.channel.takesInput = false;
    QVERIFY(!bench.service->ports().write(stream, "more"));
    bench.service->streamWritable(stream);
    bench.service->streamFinished(stream, {});
    bench.service->ports().finish(stream);
    QCOMPARE(connection.said, (QStringList {u"opened"_s, u"writable"_s, u"finished"_s}));
    QVERIFY(!bench.service->ports().owns(stream));
    QCOMPARE(bench.auditActions().filter(u"TunnelStream"_s),
             (QStringList {u"alice flagbridge:OpenTunnelStream Success"_s,
                           u"alice flagbridge:CloseTunnelStream Success"_s}));
    // A refusal is of one connection.
    FakePortClient refused;
    bench.service->streamRefused(*bench.service->openPort(id, &refused), u"denied"_s,
                                 u"169.254.169.254 must not be reached"_s);
    QCOMPARE(refused.said, QStringList {u"refused localhost:8080: 169.254.169.254 must not be reached"_s});
    QCOMPARE(bench.session(id).status, SessionStatus::Connected);
    QCOMPARE(bench.auditActions().last(), u"alice flagbridge:OpenTunnelStream AccessDeniedException"_s);
}

void tst_PortSessions::windowsGrow()
{
    PortBench bench;
    FakeSessionClient client;
    const SessionId id = bench.startPort(client);
    bench.open();
    FakePortClient connection;
    const SessionStream stream = *bench.service->openPort(id, &connection);
    QCOMPARE(bench.channel.opened.last().open.window(), quint64(64 * 1024));
    quint64 passed = 0;
    for (int i = 0; i < 300; ++i) {
        bench.service->ports().consumed(stream, 16 * 1024);
        passed += 16 * 1024;
    }
    QCOMPARE(64 * 1024 + bench.channel.granted.value(stream) - passed,
             quint64(1024 * 1024)); // and no further
}

void tst_PortSessions::wrongPortsOfAnyDocument_data()
{
    QTest::addColumn<QString>("port");
    for (const char *wrong : {"70000", "ssh", "0", "-1", "22 ", "8e1", ""})
        QTest::addRow("\"%s\"", wrong) << QString::fromLatin1(wrong);
}

void tst_PortSessions::wrongPortsOfAnyDocument() // this one has no pattern
{
    QFETCH(QString, port);
    PortBench bench;
    const auto refused = bench.service->startSession(bench.alice,
                                                     {.target = toQString(bench.nodes.node.id),
                                                      .documentName = u"AWS-StartPortForwardingSession"_s,
                                                      .reason = {},
                                                      .parameters = {{u"portNumber"_s, {port}}}});
    if (port == u"22 "_s) {
        QVERIFY(refused); // blanks around a number are none of it
        return;
    }
    QVERIFY(!refused);
    QVERIFY(refused.error().code == errors::kValidation);
    QCOMPARE(refused.error().field, std::string("Parameters.portNumber"));
}

void tst_PortSessions::refusedByAnAgentThatCannot()
{
    PortBench bench;
    FakeSessionClient client;
    const SessionId id = bench.startPort(client);
    bench.service->streamRefused(bench.stream(), u"unknown-kind"_s, u"this agent forwards no ports"_s);
    bench.settle();
    QCOMPARE(bench.session(id).status, SessionStatus::Failed);
    QCOMPARE(bench.session(id).details, u"this agent forwards no ports"_s);
}

void tst_PortSessions::theLinkGoesAndComesBack()
{
    PortBench bench;
    FakeSessionClient client;
    const SessionId id = bench.startPort(client);
    bench.open();
    FakePortClient connection;
    const SessionStream stream = *bench.service->openPort(id, &connection);
    bench.pass(100s);
    bench.nodeGoes();
    QCOMPARE(connection.said, QStringList {u"reset the link to the node is lost"_s});
    QVERIFY(!bench.service->ports().owns(stream));
    QCOMPARE(bench.session(id).status, SessionStatus::Disconnected);
    QVERIFY(!bench.service->openPort(id, &connection));
    bench.nodeComes(); // its HELLO knows nothing of it
    QVERIFY(bench.channel.opened.last().open.forward().is_session());
    QCOMPARE(bench.channel.opened.last().open.forward().idle_for_s(), 100u); // the clock runs on
    bench.open();
    QCOMPARE(bench.session(id).status, SessionStatus::Connected);
    QVERIFY(bench.service->openPort(id, &connection));
}

void tst_PortSessions::theSecondGuard() // session-manager 3.6: 30 s after the agent should have
{
    PortBench bench;
    FakeSessionClient client;
    const SessionId id = bench.startPort(client);
    bench.open();
    bench.pass(1229s);
    QCOMPARE(bench.session(id).status, SessionStatus::Connected);
    bench.pass(2s);
    QCOMPARE(bench.session(id).status, SessionStatus::Terminating);
    QCOMPARE(bench.session(id).details, u"idle"_s);
    wire::Fin fin;
    fin.set_reason("idle");
    bench.service->streamFinished(bench.stream(), fin);
    bench.settle();
    QCOMPARE(bench.session(id).status, SessionStatus::Terminated);
    QCOMPARE(bench.session(id).details, u"idle"_s);
    QVERIFY(!bench.session(id).exitCode);
}

void tst_PortSessions::bytesKeepItOpen()
{
    PortBench bench;
    FakeSessionClient client;
    const SessionId id = bench.startPort(client);
    bench.open();
    FakePortClient connection;
    const SessionStream stream = *bench.service->openPort(id, &connection);
    quint64 offset = 0;
    for (int i = 0; i < 4; ++i) {
        bench.pass(600s);
        bench.service->streamReceived(stream, offset++, "x"); // from the node alone
    }
    QCOMPARE(bench.session(id).status, SessionStatus::Connected);
}

void tst_PortSessions::engineRestartEndsIt()
{
    PortBench bench;
    FakeSessionClient client;
    const SessionId id = bench.startPort(client);
    bench.open();
    bench.restartEngine();
    QCOMPARE(bench.session(id).status, SessionStatus::Terminated);
    QCOMPARE(bench.session(id).details, u"the engine restarted"_s);
}

void tst_PortSessions::terminateWhileAway()
{
    PortBench bench;
    FakeSessionClient client;
    const SessionId id = bench.startPort(client);
    bench.open();
    bench.nodeGoes();
    QVERIFY(bench.service->terminateSession(bench.root, id));
    bench.settle();
    QCOMPARE(bench.session(id).status, SessionStatus::Terminated); // the node keeps nothing to be told of
    QCOMPARE(bench.session(id).details, u"terminated by root"_s);
}

void tst_PortSessions::anotherClientIsTurnedAway()
{
    PortBench bench;
    FakeSessionClient client;
    FakeSessionClient other;
    const SessionId id = bench.startPort(client);
    bench.open();
    const auto refused = bench.service->attach(bench.alice, id, &other, 80, 24);
    QVERIFY(!refused);
    QVERIFY(refused.error().code == errors::kConflict);
    QVERIFY(!client.takenOver);
}

void tst_PortSessions::tunnelKeptOpen()
{
    PortBench bench;
    PortTunnels tunnels(*bench.service, *bench.db, bench.db.clock);
    TunnelRequest request;
    request.node = bench.nodes.node.id;
    request.port = 8080;
    request.keepOpen = true;
    const quint64 number = *tunnels.open(bench.alice, request);
    bench.settle();
    bench.open();
    QCOMPARE(tunnels.tunnel(number)->state, TunnelState::Open);
    const SessionId first = tunnels.tunnel(number)->session;
    wire::Fin fin;
    fin.set_reason("idle");
    bench.service->streamFinished(bench.stream(), fin);
    bench.settle();
    QCOMPARE(tunnels.tunnel(number)->state, TunnelState::Resting);
    QCOMPARE(tunnels.tunnel(number)->cause, u"idle"_s);
    // The next connection begins a session and waits for it.
    LoopbackSocket client = LoopbackSocket::connectTo(tunnels.tunnel(number)->localPort);
    QVERIFY(client.isOpen());
    QTRY_COMPARE(tunnels.tunnel(number)->state, TunnelState::Opening);
    bench.settle();
    QVERIFY(tunnels.tunnel(number)->session != first);
    bench.open();
    QTRY_VERIFY(!bench.channel.opened.last().open.forward().is_session());
    QCOMPARE(tunnels.tunnel(number)->connections.size(), 1);
    // Without its node it says why, and goes on listening.
    fin.set_reason("maximum duration");
    bench.service->streamFinished(bench.channel.opened[bench.channel.opened.size() - 2].stream, fin);
    bench.settle();
    QCOMPARE(tunnels.tunnel(number)->state, TunnelState::Resting);
    bench.nodeGoes();
    LoopbackSocket refused = LoopbackSocket::connectTo(tunnels.tunnel(number)->localPort);
    QTRY_VERIFY2(tunnels.tunnel(number)->cause.contains(u"not connected"_s),
                 qPrintable(tunnels.tunnel(number)->cause));
}

void tst_PortSessions::tunnelThatIsEnded()
{
    PortBench bench;
    PortTunnels tunnels(*bench.service, *bench.db, bench.db.clock);
    QList<Tunnel> told;
    connect(&tunnels, &PortTunnels::tunnelsChanged, this, [&](const QList<Tunnel> &all) { told = all; });
    TunnelRequest request;
    request.node = bench.nodes.node.id;
    request.port = 8080;
    request.keepOpen = true;
    const quint64 number = *tunnels.open(bench.alice, request);
    bench.settle();
    bench.open();
    QVERIFY(!tunnels.close(bench.bob, number)); // another's
    QVERIFY(bench.service->terminateSession(bench.root, tunnels.tunnel(number)->session));
    wire::Fin fin;
    fin.set_reason("terminated");
    bench.service->streamFinished(bench.stream(), fin);
    bench.settle();
    QVERIFY(!tunnels.tunnel(number)); // somebody meant it
    QTRY_COMPARE(told.size(), 1);
    QCOMPARE(told[0].state, TunnelState::Closed);
    QCOMPARE(told[0].cause, u"terminated by root"_s);
    request.port = 0;
    QCOMPARE(tunnels.open(bench.alice, request).error().field, std::string("portNumber"));
}

// A connection that cannot be taken stays waiting: the engine does not turn in circles for it, and takes it later.
void tst_PortSessions::withoutDescriptorsItRests()
{
    PortBench bench;
    PortTunnels tunnels(*bench.service, *bench.db, bench.db.clock);
    TunnelRequest request;
    request.node = bench.nodes.node.id;
    request.port = 8080;
    const quint64 number = *tunnels.open(bench.alice, request);
    bench.settle();
    bench.open();
    LoopbackSocket client = LoopbackSocket::connectTo(tunnels.tunnel(number)->localPort);
    QVERIFY(client.isOpen());
    rlimit limit {};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &limit), 0);
    const rlimit usual = limit;
    const int free = ::open("/dev/null", O_RDONLY | O_CLOEXEC); // the lowest number that is to be had
    ::close(free);
    limit.rlim_cur = static_cast<rlim_t>(free);
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &limit), 0);
    const bool isSaid = QTest::qWaitFor([&] { return !tunnels.tunnel(number)->lastRefusal.isEmpty(); });
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &usual), 0);
    QVERIFY(isSaid);
    QVERIFY(tunnels.tunnel(number)->lastRefusal.contains(u"open files"_s));
    QCOMPARE(tunnels.tunnel(number)->connections.size(), 0);
    QTRY_COMPARE(tunnels.tunnel(number)->connections.size(), 1);
}

// More time for a remote desktop has its entry first: who, which node, until when; a refusal too.
void tst_PortSessions::whoRenewsADesktop()
{
    PortBench bench;
    FakeSessionClient client;
    const SessionId id = bench.startPort(client);
    bench.open();
    const auto until = bench.service->renewDesktop(bench.alice, id, 60min);
    QVERIFY(until);
    QCOMPARE(*until, bench.db.clock.now() + 60min);
    QCOMPARE(bench.auditActions().last(), u"alice flagbridge:RenewRemoteDesktop Success"_s);
    QCOMPARE(bench.service->renewDesktop(bench.bob, id, 60min).error().code, errors::kAccessDenied);
    QCOMPARE(bench.auditActions().last(), u"bob flagbridge:RenewRemoteDesktop AccessDeniedException"_s);
    const auto entries = bench.audit->entries(bench.db->reader(), 0, 2);
    QVERIFY(entries);
    QCOMPARE(entries->last().target, toQString(bench.nodes.node.id));
    QVERIFY(entries->last().diff.contains(u"Until"_s));
    for (const auto wrong : {0min, 1441min})
        QCOMPARE(bench.service->renewDesktop(bench.alice, id, wrong).error().field, std::string("Minutes"));
    const SessionId shell = bench.start({.target = {}});
    QCOMPARE(bench.service->renewDesktop(bench.alice, shell, 60min).error().code, errors::kValidation);
    QVERIFY(bench.service->terminateSession(bench.alice, id));
    bench.settle();
    QCOMPARE(bench.service->renewDesktop(bench.alice, toId<SessionId>(u"alice-0"_s), 60min).error().code,
             errors::kDoesNotExist);
}

FB_TEST(tst_PortSessions)
#include "tst_port_sessions.moc"
