#include "tests/unit/sessions/session_bench.h"

#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_SessionStart : public QObject
{
    Q_OBJECT

private slots:
    void operatorsOwnUser();
    void elevatedCommands();
    void opensATerminal_data() { addDatabaseRows(); }
    void opensATerminal();
    void previews();
    void refusals_data();
    void refusals();
    void permissionsSpeakOfPlainNames();
    void limits();
    void offlineNodes();
    void interactiveCommands();
    void idsFitTheirPattern();
    void nodeThatDoesNotAnswer();
    void nobodyLooks();
    void nodeThatRefuses();
};

// State first, effect after: nothing is opened before the row is committed.
void tst_SessionStart::opensATerminal()
{
    QFETCH(QString, database);
    SessionBench bench(database);
    bench.documents.put(QString::fromLatin1(kDefaultSessionDocument),
                        "sessionType: Standard_Stream\n"
                        "inputs: {idleSessionTimeout: '5', maxSessionDuration: '90', runAsEnabled: true, "
                        "runAsDefaultUser: deploy, shellProfile: {linux: \"cd /srv\\nls\"}}\n");
    const auto id = bench.service->startSession(
        bench.alice, {.target = toQString(bench.nodes.node.id), .reason = u"disk is full"_s});
    QVERIFY(id);
    QVERIFY(bench.channel.opened.isEmpty());
    bench.settle();
    QCOMPARE(bench.channel.opened.size(), 1);
    const wire::Open &open = bench.channel.opened[0].open;
    QVERIFY(!bench.channel.opened[0].resumed);
    QCOMPARE(open.pty().session_id(), id->text());
    QCOMPARE(open.pty().run_as_user(), std::string("deploy"));
    QCOMPARE(open.pty().idle_timeout_s(), 300u);
    QCOMPARE(open.pty().max_duration_s(), 5400u);
    QCOMPARE(open.pty().profile_lines_size(), 2);
    QCOMPARE(open.pty().survive_link_s(), 900u);
    QVERIFY(open.token().size() >= 32);

    const Session session = bench.session(*id);
    QCOMPARE(session.status, SessionStatus::Connecting);
    QCOMPARE(session.maxSessionDuration, u"90"_s);
    QCOMPARE(session.reason, u"disk is full"_s);
    QCOMPARE(session.owner, u"arn:aws:iam::000000000000:user/alice"_s);
    QCOMPARE(bench.auditActions(), QStringList {u"alice ssm:StartSession Success"_s});
    const auto calls = bench.events(u"AWS API Call via CloudTrail"_s);
    QCOMPARE(calls.size(), 1);
    QCOMPARE(calls[0][u"eventName"_s].toString(), u"StartSession"_s);
    QCOMPARE(calls[0][u"responseElements"_s][u"SessionId"_s].toString(), toQString(*id));
}

// What the start dialog shows before anything is started, and what a pane counts down.
void tst_SessionStart::previews()
{
    SessionBench bench(u"sqlite"_s);
    bench.documents.put(QString::fromLatin1(kDefaultSessionDocument),
                        "sessionType: Standard_Stream\n"
                        "inputs: {idleSessionTimeout: '5', maxSessionDuration: '90', runAsEnabled: true, "
                        "runAsDefaultUser: deploy, recordingEnabled: false}\n");
    const auto preview = bench.service->preview(bench.alice, {});
    QVERIFY(preview);
    QCOMPARE(preview->sessionType, u"Standard_Stream"_s);
    QCOMPARE(preview->preferences.idleTimeout, 5min);
    QCOMPARE(preview->preferences.maxDuration, 90min);
    QVERIFY(!preview->preferences.recordingEnabled);
    QCOMPARE(preview->runAs, u"deploy"_s);
    const auto unknown = bench.service->preview(bench.alice, u"No-Such"_s);
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().code, errors::kInvalidDocument);
    QVERIFY(bench.auditActions().isEmpty()); // looking is no attempt

    const auto id = bench.service->startSession(bench.alice, {.target = toQString(bench.nodes.node.id)});
    QVERIFY(id);
    bench.settle();
    const auto times = bench.service->times(*id);
    QVERIFY(times);
    QCOMPARE(times->idleLimit, std::chrono::seconds(300));
    QCOMPARE(times->longest, std::chrono::seconds(5400));
    QCOMPARE(times->sinceInput, 0s);
    QVERIFY(!bench.service->times(toId<SessionId>(u"alice-0123456789abcdef0"_s)));
}

