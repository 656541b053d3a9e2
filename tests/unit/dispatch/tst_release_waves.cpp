#include "backend/dispatch/release_waves.h"
#include "tests/support/seeded_random.h"
#include "tests/support/test_main.h"

#include <QTest>

#include <set>

using namespace fb;

class tst_ReleaseWaves : public QObject
{
    Q_OBJECT

private slots:
    void windowDoublesWithAcknowledgements();
    void neverMoreThanOneOfSeven();
    void waveWaitsForItsSlowestAcknowledgement();
    void shortRunsDoNotHoldTheWaveOpen();
    void nodeThatIsAwayTakesNoPlace();
    void returnedNodeGoesFirst();
    void lostBeforeAcknowledgementFreesItsSlot();
    void lostAfterAcknowledgementKeepsItsSlot();
    void stopsAfterTheErrorBeyondTheLimit_data();
    void stopsAfterTheErrorBeyondTheLimit();
    void endsUnderRandomEvents();

private:
    static std::vector<ReleaseWaves::Row> admitAll(ReleaseWaves &waves)
    {
        std::vector<ReleaseWaves::Row> delayed;
        return waves.admit([](ReleaseWaves::Row) { return true; }, delayed);
    }
    static ReleaseWaves filled(int64_t concurrency, int64_t errorLimit, uint32_t rows)
    {
        ReleaseWaves waves(concurrency, errorLimit);
        for (uint32_t row = 0; row < rows; ++row)
            waves.addWaiting(row);
        return waves;
    }
};

// [run-command 8.6] 100 nodes, C = 50: windows of 1, 2, 4, 8, 16, 32, 50, never over 50
void tst_ReleaseWaves::windowDoublesWithAcknowledgements()
{
    ReleaseWaves waves = filled(50, 0, 100);
    std::vector<int64_t> inFlight;
    while (true) {
        const auto released = admitAll(waves);
        if (released.empty())
            break;
        inFlight.push_back(waves.inFlight());
        for (const auto row : released)
            waves.acknowledged(row); // they run on
    }
    QCOMPARE(inFlight, (std::vector<int64_t> {1, 2, 4, 8, 16, 32, 50}));
    for (uint32_t row = 0; row < 100; ++row) {
        waves.ended(row, false);
        admitAll(waves);
        QVERIFY(waves.inFlight() <= 50);
    }
    QCOMPARE(waves.inFlight(), 0);
}

// [run-command 8.6] MaxConcurrency 10% of 7: at no time more than one in flight
void tst_ReleaseWaves::neverMoreThanOneOfSeven()
{
    ReleaseWaves waves = filled(1, 7, 7);
    for (uint32_t row = 0; row < 7; ++row) {
        QCOMPARE(admitAll(waves), std::vector<ReleaseWaves::Row> {row});
        QVERIFY(admitAll(waves).empty());
        waves.acknowledged(row);
        QVERIFY(admitAll(waves).empty());
        waves.ended(row, false);
    }
    QVERIFY(admitAll(waves).empty());
}

void tst_ReleaseWaves::waveWaitsForItsSlowestAcknowledgement()
{
    ReleaseWaves waves = filled(8, 0, 20);
    waves.acknowledged(admitAll(waves).front()); // w = 2
    QCOMPARE(admitAll(waves).size(), size_t(1));
    QCOMPARE(waves.window(), 2);
    waves.ended(0, false);
    QCOMPARE(admitAll(waves).size(), size_t(1)); // rows 1 and 2 are the wave
    waves.acknowledged(2);
    QCOMPARE(waves.window(), 2);
    waves.acknowledged(1);
    QCOMPARE(waves.window(), 4);
}

void tst_ReleaseWaves::shortRunsDoNotHoldTheWaveOpen()
{
    // one row of each pair is always unacknowledged: the window must open all the same
    ReleaseWaves waves = filled(32, 0, 1000);
    std::vector<ReleaseWaves::Row> running = admitAll(waves);
    int steps = 0;
    while (waves.window() < 32 && steps < 200) {
        waves.ended(running.front(), false);
        running.erase(running.begin());
        const auto released = admitAll(waves);
        running.insert(running.end(), released.begin(), released.end());
        ++steps;
    }
    QCOMPARE(waves.window(), 32);
}

void tst_ReleaseWaves::nodeThatIsAwayTakesNoPlace()
{
    ReleaseWaves waves = filled(1, 0, 3);
    std::vector<ReleaseWaves::Row> delayed;
    const auto released = waves.admit([](ReleaseWaves::Row row) { return row == 2; }, delayed);
    QCOMPARE(released, std::vector<ReleaseWaves::Row> {2});
    QCOMPARE(delayed, (std::vector<ReleaseWaves::Row> {0, 1}));
    QCOMPARE(waves.inFlight(), 1);
    QVERIFY(waves.isDelayed(0));
}

