#include "tests/unit/sessions/session_bench.h"

#include "tests/support/test_main.h"

#include <QSignalSpy>
#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_SessionService : public QObject
{
    Q_OBJECT

private slots:
    void fromStartToExit_data() { addDatabaseRows(); }
    void fromStartToExit();
    void acknowledgesOnlyWhatIsDurable_data() { addDatabaseRows(); }
    void acknowledgesOnlyWhatIsDurable();
    void unrecordedIsAcknowledgedAtOnce();
    void inputReachesTheNode();
    void slowClientsHoldTheNodeBack();
    void cutLinkResumes();
    void longCutEnds();
    void newClientTakesOver();
    void detachedBytesGoToTheNextClient();
    void terminate();
    void terminateWhileAway();
    void terminateOfOthers();
    void terminateOfNothing();
    void idleAndMaximum();
    void nodeRestart();
    void strayTerminalsAreEnded();
    void engineRestart_data() { addDatabaseRows(); }
    void engineRestart();
    void engineRestartBeforeTheNodeAnswered();
    void pagesOfHistory();
    void filters_data();
    void filters();
    void deregisteredNode();
};

void tst_SessionService::fromStartToExit()
{
    QFETCH(QString, database);
    SessionBench bench(database);
    QSignalSpy changes(bench.service.get(), &SessionService::sessionsChanged);
    FakeSessionClient client;
    const SessionId id = bench.connect(client);
    QCOMPARE(bench.session(id).status, SessionStatus::Connected);
    QCOMPARE(bench.session(id).runAs, u"runs as nobody"_s);
    QVERIFY(bench.channel.said.contains(u"resize 1 100x30"_s));

    bench.output("$ ");
    QCOMPARE(client.output, QByteArray("$ ")); // shown as it comes
    bench.output("bye\r\n");
    bench.exitShell(3);
    bench.settle();
    QTRY_COMPARE(bench.session(id).status, SessionStatus::Terminated);
    QTRY_COMPARE(bench.acknowledged(), quint64(7)); // after the end was stored
    const Session session = bench.session(id);
    QCOMPARE(session.details, u"exited 3"_s);
    QCOMPARE(*session.exitCode, 3);
    QCOMPARE(session.bytesOut, 7);
    QCOMPARE(session.recordingHash.size(), 64);
    QVERIFY(session.endDate);
    QCOMPARE(client.states, (QStringList {u"Connected"_s, u"Terminated"_s}));
    QVERIFY(changes.count() >= 3);

    QVERIFY(bench.service->describeSessions(bench.alice, {.state = SessionList::Active})->sessions.isEmpty());
    QCOMPARE(bench.service->describeSessions(bench.alice, {.state = SessionList::History})->sessions.size(),
             1);
    QStringList states;
    for (const QJsonObject &event : bench.events(u"Session State Change"_s))
        states.append(event[u"status"_s].toString() + u' ' + event[u"reason"_s].toString());
    QCOMPARE(states, (QStringList {u"Connected "_s, u"Terminated exited 3"_s}));
    QCOMPARE(
        bench.auditActions(),
        (QStringList {u"alice ssm:StartSession Success"_s, u"engine flagbridge:SessionEnded Success"_s}));
    // it never comes back
    QVERIFY(bench.service->attach(bench.alice, id, &client, 80, 24).error().code == errors::kDoesNotExist);
}

void tst_SessionService::acknowledgesOnlyWhatIsDurable()
{
    QFETCH(QString, database);
    SessionBench bench(database);
    FakeSessionClient client;
    const SessionId id = bench.connect(client);
    bench.output(QByteArray(5000, 'x'));
    QCOMPARE(client.output.size(), 5000);
    QCOMPARE(bench.acknowledged(), quint64(0));
    QTRY_COMPARE(bench.acknowledged(), quint64(5000));
    const auto artifact = bench.artifacts->find(bench.db->reader(), recordingOwner(id, 0));
    QVERIFY((*artifact)->durableLength > 5000);
    // a character that is cut is acknowledged once it is whole
    bench.output("\xe6\x97");
    QTest::qWait(400);
    QCOMPARE(bench.acknowledged(), quint64(5000));
    bench.output("\xa5");
    QTRY_COMPARE(bench.acknowledged(), quint64(5003));
}

