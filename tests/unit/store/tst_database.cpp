#include "backend/store/database.h"

#include "backend/base/fail.h"
#include "backend/base/on_result.h"
#include "tests/support/test_database.h"
#include "tests/support/test_main.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <limits>

using namespace fb;
using namespace Qt::StringLiterals;

class tst_Database : public QObject
{
    Q_OBJECT

private slots:
    void groupsTheWritesOfATurn_data() { test::addDatabaseRows(); }
    void groupsTheWritesOfATurn();
    void anErrorUndoesOnlyItsOwnWrite_data() { test::addDatabaseRows(); }
    void anErrorUndoesOnlyItsOwnWrite();
    void aFailedStatementDoomsItsWrite_data() { test::addDatabaseRows(); }
    void aFailedStatementDoomsItsWrite();
    void innerWritesFollowTheOuter_data() { test::addDatabaseRows(); }
    void innerWritesFollowTheOuter();
    void commitsUnderLoadWithoutReentering_data() { test::addDatabaseRows(); }
    void commitsUnderLoadWithoutReentering();
    void whenCommittedWithoutABatch();
    void effectsMayWriteAgain();
    void finishersGetWhatWasKept_data() { test::addDatabaseRows(); }
    void finishersGetWhatWasKept();
    void aFailingFinisherFailsTheBatch_data() { test::addDatabaseRows(); }
    void aFailingFinisherFailsTheBatch();
    void numbersNeverRepeat_data() { test::addDatabaseRows(); }
    void numbersNeverRepeat();
    void insertsAnyNumberOfRows_data() { test::addDatabaseRows(); }
    void insertsAnyNumberOfRows();
    void valuesComeBackAsTheyWere_data() { test::addDatabaseRows(); }
    void valuesComeBackAsTheyWere();
    void rowsMayAskAgain_data() { test::addDatabaseRows(); }
    void rowsMayAskAgain();
    void textIsNeverSql_data() { test::addDatabaseRows(); }
    void textIsNeverSql();
    void readsSeeCommittedRowsOnly_data() { test::addDatabaseRows(); }
    void readsSeeCommittedRowsOnly();
    void readsCannotWrite_data() { test::addDatabaseRows(); }
    void readsCannotWrite();
    void fleetIsMadeOnce_data() { test::addDatabaseRows(); }
    void fleetIsMadeOnce();
};

namespace {
Result<void> put(Transaction &tx, const QString &name, const QString &value = u"1"_s)
{
    return tx.execute(u"INSERT INTO store_state (name, value) VALUES (?, ?)"_s, {name, value})
        .map([](qint64) {});
}

QStringList names(Reader &reader)
{
    const auto all = reader.all(u"SELECT name FROM store_state WHERE name LIKE 't-%' ORDER BY name"_s, {},
                                [](const Row &row) { return row.text(0); });
    return all ? QStringList(*all) : QStringList {u"error"_s};
}

Error anError() { return makeError(errors::kValidation, "not this one"); }
}

void tst_Database::groupsTheWritesOfATurn()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    QStringList seen;
    for (const QString &name : {u"t-a"_s, u"t-b"_s}) {
        QVERIFY(db->write([&](Transaction &tx) -> Result<void> {
            tx.onCommitted([&seen, name] { seen.append(name); });
            return put(tx, name);
        }));
    }
    db->whenCommitted([&](const Result<void> &kept) { seen.append(kept ? u"kept"_s : u"lost"_s); });
    QVERIFY(seen.isEmpty());
    QCOMPARE(names(db->reader()), QStringList({u"t-a"_s, u"t-b"_s})); // the engine thread sees its own batch
    QTRY_COMPARE(seen, QStringList({u"t-a"_s, u"t-b"_s, u"kept"_s}));
    db.reopen();
    QCOMPARE(names(db->reader()), QStringList({u"t-a"_s, u"t-b"_s}));
}

