#include "backend/store/database.h"

#include "tests/support/test_database.h"
#include "tests/support/test_main.h"

#include <QDeadlineTimer>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <atomic>
#include <thread>

using namespace fb;
using namespace Qt::StringLiterals;

// Readers, writers and engines on one store at once.
class tst_DatabaseSharing : public QObject
{
    Q_OBJECT

private slots:
    void readsAndWritesAtOnce_data() { test::addDatabaseRows(); }
    void readsAndWritesAtOnce();
    void readsOfADyingStoreAnswer();
    void enginesShareOnePostgres();
};

void tst_DatabaseSharing::readsAndWritesAtOnce()
{
    QFETCH(QString, database);
    test::TestDatabase db(database);
    std::atomic<int> answers {0};
    std::atomic<int> wrong {0};
    constexpr int kReads = 200;
    std::vector<std::thread> askers;
    for (int asker = 0; asker < 4; ++asker) {
        askers.emplace_back([&] { // from any thread
            for (int i = 0; i < kReads / 4; ++i) {
                const auto future = db->read([&](Reader &reader) -> Result<int> {
                    const auto pairs
                        = reader.all(u"SELECT value FROM store_state WHERE name IN ('t-a', 't-b')"_s, {},
                                     [](const Row &row) { return row.text(0); });
                    if (!pairs || (pairs->size() == 2 && pairs->at(0) != pairs->at(1)))
                        ++wrong;
                    ++answers;
                    return 0;
                });
                Q_UNUSED(future);
            }
        });
    }
    for (int turn = 0; turn < 50; ++turn) {
        QVERIFY(db->write([&](Transaction &tx) -> Result<void> {
            for (const QString &name : {u"t-a"_s, u"t-b"_s}) { // always equal once committed
                auto stored = tx.execute(
                    u"INSERT INTO store_state (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE "
                    "SET value = excluded.value"_s,
                    {name, QString::number(turn)});
                if (!stored)
                    return stored.error();
            }
            return {};
        }));
        QCoreApplication::processEvents();
    }
    for (std::thread &asker : askers)
        asker.join();
    QTRY_COMPARE(answers.load(), kReads);
    QCOMPARE(wrong.load(), 0);
}

void tst_DatabaseSharing::readsOfADyingStoreAnswer()
{
    std::vector<QFuture<Result<qint64>>> futures;
    {
        test::TestDatabase db(u"sqlite"_s);
        for (int i = 0; i < 50; ++i)
            futures.push_back(db->read([](Reader &reader) {
                QThread::msleep(2);
                return reader.number(u"SELECT count(*) FROM store_state"_s);
            }));
    }
    int refused = 0;
    for (const auto &future : futures) {
        QVERIFY(future.isFinished());
        refused += future.result() ? 0 : 1;
    }
    QVERIFY(refused > 0);
}

// Two engines begin at once on an empty database: one migrates, and the numbers they give become visible in order, without a gap.
void tst_DatabaseSharing::enginesShareOnePostgres()
{
    test::TestDatabase watcher(u"postgres"_s, test::UpTo {1});
    QVERIFY(watcher->write(
        [](Transaction &tx) { return tx.execute(u"CREATE TABLE t_number (n BIGINT PRIMARY KEY)"_s); }));
    QVERIFY(watcher->flush());
    DatabaseOptions options = watcher.options();
    options.migrations = u":/migrations"_s; // all but the first are still to come
    constexpr int kBatches = 60;
    std::atomic<int> failures {0};
    std::vector<std::thread> engines;
    for (int engine = 0; engine < 2; ++engine) {
        engines.emplace_back([&, engine] {
            const QTemporaryDir folder;
            DatabaseOptions mine = options;
            mine.dataDir = folder.path();
            test::ManualClock clock;
            test::SeededRandom random(static_cast<uint64_t>(engine) + 10);
            auto db = Database::open(mine, clock, random);
            if (!db) {
                failures += 1000;
                return;
            }
            const int finisher
                = (*db)->addBatchFinisher([](Transaction &tx, const auto &staged) -> Result<void> {
                      const auto first = tx.takeNumbers(u"shared"_s, static_cast<qint64>(staged.size()));
                      if (!first)
                          return first.error();
                      QList<QVariantList> rows;
                      for (qint64 i = 0; i < static_cast<qint64>(staged.size()); ++i)
                          rows.append(QVariantList {*first + i});
                      return tx.insertRows(u"t_number"_s, {u"n"_s}, rows).map([](qint64) {});
                  });
            for (int batch = 0; batch < kBatches; ++batch) {
                for (int item = 0; item < 3; ++item)
                    static_cast<void>((*db)->write([&](Transaction &tx) -> Result<void> {
                        tx.stage(finisher, item);
                        return {};
                    }));
                if (!(*db)->flush())
                    ++failures;
            }
        });
    }
    qint64 most = 0;
    int gaps = 0;
    const QDeadlineTimer deadline(60000);
    while (most < 2 * kBatches * 3 && failures == 0 && !deadline.hasExpired()) {
        static_cast<void>(watcher->reader().each(
            u"SELECT count(*), coalesce(max(n), 0) FROM t_number"_s, {}, [&](const Row &row) {
                gaps += row.integer(0) == row.integer(1) ? 0
                                                         : 1; // who has read up to n has missed nothing below
                most = row.integer(1);
            }));
    }
    for (std::thread &engine : engines)
        engine.join();
    QCOMPARE(failures.load(), 0);
    QCOMPARE(gaps, 0);
    QCOMPARE(most, qint64(2 * kBatches * 3));
}

FB_TEST(tst_DatabaseSharing)
#include "tst_database_sharing.moc"
