#include "tests/unit/sessions/session_bench.h"

#include "backend/nodes/sessions/recording_search.h"
#include "tests/support/test_main.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonObject>
#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_RecordingSearch : public QObject
{
    Q_OBJECT
private slots:
    void findsOverEndedAndRunning_data() { addDatabaseRows(); }
    void findsOverEndedAndRunning();
    void pagesNewestFirst();
    void needsPermissionAndIsAudited();
    void passesOverWhatMayNotBeRead();
    void wordsHaveBounds();
    void textIsKeptSealedAndGoesWithTheRecording();
    void alteredRecordingsAreCounted();
    void aTextThatIsDamagedIsMadeAnew();

private:
    static Result<RecordingSearchPage> search(SessionBench &bench, const RecordingSearchRequest &request)
    {
        auto future = bench.service->search().search(bench.root, request);
        while (!future.isFinished())
            QTest::qWait(5);
        return future.result();
    }
    static SessionId ended(SessionBench &bench, const QByteArray &output)
    {
        FakeSessionClient client;
        const SessionId id = bench.connect(client);
        bench.output(output);
        bench.exitShell(0);
        for (int i = 0; i < 1000 && bench.session(id).status != SessionStatus::Terminated; ++i)
            QTest::qWait(10);
        bench.service->detach(id, &client);
        return id;
    }
    static QStringList filesUnder(const QString &folder, const QByteArray &holding)
    {
        QStringList found;
        QDirIterator files(folder, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly) && file.readAll().contains(holding))
                found << file.fileName();
        }
        return found;
    }
    static std::optional<ArtifactInfo> textOf(SessionBench &bench, const SessionId &id)
    {
        const auto found = bench.artifacts->find(bench.db->reader(), u"session/%1/text"_s.arg(toQString(id)));
        return found ? *found : std::nullopt;
    }
};

void tst_RecordingSearch::findsOverEndedAndRunning()
{
    QFETCH(QString, database);
    SessionBench bench(database);
    const SessionId first = ended(bench, "\x1b[31mdisk\x1b[0m is full\r\n");
    bench.db.clock.advance(1h);
    FakeSessionClient client;
    const SessionId second = bench.connect(client);
    bench.db.clock.advance(90s);
    bench.output("the disk is full too\r\n"); // it still runs
    const auto found = search(bench, {.text = u"disk is FULL"_s});
    QVERIFY2(found, found ? "" : found.error().message.c_str());
    QCOMPARE(found->matches.size(), 2);
    QCOMPARE(found->matches[0].session.sessionId, second); // newest first
    QCOMPARE(found->matches[0].line, u"the disk is full too"_s);
    QCOMPARE(found->matches[0].at, 90'000);
    QCOMPARE(found->matches[1].session.sessionId, first);
    QCOMPARE(found->matches[1].line, u"disk is full"_s);
    QCOMPARE(found->searched, 2);
    QVERIFY(found->nextToken.isEmpty());
    QVERIFY(search(bench, {.text = u"disk is FULL"_s, .caseSensitive = true})->matches.isEmpty());
    // What came since in the running one is found by the next search.
    bench.output("and swap\r\n");
    QCOMPARE(search(bench, {.text = u"and swap"_s})->matches.size(), 1);
}

void tst_RecordingSearch::pagesNewestFirst()
{
    SessionBench bench;
    constexpr int kSessions = RecordingSearch::kSessionsAPage + 3;
    QList<SessionId> ids;
    for (int i = 0; i < kSessions; ++i) {
        ids.prepend(ended(bench, i == 1 ? "needle\r\n" : "hay\r\n"));
        bench.db.clock.advance(i == 5 ? 0s : 1s); // two of one instant
    }
    const auto first = search(bench, {.text = u"hay"_s});
    QVERIFY(first);
    QCOMPARE(first->searched, RecordingSearch::kSessionsAPage);
    QVERIFY(!first->nextToken.isEmpty());
    const auto rest = search(bench, {.text = u"hay"_s, .nextToken = first->nextToken});
    QVERIFY(rest);
    QCOMPARE(rest->searched, 3);
    QVERIFY(rest->nextToken.isEmpty());
    QCOMPARE(first->matches.size() + rest->matches.size(), kSessions - 1);
    // A token is of its words.
    const auto other = search(bench, {.text = u"needle"_s, .nextToken = first->nextToken});
    QVERIFY(!other);
    QCOMPARE(other.error().code, errors::kInvalidNextToken);
}

void tst_RecordingSearch::needsPermissionAndIsAudited()
{
    SessionBench bench;
    ended(bench, "hello\r\n");
    QVERIFY(search(bench, {.text = u"hello"_s}));
    QCOMPARE(bench.auditActions().last(), u"root flagbridge:SearchRecordings Success"_s);
    bench.access.deny(actions::kSearchRecordings);
    const auto refused = search(bench, {.text = u"hello"_s});
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, errors::kAccessDenied);
    QCOMPARE(bench.auditActions().last(), u"root flagbridge:SearchRecordings AccessDeniedException"_s);
}

