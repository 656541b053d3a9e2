#include "backend/base/qt_text.h"
#include "backend/nodes/sessions/port_tunnels.h"
#include "backend/security/audit_service.h"
#include "models/nodes/sessions/remote_desktop.h"
#include "models/nodes/sessions/tunnels_feed.h"
#include "models/settings/console_settings.h"
#include "tests/support/live_fleet.h"
#include "tests/support/loopback_server.h"
#include "tests/support/test_main.h"

#include <QDir>
#include <QElapsedTimer>
#include <QScopeGuard>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

namespace fb::test {

using namespace Qt::StringLiterals;

// Tunnels through a real agent: the engine in process, real sockets at both ends.
class tst_LivePorts : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void cleanup();
    void twentyDownloadsAtOnce();
    void fiftyStreamsAndASlowOne();
    void halfClose();
    void deniedTargets_data();
    void deniedTargets();
    void nobodyListens();
    void aNameOfTheNode();
    void wrongPorts_data();
    void wrongPorts();
    void localPortInUse();
    void theNodeGoesAndComesBack();
    void theAgentDies();
    void closingEndsIt();
    void everyStreamIsAudited();
    void aRemoteDesktop();

private:
    Result<Tunnel> open(const TunnelRequest &request);
    Tunnel opened(const TunnelRequest &request); // and Open
    std::optional<Tunnel> tunnel(quint64 number);
    Session session(const Tunnel &tunnel);
    QList<AuditEntry> audited(const QString &action);
    TunnelRequest to(int port, const QString &host = {})
    {
        TunnelRequest request;
        request.node = toId<NodeId>(m_fleet->nodeId());
        request.host = host;
        request.port = port;
        return request;
    }

    std::unique_ptr<LiveFleet> m_fleet;
};

void tst_LivePorts::init()
{
    m_fleet = std::make_unique<LiveFleet>();
    QVERIFY(m_fleet->startEngine());
    QVERIFY(m_fleet->startAgent());
}

void tst_LivePorts::cleanup() { m_fleet.reset(); }

Result<Tunnel> tst_LivePorts::open(const TunnelRequest &request)
{
    return m_fleet->ask([request](Engine &engine) -> Result<Tunnel> {
        const auto number = engine.tunnels().open(engine.owner(), request);
        if (!number)
            return number.error();
        return *engine.tunnels().tunnel(*number);
    });
}

std::optional<Tunnel> tst_LivePorts::tunnel(quint64 number)
{
    const auto found = m_fleet->ask([number](Engine &engine) -> Result<std::optional<Tunnel>> {
        return engine.tunnels().tunnel(number);
    });
    return *found;
}

