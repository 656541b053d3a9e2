#include "backend/store/artifact_store.h"

#include "backend/base/on_result.h"
#include "backend/core/byte_encoding.h"
#include "tests/support/test_database.h"
#include "tests/support/test_main.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTest>

#include <sys/stat.h>

using namespace fb;
using namespace Qt::StringLiterals;

// One suite over both kinds: files beside SQLite, rows in PostgreSQL.
class tst_ArtifactStore : public QObject
{
    Q_OBJECT

private slots:
    void appendsAndTellsWhatIsDurable_data() { test::addDatabaseRows(); }
    void appendsAndTellsWhatIsDurable();
    void goesOnWhereItWasDurable_data() { test::addDatabaseRows(); }
    void goesOnWhereItWasDurable();
    void sealsByDigest_data() { test::addDatabaseRows(); }
    void sealsByDigest();
    void readsAnyRangeOfManyChunks_data() { test::addDatabaseRows(); }
    void readsAnyRangeOfManyChunks();
    void removes_data() { test::addDatabaseRows(); }
    void removes();
    void damageShows_data() { test::addDatabaseRows(); }
    void damageShows();
    void sharedBytesOutliveOneOwner();
    void crashLeftoversGo();
    void filesArePrivate();
    void refusesWhenTooMuchWaits();
    void failedOpeningLeavesNothing();
};

namespace {
template <typename T>
Result<T> answerOf(const QFuture<Result<T>> &future)
{
    std::optional<Result<T>> answer;
    QObject context;
    onResult(future, &context, [&](const Result<T> &result) { answer = result; });
    if (!QTest::qWaitFor([&] { return answer.has_value(); }, 20000))
        return makeError(errors::kInternal, "no answer came");
    return *answer;
}

QByteArray pattern(qint64 length)
{
    QByteArray bytes(length, Qt::Uninitialized);
    quint32 state = 12345;
    for (char &byte : bytes) {
        state = state * 1664525 + 1013904223;
        byte = static_cast<char>(state >> 24);
    }
    return bytes;
}

QStringList sealedFiles(const test::TestDatabase &db)
{
    QStringList found;
    for (const QString &folder :
         QDir(db.dataDir() + u"/artifacts/sealed"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        found += QDir(db.dataDir() + u"/artifacts/sealed/"_s + folder).entryList(QDir::Files);
    return found;
}
}

void tst_ArtifactStore::appendsAndTellsWhatIsDurable()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    const auto store = ArtifactStore::make(*db, db.clock, db.random);
    QSignalSpy durable(store.get(), &ArtifactStore::durable);
    const auto artifact = store->open(u"invocation/a/stdout"_s);
    QVERIFY(artifact);
    QCOMPARE(*store->append(artifact->id, "hello "), qint64(6));
    QCOMPARE(*store->append(artifact->id, "world"), qint64(11));
    QCOMPARE(durable.count(), 0);
    QCOMPARE(*answerOf(store->read(artifact->id, 3, 100)),
             QByteArray("lo world")); // seen before it is durable
    QTRY_COMPARE(durable.count(), 1); // both in one sync
    QCOMPARE(durable.at(0).at(1).toLongLong(), qint64(11));
    QCOMPARE((*store->find(db->reader(), u"invocation/a/stdout"_s))->durableLength, qint64(11));
    QVERIFY(store->append(artifact->id, "!"));
    QCOMPARE(*answerOf(store->read(artifact->id, 9, 100)), QByteArray("ld!")); // partly durable, partly not
    QCOMPARE(*answerOf(store->read(artifact->id, 12, 100)), QByteArray());
    QCOMPARE(*answerOf(store->read(artifact->id, 500, 100)), QByteArray());
    QVERIFY(!answerOf(store->read(artifact->id, -1, 100)));
}

void tst_ArtifactStore::goesOnWhereItWasDurable()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    ArtifactId id;
    {
        const auto store = ArtifactStore::make(*db, db.clock, db.random);
        QSignalSpy durable(store.get(), &ArtifactStore::durable);
        id = store->open(u"recording"_s)->id;
        QVERIFY(store->append(id, "kept"));
        QTRY_COMPARE(durable.count(), 1);
        QVERIFY(store->append(id, "lost in the crash"));
    }
    if (database == u"sqlite"_s) { // written by the kernel, but the row was not: not acknowledged either
        QFile file(db.dataDir() + u"/artifacts/open/"_s + toQString(id));
        QVERIFY(file.open(QIODevice::Append));
        file.write("torn");
    }
    db.reopen();
    const auto store = ArtifactStore::make(*db, db.clock, db.random);
    QSignalSpy durable(store.get(), &ArtifactStore::durable);
    const auto again = store->open(u"recording"_s);
    QVERIFY(again);
    QVERIFY(again->id == id);
    QCOMPARE(again->durableLength, qint64(4));
    QVERIFY(store->append(id, " and more"));
    QTRY_COMPARE(durable.count(), 1);
    QCOMPARE(*answerOf(store->read(id, 0, 100)), QByteArray("kept and more"));
}

