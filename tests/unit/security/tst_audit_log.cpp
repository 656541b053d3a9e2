#include "backend/security/audit_log.h"

#include "tests/support/test_database.h"
#include "tests/support/test_main.h"

#include <QFile>
#include <QTest>

using namespace fb;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_AuditLog : public QObject
{
    Q_OBJECT

private slots:
    void entryAndChangeShareTheirFate_data() { test::addDatabaseRows(); }
    void entryAndChangeShareTheirFate();
    void chainGoesOnAfterARestart_data() { test::addDatabaseRows(); }
    void chainGoesOnAfterARestart();
    void tampering_data();
    void tampering();
    void wholeOlderTableShows_data() { test::addDatabaseRows(); }
    void wholeOlderTableShows();
    void pruningKeepsTheChain_data() { test::addDatabaseRows(); }
    void pruningKeepsTheChain();
    void pagesNewestFirst();
    void clockSetBack_data() { test::addDatabaseRows(); }
    void clockSetBack();
    void clockThatOnlyGoes();
};

namespace {
const std::string kKey(32, 'a');

std::unique_ptr<AuditLog> openLog(test::TestDatabase &db, const std::string &key = kKey)
{
    return std::make_unique<AuditLog>(*db, db.clock, SecretBytes(key));
}

AuditEntry entry(const QString &target)
{
    return {.who = {.name = u"alice"_s, .role = Role::Administrator, .source = u"control"_s},
            .action = u"ssm:SendCommand"_s,
            .target = target,
            .result = u"Success"_s,
            .diff = {{u"DocumentName"_s, u"AWS-RunShellScript"_s}, {u"n"_s, 3}},
            .sequence = 0,
            .at = {}};
}

void recordMany(test::TestDatabase &db, AuditLog &log, int count)
{
    for (int i = 0; i < count; ++i) {
        QVERIFY(log.record(entry(u"command %1"_s.arg(i))));
        if (i % 3 == 0)
            QVERIFY(db->flush());
    }
    QVERIFY(db->flush());
}

void run(test::TestDatabase &db, const QString &sql)
{
    QVERIFY(db->write([&](Transaction &tx) -> Result<void> {
        for (const QString &statement : splitStatements(sql)) {
            if (auto done = tx.execute(statement); !done)
                return done.error();
        }
        return {};
    }));
    QVERIFY(db->flush());
}
}

void tst_AuditLog::entryAndChangeShareTheirFate()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    const auto log = openLog(db);
    for (const bool fails : {false, true, false}) {
        static_cast<void>(db->write([&](Transaction &tx) -> Result<void> {
            log->append(tx, entry(fails ? u"undone"_s : u"done"_s));
            return fails ? Result<void>(makeError(errors::kConflict, "no")) : Result<void>();
        }));
    }
    QVERIFY(db->flush());
    const auto entries = log->entries(db->reader(), 0, 10);
    QCOMPARE(entries->size(), 2);
    QCOMPARE(entries->at(0).sequence, qint64(2));
    QCOMPARE(entries->at(0).target, u"done"_s);
    QCOMPARE(entries->at(0).who.name, u"alice"_s);
    QCOMPARE(entries->at(0).who.source, u"control"_s);
    QVERIFY(entries->at(0).who.role == Role::Administrator);
    QCOMPARE(entries->at(0).diff.value(u"n"_s).toInt(), 3);
    QVERIFY(entries->at(0).at == db.clock.now());
    const auto verdict = log->verify(db->reader());
    QVERIFY(verdict->intact);
    QCOMPARE(verdict->entries, qint64(2));
}

void tst_AuditLog::chainGoesOnAfterARestart()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    QVERIFY(openLog(db)->verify(db->reader())->intact); // an empty one
    db.reopen();
    for (int start = 0; start < 3; ++start) {
        const auto log = openLog(db);
        recordMany(db, *log, 4);
        const auto verdict = log->verify(db->reader());
        QVERIFY2(verdict->intact, qPrintable(verdict->problem));
        QCOMPARE(verdict->entries, qint64(4) * (start + 1));
        db.reopen();
    }
}