void tst_Database::anErrorUndoesOnlyItsOwnWrite()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    QStringList seen;
    const auto attempt = [&](const QString &name, bool fails) {
        return db->write([&](Transaction &tx) -> Result<QString> {
            tx.onCommitted([&seen, name] { seen.append(name + u" kept"_s); });
            tx.onRolledBack([&seen, name](const Error &error) {
                seen.append(name + u' ' + toQString(error.code.name()));
            });
            if (auto stored = put(tx, name); !stored)
                return stored.error();
            if (fails)
                return anError();
            return name;
        });
    };
    QCOMPARE(*attempt(u"t-a"_s, false), u"t-a"_s);
    const auto lost = attempt(u"t-b"_s, true);
    QVERIFY(!lost);
    QVERIFY(lost.error() == anError());
    QCOMPARE(*attempt(u"t-c"_s, false), u"t-c"_s);
    QVERIFY(db->flush());
    QStringList sorted = seen;
    sorted.sort();
    QCOMPARE(sorted, QStringList({u"t-a kept"_s, u"t-b ValidationException"_s, u"t-c kept"_s}));
    QCOMPARE(names(db->reader()), QStringList({u"t-a"_s, u"t-c"_s}));
}

void tst_Database::aFailedStatementDoomsItsWrite()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    QVERIFY(db->write([](Transaction &tx) { return put(tx, u"t-a"_s); }));
    const auto ignored = db->write([](Transaction &tx) -> Result<void> {
        static_cast<void>(put(tx, u"t-b"_s));
        static_cast<void>(put(tx, u"t-a"_s)); // taken
        return {};
    });
    QVERIFY(!ignored);
    QVERIFY(ignored.error().code == errors::kConflict);
    const auto translated = db->write([](Transaction &tx) -> Result<void> {
        if (auto stored = put(tx, u"t-a"_s); !stored)
            return fail(errors::kDocumentAlreadyExists, u"There is one already."_s);
        return {};
    });
    QVERIFY(translated.error().code == errors::kDocumentAlreadyExists);
    const auto wrong
        = db->write([](Transaction &tx) { return tx.execute(u"INSERT INTO nothing_here (x) VALUES (1)"_s); });
    QVERIFY(!wrong);
    QVERIFY(db->write([](Transaction &tx) { return put(tx, u"t-c"_s); }));
    QVERIFY(db->flush());
    QCOMPARE(names(db->reader()), QStringList({u"t-a"_s, u"t-c"_s}));
    QVERIFY(!db->isReadOnly());
}

void tst_Database::innerWritesFollowTheOuter()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    QStringList seen;
    const auto note = [&seen](Transaction &tx, const QString &name) {
        tx.onCommitted([&seen, name] { seen.append(name + u" kept"_s); });
        tx.onRolledBack([&seen, name](const Error &) { seen.append(name + u" lost"_s); });
    };
    // the inner fails alone
    QVERIFY(db->write([&](Transaction &outer) -> Result<void> {
        note(outer, u"1"_s);
        auto inner = db->write([&](Transaction &tx) -> Result<void> {
            note(tx, u"1.1"_s);
            if (auto stored = put(tx, u"t-1.1"_s); !stored)
                return stored;
            return anError();
        });
        return inner ? Result<void>(anError()) : put(outer, u"t-1"_s);
    }));
    // the outer takes the inner along
    QVERIFY(!db->write([&](Transaction &outer) -> Result<void> {
        note(outer, u"2"_s);
        auto inner = db->write([&](Transaction &tx) -> Result<void> {
            note(tx, u"2.1"_s);
            return put(tx, u"t-2.1"_s);
        });
        return inner ? Result<void>(anError()) : inner;
    }));
    QVERIFY(db->flush());
    seen.sort();
    QCOMPARE(seen, QStringList({u"1 kept"_s, u"1.1 lost"_s, u"2 lost"_s, u"2.1 lost"_s}));
    QCOMPARE(names(db->reader()), QStringList({u"t-1"_s}));
}