void tst_SessionStart::refusals_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("document");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<QString>("parameter"); // of logpath
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("field");
    const QString node = u"mi-0123456789abcdef0"_s;
    const auto none = QString();
    QTest::addRow("unknown node") << u"mi-ffffffffffffffff0"_s << none << none << none
                                  << u"TargetNotConnected"_s << u"Target"_s;
    QTest::addRow("no target") << none << none << none << none << u"ValidationException"_s << u"Target"_s;
    QTest::addRow("unknown document")
        << node << u"My-Document"_s << none << none << u"InvalidDocument"_s << u"DocumentName"_s;
    QTest::addRow("transcripts to nowhere")
        << node << u"My-Bucket"_s << none << none << u"InvalidDocument"_s << u"DocumentName"_s;
    QTest::addRow("[session-manager 8.15] a path that is not allowed")
        << node << u"My-Tail"_s << none << u"/etc/shadow"_s << u"ValidationException"_s << u"logpath"_s;
    QTest::addRow("reason too long") << node << none << QString(257, u'x') << none << u"ValidationException"_s
                                     << u"Reason"_s;
    QTest::addRow("reason with an escape")
        << node << none << u"a\x1b[2J"_s << none << u"ValidationException"_s << u"Reason"_s;
    QTest::addRow("run as nobody") << node << u"My-RunAs"_s << none << none << u"ValidationException"_s
                                   << u"inputs.runAsDefaultUser"_s;
}

void tst_SessionStart::refusals()
{
    QFETCH(QString, target);
    QFETCH(QString, document);
    QFETCH(QString, reason);
    QFETCH(QString, parameter);
    QFETCH(QString, code);
    QFETCH(QString, field);
    SessionBench bench;
    bench.documents.put(u"My-Bucket"_s,
                        "sessionType: Standard_Stream\ninputs: {s3BucketName: logs-of-mine}\n");
    bench.documents.put(u"My-RunAs"_s, "sessionType: Standard_Stream\ninputs: {runAsEnabled: true}\n");
    bench.documents.put(u"My-Tail"_s,
                        "sessionType: InteractiveCommands\n"
                        "parameters: {logpath: {type: String, allowedPattern: '^/var/log/[a-z.]+$'}}\n"
                        "properties: {linux: {commands: 'tail -f {{ logpath }}'}}\n");
    StartSessionRequest request {.target = target, .documentName = document, .reason = reason};
    if (!parameter.isEmpty())
        request.parameters.insert(u"logpath"_s, {parameter});
    const auto id = bench.service->startSession(bench.alice, request);
    QVERIFY(!id);
    QCOMPARE(toQString(id.error().code.name()), code);
    QVERIFY2(toQString(id.error().field).contains(field), id.error().field.c_str());
    bench.settle();
    QVERIFY(bench.channel.opened.isEmpty());
    // no session row
    QVERIFY(bench.service->describeSessions(bench.alice, {.state = SessionList::Active})->sessions.isEmpty());
    QVERIFY(
        bench.service->describeSessions(bench.alice, {.state = SessionList::History})->sessions.isEmpty());
    QVERIFY(bench.events(u"AWS API Call via CloudTrail"_s).isEmpty());
}