// [S07] the first bad row is named
void tst_AuditLog::tampering_data()
{
    QTest::addColumn<QString>("database");
    QTest::addColumn<QString>("sql");
    QTest::addColumn<qint64>("firstBad");
    QTest::addColumn<QString>("problem");
    for (const char *database : {"sqlite", "postgres"}) {
        const auto row = [database](const char *name, const char *sql, qint64 firstBad, const char *problem) {
            QTest::addRow("[S07] %s, %s", name, database)
                << QString::fromLatin1(database) << QString::fromLatin1(sql) << firstBad
                << QString::fromLatin1(problem);
        };
        row("target edited", "UPDATE audit_entry SET target = 'other' WHERE sequence = 4", 4, "was changed");
        row("who edited", "UPDATE audit_entry SET who = 'bob' WHERE sequence = 1", 1, "was changed");
        row("time edited", "UPDATE audit_entry SET at = at + 1 WHERE sequence = 10", 10, "was changed");
        row("text moved between columns",
            "UPDATE audit_entry SET who = 'alic', role = 'eAdministrator' WHERE sequence = 5", 5,
            "was changed");
        row("hash edited too", "UPDATE audit_entry SET target = 'x', hash = 'abcd' WHERE sequence = 6", 6,
            "was changed");
        row("deleted", "DELETE FROM audit_entry WHERE sequence = 3", 3, "is missing");
        row("deleted and closed up",
            "DELETE FROM audit_entry WHERE sequence = 3; UPDATE audit_entry SET sequence = -sequence WHERE "
            "sequence > 3; "
            "UPDATE audit_entry SET sequence = -sequence - 1 WHERE sequence < 0",
            3, "was changed");
        row("first deleted", "DELETE FROM audit_entry WHERE sequence = 1", 1, "is missing");
        row("reordered",
            "UPDATE audit_entry SET sequence = 100 WHERE sequence = 7; UPDATE audit_entry SET sequence = 7 "
            "WHERE sequence = 8; "
            "UPDATE audit_entry SET sequence = 8 WHERE sequence = 100",
            7, "was changed");
        row("truncated at the end", "DELETE FROM audit_entry WHERE sequence > 8", 9, "cut off at its end");
        row("emptied", "DELETE FROM audit_entry", 1, "cut off at its end");
        row("head edited to match a cut",
            "DELETE FROM audit_entry WHERE sequence > 8; UPDATE audit_anchor SET sequence = 8, hash = "
            "(SELECT hash FROM "
            "audit_entry WHERE sequence = 8) WHERE name = 'head'",
            8, "head of the log was not made by this fleet");
        row("head removed", "DELETE FROM audit_anchor", 10, "head of the log was not made by this fleet");
        row("table and head emptied", "DELETE FROM audit_entry; DELETE FROM audit_anchor", 1,
            "audit.head knows a later entry");
        row("forged entry at the end",
            "INSERT INTO audit_entry (sequence, at, who, role, source, action, target, result, diff, hash) "
            "SELECT 11, at, who, "
            "role, source, action, target, result, diff, hash FROM audit_entry WHERE sequence = 10",
            11, "was changed");
    }
}

void tst_AuditLog::tampering()
{
    QFETCH(QString, database);
    QFETCH(QString, sql);
    QFETCH(qint64, firstBad);
    QFETCH(QString, problem);
    test::TestDatabase db(database);
    const auto log = openLog(db);
    recordMany(db, *log, 10);
    QVERIFY(log->verify(db->reader())->intact);
    run(db, sql);
    const auto verdict = log->verify(db->reader());
    QVERIFY(verdict);
    QVERIFY(!verdict->intact);
    QVERIFY2(verdict->problem.contains(problem), qPrintable(verdict->problem));
    QCOMPARE(verdict->firstBad, firstBad);
}

// [S07] the whole table replaced: by one with another key, and by an older state of itself
void tst_AuditLog::wholeOlderTableShows()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    {
        const auto log = openLog(db);
        recordMany(db, *log, 5);
        run(db,
            u"CREATE TABLE old_entry AS SELECT * FROM audit_entry; CREATE TABLE old_anchor AS SELECT * FROM audit_anchor"_s);
        recordMany(db, *log, 3);
        QVERIFY(log->verify(db->reader())->intact);
        run(db,
            u"DELETE FROM audit_entry; DELETE FROM audit_anchor; INSERT INTO audit_entry SELECT * FROM "
            u"old_entry; "
            "INSERT INTO audit_anchor SELECT * FROM old_anchor"_s);
        const auto verdict = log->verify(db->reader());
        QVERIFY(!verdict->intact);
        QCOMPARE(verdict->firstBad, qint64(6));
        QVERIFY(verdict->problem.contains(u"audit.head"_s));
    }
    test::TestDatabase other(database);
    const auto forged = openLog(other, std::string(32, 'f'));
    recordMany(other, *forged, 5);
    const auto verdict = AuditLog(*other, other.clock, SecretBytes(kKey)).verify(other->reader());
    QVERIFY(!verdict->intact);
    QVERIFY2(verdict->problem.contains(u"not made by this fleet"_s), qPrintable(verdict->problem));
}

void tst_AuditLog::pruningKeepsTheChain()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    const auto log = openLog(db);
    recordMany(db, *log, 5);
    db.clock.advance(std::chrono::hours(24));
    const Instant cut = db.clock.now();
    recordMany(db, *log, 5);
    QCOMPARE(*db->write([&](Transaction &tx) { return log->prune(tx, cut); }), qint64(5));
    QVERIFY(db->flush());
    auto verdict = log->verify(db->reader());
    QVERIFY2(verdict->intact, qPrintable(verdict->problem));
    QCOMPARE(verdict->entries, qint64(5));
    recordMany(db, *log, 2);
    QVERIFY(log->verify(db->reader())->intact);
    run(db, u"DELETE FROM audit_entry WHERE sequence = 6"_s); // the oldest that is left
    verdict = log->verify(db->reader());
    QCOMPARE(verdict->firstBad, qint64(6));
    QCOMPARE(*db->write([&](Transaction &tx) { return log->prune(tx, Instant()); }), qint64(0));
}

