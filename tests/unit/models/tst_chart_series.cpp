// What a chart draws and says of its values: gaps, thinning, six series, ticks, CSV, words.
#include "models/charts/chart_series.h"
#include "models/charts/count_bars.h"
#include "models/charts/time_axis.h"
#include "tests/support/test_main.h"

#include <QDateTime>
#include <QTest>

#include <cmath>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_ChartSeries : public QObject
{
    Q_OBJECT
private slots:
    void gapsStayGaps();
    void manyPointsKeepTheirExtremes();
    void sixSeriesAndOthers();
    void ticksAreRoundAndStartAtZero();
    void nearestPoint();
    void csvIsNeutral();
    void saysItInWords();
    void timeTicksNameTheZone();
    void severalLinesAsOne();

private:
    const Instant m_start = fromMicros(1790000000000000);

    QList<ChartPoint> minutes(int count, double value) const
    {
        QList<ChartPoint> points;
        for (int i = 0; i < count; ++i)
            points.append({m_start + std::chrono::minutes(i), value});
        return points;
    }
    void countsByRoundPeriods();
};

void tst_ChartSeries::gapsStayGaps()
{
    QList<ChartPoint> points = minutes(10, 5);
    points.remove(4, 3); // three minutes nobody measured
    const auto lines = ChartData::lines(points, 150s, m_start, m_start + 1h, 500);
    QCOMPARE(lines.size(), 2);
    QCOMPARE(lines[0].size(), 4);
    QCOMPARE(lines[1].size(), 3);
    // Nothing outside of the time, nothing that is no number.
    points[0].value = std::nan("");
    QCOMPARE(ChartData::lines(points, 150s, m_start, m_start + 2min, 500),
             (QList<QList<QPointF>> {{QPointF(1790000060, 5), QPointF(1790000120, 5)}}));
    QVERIFY(ChartData::lines({}, 150s, m_start, m_start + 1h, 500).isEmpty());
}

void tst_ChartSeries::manyPointsKeepTheirExtremes()
{
    QList<ChartPoint> points;
    for (int i = 0; i < 20000; ++i)
        points.append({m_start + std::chrono::seconds(i), i == 7777 ? 99.0 : i == 12345 ? -5.0 : 50.0});
    const auto lines = ChartData::lines(points, 60s, m_start, m_start + 20000s, 400);
    QCOMPARE(lines.size(), 1);
    QVERIFY(lines[0].size() <= 2 * 401);
    const auto values = [&](double value) {
        return std::count_if(lines[0].begin(), lines[0].end(),
                             [&](const QPointF &point) { return point.y() == value; });
    };
    QCOMPARE(values(99), 1);
    QCOMPARE(values(-5), 1);
    QVERIFY(std::is_sorted(lines[0].begin(), lines[0].end(),
                           [](const QPointF &a, const QPointF &b) { return a.x() < b.x(); }));
    // 5,000 are drawn as they are.
    QCOMPARE(ChartData::lines(points.first(5000), 60s, m_start, m_start + 20000s, 400)[0].size(), 5000);
}

void tst_ChartSeries::sixSeriesAndOthers()
{
    QList<ChartSeries> all;
    for (int i = 0; i < 9; ++i)
        all.append({u"disk %1"_s.arg(i), minutes(3, i)});
    const QList<ChartSeries> shown = ChartData::folded(all);
    QCOMPARE(shown.size(), 6);
    QCOMPARE(shown[4], all[4]);
    QVERIFY(shown[5].name.contains(u"4"));
    QCOMPARE(shown[5].points.size(), 3);
    QCOMPARE(shown[5].points[1].value, (5 + 6 + 7 + 8) / 4.0);
    QCOMPARE(ChartData::folded(all.first(6)), all.first(6));
}

void tst_ChartSeries::ticksAreRoundAndStartAtZero()
{
    const Instant end = m_start + 1h;
    const auto ticks = [&](double value, ChartUnit unit) {
        return ChartData::ticks({{u"a"_s, minutes(3, value)}}, unit, m_start, end);
    };
    QCOMPARE(ticks(3, ChartUnit::Percent), (QList<double> {0, 25, 50, 75, 100}));
    QCOMPARE(ticks(7, ChartUnit::Plain), (QList<double> {0, 2, 4, 6, 8}));
    QCOMPARE(ticks(0, ChartUnit::Plain), (QList<double> {0, 0.25, 0.5, 0.75, 1}));
    QCOMPARE(ticks(3 << 20, ChartUnit::Bytes).last(), double(3 << 20));
    QCOMPARE(ticks(3 << 20, ChartUnit::Bytes)[1], double(1 << 20));
    QVERIFY(ticks(1e300, ChartUnit::Plain).size() < 8);
    QVERIFY(ChartData::ticks({}, ChartUnit::Bytes, m_start, end).size() > 1);
}

