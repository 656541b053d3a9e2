#include "backend/store/database.h"
#include "backend/store/dialect.h"
#include "backend/store/store_address.h"
#include "tests/support/test_database.h"
#include "tests/support/test_main.h"

#include <QDir>
#include <QFile>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTest>

using namespace fb;
using namespace Qt::StringLiterals;

class tst_Migrations : public QObject
{
    Q_OBJECT

private slots:
    void splitsStatements_data();
    void splitsStatements();
    void addresses_data();
    void addresses();
    void keepsRowsAndTakesACopy_data() { test::addDatabaseRows(); }
    void keepsRowsAndTakesACopy();
    void goesOnAfterAnInterruption_data() { test::addDatabaseRows(); }
    void goesOnAfterAnInterruption();
    void refusesANewerDatabase_data() { test::addDatabaseRows(); }
    void refusesANewerDatabase();
    void refusesAnotherFormOfAChange_data() { test::addDatabaseRows(); }
    void refusesAnotherFormOfAChange();
    void withoutACopyNothingIsChanged();
    void keepsThreeCopies();
    void refusesTwoFilesOfOneNumber();
    void ownMigrationsApplyOneByOne_data() { test::addDatabaseRows(); }
    void ownMigrationsApplyOneByOne();
};

namespace {
// The program's own first migration, and then those a test writes.
class MigrationFolder
{
public:
    MigrationFolder()
    {
        QFile::copy(u":/migrations/0001_store.sql"_s, m_folder.filePath(u"0001_store.sql"_s));
        add(u"9001_shelf"_s, u"CREATE TABLE shelf (id ${IDENTITY}, label TEXT NOT NULL, picture ${BLOB});"_s);
    }
    void add(const QString &name, const QString &sql)
    {
        QFile::remove(m_folder.filePath(name + u".sql"_s));
        QFile file(m_folder.filePath(name + u".sql"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(sql.toUtf8());
    }
    void remove(const QString &name) { QFile::remove(m_folder.filePath(name + u".sql"_s)); }
    Result<void> open(test::TestDatabase &db)
    {
        DatabaseOptions options = db.options();
        options.migrations = m_folder.path();
        return db.tryReopen(options);
    }

private:
    QTemporaryDir m_folder;
};

Result<qint64> putOnShelf(test::TestDatabase &db, const QString &label)
{
    auto put = db->write([&](Transaction &tx) {
        return tx.execute(u"INSERT INTO shelf (label, picture) VALUES (?, ?)"_s,
                          {label, QByteArray("\x00\x01", 2)});
    });
    static_cast<void>(db->flush());
    return put;
}

QStringList copies(const test::TestDatabase &db)
{
    return QDir(db.dataDir() + u"/backups"_s).entryList(QDir::Files, QDir::Name);
}

// A store with nothing but the first migration and the shelf.
void startWithShelf(test::TestDatabase &db, MigrationFolder &folder)
{
    QVERIFY(folder.open(db));
    QVERIFY(putOnShelf(db, u"first"_s));
}
}

void tst_Migrations::splitsStatements_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QStringList>("statements");
    QTest::addRow("plain") << u"A; B;\nC"_s << QStringList {u"A"_s, u"B"_s, u"C"_s};
    QTest::addRow("quoted semicolon") << u"A ';' \";\"; B"_s << QStringList {u"A ';' \";\""_s, u"B"_s};
    QTest::addRow("doubled quote") << u"A 'it''s; so'; B"_s << QStringList {u"A 'it''s; so'"_s, u"B"_s};
    QTest::addRow("comment") << u"-- a; b\nA; -- c\n"_s << QStringList {u"A"_s};
    QTest::addRow("comment with a quote") << u"-- it's\nA; B"_s << QStringList {u"A"_s, u"B"_s};
    QTest::addRow("empty") << u" ;; \n"_s << QStringList();
}

void tst_Migrations::splitsStatements()
{
    QFETCH(QString, sql);
    QFETCH(QStringList, statements);
    QCOMPARE(splitStatements(sql), statements);
}

void tst_Migrations::addresses_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("outcome"); // user@host:port/database|options, or a part of the refusal
    QTest::addRow("plain") << u"postgresql://fb@db.example:5433/fleet"_s << u"fb@db.example:5433/fleet|"_s;
    QTest::addRow("default port") << u"postgresql://fb@db/fleet"_s << u"fb@db:5432/fleet|"_s;
    QTest::addRow("socket") << u"postgresql://fb@localhost/fleet?host=/run/postgresql"_s
                            << u"fb@/run/postgresql:5432/fleet|"_s;
    QTest::addRow("tls") << u"postgresql://fb@db/fleet?sslmode=verify-full"_s
                         << u"fb@db:5432/fleet|sslmode=verify-full;"_s;
    QTest::addRow("password") << u"postgresql://fb:secret@db/fleet"_s << u"must not hold a password"_s;
    QTest::addRow("scheme") << u"mysql://fb@db/fleet"_s << u"must be postgresql"_s;
    QTest::addRow("no database") << u"postgresql://fb@db"_s << u"names no database"_s;
    QTest::addRow("unknown option") << u"postgresql://fb@db/fleet?options=-c"_s
                                    << u"has the option 'options'"_s;
    QTest::addRow("smuggled option") << u"postgresql://fb@db/fleet?sslmode=disable%3Bpassword%3Dx"_s
                                     << u"semicolon"_s;
    QTest::addRow("smuggled in the name") << u"postgresql://fb@db/fleet%20password=x"_s << u"semicolon"_s;
}

