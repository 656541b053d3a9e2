// The room that artifacts take: measured by kind, the oldest first, and no bytes that belong to nobody.

#include "backend/base/on_result.h"
#include "backend/core/byte_encoding.h"
#include "backend/store/artifact_store.h"
#include "backend/store/artifact_upload.h"
#include "tests/support/test_database.h"
#include "tests/support/test_main.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

using namespace fb;
using namespace Qt::StringLiterals;

class tst_ArtifactRoom : public QObject
{
    Q_OBJECT

private slots:
    void measuredByKind_data() { test::addDatabaseRows(); }
    void measuredByKind();
    void oldestFirstAndNoneThatIsOpen_data() { test::addDatabaseRows(); }
    void oldestFirstAndNoneThatIsOpen();
    void refusedBeforeAByteComes();
    void whatACrashLeavesGoes();
    void sealedWhileTheSameGoes();
    void whatIsInMemoryIsStored_data() { test::addDatabaseRows(); }
    void whatIsInMemoryIsStored();
    void kindsOfAnOlderStore_data() { test::addDatabaseRows(); }
    void kindsOfAnOlderStore();
};

namespace {
template <typename T>
Result<T> roomAnswer(const QFuture<Result<T>> &future)
{
    std::optional<Result<T>> answer;
    QObject context;
    onResult(future, &context, [&](const Result<T> &result) { answer = result; });
    if (!QTest::qWaitFor([&] { return answer.has_value(); }, 20000))
        return makeError(errors::kInternal, "no answer came");
    return *answer;
}

ArtifactInfo sealedOne(ArtifactStore &store, const QString &owner, const QByteArray &bytes)
{
    const auto artifact = store.open(owner);
    if (!artifact || !store.append(artifact->id, bytes))
        return {};
    return roomAnswer(store.seal(artifact->id)).value_or(ArtifactInfo());
}

QString sealedPath(const test::TestDatabase &db, const QString &sha256)
{
    return db.dataDir() + u"/artifacts/sealed/"_s + sha256.left(2) + u'/' + sha256;
}

void remove(test::TestDatabase &db, ArtifactStore &store, const ArtifactId &id)
{
    QVERIFY(db->write([&](Transaction &tx) { return store.remove(tx, id); }));
    QVERIFY(db->flush());
}
}

void tst_ArtifactRoom::measuredByKind()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    const auto store = ArtifactStore::make(*db, db.clock, db.random);
    sealedOne(*store, u"runcommand/a/mi-1/0/stdout"_s, QByteArray(1000, 'a'));
    sealedOne(*store, u"runcommand/b/mi-1/0/stdout"_s, QByteArray(1000, 'a')); // the same bytes
    sealedOne(*store, u"session/x/recording/0"_s, QByteArray(300, 'r'));
    sealedOne(*store, u"session/x/text"_s, QByteArray(40, 't'));
    sealedOne(*store, u"document-file/y"_s, QByteArray(5, 'd'));
    sealedOne(*store, u"agent-build/z"_s, QByteArray(6, 'b'));
    QSignalSpy durable(store.get(), &ArtifactStore::durable);
    const auto open = store->open(u"runcommand/c/mi-1/0/stdout"_s);
    QVERIFY(store->append(open->id, QByteArray(70, 'o')));
    QTRY_COMPARE(durable.count(), 1);
    QVERIFY(db->flush());
    const auto usage = roomAnswer(store->usage());
    QVERIFY(usage);
    QCOMPARE(usage->of(ArtifactKind::Output),
             database == u"sqlite"_s ? 1070 : 2070); // files are shared, rows are not
    QCOMPARE(usage->of(ArtifactKind::Recording), 340);
    QCOMPARE(usage->of(ArtifactKind::DocumentFile), 5);
    QCOMPARE(usage->of(ArtifactKind::AgentBuild), 6);
    QCOMPARE(usage->total(), usage->of(ArtifactKind::Output) + 351);
}