// Past 20 ms the next write begins a new batch, but nobody is called back from inside that write.
void tst_Database::commitsUnderLoadWithoutReentering()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    QStringList seen;
    bool inside = false;
    for (const QString &name : {u"t-a"_s, u"t-b"_s, u"t-c"_s}) {
        inside = true;
        QVERIFY(db->write([&](Transaction &tx) -> Result<void> {
            tx.onCommitted([&seen, &inside, name] { seen.append(inside ? u"inside"_s : name); });
            return put(tx, name);
        }));
        inside = false;
        db.clock.advance(std::chrono::milliseconds(15));
    }
    QVERIFY(seen.isEmpty());
    QSignalSpy failed(&*db, &Database::batchFailed);
    // the third write came 30 ms after the first: the first two are on the disk already
    std::optional<Result<QStringList>> committed;
    onResult(db->read([](Reader &reader) { return Result<QStringList>(names(reader)); }), this,
             [&](const Result<QStringList> &result) { committed = result; });
    QTRY_VERIFY(committed.has_value());
    QVERIFY(committed->value().size() >= 2);
    QTRY_COMPARE(seen, QStringList({u"t-a"_s, u"t-b"_s, u"t-c"_s}));
    QCOMPARE(failed.count(), 0);
}

void tst_Database::whenCommittedWithoutABatch()
{
    test::TestDatabase db(u"sqlite"_s);
    bool called = false;
    db->whenCommitted([&](const Result<void> &kept) { called = kept.has_value(); });
    QVERIFY(called);
}

void tst_Database::effectsMayWriteAgain()
{
    test::TestDatabase db(u"sqlite"_s);
    bool second = false;
    QVERIFY(db->write([&](Transaction &tx) -> Result<void> {
        tx.onCommitted([&] {
            QVERIFY(db->write([&](Transaction &again) -> Result<void> {
                again.onCommitted([&second] { second = true; });
                return put(again, u"t-b"_s);
            }));
            QVERIFY(!second);
        });
        return put(tx, u"t-a"_s);
    }));
    QTRY_VERIFY(second);
}

void tst_Database::finishersGetWhatWasKept()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    QStringList order;
    QList<int> calls;
    const int first
        = db->addBatchFinisher([&](Transaction &tx, const std::vector<std::any> &staged) -> Result<void> {
              calls.append(static_cast<int>(staged.size()));
              for (const std::any &item : staged)
                  order.append(u"1:"_s + std::any_cast<QString>(item));
              tx.onCommitted([&order] { order.append(u"committed"_s); });
              return put(tx, u"t-finished"_s);
          });
    const int second
        = db->addBatchFinisher([&](Transaction &, const std::vector<std::any> &staged) -> Result<void> {
              for (const std::any &item : staged)
                  order.append(u"2:"_s + std::any_cast<QString>(item));
              return {};
          });
    for (const QString &name : {u"a"_s, u"b"_s, u"c"_s}) {
        static_cast<void>(db->write([&](Transaction &tx) -> Result<void> {
            tx.stage(second, name);
            tx.stage(first, name);
            return name == u"b"_s ? Result<void>(anError()) : Result<void>();
        }));
    }
    QVERIFY(db->flush());
    QCOMPARE(order, QStringList({u"1:a"_s, u"1:c"_s, u"2:a"_s, u"2:c"_s, u"committed"_s}));
    QVERIFY(db->write([](Transaction &tx) { return put(tx, u"t-plain"_s); })); // nothing staged: not called
    QVERIFY(db->flush());
    QCOMPARE(calls, QList<int> {2});
}

void tst_Database::aFailingFinisherFailsTheBatch()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    const int finisher
        = db->addBatchFinisher([](Transaction &, const auto &) -> Result<void> { return anError(); });
    QSignalSpy failed(&*db, &Database::batchFailed);
    QStringList seen;
    QVERIFY(db->write([&](Transaction &tx) -> Result<void> {
        tx.onCommitted([&] { seen.append(u"kept"_s); });
        tx.onRolledBack([&](const Error &) { seen.append(u"lost"_s); });
        return put(tx, u"t-a"_s);
    }));
    QVERIFY(db->write([&](Transaction &tx) -> Result<void> {
        tx.stage(finisher, 1);
        return {};
    }));
    db->whenCommitted([&](const Result<void> &kept) { seen.append(kept ? u"kept"_s : u"told"_s); });
    QVERIFY(!db->flush());
    QCOMPARE(seen, QStringList({u"lost"_s, u"told"_s}));
    QCOMPARE(failed.count(), 1);
    QCOMPARE(names(db->reader()), QStringList());
    QVERIFY(!db->isReadOnly());
}