void tst_SessionStart::permissionsSpeakOfPlainNames()
{
    SessionBench bench(u"sqlite"_s);
    bench.documents.put(u"Restricted"_s, "sessionType: Standard_Stream\ninputs: {recordingEnabled: false}\n");
    bench.access.denyOn(u"Restricted"_s);
    for (const QString &name :
         {u"Restricted"_s, u"arn:aws:ssm:xx-local-1:000000000000:document/Restricted"_s}) {
        const auto id = bench.service->startSession(
            bench.alice, {.target = toQString(bench.nodes.node.id), .documentName = name});
        QVERIFY(!id);
        QCOMPARE(id.error().code, errors::kAccessDenied);
    }
}

void tst_SessionStart::limits()
{
    SessionBench bench(u"sqlite"_s, {.perNode = 3, .perOperator = 2, .reasonRequired = true});
    const StartSessionRequest request {.target = toQString(bench.nodes.node.id), .reason = u"why"_s};
    QVERIFY(!bench.service->startSession(bench.alice, {.target = request.target}));
    QVERIFY(bench.service->startSession(bench.alice, request));
    QVERIFY(bench.service->startSession(bench.alice, request));
    const auto ofOperator = bench.service->startSession(bench.alice, request);
    QVERIFY(!ofOperator && ofOperator.error().code == errors::kThrottling);
    QVERIFY(bench.service->startSession(bench.bob, request));
    const auto ofNode = bench.service->startSession(bench.root, request);
    QVERIFY(!ofNode && ofNode.error().code == errors::kThrottling);

    SessionBench full(u"sqlite"_s, {.freeBytes = [] { return qint64(1) << 29; }});
    const auto noSpace = full.service->startSession(full.alice, {.target = request.target});
    QVERIFY(!noSpace && noSpace.error().code == errors::kThrottling);
}

// [session-manager 8.24]
void tst_SessionStart::offlineNodes()
{
    SessionBench bench;
    QVERIFY(*bench.service->isConnected(bench.alice, bench.nodes.node.id));
    bench.nodeGoes();
    const auto id = bench.service->startSession(bench.alice, {.target = toQString(bench.nodes.node.id)});
    QVERIFY(!id);
    QVERIFY(id.error().code == errors::kTargetNotConnected);
    QVERIFY2(toQString(id.error().message).contains(u"last seen at 2025-11-24T16:00:00Z"_s),
             id.error().message.c_str());
    QVERIFY(!*bench.service->isConnected(bench.alice, bench.nodes.node.id));
    QVERIFY(!*bench.service->isConnected(bench.alice, NodeId("mi-ffffffffffffffff0")));
    QCOMPARE(bench.auditActions(), QStringList {u"alice ssm:StartSession TargetNotConnected"_s});
}

void tst_SessionStart::interactiveCommands()
{
    SessionBench bench;
    bench.documents.put(u"My-Tail"_s,
                        "sessionType: InteractiveCommands\n"
                        "parameters: {logpath: {type: String, allowedPattern: '^/var/log/[a-z.]+$'}}\n"
                        "properties: {linux: {commands: ['cd /', 'tail -f {{ logpath }}']}}\n");
    bench.start({.documentName = u"My-Tail"_s, .parameters = {{u"logpath"_s, {u"/var/log/x.log"_s}}}});
    const wire::PtyParams &pty = bench.channel.opened.at(0).open.pty();
    QCOMPARE(pty.command_size(), 3);
    QCOMPARE(pty.command(2), std::string("cd /\ntail -f /var/log/x.log"));
    QVERIFY(!pty.no_pty());
}

void tst_SessionStart::idsFitTheirPattern()
{
    SessionBench bench;
    const Principal odd {.name = u"Zoë ../x"_s, .role = Role::Operator, .source = u"console"_s};
    const auto id = bench.service->startSession(odd, {.target = toQString(bench.nodes.node.id)});
    QVERIFY(id);
    QVERIFY2(QRegularExpression(u"^Zo-[-.]*x?-[0-9a-f]{17}$"_s).match(toQString(*id)).hasMatch(),
             id->text().c_str());
    QCOMPARE(bench.start().text().substr(0, 6), std::string("alice-"));
}