void tst_ArtifactStore::sealsByDigest()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    const auto store = ArtifactStore::make(*db, db.clock, db.random);
    const auto artifact = store->open(u"package"_s);
    QVERIFY(store->append(artifact->id, "some bytes"));
    const auto sealed = answerOf(store->seal(artifact->id));
    QVERIFY(sealed);
    QVERIFY(sealed->sealed);
    QCOMPARE(sealed->sha256, toQString(sha256Hex("some bytes")));
    QVERIFY(!store->append(artifact->id, "more"));
    QVERIFY(store->open(u"package"_s).error().code == errors::kConflict);
    QVERIFY(!answerOf(store->seal(artifact->id)));
    QCOMPARE(*answerOf(store->read(artifact->id, 5, 3)), QByteArray("byt"));

    const auto empty = store->open(u"empty"_s);
    QCOMPARE(answerOf(store->seal(empty->id))->sha256, toQString(sha256Hex("")));
    QCOMPARE(*answerOf(store->read(empty->id, 0, 10)), QByteArray());

    db.reopen();
    const auto later = ArtifactStore::make(*db, db.clock, db.random);
    QCOMPARE(*answerOf(later->read(artifact->id, 0, 100)), QByteArray("some bytes"));
    QVERIFY((*later->find(db->reader(), u"package"_s))->sealed);
}

void tst_ArtifactStore::readsAnyRangeOfManyChunks()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    const auto store = ArtifactStore::make(*db, db.clock, db.random);
    QSignalSpy durable(store.get(), &ArtifactStore::durable);
    const QByteArray bytes = pattern(1'000'003);
    const auto id = store->open(u"big"_s)->id;
    // small syncs first, then large ones: rows of every size
    for (qsizetype at = 0; at < bytes.size();) {
        const qsizetype step = at < 60'000 ? 7'001 : 300'007;
        const int before = static_cast<int>(durable.count());
        QVERIFY(store->append(id, bytes.mid(at, step)));
        store->flush();
        QTRY_COMPARE(durable.count(), before + 1);
        at += step;
    }
    for (const qint64 offset : {0, 1, 7'000, 16'383, 262'143, 262'144, 300'007, 999'999, 1'000'002}) {
        for (const qint64 most : {1, 65'536, 2'000'000})
            QCOMPARE(*answerOf(store->read(id, offset, most)), bytes.mid(offset, most));
    }
    const auto sealed = answerOf(store->seal(id));
    QVERIFY(sealed);
    QCOMPARE(sealed->sha256, toQString(sha256Hex(viewOf(bytes))));
    QCOMPARE(*answerOf(store->read(id, 262'000, 700'000)), bytes.mid(262'000, 700'000));
    if (database == u"postgres"_s) {
        QCOMPARE(*db->reader().number(u"SELECT count(*) FROM artifact_chunk WHERE length(bytes) > 262144"_s),
                 qint64(0));
        QVERIFY(*db->reader().number(u"SELECT count(*) FROM artifact_chunk"_s) < 15);
    }
}

void tst_ArtifactStore::removes()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    const auto store = ArtifactStore::make(*db, db.clock, db.random);
    const auto open = store->open(u"open"_s)->id;
    const auto sealed = store->open(u"sealed"_s)->id;
    QVERIFY(store->append(sealed, "bytes"));
    QVERIFY(answerOf(store->seal(sealed)));
    QVERIFY(store->append(open, "bytes"));
    const auto kept = db->write([&](Transaction &tx) -> Result<void> {
        if (auto removed = store->remove(tx, sealed); !removed)
            return removed;
        return makeError(errors::kValidation, "something else went wrong");
    });
    QVERIFY(!kept);
    QVERIFY(db->flush());
    QCOMPARE(*answerOf(store->read(sealed, 0, 10)),
             QByteArray("bytes")); // the write that removed it was undone
    for (const ArtifactId &id : {open, sealed})
        QVERIFY(db->write([&](Transaction &tx) { return store->remove(tx, id); }));
    QVERIFY(db->flush());
    QVERIFY(answerOf(store->read(sealed, 0, 10)).error().code == errors::kResourceNotFound);
    QVERIFY(!store->append(open, "more"));
    QCOMPARE(*db->reader().number(u"SELECT count(*) FROM artifact_chunk"_s), qint64(0));
    QTRY_VERIFY(sealedFiles(db).isEmpty());
    QTRY_VERIFY(QDir(db.dataDir() + u"/artifacts/open"_s).isEmpty());
}