void tst_Database::numbersNeverRepeat()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    const auto take = [&](qint64 count) {
        return *db->write([&](Transaction &tx) { return tx.takeNumbers(u"s"_s, count); });
    };
    QCOMPARE(take(3), qint64(1));
    QCOMPARE(take(1), qint64(4));
    db.reopen();
    QCOMPARE(take(10), qint64(5));
    QCOMPARE(take(1), qint64(15));
}

void tst_Database::insertsAnyNumberOfRows()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    int total = 0;
    for (const int count : {0, 1, 255, 256, 257, 1003}) {
        QList<QVariantList> rows;
        for (int i = 0; i < count; ++i)
            rows.append({u"t-%1-%2"_s.arg(count).arg(i), QString::number(i)});
        const auto inserted = db->write([&](Transaction &tx) {
            return tx.insertRows(u"store_state"_s, {u"name"_s, u"value"_s}, rows,
                                 u"ON CONFLICT (name) DO NOTHING"_s);
        });
        QVERIFY(inserted);
        QCOMPARE(*inserted, qint64(count));
        total += count;
    }
    QCOMPARE(names(db->reader()).size(), total);
    const auto ragged = db->write([&](Transaction &tx) {
        return tx.insertRows(u"store_state"_s, {u"name"_s, u"value"_s}, {{u"t-x"_s}});
    });
    QVERIFY(!ragged);
}

void tst_Database::valuesComeBackAsTheyWere()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    QVERIFY(db->write([&](Transaction &tx) {
        return tx.execute(
            withTokens(u"CREATE TABLE t_values (id ${IDENTITY}, text TEXT, bytes ${BLOB}, flag BOOLEAN, "
                       "whole BIGINT, part DOUBLE PRECISION)"_s,
                       db->dialect()));
    }));
    const QString text = u"quote ' \" back\\slash \n 日本 \U0001F6A9 ? $1 :name %s"_s;
    const QByteArray bytes("\x00\x01'\\\xff\xfe", 6);
    const qint64 most = std::numeric_limits<qint64>::max();
    const qint64 least = std::numeric_limits<qint64>::min() + 1;
    const QString insert = u"INSERT INTO t_values (text, bytes, flag, whole, part) VALUES (?, ?, ?, ?, ?)"_s;
    QVERIFY(db->write([&](Transaction &tx) -> Result<void> {
        for (const QVariantList &row :
             {QVariantList {text, bytes, true, most, 0.1},
              QVariantList {QString(), QByteArray(), false, least, -1e300},
              QVariantList {QVariant(), QVariant(), QVariant(), QVariant(), QVariant()}}) {
            if (auto done = tx.execute(insert, row); !done)
                return done.error();
        }
        return {};
    }));
    QVERIFY(db->flush());
    int seen = 0;
    QVERIFY(db->reader().each(u"SELECT text, bytes, flag, whole, part, id FROM t_values ORDER BY id"_s, {},
                              [&](const Row &row) {
                                  QCOMPARE(row.integer(5), qint64(++seen));
                                  if (seen == 1) {
                                      QCOMPARE(row.text(0), text);
                                      QCOMPARE(row.bytes(1), bytes);
                                      QCOMPARE(row.boolean(2), true);
                                      QCOMPARE(row.integer(3), most);
                                      QCOMPARE(row.real(4), 0.1);
                                  } else if (seen == 2) { // unset text is the empty text, not NULL
                                      for (const int column : {0, 2, 3, 4})
                                          QVERIFY(!row.isNull(column));
                                      QCOMPARE(row.text(0), QString());
                                      QCOMPARE(row.bytes(1), QByteArray());
                                      QCOMPARE(row.boolean(2), false);
                                      QCOMPARE(row.integer(3), least);
                                      QCOMPARE(row.real(4), -1e300);
                                  } else {
                                      for (int column = 0; column < 5; ++column)
                                          QVERIFY(row.isNull(column));
                                      QVERIFY(!row.instantIfAny(3));
                                  }
                              }));
    QCOMPARE(seen, 3);
}