void tst_Migrations::addresses()
{
    QFETCH(QString, url);
    QFETCH(QString, outcome);
    const auto address = storeAddress(u"/data"_s, url);
    if (!address) {
        const QString message = toQString(address.error().message);
        QVERIFY2(message.contains(outcome), qPrintable(message));
        QVERIFY(!message.contains(u"secret"_s));
        return;
    }
    QCOMPARE(u"%1@%2:%3/%4|%5"_s.arg(address->user, address->host)
                 .arg(address->port)
                 .arg(address->database, address->connectOptions),
             outcome);
}

// [R11] the copy made before a migration, [R16]
void tst_Migrations::keepsRowsAndTakesACopy()
{
    QFETCH(QString, database);
    test::TestDatabase db(database, test::UpTo {1});
    MigrationFolder folder;
    startWithShelf(db, folder);
    QCOMPARE(copies(db).size(), database == u"sqlite"_s ? 1 : 0); // of the step from 1 to 9001
    folder.add(u"9002_height"_s,
               u"ALTER TABLE shelf ADD COLUMN height BIGINT NOT NULL DEFAULT 7;\n"
               "UPDATE shelf SET label = label || ' shelf';"_s);
    QVERIFY(folder.open(db));
    const auto row
        = db->reader().one(u"SELECT label, height, picture FROM shelf"_s, {}, [](const Row &found) {
              return found.text(0) + u'/' + QString::number(found.integer(1)) + u'/'
                  + QString::fromLatin1(found.bytes(2).toHex());
          });
    QCOMPARE(row->value_or(QString()), u"first shelf/7/0001"_s);
    QVERIFY(putOnShelf(db, u"second"_s));

    if (database == u"postgres"_s) {
        QCOMPARE(*db->reader().one(u"SELECT label FROM flagbridge_backup.shelf"_s, {},
                                   [](const Row &found) { return found.text(0); }),
                 std::optional(u"first"_s));
        return;
    }
    const QStringList made = copies(db);
    QCOMPARE(made.size(), 2);
    const QString path = db.dataDir() + u"/backups/"_s + made.last();
    QVERIFY(path.contains(u"before-9002-"_s));
    QCOMPARE(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    {
        QSqlDatabase copy = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"copy"_s);
        copy.setDatabaseName(path);
        QVERIFY(copy.open());
        QSqlQuery query(u"SELECT label FROM shelf"_s, copy);
        QVERIFY(query.next());
        QCOMPARE(query.value(0).toString(), u"first"_s);
    }
    QSqlDatabase::removeDatabase(u"copy"_s);
}

// [R16] each change is whole or not at all, and the next start goes on with the one that failed
void tst_Migrations::goesOnAfterAnInterruption()
{
    QFETCH(QString, database);
    test::TestDatabase db(database, test::UpTo {1});
    MigrationFolder folder;
    startWithShelf(db, folder);
    folder.add(u"9002_a"_s, u"ALTER TABLE shelf ADD COLUMN a BIGINT;"_s);
    folder.add(
        u"9003_b"_s,
        u"ALTER TABLE shelf ADD COLUMN b BIGINT; UPDATE shelf SET label = 'half'; INSERT INTO gone VALUES (1);"_s);
    folder.add(u"9004_c"_s, u"ALTER TABLE shelf ADD COLUMN c BIGINT;"_s);
    const auto failed = folder.open(db);
    QVERIFY(!failed);
    QVERIFY(failed.error().message.find("9003_b") != std::string::npos);
    folder.add(u"9003_b"_s, u"ALTER TABLE shelf ADD COLUMN b BIGINT;"_s);
    QVERIFY(folder.open(db));
    QCOMPARE(*db->reader().one(u"SELECT label FROM shelf WHERE a IS NULL AND b IS NULL AND c IS NULL"_s, {},
                               [](const Row &row) { return row.text(0); }),
             std::optional(u"first"_s));
    QCOMPARE(*db->reader().number(u"SELECT count(*) FROM schema_migration WHERE number > 9000"_s), qint64(4));
}