void tst_AuditLog::pagesNewestFirst()
{
    test::TestDatabase db(u"sqlite"_s);
    const auto log = openLog(db);
    recordMany(db, *log, 7);
    const auto page = log->entries(db->reader(), 0, 3);
    QCOMPARE(page->size(), 3);
    QCOMPARE(page->front().sequence, qint64(7));
    const auto next = log->entries(db->reader(), page->back().sequence, 100);
    QCOMPARE(next->size(), 4);
    QCOMPARE(next->front().sequence, qint64(4));
}

// [S08] the numbers go on, the chain holds, and an entry before the action tells both times
void tst_AuditLog::clockSetBack()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    auto log = openLog(db);
    recordMany(db, *log, 2);
    const Instant before = db.clock.now();
    db.clock.advance(10min);
    db.clock.jumpWallClock(-1h);
    QVERIFY(!db->write([&](Transaction &tx) -> Result<void> { // undone: the next one has to tell it
        log->append(tx, entry(u"undone"_s));
        return makeError(errors::kConflict, "no");
    }));
    QVERIFY(log->record(entry(u"hidden"_s)));
    QVERIFY(log->record(entry(u"again"_s))); // told once
    QVERIFY(db->flush());
    QList<AuditEntry> entries = *log->entries(db->reader(), 0, 10);
    QCOMPARE(entries.size(), 5);
    for (qsizetype i = 0; i < entries.size(); ++i)
        QCOMPARE(entries[i].sequence, qint64(entries.size() - i));
    QCOMPARE(entries[0].target, u"again"_s);
    QCOMPARE(entries[1].target, u"hidden"_s);
    QVERIFY(entries[1].at < before);
    const AuditEntry told = entries[2];
    QCOMPARE(told.action, u"flagbridge:ClockChanged"_s);
    QCOMPARE(told.who.name, u"engine"_s);
    QCOMPARE(told.diff[u"Seconds"_s].toInteger(), qint64(-3600));
    QCOMPARE(told.diff[u"Expected"_s].toString(), u"2025-11-24T16:10:00.000Z"_s);
    QCOMPARE(told.diff[u"Found"_s].toString(), u"2025-11-24T15:10:00.000Z"_s);
    QVERIFY(log->verify(db->reader())->intact);

    // While no engine ran: the newest entry lies in the future.
    log.reset();
    db.reopen();
    db.clock.jumpWallClock(-24h);
    log = openLog(db);
    QVERIFY(log->record(entry(u"later"_s)));
    QVERIFY(db->flush());
    entries = *log->entries(db->reader(), 0, 2);
    QCOMPARE(entries[0].target, u"later"_s);
    QCOMPARE(entries[1].action, u"flagbridge:ClockChanged"_s);
    QCOMPARE(entries[1].diff[u"Seconds"_s].toInteger(), qint64(-24 * 3600));
    QVERIFY(log->verify(db->reader())->intact);
    // Set forward, it is told likewise.
    db.clock.jumpWallClock(10 * 365 * 24h);
    QVERIFY(log->record(entry(u"future"_s)));
    QVERIFY(db->flush());
    QCOMPARE(log->entries(db->reader(), 0, 2)->last().action, u"flagbridge:ClockChanged"_s);
    // Steps too small to be told are one large step together.
    for (int i = 0; i < 4; ++i) {
        db.clock.jumpWallClock(-2s);
        QVERIFY(log->record(entry(u"slowly"_s)));
    }
    QVERIFY(db->flush());
    entries = *log->entries(db->reader(), 0, 3);
    QCOMPARE(entries[2].action, u"flagbridge:ClockChanged"_s);
    QCOMPARE(entries[2].diff[u"Seconds"_s].toInteger(), qint64(-6));
    QCOMPARE(entries[0].target, u"slowly"_s);
}

void tst_AuditLog::clockThatOnlyGoes() // nudged, over a leap second, asleep for a night: nothing to tell
{
    test::TestDatabase db(u"sqlite"_s);
    const auto log = openLog(db);
    for (const auto step : {Microseconds(0), Microseconds(1s), Microseconds(-1s), Microseconds(4s)}) {
        db.clock.advance(12h);
        db.clock.jumpWallClock(step);
        QVERIFY(log->record(entry(u"x"_s)));
    }
    QVERIFY(db->flush());
    QCOMPARE(log->entries(db->reader(), 0, 10)->size(), 4);
}

FB_TEST(tst_AuditLog)
#include "tst_audit_log.moc"
