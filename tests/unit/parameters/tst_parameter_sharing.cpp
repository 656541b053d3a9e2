// Two engines on one PostgreSQL database.

#include "backend/applications/parameters/parameter_query.h"
#include "tests/support/test_main.h"
#include "tests/unit/parameters/parameter_bench.h"

#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <atomic>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_ParameterSharing : public QObject
{
    Q_OBJECT

private slots:
    void putsAtOnce();
    void createsAtOnce();
    void expiresOnce();
};

namespace {

// Runs `work` as an engine of its own, in a thread of its own.
template <typename Work>
std::unique_ptr<QThread> engineThread(const DatabaseOptions &options, uint64_t seed, Instant now,
                                      std::atomic<int> &failures, Work work)
{
    std::unique_ptr<QThread> thread(QThread::create([=, &failures] {
        const QTemporaryDir folder;
        DatabaseOptions mine = options;
        mine.dataDir = folder.path();
        ManualClock clock(now);
        SeededRandom random(seed);
        auto database = Database::open(mine, clock, random);
        if (!database) {
            failures += 1000;
            return;
        }
        {
            ParameterRooms rooms(**database, clock, random);
            if (!(*database)->flush())
                ++failures;
            work(**database, rooms);
            static_cast<void>((*database)->flush());
            database->reset();
        }
    }));
    thread->start();
    return thread;
}

const Principal kAlice {u"alice"_s, Role::Administrator, u"console"_s};

}

// [parameter-store 8.24]
void tst_ParameterSharing::putsAtOnce()
{
    ParameterBench b(u"postgres"_s);
    QVERIFY(b.put(u"/x"_s, u"v"_s));
    std::atomic<int> failures = 0;
    std::atomic<int> successes = 0;
    std::atomic<int> refusals = 0;
    std::vector<std::unique_ptr<QThread>> engines;
    for (uint64_t engine = 0; engine < 2; ++engine)
        engines.push_back(engineThread(
            b.db.options(), 100 + engine, b.db.clock.now(), failures,
            [&](Database &database, ParameterRooms &rooms) {
                for (int i = 0; i < 50; ++i) {
                    const auto put = rooms.service.putParameter(
                        kAlice, {.name = u"/x"_s, .value = QString::number(i), .overwrite = true});
                    const auto kept = database.flush();
                    if (put && kept)
                        ++successes;
                    else if (!put && put.error().code == errors::kTooManyUpdates)
                        ++refusals;
                    else
                        ++failures;
                }
            }));
    for (const auto &engine : engines)
        QVERIFY(engine->wait(120'000));
    QCOMPARE(failures.load(), 0);
    QCOMPARE(successes + refusals, 100);
    QVERIFY(successes > 0);
    // one number for each success, none left out
    const auto history = b.history(u"/x"_s);
    QCOMPARE(b.get(u"/x"_s)->version, 1 + successes);
    for (qsizetype i = 1; i < history.size(); ++i)
        QCOMPARE(history[i].version, history[i - 1].version + 1);
    QCOMPARE(b.eventsOf(u"Parameter Store Change"_s).size(), 1 + successes);
}

// The same names at the same time: each is made once, and the tree's counts are right.
void tst_ParameterSharing::createsAtOnce()
{
    ParameterBench b(u"postgres"_s);
    std::atomic<int> failures = 0;
    std::atomic<int> successes = 0;
    std::vector<std::unique_ptr<QThread>> engines;
    for (uint64_t engine = 0; engine < 2; ++engine)
        engines.push_back(engineThread(
            b.db.options(), 200 + engine, b.db.clock.now(), failures,
            [&](Database &database, ParameterRooms &rooms) {
                for (int i = 0; i < 30; ++i) {
                    const auto put = rooms.service.putParameter(
                        kAlice,
                        {.name = u"/a/%1"_s.arg(i), .value = u"v"_s, .type = ParameterKind::SecureString});
                    const auto kept = database.flush();
                    if (put && kept)
                        ++successes;
                    else if (put
                             || (put.error().code != errors::kTooManyUpdates
                                 && put.error().code != errors::kParameterAlreadyExists))
                        ++failures;
                }
            }));
    for (const auto &engine : engines)
        QVERIFY(engine->wait(120'000));
    QCOMPARE(failures.load(), 0);
    QCOMPARE(successes.load(), 30);
    QCOMPARE(b.byPath(u"/a"_s).size(), 30);
    QCOMPARE(b.service().paths(b.alice, u"/"_s)->first().total, 30);
    QCOMPARE(b.value(u"/a/29"_s), u"v"_s); // whichever engine sealed it
}

// Both sweep all the time; each parameter expires with one pair of events.
void tst_ParameterSharing::expiresOnce()
{
    ParameterBench b(u"postgres"_s);
    constexpr int kParameters = 40;
    for (int i = 0; i < kParameters; ++i)
        QVERIFY(
            b.put({.name = u"/x/%1"_s.arg(i),
                   .value = u"v"_s,
                   .type = ParameterKind::String,
                   .tier = ParameterTier::Advanced,
                   .policies = u"[{\"Type\":\"Expiration\",\"Version\":\"1.0\",\"Attributes\":{\"Timestamp\":"
                               "\"2025-11-24T17:00:00Z\"}}]"_s}));
    std::atomic<int> failures = 0;
    std::atomic<int> acted = 0;
    std::vector<std::unique_ptr<QThread>> engines;
    for (uint64_t engine = 0; engine < 2; ++engine)
        engines.push_back(engineThread(b.db.options(), 300 + engine, b.db.clock.now() + 2h, failures,
                                       [&](Database &database, ParameterRooms &rooms) {
                                           for (int i = 0; i < 20; ++i) {
                                               const auto swept = rooms.service.sweep();
                                               if (!swept || !database.flush())
                                                   ++failures;
                                               else
                                                   acted += *swept;
                                           }
                                       }));
    for (const auto &engine : engines)
        QVERIFY(engine->wait(120'000));
    QCOMPARE(failures.load(), 0);
    QCOMPARE(acted.load(), kParameters);
    QCOMPARE(b.byPath(u"/x"_s), QStringList());
    QCOMPARE(b.eventsOf(u"Parameter Store Policy Action"_s).size(), kParameters);
    QCOMPARE(b.eventsOf(u"Parameter Store Change"_s).size(), 2 * kParameters);
}

FB_TEST(tst_ParameterSharing)
#include "tst_parameter_sharing.moc"