// [R12] oldest first within a class, and never one that is still written
void tst_ArtifactRoom::oldestFirstAndNoneThatIsOpen()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    const auto store = ArtifactStore::make(*db, db.clock, db.random);
    const auto open = store->open(u"runcommand/open/mi-1/0/stdout"_s);
    QVERIFY(open);
    QStringList owners;
    for (int i = 0; i < 4; ++i) {
        owners << u"runcommand/%1/mi-1/0/stdout"_s.arg(9 - i);
        sealedOne(*store, owners.last(), QByteArray(10 + i, 'x'));
        db.clock.advance(std::chrono::seconds(1));
    }
    sealedOne(*store, u"session/x/recording/0"_s, "r");
    const auto oldest = store->oldest(db->reader(), ArtifactKind::Output, 3);
    QVERIFY(oldest);
    QCOMPARE(oldest->size(), 3);
    for (int i = 0; i < 3; ++i) {
        QCOMPARE((*oldest)[i].owner, owners[i]);
        QCOMPARE((*oldest)[i].durableLength, qint64(10 + i));
    }
}

// A copy of the store has what had come when it was begun, also what came while other bytes were on their way to the disk.
void tst_ArtifactRoom::whatIsInMemoryIsStored()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    const auto store = ArtifactStore::make(*db, db.clock, db.random);
    const auto artifact = store->open(u"runcommand/a/mi-1/0/stdout"_s);
    QVERIFY(artifact);
    QCOMPARE(*roomAnswer(store->read(artifact->id, 0, 10)), QByteArray()); // not a byte, and no file
    QVERIFY(store->append(artifact->id, "first "));
    QList<qint64> stored;
    const auto storedLength = [&] {
        const auto row = store->info(db->reader(), artifact->id);
        stored << (row && *row ? (*row)->durableLength : -1);
    };
    store->whenStored(storedLength);
    QVERIFY(store->append(artifact->id, "second"));
    store->whenStored(storedLength);
    QTRY_COMPARE(stored.size(), 2);
    QCOMPARE(stored, (QList<qint64> {6, 12}));
    store->whenStored(storedLength); // nothing waits
    QCOMPARE(stored.size(), 3);
}

// [R12] what may not be removed is refused instead
void tst_ArtifactRoom::refusedBeforeAByteComes()
{
    test::TestDatabase db(u"sqlite"_s);
    const auto store = ArtifactStore::make(*db, db.clock, db.random);
    store->setAdmission([](ArtifactKind kind, qint64 bytes) -> Result<void> {
        if (kind == ArtifactKind::DocumentFile && bytes > 100)
            return makeError(errors::kThrottling, "too much");
        return {};
    });
    ArtifactUpload large(*store, *db, u"document-file/large"_s, 101);
    const auto refused = large.begin();
    QVERIFY(!refused);
    QCOMPARE(refused.error().message, std::string("too much"));
    QVERIFY(!*store->find(db->reader(), u"document-file/large"_s));
    {
        ArtifactUpload small(*store, *db, u"document-file/small"_s, 100);
        QVERIFY(small.begin());
        ArtifactUpload build(*store, *db, u"agent-build/large"_s, 101);
        QVERIFY(build.begin());
    }
    QVERIFY(db->flush());
}

// [R12] killed between the row and the file, or between the file and its row: none is left for ever
void tst_ArtifactRoom::whatACrashLeavesGoes()
{
    test::TestDatabase db(u"sqlite"_s);
    QString held;
    {
        const auto store = ArtifactStore::make(*db, db.clock, db.random);
        held = sealedOne(*store, u"runcommand/a/mi-1/0/stdout"_s, "kept").sha256;
    }
    const QString orphan = toQString(toHex(sha256("nobody's")));
    QVERIFY(QDir().mkpath(QFileInfo(sealedPath(db, orphan)).path()));
    QFile file(sealedPath(db, orphan));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("nobody's");
    file.close();
    db.reopen();
    const auto store = ArtifactStore::make(*db, db.clock, db.random);
    QTRY_VERIFY(!QFile::exists(sealedPath(db, orphan)));
    QVERIFY(QFile::exists(sealedPath(db, held)));
    const auto artifact = store->find(db->reader(), u"runcommand/a/mi-1/0/stdout"_s);
    QCOMPARE(*roomAnswer(store->read((*artifact)->id, 0, 100)), QByteArray("kept"));
}

