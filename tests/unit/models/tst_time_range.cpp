// What an operator types for the time of the charts, and what is said when it cannot be read.
#include "models/charts/time_range.h"
#include "tests/support/test_main.h"

#include <QDateTime>
#include <QTest>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_TimeRange : public QObject
{
    Q_OBJECT
private slots:
    void last_data();
    void last();
    void between_data();
    void between();
    void refused_data();
    void refused();
    void textIsReadBack();

private:
    // 2026-11-26 12:00 local
    const Instant m_now = fromMicros(QDateTime(QDate(2026, 11, 26), QTime(12, 0)).toMSecsSinceEpoch() * 1000);
};

void tst_TimeRange::last_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("minutes");
    QTest::addRow("hours") << u"last 3 h"_s << qint64(180);
    QTest::addRow("minutes") << u"last 30 min"_s << qint64(30);
    QTest::addRow("no last") << u"2 days"_s << qint64(2880);
    QTest::addRow("close together") << u"12h"_s << qint64(720);
    QTest::addRow("one") << u"last hour"_s << qint64(60);
    QTest::addRow("a week, capitals, blanks") << u"  LAST  1 Week "_s << qint64(7 * 1440);
    QTest::addRow("Japanese") << u"過去 3 時間"_s << qint64(180);
    QTest::addRow("Japanese days") << u"過去7日"_s << qint64(7 * 1440);
}

void tst_TimeRange::last()
{
    QFETCH(QString, text);
    QFETCH(qint64, minutes);
    const TimeRangeReading read = TimeRangeText::read(text, m_now);
    QVERIFY2(read.range, qPrintable(read.problem));
    QVERIFY(read.range->isLive());
    QCOMPARE(read.range->end(m_now) - read.range->begin(m_now), Microseconds(std::chrono::minutes(minutes)));
}

void tst_TimeRange::between_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addRow("same day") << u"2026-11-20 10:00 to 12:00"_s << u"2026-11-20T10:00"_s
                              << u"2026-11-20T12:00"_s;
    QTest::addRow("two days") << u"2026-11-20 10:00 to 2026-11-21 09:30"_s << u"2026-11-20T10:00"_s
                              << u"2026-11-21T09:30"_s;
    QTest::addRow("a whole day") << u"2026-11-20 to 2026-11-20"_s << u"2026-11-20T00:00"_s
                                 << u"2026-11-20T23:59"_s;
    QTest::addRow("until now") << u"2026-11-26 10:00 to now"_s << u"2026-11-26T10:00"_s
                               << u"2026-11-26T12:00"_s;
    QTest::addRow("Japanese") << u"2026-11-20 10:00から12:00"_s << u"2026-11-20T10:00"_s
                              << u"2026-11-20T12:00"_s;
}

void tst_TimeRange::between()
{
    QFETCH(QString, text);
    QFETCH(QString, from);
    QFETCH(QString, to);
    const TimeRangeReading read = TimeRangeText::read(text, m_now);
    QVERIFY2(read.range, qPrintable(read.problem));
    const auto local = [](Instant at) {
        return QDateTime::fromMSecsSinceEpoch(toMicros(at) / 1000).toString(u"yyyy-MM-ddTHH:mm"_s);
    };
    QCOMPARE(local(read.range->from), from);
    QCOMPARE(local(read.range->to), to);
}

void tst_TimeRange::refused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    QTest::addRow("nothing") << QString() << u"last 3 h"_s;
    QTest::addRow("words") << u"yesterday evening"_s << u"last 3 h"_s;
    QTest::addRow("unknown unit") << u"last 3 moons"_s << u"\"moons\" is not a unit"_s;
    QTest::addRow("nought") << u"last 0 h"_s << u"too short"_s;
    QTest::addRow("longer than kept") << u"last 400 days"_s << u"15 days"_s;
    QTest::addRow("backwards") << u"2026-11-20 12:00 to 10:00"_s << u"must be after"_s;
    QTest::addRow("no such day") << u"2026-02-30 10:00 to 12:00"_s << u"\"2026-02-30 10:00\" is not a time"_s;
    QTest::addRow("bad end") << u"2026-11-20 10:00 to 25:00"_s << u"\"25:00\" is not a time"_s;
    QTest::addRow("future") << u"2027-01-01 10:00 to 12:00"_s << u"in the future"_s;
    QTest::addRow("endless") << QString(100000, u'9') << u"last 3 h"_s;
}

void tst_TimeRange::refused()
{
    QFETCH(QString, text);
    QFETCH(QString, says);
    const TimeRangeReading read = TimeRangeText::read(text, m_now);
    QVERIFY(!read.range);
    QVERIFY2(read.problem.contains(says), qPrintable(read.problem));
}

void tst_TimeRange::textIsReadBack()
{
    for (const Microseconds length : {Microseconds(15min), Microseconds(3h), Microseconds(24h),
                                      Microseconds(7 * 24h), Microseconds(90min)}) {
        const TimeRange range {.last = length};
        QCOMPARE(TimeRangeText::read(TimeRangeText::text(range), m_now).range, range);
    }
    const TimeRange day {.last = Microseconds(0), .from = m_now - 26h, .to = m_now - 25h};
    QCOMPARE(TimeRangeText::read(TimeRangeText::text(day), m_now).range, day);
    const TimeRange days {.last = Microseconds(0), .from = m_now - 60h, .to = m_now - 3h};
    QCOMPARE(TimeRangeText::read(TimeRangeText::text(days), m_now).range, days);
}

FB_TEST(tst_TimeRange)

}

#include "tst_time_range.moc"
