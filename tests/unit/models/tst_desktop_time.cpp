#include "models/nodes/sessions/desktop_time.h"
#include "tests/support/manual_clock.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace fb::test {

using namespace std::chrono_literals;

// The hour of a remote desktop, and its idle minutes.
class tst_DesktopTime : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void endsAfterAnHour();
    void renewedItHasAnotherHour();
    void endsAfterTenIdleMinutes();
    void whatCountsAsUse_data();
    void whatCountsAsUse();
    void theEarlierEndIsTold();
    void otherLimits();

private:
    // Each second for so long, at so many bytes.
    void pass(std::chrono::seconds time, qint64 bytesEachSecond)
    {
        for (std::chrono::seconds passed {}; passed < time; passed += 1s) {
            m_clock.advance(1s);
            m_bytes += bytesEachSecond;
            m_time.sent(m_clock.tick(), m_bytes);
        }
    }
    DesktopEnd ends() const { return m_time.ends(m_clock.tick()); }
    DesktopEnd endsSoon() const { return m_time.endsSoon(m_clock.tick()); }
    std::chrono::seconds endsIn() const { return m_time.endsIn(m_clock.tick()); }

    ManualClock m_clock;
    DesktopTime m_time;
    qint64 m_bytes = 0;
};

void tst_DesktopTime::init()
{
    m_bytes = 5000; // of logging on
    m_time = {};
    m_time.begin(m_clock.tick(), m_bytes);
}

void tst_DesktopTime::endsAfterAnHour()
{
    pass(55min - 1s, 300);
    QCOMPARE(endsSoon(), DesktopEnd::None);
    pass(1s, 300);
    QCOMPARE(endsSoon(), DesktopEnd::Time);
    QCOMPARE(endsIn(), std::chrono::seconds(5min));
    pass(5min - 1s, 300);
    QCOMPARE(endsIn(), 1s);
    QCOMPARE(ends(), DesktopEnd::None);
    pass(1s, 300);
    QCOMPARE(ends(), DesktopEnd::Time);
    QCOMPARE(endsIn(), 0s);
}

void tst_DesktopTime::renewedItHasAnotherHour()
{
    pass(57min, 300);
    m_time.renew(m_clock.tick());
    QCOMPARE(endsSoon(), DesktopEnd::None);
    pass(60min - 1s, 300);
    QCOMPARE(ends(), DesktopEnd::None);
    pass(1s, 300);
    QCOMPARE(ends(), DesktopEnd::Time);
}

void tst_DesktopTime::endsAfterTenIdleMinutes()
{
    pass(20min, 300);
    pass(8min - 1s, 0);
    QCOMPARE(endsSoon(), DesktopEnd::None);
    pass(1s, 0);
    QCOMPARE(endsSoon(), DesktopEnd::Idle);
    pass(1s, 200); // somebody is back
    QCOMPARE(endsSoon(), DesktopEnd::None);
    pass(9min, 0);
    m_time.renew(m_clock.tick());
    QCOMPARE(endsSoon(), DesktopEnd::None);
    pass(10min, 0);
    QCOMPARE(ends(), DesktopEnd::Idle);
}

void tst_DesktopTime::whatCountsAsUse_data()
{
    QTest::addColumn<int>("bytes"); // each ten seconds
    QTest::addColumn<bool>("isUse");
    QTest::addRow("nothing") << 0 << false;
    QTest::addRow("the answer to a server that asks who is there") << 47 << false;
    QTest::addRow("as many as a keep-alive has") << 50 << false;
    QTest::addRow("a key, down and up") << 54 << true;
    QTest::addRow("the mouse") << 3000 << true;
}

void tst_DesktopTime::whatCountsAsUse()
{
    QFETCH(int, bytes);
    QFETCH(bool, isUse);
    for (int i = 0; i < 6 * 10 + 1; ++i) {
        m_bytes += bytes;
        pass(10s, 0);
    }
    QCOMPARE(ends(), isUse ? DesktopEnd::None : DesktopEnd::Idle);
}

void tst_DesktopTime::theEarlierEndIsTold()
{
    pass(56min, 300); // the hour ends in four minutes
    pass(3min, 0);
    QCOMPARE(endsSoon(), DesktopEnd::Time);
    QCOMPARE(endsIn(), 60s);
    pass(1min, 0);
    QCOMPARE(ends(), DesktopEnd::Time);
}

// As the fleet's settings have them; a short one is told when half of it is over. What is renewed takes the new ones.
void tst_DesktopTime::otherLimits()
{
    m_time.begin(m_clock.tick(), m_bytes, {.longest = 8min, .idle = 2min});
    pass(60s - 1s, 0);
    QCOMPARE(endsSoon(), DesktopEnd::None);
    pass(1s, 0);
    QCOMPARE(endsSoon(), DesktopEnd::Idle);
    QCOMPARE(endsIn(), 60s);
    pass(3min - 1s, 300);
    QCOMPARE(endsSoon(), DesktopEnd::None);
    pass(1s, 300); // half of the eight minutes
    pass(2min, 300);
    QCOMPARE(endsSoon(), DesktopEnd::Time);
    m_time.renew(m_clock.tick(), {.longest = 30min, .idle = 20min});
    QCOMPARE(m_time.left(m_clock.tick()), std::chrono::seconds(30min));
    pass(19min, 0);
    QCOMPARE(ends(), DesktopEnd::None);
    pass(1min, 0);
    QCOMPARE(ends(), DesktopEnd::Idle);
}

FB_TEST(tst_DesktopTime)

}

#include "tst_desktop_time.moc"