void tst_ArtifactStore::damageShows()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    ArtifactId id;
    {
        const auto store = ArtifactStore::make(*db, db.clock, db.random);
        id = store->open(u"package"_s)->id;
        QVERIFY(store->append(id, "some bytes"));
        QVERIFY(answerOf(store->seal(id)));
    }
    if (database == u"sqlite"_s) {
        const QString sha256 = sealedFiles(db).value(0);
        QFile file(db.dataDir() + u"/artifacts/sealed/"_s + sha256.left(2) + u'/' + sha256);
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.write("SOME");
    } else {
        QVERIFY(db->write(
            [](Transaction &tx) { return tx.execute(u"UPDATE artifact_chunk SET bytes = 'SOME bytes'"_s); }));
        QVERIFY(db->flush());
    }
    const auto store = ArtifactStore::make(*db, db.clock, db.random);
    const auto read = answerOf(store->read(id, 5, 5)); // also where the range itself is whole
    QVERIFY(!read);
    QVERIFY(read.error().message.find("damaged") != std::string::npos);
}

void tst_ArtifactStore::sharedBytesOutliveOneOwner()
{
    test::TestDatabase db(u"sqlite"_s);
    const auto store = ArtifactStore::make(*db, db.clock, db.random);
    QList<ArtifactId> ids;
    for (const QString &owner : {u"a"_s, u"b"_s}) {
        ids.append(store->open(owner)->id);
        QVERIFY(store->append(ids.back(), "same"));
        QVERIFY(answerOf(store->seal(ids.back())));
    }
    QCOMPARE(sealedFiles(db).size(), 1);
    QVERIFY(db->write([&](Transaction &tx) { return store->remove(tx, ids[0]); }));
    QVERIFY(db->flush());
    QCOMPARE(*answerOf(store->read(ids[1], 0, 10)), QByteArray("same"));
    QVERIFY(db->write([&](Transaction &tx) { return store->remove(tx, ids[1]); }));
    QVERIFY(db->flush());
    QTRY_COMPARE(sealedFiles(db).size(), 0);
}

void tst_ArtifactStore::crashLeftoversGo()
{
    test::TestDatabase db(u"sqlite"_s);
    const QString folder = db.dataDir() + u"/artifacts/open"_s;
    ArtifactId kept;
    {
        const auto store = ArtifactStore::make(*db, db.clock, db.random);
        QSignalSpy durable(store.get(), &ArtifactStore::durable);
        kept = store->open(u"kept"_s)->id;
        QVERIFY(store->append(kept, "x"));
        QTRY_COMPARE(durable.count(), 1);
        QFile orphan(folder + u"/01ARZ3NDEKTSV4RRFFQ69G5FAV"_s);
        QVERIFY(orphan.open(QIODevice::WriteOnly));
    }
    const auto store = ArtifactStore::make(*db, db.clock, db.random);
    QTRY_COMPARE(QDir(folder).entryList(QDir::Files), QStringList(toQString(kept)));
}

void tst_ArtifactStore::filesArePrivate()
{
    const mode_t before = umask(0);
    test::TestDatabase db(u"sqlite"_s);
    const auto store = ArtifactStore::make(*db, db.clock, db.random);
    const auto id = store->open(u"a"_s)->id;
    QVERIFY(store->append(id, "x"));
    QVERIFY(answerOf(store->seal(id)));
    umask(before);
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther
        | QFile::WriteOther | QFile::ExeOther;
    const QString sha256 = sealedFiles(db).value(0);
    for (const QString &name : {u"artifacts"_s, u"artifacts/open"_s, u"artifacts/sealed/"_s + sha256.left(2),
                                u"artifacts/sealed/"_s + sha256.left(2) + u'/' + sha256, u"flagbridge.db"_s,
                                u"flagbridge.db-wal"_s, u"engine.lock"_s, u"."_s})
        QVERIFY2(!(QFileInfo(db.dataDir() + u'/' + name).permissions() & others), qPrintable(name));
}

void tst_ArtifactStore::refusesWhenTooMuchWaits()
{
    test::TestDatabase db(u"sqlite"_s);
    const auto store = ArtifactStore::make(*db, db.clock, db.random);
    const auto id = store->open(u"a"_s)->id;
    QVERIFY(store->append(id, QByteArray(ArtifactStore::kMostPendingBytes, 'x')));
    QVERIFY(store->append(id, "y").error().code == errors::kThrottling);
    QTRY_VERIFY_WITH_TIMEOUT(store->append(id, "y").has_value(), 20000);
}

void tst_ArtifactStore::failedOpeningLeavesNothing()
{
    test::TestDatabase db(u"sqlite"_s);
    const int finisher = db->addBatchFinisher([](Transaction &, const auto &) -> Result<void> {
        return makeError(errors::kInternal, "the batch is lost");
    });
    const auto store = ArtifactStore::make(*db, db.clock, db.random);
    const auto id = store->open(u"a"_s)->id;
    QVERIFY(db->write([&](Transaction &tx) -> Result<void> {
        tx.stage(finisher, 1);
        return {};
    }));
    QVERIFY(!db->flush());
    QVERIFY(!store->append(id, "x"));
    QVERIFY(!store->find(db->reader(), u"a"_s)->has_value());
}

FB_TEST(tst_ArtifactStore)
#include "tst_artifact_store.moc"