void tst_Database::rowsMayAskAgain()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    QVERIFY(db->write([](Transaction &tx) -> Result<void> {
        for (int i = 0; i < 3; ++i) {
            if (auto stored = put(tx, u"t-%1"_s.arg(i)); !stored)
                return stored;
        }
        return {};
    }));
    const QString sql = u"SELECT name FROM store_state WHERE name LIKE 't-%' ORDER BY name"_s;
    int pairs = 0;
    QVERIFY(db->reader().each(sql, {}, [&](const Row &outer) {
        const QString name = outer.text(0);
        QVERIFY(db->reader().each(sql, {},
                                  [&](const Row &) { ++pairs; })); // the same statement, inside its own rows
        QCOMPARE(outer.text(0), name);
    }));
    QCOMPARE(pairs, 9);
}

// [P13] filters and names are values, never SQL
void tst_Database::textIsNeverSql()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    for (const QString &hostile :
         {u"t-'; DROP TABLE store_state; --"_s, u"t-\\'; DROP TABLE store_state; --"_s, u"t-\" OR 1=1"_s,
          u"t-$$x$$"_s, u"t-\u2019"_s}) {
        QVERIFY(db->write([&](Transaction &tx) { return put(tx, hostile); }));
        QCOMPARE(*db->reader().number(u"SELECT count(*) FROM store_state WHERE name = ?"_s, {hostile}),
                 qint64(1));
    }
    QCOMPARE(names(db->reader()).size(), 5);
}

void tst_Database::readsSeeCommittedRowsOnly()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    QVERIFY(db->write([](Transaction &tx) { return put(tx, u"t-a"_s); }));
    const auto future = db->read([](Reader &reader) { return Result<QStringList>(names(reader)); });
    while (!future.isFinished())
        QThread::msleep(1);
    QCOMPARE(future.result().value(), QStringList());
    QVERIFY(db->flush());
    const auto after = db->read([](Reader &reader) {
        const QStringList before = names(reader);
        QThread::msleep(30); // a snapshot: both reads see the same
        return Result<bool>(before == names(reader) && before.contains(u"t-a"_s));
    });
    int more = 0;
    while (!after.isFinished()) {
        QVERIFY(db->write([&](Transaction &tx) { return put(tx, u"t-z%1"_s.arg(++more)); }));
        QVERIFY(db->flush());
        QThread::msleep(1);
    }
    QVERIFY(after.result().value());
}

void tst_Database::readsCannotWrite()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    const auto attempt = db->read([](Reader &reader) {
        return reader.each(u"INSERT INTO store_state (name, value) VALUES ('t-x', '1') RETURNING name"_s, {},
                           [](const Row &) {});
    });
    while (!attempt.isFinished())
        QThread::msleep(1);
    QVERIFY(!attempt.result());
    QCOMPARE(names(db->reader()), QStringList());
    // the thread's connection still works afterwards
    for (int i = 0; i < 4; ++i) {
        const auto again
            = db->read([](Reader &reader) { return reader.number(u"SELECT count(*) FROM store_state"_s); });
        while (!again.isFinished())
            QThread::msleep(1);
        QVERIFY(again.result());
    }
}

void tst_Database::fleetIsMadeOnce()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    const FleetIdentity fleet = db->fleet();
    QVERIFY(isUuid(fleet.fleetId.text()));
    QCOMPARE(fleet.accountId, u"000000000000"_s);
    QCOMPARE(fleet.region, u"xx-local-1"_s);
    const qint64 epoch = db->epoch();
    db.reopen();
    QVERIFY(db->fleet().fleetId == fleet.fleetId);
    QCOMPARE(db->epoch(), epoch + 1);
}

FB_TEST(tst_Database)
#include "tst_database.moc"