void tst_RecordingSearch::passesOverWhatMayNotBeRead()
{
    SessionBench bench;
    const SessionId secret = ended(bench, "hello one\r\n");
    ended(bench, "hello two\r\n");
    bench.access.denyOn(u"recording of session "_s + toQString(secret));
    const auto found = search(bench, {.text = u"hello"_s});
    QVERIFY(found);
    QCOMPARE(found->matches.size(), 1);
    QCOMPARE(found->matches[0].line, u"hello two"_s);
    QCOMPARE(found->searched, 1);
    QVERIFY(found->unreadable.isEmpty());
}

void tst_RecordingSearch::wordsHaveBounds()
{
    SessionBench bench;
    for (const QString &text : {u"x"_s, QString(), QString(201, u'x')}) {
        const auto refused = search(bench, {.text = text});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, errors::kValidation);
        QCOMPARE(refused.error().field, std::string("Text"));
    }
    QVERIFY(search(bench, {.text = QString(200, u'x')})); // counted in characters
    QVERIFY(search(bench, {.text = u"\U0001F642\U0001F642"_s}));
}

void tst_RecordingSearch::textIsKeptSealedAndGoesWithTheRecording()
{
    SessionBench bench;
    const SessionId id = ended(bench, "TopSecretWord\r\n");
    QTRY_VERIFY(textOf(bench, id) && textOf(bench, id)->sealed); // made after the end, unasked
    bench.settle();
    QCOMPARE(filesUnder(bench.db.dataDir(), "TopSecretWord"), QStringList());
    QCOMPARE(search(bench, {.text = u"TopSecretWord"_s})->matches.size(), 1);
    bench.db.clock.advance(std::chrono::hours(24 * 366));
    QVERIFY(bench.service->prune());
    bench.settle();
    QVERIFY(!textOf(bench, id));
    QCOMPARE(search(bench, {.text = u"TopSecretWord"_s})->searched, 0);
}

void tst_RecordingSearch::alteredRecordingsAreCounted()
{
    SessionBench bench;
    const SessionId good = ended(bench, "hello\r\n");
    const SessionId bad = ended(bench, "hello\r\n");
    bench.settle();
    // Its text is gone and its recording was edited.
    QTRY_VERIFY(textOf(bench, bad) && textOf(bench, bad)->sealed);
    const ArtifactId text = textOf(bench, bad)->id;
    QVERIFY(bench.db->write([&](Transaction &tx) { return bench.artifacts->remove(tx, text); }));
    QVERIFY(bench.db->write([&](Transaction &tx) {
        return tx.execute(u"UPDATE session SET recording_hash = 'beef' WHERE session_id = ?"_s,
                          {toQString(bad)});
    }));
    bench.settle();
    const auto found = search(bench, {.text = u"hello"_s});
    QVERIFY(found);
    QCOMPARE(found->unreadable, QList<SessionId> {bad});
    QCOMPARE(found->matches.size(), 1);
    QCOMPARE(found->matches[0].session.sessionId, good);
}

void tst_RecordingSearch::aTextThatIsDamagedIsMadeAnew()
{
    SessionBench bench;
    const SessionId id = ended(bench, "hello\r\n");
    QTRY_VERIFY(textOf(bench, id) && textOf(bench, id)->sealed);
    const QString digest = textOf(bench, id)->sha256;
    bench.settle();
    int damaged = 0;
    QDirIterator files(bench.db.dataDir(), {u"*"_s + digest.left(8) + u"*"_s, digest.mid(2) + u"*"_s},
                       QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(file.size() / 2));
        file.write("XXXX");
        ++damaged;
    }
    QVERIFY(damaged > 0);
    const auto found = search(bench, {.text = u"hello"_s});
    QVERIFY(found);
    QCOMPARE(found->matches.size(), 1);
    QVERIFY(found->unreadable.isEmpty());
}

FB_TEST(tst_RecordingSearch)
#include "tst_recording_search.moc"
