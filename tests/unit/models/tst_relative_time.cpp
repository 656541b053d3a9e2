#include "models/table/relative_time.h"
#include "tests/support/test_main.h"

#include <QTest>

namespace fb::test {

using namespace std::chrono_literals;

class tst_RelativeTime : public QObject
{
    Q_OBJECT
private slots:
    void ago_data();
    void ago();
    void duration();
    void exact();
};

void tst_RelativeTime::ago_data()
{
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<QString>("words");
    QTest::addRow("now") << qint64(0) << QStringLiteral("just now");
    QTest::addRow("a clock that is behind") << qint64(-30) << QStringLiteral("just now");
    QTest::addRow("seconds") << qint64(59) << QStringLiteral("59 s ago");
    QTest::addRow("a minute") << qint64(60) << QStringLiteral("1 min ago");
    QTest::addRow("minutes") << qint64(1080) << QStringLiteral("18 min ago");
    QTest::addRow("hours") << qint64(47 * 3600) << QStringLiteral("47 h ago");
    QTest::addRow("days") << qint64(63 * 86400) << QStringLiteral("63 day(s) ago");
}

void tst_RelativeTime::ago()
{
    QFETCH(qint64, seconds);
    QFETCH(QString, words);
    const Instant now = fromMicros(1790000000000000);
    QCOMPARE(RelativeTime::ago(now - std::chrono::seconds(seconds), now), words);
    QCOMPARE(RelativeTime::ago(Instant(), now), QStringLiteral("never"));
}

void tst_RelativeTime::duration()
{
    QLocale::setDefault(QLocale::c());
    QCOMPARE(RelativeTime::duration(940ms), QStringLiteral("0.9 s"));
    QCOMPARE(RelativeTime::duration(12s), QStringLiteral("12 s"));
    QCOMPARE(RelativeTime::duration(125s), QStringLiteral("2 min 5 s"));
    QCOMPARE(RelativeTime::duration(2h + 3min), QStringLiteral("2 h 3 min"));
    QCOMPARE(RelativeTime::duration(-5s), QStringLiteral("0.0 s"));
}

void tst_RelativeTime::exact()
{
    const Instant at = fromMicros(1'789'999'982'123'000);
    QLocale::setDefault(QLocale(QLocale::English));
    QCOMPARE(RelativeTime::exact(at), QStringLiteral("21 Sep 2026, 14:13:02 UTC"));
    QCOMPARE(RelativeTime::exactToMillis(at), QStringLiteral("21 Sep 2026, 14:13:02.123 UTC"));
    QCOMPARE(RelativeTime::dayAndClock(at), QStringLiteral("21 Sep, 14:13:02"));
    QLocale::setDefault(QLocale(QLocale::Japanese));
    QCOMPARE(RelativeTime::exact(at), QStringLiteral("2026\u5e749\u670821\u65e5 14:13:02 UTC"));
    QCOMPARE(RelativeTime::dayAndClock(at), QStringLiteral("9\u670821\u65e5 14:13:02"));
    QLocale::setDefault(QLocale::c());
    QCOMPARE(RelativeTime::exact(Instant()), QStringLiteral("never"));
}

FB_TEST(tst_RelativeTime)

}

#include "tst_relative_time.moc"