void tst_SessionService::unrecordedIsAcknowledgedAtOnce()
{
    SessionBench bench;
    bench.documents.put(QString::fromLatin1(kDefaultSessionDocument),
                        "sessionType: Standard_Stream\ninputs: {recordingEnabled: false}\n");
    FakeSessionClient client;
    const SessionId id = bench.connect(client);
    bench.output("abc");
    QCOMPARE(bench.acknowledged(), quint64(3));
    bench.exitShell(0);
    bench.settle();
    QCOMPARE(bench.session(id).status, SessionStatus::Terminated);
    QVERIFY(!bench.recording(id));
}

void tst_SessionService::inputReachesTheNode()
{
    SessionBench bench;
    FakeSessionClient client;
    const SessionId id = bench.start();
    QVERIFY(bench.service->attach(bench.alice, id, &client, 80, 24));
    QCOMPARE(bench.service->input(id, &client, "early"), 0); // nobody is there to take it
    bench.open();
    QCOMPARE(client.writable, 1);
    QCOMPARE(bench.service->input(id, &client, "ls\r"), 3);
    QCOMPARE(bench.channel.written.value(bench.stream()), QByteArray("ls\r"));
    // bounded: what the node has not taken is kept, and no more than 64 KiB of it
    QCOMPARE(bench.service->input(id, &client, QByteArray(100'000, 'x')), 64 * 1024 - 3);
    bench.service->streamAcknowledged(bench.stream(), 3);
    QCOMPARE(client.writable, 2);
    QCOMPARE(bench.service->input(id, &client, QByteArray(100, 'x')), 3);
    FakeSessionClient other;
    QCOMPARE(bench.service->input(id, &other, "rm"), 0); // not attached
}

void tst_SessionService::slowClientsHoldTheNodeBack()
{
    SessionBench bench;
    FakeSessionClient client;
    const SessionId id = bench.connect(client);
    QCOMPARE(bench.channel.opened.last().open.window(), uint64_t(256 * 1024));
    bench.output(QByteArray(100'000, 'x'));
    QTRY_COMPARE(bench.acknowledged(), quint64(100'000));
    QCOMPARE(bench.channel.granted.value(bench.stream()), quint64(0)); // durable, but nobody has read it
    bench.service->consumed(id, &client, 60'000);
    QCOMPARE(bench.channel.granted.value(bench.stream()), quint64(60'000));
    bench.service->consumed(id, &client, 999'999); // more than it was given
    QCOMPARE(bench.channel.granted.value(bench.stream()), quint64(100'000));
    // what is held counts against the window of a resumed stream
    bench.output(QByteArray(50'000, 'y'));
    const wire::Open first = bench.channel.opened.last().open;
    bench.nodeGoes();
    bench.nodeComes({SessionBench::terminal(first, 100'000, 150'000, 0)});
    QCOMPARE(bench.channel.opened.last().open.window(), uint64_t(256 * 1024 - 50'000));
}

// A short partition: nothing is lost or doubled either way (spec 3.7).
void tst_SessionService::cutLinkResumes()
{
    SessionBench bench;
    FakeSessionClient client;
    const SessionId id = bench.connect(client);
    bench.output("one ");
    bench.service->input(id, &client, "abcdef");
    bench.service->streamAcknowledged(bench.stream(), 2);
    const wire::Open first = bench.channel.opened.last().open;
    bench.nodeGoes();
    QCOMPARE(bench.session(id).status, SessionStatus::Disconnected);
    QCOMPARE(bench.service->input(id, &client, "x"), 0);
    bench.pass(600s);
    QCOMPARE(bench.session(id).status, SessionStatus::Disconnected);
    bench.nodeComes({SessionBench::terminal(first, 0, 20, 4)});
    QCOMPARE(bench.channel.opened.size(), 2);
    const auto &again = bench.channel.opened.last();
    QVERIFY(again.resumed);
    QCOMPARE(again.open.token(), first.token());
    QCOMPARE(again.open.receive_from(), uint64_t(4));
    bench.open(4);
    QCOMPARE(bench.channel.written.value(bench.stream()), QByteArray("ef")); // what the node had not taken
    QCOMPARE(bench.session(id).status, SessionStatus::Connected);
    bench.output("two");
    QCOMPARE(client.output, QByteArray("one two"));
    // bytes of the old stream are not taken any more
    bench.service->streamReceived(1, 7, "ghost");
    QCOMPARE(client.output, QByteArray("one two"));
}

// [session-manager 8.26] its second half
void tst_SessionService::longCutEnds()
{
    SessionBench bench;
    FakeSessionClient client;
    const SessionId id = bench.connect(client);
    bench.documents.put(u"unused"_s, "sessionType: Standard_Stream\ninputs: {}\n");
    bench.nodeGoes();
    bench.pass(15min - 1s);
    QCOMPARE(bench.session(id).status, SessionStatus::Disconnected);
    bench.pass(1s);
    QCOMPARE(bench.session(id).status, SessionStatus::Terminated);
    QCOMPARE(bench.session(id).details, u"node connection lost"_s);
}

void tst_SessionService::newClientTakesOver()
{
    SessionBench bench;
    FakeSessionClient first;
    const SessionId id = bench.connect(first);
    bench.output("seen");
    bench.service->consumed(id, &first, 4);
    bench.output("not yet");
    FakeSessionClient second;
    QVERIFY(bench.service->attach(bench.bob, id, &second, 80, 24).error().code == errors::kAccessDenied);
    QVERIFY(bench.service->attach(bench.alice, id, &second, 80, 24));
    QVERIFY(first.takenOver);
    QCOMPARE(second.output, QByteArray("not yet"));
    bench.output("!");
    QCOMPARE(first.output, QByteArray("seennot yet"));
    QCOMPARE(second.output, QByteArray("not yet!"));
    bench.service->detach(id, &first); // it is not the one any more
    bench.settle();
    QCOMPARE(bench.session(id).status, SessionStatus::Connected);
    QVERIFY(bench.auditActions().contains(u"alice ssm:ResumeSession Success"_s));
    QCOMPARE(bench.events(u"AWS API Call via CloudTrail"_s).last()[u"eventName"_s].toString(),
             u"ResumeSession"_s);
}

void tst_SessionService::detachedBytesGoToTheNextClient()
{
    SessionBench bench;
    auto client = std::make_unique<FakeSessionClient>();
    const SessionId id = bench.connect(*client);
    bench.output("1 2 3 ");
    bench.service->consumed(id, client.get(), 4);
    bench.service->detach(id, client.get());
    client.reset();
    bench.settle();
    QCOMPARE(bench.session(id).status, SessionStatus::Disconnected);
    bench.output("4 5");
    FakeSessionClient next;
    QVERIFY(bench.service->attach(bench.alice, id, &next, 80, 24));
    QCOMPARE(next.output, QByteArray("3 4 5"));
    bench.settle();
    QCOMPARE(bench.session(id).status, SessionStatus::Connected);
}

void tst_SessionService::terminate()
{
    SessionBench bench;
    FakeSessionClient client;
    const SessionId id = bench.connect(client);
    QCOMPARE(*bench.service->terminateSession(bench.alice, id), id);
    bench.settle();
    QCOMPARE(bench.session(id).status, SessionStatus::Terminating);
    QVERIFY(bench.channel.said.contains(u"finish 1 terminated"_s));
    bench.output("hangup");
    wire::Fin fin;
    fin.set_reason("terminated");
    fin.set_exit_code(129);
    bench.service->streamFinished(bench.stream(), fin);
    QTRY_COMPARE(bench.session(id).status, SessionStatus::Terminated);
    QCOMPARE(bench.session(id).details, u"terminated by alice"_s);
    QVERIFY(bench.recording(id)->contains("hangup"));
    // again: the same answer
    QCOMPARE(*bench.service->terminateSession(bench.alice, id), id);
}

void tst_SessionService::terminateWhileAway()
{
    SessionBench bench;
    FakeSessionClient client;
    const SessionId id = bench.connect(client);
    const wire::Open first = bench.channel.opened.last().open;
    bench.nodeGoes();
    QVERIFY(bench.service->terminateSession(bench.alice, id));
    bench.pass(29s);
    QCOMPARE(bench.session(id).status, SessionStatus::Terminating);
    bench.pass(1s);
    QCOMPARE(bench.session(id).status, SessionStatus::Terminated);
    QCOMPARE(bench.session(id).details, u"terminated by alice (agent did not confirm)"_s);
    // killed when the node comes back
    bench.nodeComes({SessionBench::terminal(first, 0, 12, 0)});
    QVERIFY(bench.channel.opened.last().resumed);
    QCOMPARE(bench.channel.said.last(), u"reset 2 terminated"_s);
}

// [session-manager 8.22] its second half: another's session is denied and audited, an Administrator succeeds
void tst_SessionService::terminateOfOthers()
{
    SessionBench bench;
    FakeSessionClient client;
    const SessionId id = bench.connect(client);
    const auto denied = bench.service->terminateSession(bench.bob, id);
    QVERIFY(!denied && denied.error().code == errors::kAccessDenied);
    QCOMPARE(bench.session(id).status, SessionStatus::Connected);
    QCOMPARE(bench.auditActions().last(), u"bob ssm:TerminateSession AccessDeniedException"_s);
    QVERIFY(bench.service->terminateSession(bench.root, id));
    QCOMPARE(bench.session(id).status, SessionStatus::Terminating);
}

// [session-manager 8.27]
void tst_SessionService::terminateOfNothing()
{
    SessionBench bench;
    const SessionId never("alice-0123456789abcdef0");
    QCOMPARE(*bench.service->terminateSession(bench.alice, never), never);
    QCOMPARE(bench.auditActions(), QStringList {u"alice ssm:TerminateSession Success"_s});
    QVERIFY(!bench.service->terminateSession(bench.alice, SessionId("bob-0123456789abcdef0")));
}

void tst_SessionService::idleAndMaximum()
{
    SessionBench bench;
    bench.documents.put(
        QString::fromLatin1(kDefaultSessionDocument),
        "sessionType: Standard_Stream\ninputs: {idleSessionTimeout: '1', maxSessionDuration: '3'}\n");
    FakeSessionClient idle;
    const SessionId idleId = bench.connect(idle);
    bench.pass(80s);
    bench.output("output does not count"); // the engine is the second guard: 30 s after the agent's
    bench.pass(9s);
    QCOMPARE(bench.session(idleId).status, SessionStatus::Connected);
    bench.pass(1s);
    QCOMPARE(bench.session(idleId).status, SessionStatus::Terminating);
    QVERIFY(bench.channel.said.contains(u"finish 1 idle"_s));

    FakeSessionClient busy;
    const SessionId busyId = bench.connect(busy);
    for (int i = 0; i < 209; ++i) {
        bench.service->input(busyId, &busy, "x");
        bench.pass(1s);
    }
    QCOMPARE(bench.session(busyId).status, SessionStatus::Connected);
    bench.pass(1s);
    QCOMPARE(bench.session(busyId).status, SessionStatus::Terminating);
    QVERIFY(bench.channel.said.contains(u"finish 2 maximum duration"_s));
}

void tst_SessionService::nodeRestart()
{
    SessionBench bench;
    FakeSessionClient client;
    const SessionId restarted = bench.connect(client);
    bench.nodeGoes();
    bench.nodeComes({}, "boot-2");
    QCOMPARE(bench.session(restarted).status, SessionStatus::Terminated);
    QCOMPARE(bench.session(restarted).details, u"node restarted"_s);
    FakeSessionClient other;
    const SessionId vanished = bench.connect(other);
    bench.nodeGoes();
    bench.nodeComes({}, "boot-2");
    QCOMPARE(bench.session(vanished).details, u"the session no longer exists on the node"_s);
}

void tst_SessionService::strayTerminalsAreEnded()
{
    SessionBench bench;
    wire::Open stray;
    stray.set_token("of nobody");
    bench.nodeGoes();
    bench.nodeComes({SessionBench::terminal(stray, 0, 5, 0)});
    QCOMPARE(bench.channel.opened.last().open.token(), std::string("of nobody"));
    QCOMPARE(bench.channel.said.last(), u"reset 1 terminated"_s);
}

// The session is Disconnected, its client comes again, the terminal resumes at what is durable, the recording goes on.
void tst_SessionService::engineRestart()
{
    QFETCH(QString, database);
    SessionBench bench(database);
    SessionId id;
    wire::Open first;
    {
        FakeSessionClient client;
        id = bench.connect(client);
        bench.output("before ");
        QTRY_COMPARE(bench.acknowledged(), quint64(7));
        bench.service->detach(id, &client);
        first = bench.channel.opened.last().open;
        bench.restartEngine();
    }
    QCOMPARE(bench.session(id).status, SessionStatus::Disconnected);
    FakeSessionClient client;
    QVERIFY(bench.service->attach(bench.alice, id, &client, 80, 24));
    QTest::qWait(50); // the recording's end is read
    bench.nodeComes({SessionBench::terminal(first, 7, 12, 0)});
    QTRY_COMPARE(bench.channel.opened.size(), 2);
    QVERIFY(bench.channel.opened.last().resumed);
    QCOMPARE(bench.channel.opened.last().open.receive_from(), uint64_t(7));
    bench.open(0);
    QCOMPARE(bench.session(id).status, SessionStatus::Connected);
    bench.output("after");
    QTRY_COMPARE(bench.acknowledged(), quint64(12));
    bench.exitShell(0);
    QTRY_COMPARE(bench.session(id).status, SessionStatus::Terminated);
    const auto cast = bench.recording(id);
    QVERIFY2(cast, cast ? "" : cast.error().message.c_str());
    QVERIFY(cast->indexOf("before ") > 0 && cast->indexOf("after") > cast->indexOf("before "));
}

void tst_SessionService::engineRestartBeforeTheNodeAnswered()
{
    SessionBench bench;
    const SessionId id = bench.start();
    bench.restartEngine();
    QCOMPARE(bench.session(id).status, SessionStatus::Failed);
}

// [session-manager 8.23]
void tst_SessionService::pagesOfHistory()
{
    SessionBench bench;
    QList<SessionId> ids;
    for (int i = 0; i < 3; ++i) {
        FakeSessionClient client;
        ids.prepend(bench.connect(client));
        bench.exitShell(i);
        QTRY_COMPARE(bench.session(ids[0]).status, SessionStatus::Terminated);
        bench.pass(1s);
    }
    DescribeSessionsRequest request {.state = SessionList::History,
                                     .maxResults = 1,
                                     .filters = {{u"Owner"_s, u"arn:aws:iam::000000000000:user/alice"_s}}};
    QList<SessionId> seen;
    int pages = 0;
    do {
        const auto page = bench.service->describeSessions(bench.alice, request);
        QVERIFY(page);
        QCOMPARE(page->sessions.size(), 1);
        seen.append(page->sessions[0].sessionId);
        request.nextToken = page->nextToken;
        ++pages;
    } while (!request.nextToken.isEmpty() && pages < 10);
    QCOMPARE(pages, 3);
    QCOMPARE(seen, ids); // newest first
    request.nextToken = u"forged"_s;
    QVERIFY(bench.service->describeSessions(bench.alice, request).error().code == errors::kInvalidNextToken);
}

void tst_SessionService::filters_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    QTest::addColumn<int>("found"); // -1: refused
    const auto row = [](const char *key, const char *value, int found) {
        QTest::addRow("%s %s", key, value) << QString::fromLatin1(key) << QString::fromLatin1(value) << found;
    };
    row("Target", "mi-0123456789abcdef0", 1);
    row("Target", "mi-0123456789abcdef1", 0);
    row("Owner", "arn:aws:iam::000000000000:user/alice", 1);
    row("Owner", "alice", 0);
    row("Status", "Connected", 1);
    row("Status", "Terminated", 0);
    row("Status", "Sleeping", -1);
    row("AccessType", "Standard", 1);
    row("InvokedAfter", "2025-11-24T15:59:59Z", 1);
    row("InvokedAfter", "2025-11-24T16:00:01Z", 0);
    row("InvokedBefore", "2025-11-24T16:00:01Z", 1);
    row("InvokedBefore", "yesterday", -1);
    row("Colour", "red", -1);
}

void tst_SessionService::filters()
{
    QFETCH(QString, key);
    QFETCH(QString, value);
    QFETCH(int, found);
    SessionBench bench;
    FakeSessionClient client;
    bench.connect(client);
    const auto page = bench.service->describeSessions(
        bench.alice, {.state = SessionList::Active, .filters = {{.key = key, .value = value}}});
    QCOMPARE(page ? static_cast<int>(page->sessions.size()) : -1, found);
}

void tst_SessionService::deregisteredNode()
{
    SessionBench bench;
    FakeSessionClient client;
    const SessionId id = bench.connect(client);
    QVERIFY(bench.db->write(
        [&](Transaction &tx) { return bench.service->endSessionsOf(tx, bench.nodes.node.id); }));
    bench.settle();
    QCOMPARE(bench.session(id).status, SessionStatus::Terminated);
    QCOMPARE(bench.session(id).details, u"the node was deregistered"_s);
}

FB_TEST(tst_SessionService)
#include "tst_session_service.moc"