void tst_ChartSeries::nearestPoint()
{
    const QList<ChartPoint> points = minutes(5, 1);
    QCOMPARE(ChartData::nearest(points, m_start + 100s, 60s)->at, m_start + 2min);
    QCOMPARE(ChartData::nearest(points, m_start - 20s, 60s)->at, m_start);
    QVERIFY(!ChartData::nearest(points, m_start + 1h, 60s));
    QVERIFY(!ChartData::nearest({}, m_start, 60s));
}

void tst_ChartSeries::csvIsNeutral()
{
    // [U06] a path that a spreadsheet would take for a formula
    const QString text = ChartData::csv({{u"=HYPERLINK(\"x\")"_s, minutes(2, 1.5)}, {u"b"_s, minutes(1, 2)}},
                                        m_start, m_start + 1h);
    const QStringList lines = text.split(u"\r\n"_s, Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 3);
    QVERIFY2(lines[0].contains(u"'=HYPERLINK"_s), qPrintable(lines[0]));
    QVERIFY(lines[1].contains(u"2026-09-21T"_s) && lines[1].contains(u"1.5"_s) && lines[1].contains(u"2"_s));
}

void tst_ChartSeries::saysItInWords()
{
    QList<ChartPoint> points = minutes(3, 20);
    points[1].value = 84;
    QCOMPARE(ChartData::inWords({{u"CPU"_s, points}}, ChartUnit::Percent, m_start, m_start + 1h),
             u"CPU: 20% now, between 20% and 84%."_s);
    QVERIFY(ChartData::inWords({}, ChartUnit::Percent, m_start, m_start + 1h).contains(u"No measurements"_s));
}

void tst_ChartSeries::timeTicksNameTheZone()
{
    const QList<TimeTick> ticks = timeTicks(m_start, m_start + 3h, 6);
    QVERIFY(ticks.size() >= 3 && ticks.size() <= 6);
    for (qsizetype i = 0; i + 1 < ticks.size(); ++i)
        QCOMPARE(ticks[i].label.size(), 5);
    QVERIFY(ticks.last().label.contains(u' ')); // "16:30 UTC"
    QVERIFY(timeTicks(m_start, m_start + 24h * 15, 8).size() <= 8);
    QVERIFY(timeTicks(m_start, m_start, 8).size() <= 1);
}

void tst_ChartSeries::severalLinesAsOne()
{
    const Instant now = fromMicros(1790000000000000);
    const QList<ChartPoint> first {{now, 1}, {now + 1s, 2}, {now + 2s, std::nan("")}};
    const QList<ChartPoint> second {{now + 1s, 5}, {now + 2s, 3}};
    const QList<ChartPoint> sum {{now, 1}, {now + 1s, 7}, {now + 2s, 3}};
    const QList<ChartPoint> greatest {{now, 1}, {now + 1s, 5}, {now + 2s, 3}};
    QCOMPARE(ChartData::sum({first, second}), sum);
    QCOMPARE(ChartData::greatest({first, second}), greatest);
    QVERIFY(ChartData::sum({}).isEmpty());
    // What was measured long before the others' newest value is not how things are now.
    const QList<ChartSeries> all {{u"a"_s, {{now, 90}}}, {u"b"_s, {{now + 60s, 20}}}, {u"c"_s, {}}};
    QCOMPARE(ChartData::highestNow(all, ChartUnit::Percent, 5s), u"20%, b"_s);
    QCOMPARE(ChartData::highestNow(all, ChartUnit::Percent, 90s), u"90%, a"_s);
    QVERIFY(ChartData::highestNow({{u"c"_s, {}}}, ChartUnit::Percent, 5s).isEmpty());
}

void tst_ChartSeries::countsByRoundPeriods()
{
    QVERIFY(countBars({}, 2, 60).isEmpty());
    const Instant noon = fromMicros(QDateTime(QDate(2026, 11, 28), QTime(12, 0)).toMSecsSinceEpoch() * 1000);
    // in any order; the first minute has two kinds, then there is a gap
    const QList<CountBar> bars
        = countBars({{noon + 190s, 1}, {noon + 3s, 0}, {noon + 59s, 0}, {noon + 20s, 1}}, 2, 10);
    QCOMPARE(bars.size(), 4);
    QCOMPARE(bars.first().from, noon);
    QCOMPARE(bars.first().to, noon + 1min);
    QCOMPARE(bars.first().counts, (QList<int> {2, 1}));
    QCOMPARE(bars[1].total(), 0);
    QCOMPARE(bars.last().counts, (QList<int> {0, 1}));
    // as many as fit, of the next round length, from the full hour of the clock on the wall
    const QList<CountBar> wide = countBars({{noon + 7min, 0}, {noon + 50h, 0}}, 1, 60);
    QCOMPARE(wide.first().from, noon);
    QCOMPARE(wide.first().to - wide.first().from, Microseconds(1h));
    QCOMPARE(wide.size(), 51);
    const QList<CountBar> ages
        = countBars({{noon, 0}, {noon + 24h * 365 * 200, 0}}, 1, 60); // a clock gone mad
    QVERIFY(ages.size() <= 60);
    QCOMPARE(ages.last().total(), 1);
}

FB_TEST(tst_ChartSeries)

}

#include "tst_chart_series.moc"