// [R12] bytes that go while others are sealed with the same: no row is ever without its file
void tst_ArtifactRoom::sealedWhileTheSameGoes()
{
    test::TestDatabase db(u"sqlite"_s);
    const auto store = ArtifactStore::make(*db, db.clock, db.random);
    const QByteArray bytes(20'000, 'x');
    const ArtifactInfo first = sealedOne(*store, u"runcommand/first/mi-1/0/stdout"_s, bytes);
    const auto second = store->open(u"runcommand/second/mi-1/0/stdout"_s);
    QVERIFY(store->append(second->id, bytes));
    bool isRemoved = false;
    const auto removeFirst = [&] {
        QThread::msleep(
            100); // the digest is known by now, and its file is taken for the second's too; nobody has heard of it yet
        remove(db, *store, first.id);
        isRemoved = true;
    };
    connect(store.get(), &ArtifactStore::durable, this,
            [&] { QMetaObject::invokeMethod(this, removeFirst, Qt::QueuedConnection); });
    const auto sealed = roomAnswer(store->seal(second->id));
    QVERIFY(sealed && isRemoved);
    QVERIFY(db->flush());
    std::optional<bool> settled;
    store->whenDiscarded([&] { settled = true; });
    QTRY_VERIFY(settled);
    QVERIFY(QFile::exists(sealedPath(db, sealed->sha256)));
    QCOMPARE(*roomAnswer(store->read(second->id, 0, 100'000)), bytes);
    remove(db, *store, second->id);
    QTRY_VERIFY(!QFile::exists(sealedPath(db, sealed->sha256)));
}

// The migration gives their kinds to the artifacts of before; what it adds to steps and sessions is empty.
void tst_ArtifactRoom::kindsOfAnOlderStore()
{
    QFETCH(QString, database);
    test::TestDatabase db(database, test::UpTo {66});
    const QList<QPair<QString, QString>> owners {
        {u"runcommand/a/mi-1/0/stdout"_s, u"output"_s}, {u"session/a/recording/0"_s, u"recording"_s},
        {u"session/a/text"_s, u"recording"_s},          {u"document-file/ab"_s, u"document-file"_s},
        {u"agent-build/ab"_s, u"agent-build"_s},        {u"something-else"_s, QString()}};
    QVERIFY(db->write([&](Transaction &tx) -> Result<void> {
        for (const auto &[owner, kind] : owners) {
            auto put
                = tx.execute(u"INSERT INTO artifact (id, owner, state, durable_length, sha256, created_at, "
                             "sealed_at) VALUES (?, ?, 'sealed', 7, ?, 1, 2)"_s,
                             {u"id-"_s + owner, owner, owner});
            if (!put)
                return put.error();
        }
        return tx
            .execute(u"INSERT INTO session VALUES ('ada-1', 'mi-1', 4, 1, 2, 'd', 'o', '', '', '', 'ada', "
                     u"'s', '', '', "
                     "0, 0, 1, 'h', 0, 't', 'b', 0, 0, 0, 0, 0, 'c', 5)"_s)
            .map([](qint64) {});
    }));
    db.reopen();
    for (const auto &[owner, kind] : owners) {
        const auto stored = db->reader().one(u"SELECT kind FROM artifact WHERE owner = ?"_s, {owner},
                                             [](const Row &row) { return row.text(0); });
        QVERIFY(stored && *stored);
        QCOMPARE(**stored, kind);
        QCOMPARE(artifactKindName(artifactKindOf(owner)), kind);
    }
    const auto removed = db->reader().number(
        u"SELECT count(*) FROM session WHERE recording_removed_at IS NULL AND recording_until = 5"_s);
    QCOMPARE(*removed, 1);
}

FB_TEST(tst_ArtifactRoom)
#include "tst_artifact_room.moc"
