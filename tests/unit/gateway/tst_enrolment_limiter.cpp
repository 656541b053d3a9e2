#include "backend/gateway/enrolment_limiter.h"

#include "tests/support/manual_clock.h"
#include "tests/support/test_main.h"

#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace std::chrono_literals;

class tst_EnrolmentLimiter : public QObject
{
    Q_OBJECT

private slots:
    void tenWrongTriesLockTheAddress();
    void tenWrongTriesLockTheActivation();
    void rightTriesAreNotCounted();
    void oldTriesAreForgotten();
    void lockEndsAfterFifteenMinutes();
    void oneIpv6NetworkIsOneSource();
    void manyAddressesTogether();
    void memoryIsBounded();
    void answersReadAlike();
};

namespace {
std::string address(int number)
{
    return "10.0." + std::to_string(number / 256) + '.' + std::to_string(number % 256);
}
}

// [T08] [fleet-manager B8.8] ten wrong tries from one address
void tst_EnrolmentLimiter::tenWrongTriesLockTheAddress()
{
    ManualClock clock;
    EnrolmentLimiter limiter(clock);
    for (int i = 0; i < 10; ++i) {
        QVERIFY(limiter.check("192.0.2.1", "activation-" + std::to_string(i)));
        QCOMPARE(limiter.wrongTry("192.0.2.1", "activation-" + std::to_string(i)), i == 9); // the event, once
    }
    QVERIFY(!limiter.check("192.0.2.1", "a good one"));
    QVERIFY(limiter.check("192.0.2.2", "a good one"));
}

// [T08] the same activation from many addresses
void tst_EnrolmentLimiter::tenWrongTriesLockTheActivation()
{
    ManualClock clock;
    EnrolmentLimiter limiter(clock);
    for (int i = 0; i < 10; ++i)
        limiter.wrongTry(address(i), "guessed");
    QVERIFY(!limiter.check("192.0.2.1", "guessed"));
    QVERIFY(limiter.check("192.0.2.1", "another"));
}

void tst_EnrolmentLimiter::rightTriesAreNotCounted()
{
    ManualClock clock;
    EnrolmentLimiter limiter(clock);
    for (int i = 0; i < 1000; ++i)
        QVERIFY(limiter.check("192.0.2.1", "one"));
    for (int i = 0; i < 9; ++i)
        limiter.wrongTry("192.0.2.1", "one");
    QVERIFY(limiter.check("192.0.2.1", "one"));
}

void tst_EnrolmentLimiter::oldTriesAreForgotten()
{
    ManualClock clock;
    EnrolmentLimiter limiter(clock);
    for (int i = 0; i < 30; ++i) { // nine in any 10 minutes
        limiter.wrongTry("192.0.2.1", "one");
        clock.advance(67s);
        QVERIFY(limiter.check("192.0.2.1", "one"));
    }
}

void tst_EnrolmentLimiter::lockEndsAfterFifteenMinutes()
{
    ManualClock clock;
    EnrolmentLimiter limiter(clock);
    for (int i = 0; i < 10; ++i)
        limiter.wrongTry("192.0.2.1", "one");
    clock.advance(15min - 1s);
    const auto locked = limiter.check("192.0.2.1", "one");
    QVERIFY(!locked);
    QVERIFY(locked.error().code == errors::kThrottling);
    clock.advance(1s);
    QVERIFY(limiter.check("192.0.2.1", "one"));
    clock.jumpWallClock(-24h); // a clock set back locks nobody in or out
    QVERIFY(limiter.check("192.0.2.1", "one"));
}

void tst_EnrolmentLimiter::oneIpv6NetworkIsOneSource()
{
    ManualClock clock;
    EnrolmentLimiter limiter(clock);
    for (int i = 0; i < 10; ++i)
        limiter.wrongTry("2001:db8:1:2::" + std::to_string(i + 1), "activation-" + std::to_string(i));
    QVERIFY(!limiter.check("2001:db8:1:2:ffff::9", "x"));
    QVERIFY(limiter.check("2001:db8:1:3::1", "x"));
}

// [T08] a thousand wrong tries in all, however they are spread
void tst_EnrolmentLimiter::manyAddressesTogether()
{
    ManualClock clock;
    EnrolmentLimiter limiter(clock);
    for (int i = 0; i < 1000; ++i) {
        QVERIFY(limiter.check(address(i), "activation-" + std::to_string(i)));
        limiter.wrongTry(address(i), "activation-" + std::to_string(i));
    }
    QVERIFY(!limiter.check("192.0.2.1", "a good one"));
    clock.advance(10min);
    QVERIFY(limiter.check("192.0.2.1", "a good one"));
}

void tst_EnrolmentLimiter::memoryIsBounded()
{
    ManualClock clock;
    EnrolmentLimits limits;
    limits.remembered = 100;
    EnrolmentLimiter limiter(clock, limits);
    for (int i = 0; i < 10; ++i)
        limiter.wrongTry("192.0.2.1", "locked");
    for (int i = 0; i < 2000; ++i) {
        clock.advance(1s);
        limiter.wrongTry(address(i), "activation-" + std::to_string(i));
        if (i < 600)
            QVERIFY(!limiter.check("192.0.2.1", "x")); // what is locked is not pushed out
    }
}

void tst_EnrolmentLimiter::answersReadAlike()
{
    ManualClock clock;
    EnrolmentLimiter limiter(clock);
    for (int i = 0; i < 10; ++i)
        limiter.wrongTry("192.0.2.1", "one");
    const auto byAddress = limiter.check("192.0.2.1", "two");
    const auto byActivation = limiter.check("192.0.2.2", "one");
    QCOMPARE(byAddress.error(), byActivation.error());
}

FB_TEST(tst_EnrolmentLimiter)
#include "tst_enrolment_limiter.moc"
