#include "backend/store/database.h"

#include "tests/support/failing_disk.h"
#include "tests/support/postgres_server.h"
#include "tests/support/test_database.h"
#include "tests/support/test_main.h"
#include "tests/support/test_process.h"

#include <QFile>
#include <QSet>
#include <QSignalSpy>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

#include <unistd.h>

#include <cstdio>

using namespace fb;
using namespace Qt::StringLiterals;

// What was told to be kept is kept, whatever happens to the disk, the server or the process.
class tst_Durability : public QObject
{
    Q_OBJECT

private slots:
    void failingDiskTellsTheTruth_data();
    void failingDiskTellsTheTruth();
    void readOnlyModeSaysWhyAndEnds();
    void lostServerTellsTheTruth();
    void lockedByABackupTool();
    void secondEngineIsRefused();
    void epochStopsAnEngineWhoseLockWasDeleted();
    void childWritesUntilKilled();
    void killedEngineKeepsWhatItAcknowledged();
    void damagedFileIsRefused();
};

namespace {
Result<void> putRow(Transaction &tx, const QString &name)
{
    return tx.execute(u"INSERT INTO store_state (name, value) VALUES (?, ?)"_s, {name, QString(3000, u'x')})
        .map([](qint64) {});
}

QSet<QString> rowNames(Reader &reader)
{
    QSet<QString> found;
    static_cast<void>(reader.each(u"SELECT name FROM store_state WHERE name LIKE 't-%'"_s, {},
                                  [&](const Row &row) { found.insert(row.text(0)); }));
    return found;
}

// One turn with one write; what its caller is told at the end.
void writeTurn(Database &db, const QString &name, QSet<QString> &kept, QSet<QString> &lost)
{
    auto written = db.write([&](Transaction &tx) -> Result<void> {
        tx.onCommitted([&kept, name] { kept.insert(name); });
        tx.onRolledBack([&lost, name](const Error &) { lost.insert(name); });
        return putRow(tx, name);
    });
    if (!written)
        lost.insert(name);
    static_cast<void>(db.flush());
    QCoreApplication::sendPostedEvents();
}
}

void tst_Durability::failingDiskTellsTheTruth_data()
{
    QTest::addColumn<int>("fault");
    QTest::addColumn<int>("operations");
    for (int operations = 0; operations < 24; ++operations) {
        QTest::addRow("[R11] full after %d writes", operations)
            << static_cast<int>(test::FailingDisk::Fault::Full) << operations;
        QTest::addRow("[R11] I/O error after %d writes", operations)
            << static_cast<int>(test::FailingDisk::Fault::WriteError) << operations;
    }
    for (int operations = 0; operations < 8; ++operations)
        QTest::addRow("[R11] sync error after %d syncs", operations)
            << static_cast<int>(test::FailingDisk::Fault::SyncError) << operations;
}

void tst_Durability::failingDiskTellsTheTruth()
{
    QFETCH(int, fault);
    QFETCH(int, operations);
    test::FailingDisk disk;
    test::TestDatabase db(u"sqlite"_s);
    QSet<QString> kept;
    QSet<QString> lost;
    QSignalSpy failed(&*db, &Database::batchFailed);
    disk.failAfter(operations, static_cast<test::FailingDisk::Fault>(fault));
    for (int turn = 0; turn < 8; ++turn)
        writeTurn(*db, u"t-%1"_s.arg(turn), kept, lost);
    QVERIFY(disk.hasFailed());
    QCOMPARE((kept + lost).size(), 8); // everyone is told
    QVERIFY((kept & lost).isEmpty()); // one thing
    QVERIFY(!lost.isEmpty());
    QVERIFY(db->isReadOnly());
    const auto refused = db->write([](Transaction &tx) { return putRow(tx, u"t-refused"_s); });
    QVERIFY(refused.error().code == errors::kServiceUnavailable);
    QCOMPARE(rowNames(db->reader()), kept); // reading goes on
    disk.heal();
    QTRY_VERIFY(!db->isReadOnly());
    writeTurn(*db, u"t-after"_s, kept, lost);
    QVERIFY(kept.contains(u"t-after"_s));
    db.reopen();
    QCOMPARE(rowNames(db->reader()), kept);
    QCOMPARE(*db->reader().one(u"PRAGMA integrity_check"_s, {}, [](const Row &row) { return row.text(0); }),
             std::optional(u"ok"_s));
}