Tunnel tst_LivePorts::opened(const TunnelRequest &request)
{
    auto begun = open(request);
    if (!begun) {
        QTest::qFail(begun.error().message.c_str(), __FILE__, __LINE__);
        return {};
    }
    if (!QTest::qWaitFor([&] { return tunnel(begun->number)->state == TunnelState::Open; }, 20'000))
        QTest::qFail("the tunnel did not open", __FILE__, __LINE__);
    return *tunnel(begun->number);
}

Session tst_LivePorts::session(const Tunnel &tunnel)
{
    const auto found = m_fleet->ask(
        [id = tunnel.session](Engine &engine) -> Result<Session> { return *engine.sessions().session(id); });
    return *found;
}

QList<AuditEntry> tst_LivePorts::audited(const QString &action)
{
    using Entries = Result<QList<AuditEntry>>;
    auto reading = m_fleet->ask([](Engine &engine) -> Result<QFuture<Entries>> {
        return engine.audit().listEntries(engine.owner(), 0, 500);
    });
    reading->waitForFinished();
    QList<AuditEntry> wanted;
    const Entries all = reading->result();
    for (const AuditEntry &entry : all ? *all : QList<AuditEntry>()) {
        if (entry.action == action)
            wanted.prepend(entry);
    }
    return wanted;
}

// [fleet-manager 8.18] on a free port of the node: the client at the end of the tunnel reaches the listener, and no process list shows the password
void tst_LivePorts::aRemoteDesktop()
{
    LoopbackServer server(LoopbackServer::blobs());
    QTemporaryDir folder;
    QFile client(folder.filePath(u"xfreerdp3"_s));
    QVERIFY(client.open(QIODevice::WriteOnly));
    client.write(
        "#!/bin/bash\ncd '" + folder.path().toLocal8Bit()
        + "'\nread -r password\nprintf %s \"$password\" > password\n"
          "exec 3<>/dev/tcp/127.0.0.1/${1##*:}\nprintf '0 1000\\n' >&3\n"
          "head -c 1000 <&3 > received\ntouch received-all\nwhile [ ! -e stop ]; do sleep 0.1; done\n");
    client.close();
    QVERIFY(client.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    const QByteArray path = qgetenv("PATH");
    qputenv("PATH", folder.path().toLocal8Bit() + ':' + path);
    const auto restored = qScopeGuard([&path] { qputenv("PATH", path); });
    const auto contentOf = [&folder](const QString &name) {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };

    ConsoleSettings settings(folder.filePath(u"console.ini"_s));
    TunnelsFeed feed(m_fleet->engine(), settings);
    TunnelsViewModel tunnels(feed, &TunnelTable::idOf, TunnelTable::columns());
    tunnels.start();
    const SystemClock clock;
    RemoteDesktops desktops(tunnels, clock);
    std::optional<ShownError> answer;
    desktops.open({.nodeId = m_fleet->nodeId(),
                   .nodeName = u"win-01"_s,
                   .port = server.port(),
                   .user = u"dave"_s,
                   .password = "c4nary-pass"},
                  [&answer](const ShownError &problem) { answer = problem; });
    QTRY_VERIFY_WITH_TIMEOUT(answer, 20000);
    QVERIFY2(answer->isEmpty(), qPrintable(answer->message));
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(folder.filePath(u"received-all"_s)), 20000);
    QCOMPARE(contentOf(u"received"_s), LoopbackServer::blob(0, 1000));
    QCOMPARE(contentOf(u"password"_s), QByteArray("c4nary-pass"));
    int processes = 0;
    for (const QString &pid : QDir(u"/proc"_s).entryList({u"[0-9]*"_s}, QDir::Dirs)) {
        for (const auto &what : {u"cmdline"_s, u"environ"_s}) {
            QFile shown(u"/proc/"_s + pid + u'/' + what);
            if (shown.open(QIODevice::ReadOnly))
                QVERIFY2(!shown.readAll().contains("c4nary-pass"), qPrintable(shown.fileName()));
        }
        ++processes;
    }
    QVERIFY(processes > 3);
    // It ends with its client.
    QFile stop(folder.filePath(u"stop"_s));
    QVERIFY(stop.open(QIODevice::WriteOnly));
    QTRY_COMPARE_WITH_TIMEOUT(desktops.count(), 0, 20000);
    QTRY_COMPARE_WITH_TIMEOUT(tunnels.table().totalRows(), 0, 20000);
}

void tst_LivePorts::twentyDownloadsAtOnce() // [session-manager 8.11]
{
    LoopbackServer server(LoopbackServer::blobs());
    const Tunnel tunnel = opened(to(server.port()));
    constexpr quint32 kDownloads = 20;
    constexpr qsizetype kSize = 5'000'000;
    std::atomic<int> right {0};
    std::vector<std::thread> clients;
    for (quint32 i = 0; i < kDownloads; ++i) {
        clients.emplace_back([&, i] {
            LoopbackSocket client = LoopbackSocket::connectTo(tunnel.localPort);
            client.write(QByteArray::number(i) + ' ' + QByteArray::number(kSize) + '\n');
            if (client.readAll() == LoopbackServer::blob(i, kSize) && !client.isBroken())
                ++right;
        });
    }
    for (std::thread &client : clients)
        client.join();
    QCOMPARE(right.load(), int(kDownloads));
    const Session stored = session(tunnel);
    QCOMPARE(stored.status, SessionStatus::Connected);
    QCOMPARE(stored.sessionType, u"Port"_s);
    QCOMPARE(stored.documentName, u"AWS-StartPortForwardingSession"_s);
    QVERIFY(!stored.recorded);
    QCOMPARE(stored.bytesOut, qint64(kDownloads) * kSize);
}

// One that is not read holds up nobody, and has all of its bytes once it is. [session-manager 8.11]
void tst_LivePorts::fiftyStreamsAndASlowOne()
{
    LoopbackServer server(LoopbackServer::blobs());
    const Tunnel tunnel = opened(to(server.port()));
    constexpr qsizetype kSlow = 12'000'000;
    LoopbackSocket slow = LoopbackSocket::connectTo(tunnel.localPort);
    QVERIFY(slow.write("999 " + QByteArray::number(kSlow) + '\n'));
    const QByteArray first = slow.read(1000);
    QVERIFY(!first.isEmpty());
    std::vector<LoopbackSocket> resting;
    for (int i = 0; i < 49; ++i)
        resting.push_back(LoopbackSocket::connectTo(tunnel.localPort));
    QTRY_COMPARE_WITH_TIMEOUT(this->tunnel(tunnel.number)->connections.size(), 50, 20'000);
    LoopbackSocket quick = LoopbackSocket::connectTo(tunnel.localPort);
    QVERIFY(quick.write("7 3000000\n"));
    QCOMPARE(quick.readAll(), LoopbackServer::blob(7, 3'000'000));
    for (size_t i = 0; i < resting.size(); ++i) {
        QVERIFY(resting[i].write(QByteArray::number(i) + " 20000\n"));
        QCOMPARE(resting[i].readAll(), LoopbackServer::blob(quint32(i), 20'000));
    }
    QCOMPARE(first + slow.readAll(), LoopbackServer::blob(999, kSlow));
}

void tst_LivePorts::halfClose()
{
    LoopbackServer server([](LoopbackSocket &connection) {
        const QByteArray all = connection.readAll(); // until the client's half ends
        connection.write("got " + QByteArray::number(all.size()) + '\n');
    });
    const Tunnel tunnel = opened(to(server.port()));
    LoopbackSocket client = LoopbackSocket::connectTo(tunnel.localPort);
    QVERIFY(client.write(QByteArray(3'000'000, 'u')));
    client.finish();
    QCOMPARE(client.readAll(), QByteArray("got 3000000\n"));
    QVERIFY(!client.isBroken());
    QTRY_VERIFY(this->tunnel(tunnel.number)->connections.isEmpty());
    // A connection that breaks at the far end breaks here, and is no clean end.
    LoopbackServer breaking([](LoopbackSocket &connection) {
        connection.write("half of it");
        connection.readLine();
        connection.cut();
    });
    const Tunnel other = opened(to(breaking.port()));
    LoopbackSocket broken = LoopbackSocket::connectTo(other.localPort);
    QCOMPARE(broken.read(10), QByteArray("half of it"));
    QVERIFY(broken.write("go\n"));
    QCOMPARE(broken.readAll(), QByteArray());
    QVERIFY(broken.isBroken());
}

void tst_LivePorts::deniedTargets_data() // [session-manager 8.12]
{
    QTest::addColumn<QString>("host");
    QTest::addRow("by address") << u"169.254.169.254"_s;
    QTest::addRow("by a name that resolves to it") << u"2852039166"_s; // as the resolver reads it
    QTest::addRow("written as IPv6") << u"::ffff:169.254.169.254"_s;
}

void tst_LivePorts::deniedTargets()
{
    QFETCH(QString, host);
    const Tunnel tunnel = opened(to(80, host));
    LoopbackSocket client = LoopbackSocket::connectTo(tunnel.localPort);
    QCOMPARE(client.readAll(), QByteArray());
    QTRY_VERIFY2(this->tunnel(tunnel.number)->lastRefusal.contains(u"must not be reached"_s),
                 qPrintable(this->tunnel(tunnel.number)->lastRefusal));
    QCOMPARE(session(tunnel).status, SessionStatus::Connected);
    QTRY_VERIFY(!audited(u"flagbridge:OpenTunnelStream"_s).isEmpty());
    QCOMPARE(audited(u"flagbridge:OpenTunnelStream"_s).first().result, u"AccessDeniedException"_s);
}

void tst_LivePorts::nobodyListens() // [session-manager 8.13]
{
    quint16 port = 0;
    {
        const LoopbackServer gone(LoopbackServer::echo());
        port = gone.port();
    }
    const Tunnel tunnel = opened(to(port, u"localhost"_s));
    for (int i = 0; i < 3; ++i) {
        LoopbackSocket client = LoopbackSocket::connectTo(tunnel.localPort);
        QVERIFY(client.isOpen());
        QCOMPARE(client.readAll(), QByteArray());
    }
    QCOMPARE(session(tunnel).status, SessionStatus::Connected);
    QTRY_VERIFY2(this->tunnel(tunnel.number)->lastRefusal.contains(u"refused"_s),
                 qPrintable(this->tunnel(tunnel.number)->lastRefusal));
    // Once somebody does, the same session serves it.
    LoopbackServer server(LoopbackServer::echo(), port);
    LoopbackSocket client = LoopbackSocket::connectTo(tunnel.localPort);
    QVERIFY(client.write("hello\n"));
    QCOMPARE(client.readLine(), QByteArray("hello\n"));
}

void tst_LivePorts::aNameOfTheNode()
{
    LoopbackServer server(LoopbackServer::echo());
    const Tunnel tunnel = opened(to(server.port(), u"localhost"_s));
    QCOMPARE(session(tunnel).documentName, u"AWS-StartPortForwardingSessionToRemoteHost"_s);
    LoopbackSocket client = LoopbackSocket::connectTo(tunnel.localPort);
    QVERIFY(client.write("by name\n"));
    QCOMPARE(client.readLine(), QByteArray("by name\n"));
    const Tunnel nowhere = opened(to(80, u"no-such-host.invalid"_s));
    LoopbackSocket refused = LoopbackSocket::connectTo(nowhere.localPort);
    QCOMPARE(refused.readAll(), QByteArray());
    QTRY_VERIFY2_WITH_TIMEOUT(this->tunnel(nowhere.number)->lastRefusal.contains(u"no-such-host.invalid"_s),
                              qPrintable(this->tunnel(nowhere.number)->lastRefusal), 15'000);
}

void tst_LivePorts::wrongPorts_data()
{
    QTest::addColumn<QString>("port");
    QTest::addRow("too high") << u"70000"_s;
    QTest::addRow("a name") << u"ssh"_s;
    QTest::addRow("none") << u"0"_s;
}

void tst_LivePorts::wrongPorts() // session-manager 7: ValidationException that names portNumber
{
    QFETCH(QString, port);
    for (const QString &document : {u"AWS-StartPortForwardingSession"_s, u"AWS-StartSSHSession"_s}) {
        const auto refused = m_fleet->ask([=, node = m_fleet->nodeId()](Engine &engine) {
            StartSessionRequest request;
            request.target = node;
            request.documentName = document;
            request.parameters = {{u"portNumber"_s, {port}}};
            return engine.sessions().startSession(engine.owner(), request);
        });
        QVERIFY(!refused);
        QVERIFY(refused.error().code == errors::kValidation);
        QVERIFY2(refused.error().message.find("portNumber") != std::string::npos,
                 refused.error().message.c_str());
    }
    const auto active = m_fleet->ask([](Engine &engine) {
        return engine.sessions().describeSessions(engine.owner(), {.state = SessionList::Active});
    });
    QVERIFY(active->sessions.isEmpty());
}

void tst_LivePorts::localPortInUse() // session-manager 7: says so, and leaves no session behind
{
    const LoopbackServer taken(LoopbackServer::echo());
    TunnelRequest request = to(80);
    request.localPort = taken.port();
    const auto refused = open(request);
    QVERIFY(!refused);
    const QString message = toQString(refused.error().message);
    QVERIFY2(message.contains(u"Port %1 of this machine is in use"_s.arg(taken.port())), qPrintable(message));
    QVERIFY2(message.contains(u"process %1"_s.arg(QCoreApplication::applicationPid())), qPrintable(message));
    QVERIFY2(message.contains(u"is free"_s), qPrintable(message));
    QCOMPARE(refused.error().field, std::string("localPortNumber"));
    const auto active = m_fleet->ask([](Engine &engine) {
        return engine.sessions().describeSessions(engine.owner(), {.state = SessionList::Active});
    });
    QVERIFY(active->sessions.isEmpty());
}

void tst_LivePorts::theNodeGoesAndComesBack()
{
    LoopbackServer server(LoopbackServer::echo());
    const Tunnel tunnel = opened(to(server.port()));
    LoopbackSocket client = LoopbackSocket::connectTo(tunnel.localPort);
    QVERIFY(client.write("before\n"));
    QCOMPARE(client.readLine(), QByteArray("before\n"));
    m_fleet->killAgent();
    QTRY_COMPARE_WITH_TIMEOUT(this->tunnel(tunnel.number)->state, TunnelState::Away, 20'000);
    QCOMPARE(client.readAll(), QByteArray());
    QVERIFY(client.isBroken()); // reset, not a clean end
    QCOMPARE(session(tunnel).status, SessionStatus::Disconnected);
    LoopbackSocket meanwhile = LoopbackSocket::connectTo(tunnel.localPort);
    QCOMPARE(meanwhile.readAll(), QByteArray()); // not left waiting
    QVERIFY(m_fleet->startAgent());
    QTRY_COMPARE_WITH_TIMEOUT(this->tunnel(tunnel.number)->state, TunnelState::Open, 20'000);
    QCOMPARE(this->tunnel(tunnel.number)->session, tunnel.session); // the same session
    LoopbackSocket again = LoopbackSocket::connectTo(tunnel.localPort);
    QVERIFY(again.write("after\n"));
    QCOMPARE(again.readLine(), QByteArray("after\n"));
}

void tst_LivePorts::theAgentDies()
{
    std::atomic<bool> isOver {false};
    LoopbackServer server([&](LoopbackSocket &connection) {
        connection.readAll();
        isOver = true;
    });
    const Tunnel tunnel = opened(to(server.port()));
    LoopbackSocket client = LoopbackSocket::connectTo(tunnel.localPort);
    QVERIFY(client.write("x"));
    QTRY_VERIFY(session(tunnel).bytesIn == 1);
    m_fleet->killAgent(); // nothing of a tunnel outlives it on the node
    QTRY_VERIFY_WITH_TIMEOUT(isOver, 20'000);
}

void tst_LivePorts::closingEndsIt()
{
    LoopbackServer server(LoopbackServer::echo());
    const Tunnel tunnel = opened(to(server.port()));
    LoopbackSocket client = LoopbackSocket::connectTo(tunnel.localPort);
    QVERIFY(client.write("x\n"));
    QCOMPARE(client.readLine(), QByteArray("x\n"));
    const auto closed = m_fleet->ask(
        [number = tunnel.number](Engine &engine) { return engine.tunnels().close(engine.owner(), number); });
    QVERIFY(closed);
    QCOMPARE(client.readAll(), QByteArray());
    QTRY_COMPARE(session(tunnel).status, SessionStatus::Terminated);
    QVERIFY(session(tunnel).details.startsWith(u"terminated by"_s));
    QVERIFY(!this->tunnel(tunnel.number));
    QTRY_VERIFY(!LoopbackSocket::connectTo(tunnel.localPort).isOpen());
}

void tst_LivePorts::everyStreamIsAudited()
{
    LoopbackServer server(LoopbackServer::blobs());
    const Tunnel tunnel = opened(to(server.port()));
    LoopbackSocket client = LoopbackSocket::connectTo(tunnel.localPort);
    QVERIFY(client.write("5 1000\n"));
    QCOMPARE(client.readAll().size(), 1000);
    client.finish();
    QTRY_COMPARE(audited(u"flagbridge:CloseTunnelStream"_s).size(), 1);
    const AuditEntry openedEntry = audited(u"flagbridge:OpenTunnelStream"_s).first();
    QCOMPARE(openedEntry.diff.value(u"Target"_s).toString(), u"localhost:%1"_s.arg(server.port()));
    QCOMPARE(openedEntry.diff.value(u"Address"_s).toString(), u"127.0.0.1:%1"_s.arg(server.port()));
    const AuditEntry closedEntry = audited(u"flagbridge:CloseTunnelStream"_s).first();
    QCOMPARE(closedEntry.diff.value(u"BytesIn"_s).toInt(), 7);
    QCOMPARE(closedEntry.diff.value(u"BytesOut"_s).toInt(), 1000);
    QCOMPARE(closedEntry.diff.value(u"SessionId"_s).toString(), toQString(tunnel.session));
}

FB_TEST(tst_LivePorts)

}

#include "tst_live_ports.moc"