// [R16] the refusal says what to upgrade
void tst_Migrations::refusesANewerDatabase()
{
    QFETCH(QString, database);
    test::TestDatabase db(database, test::UpTo {1});
    MigrationFolder folder;
    startWithShelf(db, folder);
    folder.remove(u"9001_shelf"_s);
    const auto refused = folder.open(db);
    QVERIFY(!refused);
    QVERIFY(refused.error().code == errors::kUpgradeRequired);
    QVERIFY(refused.error().message.find("9001_shelf") != std::string::npos);
    QVERIFY(refused.error().message.find("newer") != std::string::npos);
    MigrationFolder whole;
    QVERIFY(whole.open(db)); // it was left as it is
    QCOMPARE(*db->reader().number(u"SELECT count(*) FROM shelf"_s), qint64(1));
}

void tst_Migrations::refusesAnotherFormOfAChange()
{
    QFETCH(QString, database);
    test::TestDatabase db(database, test::UpTo {1});
    MigrationFolder folder;
    startWithShelf(db, folder);
    folder.add(u"9001_shelf"_s, u"CREATE TABLE shelf (id ${IDENTITY});"_s);
    const auto refused = folder.open(db);
    QVERIFY(!refused);
    QVERIFY(refused.error().code == errors::kUpgradeRequired);
}

void tst_Migrations::withoutACopyNothingIsChanged()
{
    test::TestDatabase db(u"sqlite"_s, test::UpTo {1});
    MigrationFolder folder;
    startWithShelf(db, folder);
    db.close();
    QDir(db.dataDir() + u"/backups"_s).removeRecursively();
    QFile inTheWay(db.dataDir() + u"/backups"_s);
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    folder.add(u"9002_a"_s, u"ALTER TABLE shelf ADD COLUMN a BIGINT;"_s);
    QVERIFY(!folder.open(db));
    QVERIFY(inTheWay.remove());
    folder.remove(u"9002_a"_s);
    QVERIFY(folder.open(db)); // and so is not newer than the program
}

void tst_Migrations::keepsThreeCopies()
{
    test::TestDatabase db(u"sqlite"_s, test::UpTo {1});
    MigrationFolder folder;
    startWithShelf(db, folder);
    for (int i = 2; i <= 6; ++i) {
        db.clock.advance(std::chrono::hours(1));
        folder.add(u"900%1_more"_s.arg(i), u"ALTER TABLE shelf ADD COLUMN c%1 BIGINT;"_s.arg(i));
        QVERIFY(folder.open(db));
    }
    const QStringList kept = copies(db);
    QCOMPARE(kept.size(), 3);
    QVERIFY(kept.first().startsWith(u"before-9004"_s));
    QVERIFY(kept.last().startsWith(u"before-9006"_s));
}

void tst_Migrations::refusesTwoFilesOfOneNumber()
{
    test::TestDatabase db(u"sqlite"_s, test::UpTo {1});
    MigrationFolder folder;
    folder.add(u"9001_other"_s, u"SELECT 1;"_s);
    QVERIFY(!folder.open(db));
}

// The program's own files, from each earlier state, on both databases.
void tst_Migrations::ownMigrationsApplyOneByOne()
{
    QFETCH(QString, database);
    test::TestDatabase db(database, test::UpTo {1});
    const FleetIdentity fleet = db->fleet();
    const QStringList files = QDir(u":/migrations"_s).entryList({u"*.sql"_s}, QDir::Files, QDir::Name);
    QVERIFY(files.size() >= 3);
    for (const QString &file : files)
        db.reopen(test::UpTo {file.section(u'_', 0, 0).toInt()});
    QVERIFY(db->fleet().fleetId == fleet.fleetId);
    QCOMPARE(*db->reader().number(u"SELECT count(*) FROM schema_migration"_s), qint64(files.size()));
}

FB_TEST(tst_Migrations)
#include "tst_migrations.moc"