void tst_SessionStart::nodeThatDoesNotAnswer()
{
    SessionBench bench;
    FakeSessionClient client;
    const SessionId id = bench.start();
    QVERIFY(bench.service->attach(bench.alice, id, &client, 80, 24));
    bench.pass(29s);
    QCOMPARE(bench.session(id).status, SessionStatus::Connecting);
    bench.pass(1s);
    QCOMPARE(bench.session(id).status, SessionStatus::Failed);
    QCOMPARE(bench.session(id).details, u"the node did not answer within 30 s"_s);
    QCOMPARE(client.states, QStringList {u"Failed"_s});
    QCOMPARE(bench.channel.said.last(), u"reset 1 terminated"_s); // whatever it started meanwhile ends
    QCOMPARE(bench.events(u"Session State Change"_s).last()[u"status"_s].toString(), u"Failed"_s);
}

void tst_SessionStart::nobodyLooks()
{
    SessionBench bench;
    const SessionId id = bench.start();
    bench.open();
    bench.pass(59s);
    QCOMPARE(bench.session(id).status, SessionStatus::Connecting);
    bench.pass(1s);
    QCOMPARE(bench.session(id).status, SessionStatus::Failed);
}

void tst_SessionStart::nodeThatRefuses()
{
    SessionBench bench;
    const SessionId id = bench.start();
    bench.service->streamRefused(bench.stream(), u"failed"_s, u"user nobody1 \x1b[31mdoes not exist"_s);
    bench.settle();
    QCOMPARE(bench.session(id).status, SessionStatus::Failed);
    QCOMPARE(bench.session(id).details, u"user nobody1 \\x1b[31mdoes not exist"_s);
}

// The operator's attribute goes before the document's default. [session-manager 8.5]
void tst_SessionStart::operatorsOwnUser()
{
    SessionBench bench(u"sqlite"_s, {.runAsOf = [](const Principal &who) {
                           return who.name == u"alice"_s ? u"deploy"_s : QString();
                       }});
    bench.documents.put(
        QString::fromLatin1(kDefaultSessionDocument),
        "sessionType: Standard_Stream\ninputs: {runAsEnabled: true, runAsDefaultUser: ops}\n");
    const auto startedBy = [&](const Principal &who) {
        const auto id = bench.service->startSession(who, {.target = toQString(bench.nodes.node.id)});
        bench.settle();
        return id ? toQString(bench.channel.opened.last().open.pty().run_as_user())
                  : toQString(id.error().message);
    };
    QCOMPARE(startedBy(bench.alice), u"deploy"_s);
    QCOMPARE(startedBy(bench.bob), u"ops"_s);
    bench.documents.put(QString::fromLatin1(kDefaultSessionDocument),
                        "sessionType: Standard_Stream\ninputs: {runAsEnabled: false}\n");
    QCOMPARE(startedBy(bench.alice), QString()); // run-as is off: the node's own rule
}

void tst_SessionStart::elevatedCommands() // session-manager 3.4, rule 3
{
    SessionBench bench;
    bench.documents.put(
        QString::fromLatin1(kDefaultSessionDocument),
        "sessionType: Standard_Stream\ninputs: {runAsEnabled: true, runAsDefaultUser: ops}\n");
    for (const bool elevated : {true, false}) {
        bench.documents.put(u"My-Commands"_s,
                            "sessionType: InteractiveCommands\nproperties:\n  linux:\n    commands: id\n"
                            "    runAsElevated: "
                                + QByteArray(elevated ? "true" : "false") + "\n");
        bench.start({.target = {}, .documentName = u"My-Commands"_s, .reason = {}, .parameters = {}});
        const wire::PtyParams asked = bench.channel.opened.last().open.pty();
        QCOMPARE(asked.elevated(), elevated);
        QCOMPARE(asked.run_as_user(), std::string(elevated ? "" : "ops"));
    }
}

FB_TEST(tst_SessionStart)
#include "tst_session_start.moc"
