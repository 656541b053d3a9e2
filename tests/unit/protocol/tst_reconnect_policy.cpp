#include "backend/protocol/reconnect_policy.h"

#include "tests/support/manual_clock.h"
#include "tests/support/seeded_random.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace fb::protocol;
using namespace std::chrono_literals;

class tst_ReconnectPolicy : public QObject
{
    Q_OBJECT

private slots:
    void firstRetryIsSpreadOverS();
    void backOffDoublesUpToTheCap();
    void aCrashLoopDoesNotStayAtBase();
    void aHealthyMinuteResets();
    void goAwayNeverCounts();
    void aFleetComesBackEvenly();
};

void tst_ReconnectPolicy::firstRetryIsSpreadOverS()
{
    test::ManualClock clock;
    test::SeededRandom random;
    std::chrono::milliseconds least = 1h;
    std::chrono::milliseconds most {};
    for (int i = 0; i < 500; ++i) {
        ReconnectPolicy policy(clock, random);
        policy.welcomed(40s);
        clock.advance(61s);
        const auto delay = policy.ended();
        least = std::min(least, delay);
        most = std::max(most, delay);
    }
    QVERIFY2(least < 1s, "some come at once");
    QVERIFY2(most > 38s && most <= 40s, "some wait nearly S, none longer");
}

void tst_ReconnectPolicy::backOffDoublesUpToTheCap()
{
    test::ManualClock clock;
    test::SeededRandom random;
    std::vector<std::chrono::milliseconds> most(12);
    for (int i = 0; i < 300; ++i) {
        ReconnectPolicy policy(clock, random);
        for (auto &bound : most)
            bound = std::max(bound, policy.ended());
    }
    std::chrono::milliseconds ceiling = ReconnectPolicy::kBase;
    for (const auto &seen : most) {
        QVERIFY(seen <= ceiling && seen > ceiling * 9 / 10);
        ceiling = std::min(ceiling * 2, ReconnectPolicy::kCap);
    }
}

void tst_ReconnectPolicy::aCrashLoopDoesNotStayAtBase()
{
    test::ManualClock clock;
    test::SeededRandom random;
    ReconnectPolicy policy(clock, random);
    for (int i = 0; i < 10; ++i) { // the link comes up each time, and dies within the minute
        policy.welcomed(2s);
        clock.advance(59s);
        (void)policy.ended();
    }
    QCOMPARE(policy.failures(), 10);
    std::chrono::milliseconds most {};
    for (int i = 0; i < 100; ++i)
        most = std::max(most, policy.ended());
    QVERIFY(most > 100s);
}

void tst_ReconnectPolicy::aHealthyMinuteResets()
{
    test::ManualClock clock;
    test::SeededRandom random;
    ReconnectPolicy policy(clock, random);
    for (int i = 0; i < 10; ++i)
        (void)policy.ended();
    policy.welcomed(2s);
    clock.advance(60s);
    QVERIFY(policy.ended() <= 2s);
    QCOMPARE(policy.failures(), 0);
    QVERIFY2(policy.ended() <= 1s, "the second try begins at the base");
}

void tst_ReconnectPolicy::goAwayNeverCounts()
{
    test::ManualClock clock;
    test::SeededRandom random;
    ReconnectPolicy policy(clock, random);
    for (int i = 0; i < 50; ++i) {
        policy.welcomed(2s);
        policy.goAway(5s, 10s);
        const auto delay = policy.ended();
        QVERIFY(delay >= 5s && delay <= 15s);
    }
    QCOMPARE(policy.failures(), 0);
}

void tst_ReconnectPolicy::aFleetComesBackEvenly()
{
    test::ManualClock clock;
    test::SeededRandom random;
    std::vector<int> perSecond(41);
    for (int i = 0; i < 10'000; ++i) {
        ReconnectPolicy policy(clock, random);
        policy.welcomed(40s);
        clock.advance(60s);
        ++perSecond[static_cast<size_t>(policy.ended() / 1s)];
    }
    for (size_t second = 0; second < 40; ++second)
        QVERIFY(perSecond[second] > 150 && perSecond[second] < 350); // 250 on average
}

FB_TEST(tst_ReconnectPolicy)
#include "tst_reconnect_policy.moc"