// [R11] a clear state, and back by itself
void tst_Durability::readOnlyModeSaysWhyAndEnds()
{
    test::FailingDisk disk;
    test::TestDatabase db(u"sqlite"_s);
    QSignalSpy changed(&*db, &Database::readOnlyChanged);
    QSet<QString> kept;
    QSet<QString> lost;
    disk.failAfter(0, test::FailingDisk::Fault::Full);
    writeTurn(*db, u"t-a"_s, kept, lost);
    QTRY_COMPARE(changed.count(), 1);
    QCOMPARE(changed.at(0).at(0).toBool(), true);
    QVERIFY2(changed.at(0).at(1).toString().contains(u"full"_s), qPrintable(changed.at(0).at(1).toString()));
    bool told = false;
    db->whenCommitted(
        [&](const Result<void> &) { told = true; }); // nothing is pending: nobody waits for ever
    QVERIFY(told);
    QTest::qWait(150); // three tries that fail
    QVERIFY(db->isReadOnly());
    disk.heal();
    QTRY_COMPARE(changed.count(), 2);
    QCOMPARE(changed.at(1).at(0).toBool(), false);
}

void tst_Durability::lostServerTellsTheTruth()
{
    test::TestDatabase db(u"postgres"_s);
    QSet<QString> kept;
    QSet<QString> lost;
    writeTurn(*db, u"t-before"_s, kept, lost);
    QVERIFY(kept.contains(u"t-before"_s));
    QVERIFY(db->write([&](Transaction &tx) -> Result<void> {
        tx.onCommitted([&] { kept.insert(u"t-cut"_s); });
        tx.onRolledBack([&](const Error &) { lost.insert(u"t-cut"_s); });
        return putRow(tx, u"t-cut"_s);
    }));
    test::cutPostgresConnections(); // in the middle of the batch
    QVERIFY(!db->flush());
    QVERIFY(lost.contains(u"t-cut"_s));
    QVERIFY(db->isReadOnly());
    QTRY_VERIFY(!db->isReadOnly());
    writeTurn(*db, u"t-after"_s, kept, lost);
    QCOMPARE(kept, QSet<QString>({u"t-before"_s, u"t-after"_s}));
    QCOMPARE(rowNames(db->reader()), kept);
    const auto read
        = db->read([](Reader &reader) { return reader.number(u"SELECT count(*) FROM store_state"_s); });
    QTRY_VERIFY(read.isFinished());
    QVERIFY(read.result()); // the read pool came back as well
}

// [R11] a backup tool that holds the file: a clear answer, and no state that has to be left again
void tst_Durability::lockedByABackupTool()
{
    test::TestDatabase db(u"sqlite"_s);
    {
        QSqlDatabase tool = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"tool"_s);
        tool.setDatabaseName(db.sqliteFile());
        QVERIFY(tool.open());
        QSqlQuery query(tool);
        QVERIFY(query.exec(u"BEGIN IMMEDIATE"_s));
        const auto refused = db->write([](Transaction &tx) { return putRow(tx, u"t-a"_s); });
        QVERIFY(!refused);
        QVERIFY(refused.error().code == errors::kServiceUnavailable);
        QVERIFY2(refused.error().message.find("locked") != std::string::npos,
                 refused.error().message.c_str());
        QVERIFY(!db->isReadOnly());
        QVERIFY(query.exec(u"ROLLBACK"_s));
    }
    QSqlDatabase::removeDatabase(u"tool"_s);
    QVERIFY(db->write([](Transaction &tx) { return putRow(tx, u"t-a"_s); }));
    QVERIFY(db->flush());
    QCOMPARE(rowNames(db->reader()), QSet<QString>({u"t-a"_s}));
}

