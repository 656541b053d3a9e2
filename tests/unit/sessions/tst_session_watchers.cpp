#include "tests/unit/sessions/session_bench.h"

#include "tests/support/test_main.h"

#include <QSignalSpy>
#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

// Looking on at a session (spec/session-manager.md 3.9, "Live monitor").
class tst_SessionWatchers : public QObject
{
    Q_OBJECT
private slots:
    void seesAllFromBeforeOn_data() { addDatabaseRows(); }
    void seesAllFromBeforeOn();
    void holdsNothingBackAndTypesNothing();
    void ownerSeesWhoLooksOn();
    void onlyAnAdministratorOrItsOwner();
    void endsWithTheSession();
    void notOfWhatHasNoScreen();
    void survivesACutLink();
};

namespace {

class FakeWatcher final : public SessionWatcher
{
public:
    void watchedOutput(const QByteArray &bytes) override { output += bytes; }
    void watchedResized(int columns, int rows) override { sizes << u"%1x%2"_s.arg(columns).arg(rows); }
    void watchedChanged(const Session &session) override { states << enumName(session.status); }

    QByteArray output;
    QStringList sizes;
    QStringList states;
};

Result<QByteArray> before(const SessionService::Watched &watched)
{
    while (!watched.before.isFinished())
        QTest::qWait(5);
    return watched.before.result();
}

}

void tst_SessionWatchers::seesAllFromBeforeOn()
{
    QFETCH(QString, database);
    SessionBench bench(database);
    FakeSessionClient client;
    const SessionId id = bench.connect(client);
    bench.output("before ");
    FakeWatcher watcher;
    const auto watched = bench.service->watch(bench.root, id, &watcher);
    QVERIFY2(watched, watched ? "" : watched.error().message.c_str());
    QCOMPARE(watched->columns, 100);
    QCOMPARE(watched->rows, 30);
    bench.output("after"); // before the reading of what was before is done: no byte twice, none lost
    QCOMPARE(*before(*watched), QByteArray("before "));
    QCOMPARE(watcher.output, QByteArray("after"));
    bench.service->resize(id, &client, 132, 43);
    QCOMPARE(watcher.sizes, QStringList {u"132x43"_s});
    QCOMPARE(client.output, QByteArray("before after"));
    bench.service->unwatch(id, &watcher);
    bench.output(" unseen");
    QCOMPARE(watcher.output, QByteArray("after"));
    QCOMPARE(
        bench.auditActions().mid(1),
        (QStringList {u"root flagbridge:WatchSession Success"_s, u"root flagbridge:WatchEnded Success"_s}));
}

void tst_SessionWatchers::holdsNothingBackAndTypesNothing()
{
    SessionBench bench;
    FakeSessionClient client;
    const SessionId id = bench.connect(client);
    FakeWatcher first;
    FakeWatcher second;
    QVERIFY(bench.service->watch(bench.root, id, &first));
    QVERIFY(bench.service->watch(bench.alice, id, &second)); // its owner, from elsewhere
    const QByteArray much(200'000, 'x');
    bench.output(much);
    bench.service->consumed(id, &client, much.size()); // the client alone decides
    bench.output(much);
    QCOMPARE(first.output.size(), 400'000);
    QCOMPARE(second.output.size(), 400'000);
    QCOMPARE(bench.channel.written.value(bench.stream()), QByteArray());
    QCOMPARE(bench.session(id).status, SessionStatus::Connected); // a watcher is no client
    bench.service->detach(id, &client);
    QCOMPARE(bench.session(id).status, SessionStatus::Disconnected);
}

void tst_SessionWatchers::ownerSeesWhoLooksOn()
{
    SessionBench bench;
    QSignalSpy changes(bench.service.get(), &SessionService::sessionsChanged);
    FakeSessionClient client;
    const SessionId id = bench.connect(client);
    FakeWatcher watcher;
    changes.clear();
    client.states.clear();
    QVERIFY(bench.service->watch(bench.root, id, &watcher));
    QCOMPARE(bench.session(id).watchedBy, QStringList {u"root"_s});
    QCOMPARE(client.states.size(), 1); // told
    QCOMPARE(changes.count(), 1);
    bench.service->unwatch(id, &watcher);
    QCOMPARE(bench.session(id).watchedBy, QStringList());
    QCOMPARE(client.states.size(), 2);
}

void tst_SessionWatchers::onlyAnAdministratorOrItsOwner()
{
    SessionBench bench;
    FakeSessionClient client;
    const SessionId id = bench.connect(client);
    FakeWatcher watcher;
    const auto refused = bench.service->watch(bench.bob, id, &watcher);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, errors::kAccessDenied);
    QCOMPARE(bench.auditActions().last(), u"bob flagbridge:WatchSession AccessDeniedException"_s);
    bench.access.deny(actions::kWatchSession);
    QVERIFY(!bench.service->watch(bench.root, id, &watcher));
    QCOMPARE(bench.auditActions().last(), u"root flagbridge:WatchSession AccessDeniedException"_s);
    bench.output("unseen");
    QVERIFY(watcher.output.isEmpty());
    QVERIFY(bench.session(id).watchedBy.isEmpty());
}

void tst_SessionWatchers::endsWithTheSession()
{
    SessionBench bench;
    FakeSessionClient client;
    const SessionId id = bench.connect(client);
    FakeWatcher watcher;
    QVERIFY(bench.service->watch(bench.root, id, &watcher));
    bench.db.clock.advance(7s);
    bench.output("bye");
    bench.exitShell(0);
    QTRY_COMPARE(bench.session(id).status, SessionStatus::Terminated);
    QTRY_COMPARE(watcher.states.last(), u"Terminated"_s);
    QCOMPARE(watcher.output, QByteArray("bye"));
    QCOMPARE(bench.auditActions().last(), u"root flagbridge:WatchEnded Success"_s);
    bench.service->unwatch(id, &watcher); // nothing more
    QCOMPARE(bench.service->watch(bench.root, id, &watcher).error().code, errors::kDoesNotExist);
}

void tst_SessionWatchers::notOfWhatHasNoScreen()
{
    SessionBench bench;
    bench.documents.put(u"AWS-StartPortForwardingSession"_s,
                        "sessionType: Port\nproperties: {portNumber: '80'}\n");
    FakeSessionClient client;
    const SessionId id = bench.start({.documentName = u"AWS-StartPortForwardingSession"_s});
    FakeWatcher watcher;
    const auto refused = bench.service->watch(bench.root, id, &watcher);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, errors::kValidation);
}

void tst_SessionWatchers::survivesACutLink()
{
    SessionBench bench;
    FakeSessionClient client;
    const SessionId id = bench.connect(client);
    FakeWatcher watcher;
    QVERIFY(bench.service->watch(bench.root, id, &watcher));
    bench.output("one ");
    QTRY_COMPARE(bench.acknowledged(), quint64(4));
    const wire::Open open = bench.channel.opened.last().open;
    bench.nodeGoes();
    QCOMPARE(watcher.states.last(), u"Disconnected"_s);
    bench.nodeComes({SessionBench::terminal(open, 4, 4, 0)});
    bench.open();
    bench.output("two");
    QCOMPARE(watcher.output, QByteArray("one two"));
}

FB_TEST(tst_SessionWatchers)
#include "tst_session_watchers.moc"