void tst_ReleaseWaves::returnedNodeGoesFirst()
{
    ReleaseWaves waves = filled(1, 0, 4);
    std::vector<ReleaseWaves::Row> delayed;
    waves.admit([](ReleaseWaves::Row row) { return row != 0; }, delayed); // 0 away, 1 released
    waves.nodeBack(0);
    waves.acknowledged(1);
    waves.ended(1, false);
    QCOMPARE(admitAll(waves), std::vector<ReleaseWaves::Row> {0});
}

void tst_ReleaseWaves::lostBeforeAcknowledgementFreesItsSlot()
{
    ReleaseWaves waves = filled(1, 0, 2);
    QCOMPARE(admitAll(waves), std::vector<ReleaseWaves::Row> {0});
    waves.nodeAway(0);
    QVERIFY(waves.isDelayed(0));
    QCOMPARE(admitAll(waves), std::vector<ReleaseWaves::Row> {1});
    // the acknowledgement that was on its way counts when it arrives: the node has it
    waves.acknowledged(0);
    QVERIFY(waves.isAcknowledged(0));
    QCOMPARE(waves.inFlight(), 2);
}

void tst_ReleaseWaves::lostAfterAcknowledgementKeepsItsSlot()
{
    ReleaseWaves waves = filled(1, 0, 2);
    admitAll(waves);
    waves.acknowledged(0);
    waves.nodeAway(0);
    QVERIFY(waves.isReleased(0));
    QVERIFY(admitAll(waves).empty());
}

void tst_ReleaseWaves::stopsAfterTheErrorBeyondTheLimit_data()
{
    QTest::addColumn<uint32_t>("rows");
    QTest::addColumn<int64_t>("errorLimit");
    QTest::addColumn<uint32_t>("failed");
    QTest::addRow("[run-command 8.4] 50 nodes, 10%%") << 50U << int64_t(5) << 6U;
    QTest::addRow("[run-command 8.5] 3 errors") << 20U << int64_t(3) << 4U;
    QTest::addRow("no error allowed") << 20U << int64_t(0) << 1U;
    QTest::addRow("never") << 3U << int64_t(3) << 3U;
}

void tst_ReleaseWaves::stopsAfterTheErrorBeyondTheLimit()
{
    QFETCH(uint32_t, rows);
    QFETCH(int64_t, errorLimit);
    QFETCH(uint32_t, failed);
    ReleaseWaves waves = filled(1, errorLimit, rows);
    uint32_t ended = 0;
    std::vector<ReleaseWaves::Row> terminated;
    while (ended < rows && terminated.empty()) {
        const auto released = admitAll(waves);
        if (released.empty())
            break;
        waves.acknowledged(released.front());
        waves.ended(released.front(), true);
        ++ended;
        if (waves.mustStop())
            terminated = waves.stop();
    }
    QCOMPARE(ended, failed);
    QCOMPARE(terminated.size(), size_t(rows - failed));
    QVERIFY(admitAll(waves).empty());
}

// Whatever happens in whatever order: the limits hold at each moment, no row is released while it is in flight, and all end.
void tst_ReleaseWaves::endsUnderRandomEvents()
{
    for (uint64_t seed = 1; seed <= 200; ++seed) {
        test::SeededRandom random(seed);
        const auto rows = static_cast<uint32_t>(1 + random.below(60));
        const auto concurrency = static_cast<int64_t>(1 + random.below(12));
        ReleaseWaves waves = filled(concurrency, static_cast<int64_t>(rows), rows);
        std::vector<bool> connected(rows, true);
        std::set<ReleaseWaves::Row> inFlight;
        std::set<ReleaseWaves::Row> ended;
        for (int step = 0; step < 20000 && ended.size() < rows; ++step) {
            std::vector<ReleaseWaves::Row> delayed;
            int64_t before = waves.inFlight();
            for (const auto row :
                 waves.admit([&](ReleaseWaves::Row r) { return bool(connected[r]); }, delayed)) {
                QVERIFY2(inFlight.insert(row).second, "released twice");
                QVERIFY(!ended.contains(row));
                QVERIFY2(++before <= std::min(concurrency, waves.window()), "over the window");
            }
            const auto row = static_cast<ReleaseWaves::Row>(random.below(rows));
            switch (random.below(4)) {
            case 0:
                connected[row] = false;
                if (!waves.isAcknowledged(row))
                    inFlight.erase(row);
                waves.nodeAway(row);
                break;
            case 1:
                connected[row] = true;
                waves.nodeBack(row);
                break;
            case 2:
                if (inFlight.contains(row))
                    waves.acknowledged(row);
                break;
            default:
                if (inFlight.contains(row)) {
                    waves.ended(row, random.below(2) == 0);
                    inFlight.erase(row);
                    ended.insert(row);
                }
            }
            QCOMPARE(waves.inFlight(), static_cast<int64_t>(inFlight.size()));
        }
        QVERIFY2(ended.size() == rows, qPrintable(QStringLiteral("seed %1").arg(seed)));
    }
}

FB_TEST(tst_ReleaseWaves)
#include "tst_release_waves.moc"