void tst_Durability::secondEngineIsRefused()
{
    test::TestDatabase db(u"sqlite"_s);
    const auto second = Database::open(db.options(), db.clock, db.random);
    QVERIFY(!second);
    QVERIFY(second.error().code == errors::kConflict);
    QVERIFY2(second.error().message.find(std::to_string(getpid())) != std::string::npos,
             second.error().message.c_str());
    const DatabaseOptions options = db.options();
    db.close();
    QVERIFY(Database::open(options, db.clock, db.random));
}

void tst_Durability::epochStopsAnEngineWhoseLockWasDeleted()
{
    test::TestDatabase db(u"sqlite"_s);
    QSet<QString> kept;
    QSet<QString> lost;
    writeTurn(*db, u"t-first"_s, kept, lost);
    QVERIFY(QFile::remove(db.dataDir() + u"/engine.lock"_s));
    const auto second = Database::open(db.options(), db.clock, db.random);
    QVERIFY(second);
    QCOMPARE((*second)->epoch(), db->epoch() + 1);
    writeTurn(*db, u"t-stale"_s, kept, lost);
    QVERIFY(lost.contains(u"t-stale"_s));
    QVERIFY(db->isReadOnly());
    QCOMPARE(rowNames((*second)->reader()), QSet<QString>({u"t-first"_s}));
    QTest::qWait(120);
    QVERIFY(db->isReadOnly()); // it does not come back while the other is the store's engine
}

// Not a test by itself: the process that the next test kills.
void tst_Durability::childWritesUntilKilled()
{
    const QString folder = qEnvironmentVariable("FB_TEST_CHILD_DIR");
    if (folder.isEmpty())
        return;
    DatabaseOptions options;
    options.dataDir = folder;
    test::ManualClock clock;
    test::SeededRandom random(1);
    auto db = Database::open(options, clock, random);
    if (!db)
        _exit(3);
    for (int turn = 0;; ++turn) {
        static_cast<void>((*db)->write([&](Transaction &tx) -> Result<void> {
            tx.onCommitted([turn] {
                std::printf("kept t-%d\n", turn);
                std::fflush(stdout);
            });
            return putRow(tx, u"t-%1"_s.arg(turn));
        }));
        if (turn % 3 == 0)
            QCoreApplication::processEvents();
    }
}

void tst_Durability::killedEngineKeepsWhatItAcknowledged()
{
    test::TestDatabase db(u"sqlite"_s);
    const qint64 epoch = db->epoch();
    db.close();
    for (const int lines : {1, 20, 57}) {
        test::TestProcess child(QCoreApplication::applicationFilePath(),
                                {u"durability"_s, u"childWritesUntilKilled"_s},
                                {u"FB_TEST_CHILD_DIR="_s + db.dataDir()});
        QSet<QString> acknowledged;
        while (acknowledged.size() < lines) {
            const QByteArray line = child.readLine();
            QVERIFY2(!line.isEmpty(), child.process().readAllStandardError().constData());
            if (line.startsWith("kept "))
                acknowledged.insert(QString::fromLatin1(line.mid(5).trimmed()));
        }
        child.kill9();
        db.reopen(); // the lock died with its holder
        QVERIFY(db->epoch() > epoch);
        QVERIFY((acknowledged - rowNames(db->reader())).isEmpty());
        QVERIFY(db->write(
            [](Transaction &tx) { return tx.execute(u"DELETE FROM store_state WHERE name LIKE 't-%'"_s); }));
        db.close();
    }
}

void tst_Durability::damagedFileIsRefused()
{
    test::TestDatabase db(u"sqlite"_s);
    const DatabaseOptions options = db.options();
    db.close();
    QFile file(db.sqliteFile());
    QVERIFY(file.open(QIODevice::ReadWrite));
    file.write(QByteArray(4096, 'x'));
    file.close();
    const auto opened = Database::open(options, db.clock, db.random);
    QVERIFY(!opened);
    QVERIFY(opened.error().code == errors::kServiceUnavailable);
    QVERIFY2(!opened.error().message.empty(), opened.error().message.c_str());
}

FB_TEST(tst_Durability)
#include "tst_durability.moc"
