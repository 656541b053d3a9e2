// Live charts without a screen: rates of two samples, gaps, and counters that make no sense. Time is the test's.
#include "models/nodes/tools/performance_view_model.h"
#include "tests/support/models/fake_performance_source.h"
#include "tests/support/test_main.h"

#include <QSignalSpy>
#include <QTest>

#include <cmath>
#include <limits>

namespace fb::test {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_Performance : public QObject
{
    Q_OBJECT
private slots:
    void oneOfTwoCores();
    void aGapIsAGap();
    void countersThatGoBack();
    void hostileNumbers();
    void keepsAQuarterOfAnHour();
    void looksOnlyWhenAsked();
    void severalNodesInOneChart();

private:
    static QList<ChartPoint> points(const QList<PerformanceHistory::Chart> &charts, const QString &chart,
                                    const QString &series)
    {
        for (const PerformanceHistory::Chart &each : charts) {
            for (const ChartSeries &line : each.series) {
                if (each.name == chart && line.name == series)
                    return line.points;
            }
        }
        return {};
    }
};

void tst_Performance::oneOfTwoCores()
{
    FakePerformanceSource source;
    PerformanceHistory history;
    source.advance(1);
    history.add(source.m_now, source.counters);
    QVERIFY(points(history.charts(), u"cpu"_s, u"in all"_s).isEmpty()); // a share needs two samples
    QCOMPARE(points(history.charts(), u"memory"_s, u"cached"_s).size(), 1);
    source.advance(1);
    history.add(source.m_now, source.counters);
    const auto charts = history.charts();
    QCOMPARE(points(charts, u"cpu"_s, u"in all"_s).size(), 1);
    QVERIFY(qAbs(points(charts, u"cpu"_s, u"in all"_s).first().value - 50) < 0.01);
    QVERIFY(qAbs(points(charts, u"cpu"_s, u"programs"_s).first().value - 45) < 0.01);
    QVERIFY(qAbs(points(charts, u"cores"_s, u"cpu0"_s).first().value - 100) < 0.01);
    QVERIFY(qAbs(points(charts, u"cores"_s, u"cpu1"_s).first().value) < 0.01);
    QVERIFY(qAbs(points(charts, u"disk-bytes"_s, u"nvme0n1 written"_s).first().value - 9e5) < 1);
    QCOMPARE(charts.size(), PerformanceHistory::empty().size());
}

// [fleet-manager 8.12]: ten seconds without the link are ten seconds without a line.
void tst_Performance::aGapIsAGap()
{
    FakePerformanceSource source;
    source.advances = false;
    PerformanceViewModel model(source, u"mi-0123456789abcdef0"_s);
    const auto read = [&](double seconds) {
        source.advance(seconds);
        QSignalSpy changed(&model, &PerformanceViewModel::changed);
        model.readNow();
        QVERIFY(changed.wait());
    };
    const Instant begin = source.m_now;
    for (int i = 0; i < 5; ++i)
        read(1);
    source.problem = ShownError {.kind = ShownError::Kind::Unavailable,
                                 .code = u"TargetNotConnected"_s,
                                 .message = u"it is not connected."_s,
                                 .field = {}};
    for (int i = 0; i < 10; ++i)
        read(1);
    QVERIFY(model.state() == PerformanceViewModel::State::Offline);
    source.problem.reset();
    for (int i = 0; i < 5; ++i)
        read(1);
    QVERIFY(model.state() == PerformanceViewModel::State::Live);
    for (const auto &[chart, series] : {std::pair(u"cpu"_s, u"in all"_s), std::pair(u"memory"_s, u"used"_s),
                                        std::pair(u"load"_s, u"1 min"_s)}) {
        const auto lines = ChartData::lines(points(model.charts(), chart, series), PerformanceHistory::kGap,
                                            begin, source.m_now, 1000);
        QVERIFY2(lines.size() == 2, qPrintable(chart)); // before and after, and none across
        QVERIFY(lines.last().first().x() - lines.first().last().x() > 10);
    }
    // Two seconds late are none: the machine was busy.
    read(2.5);
    QCOMPARE(ChartData::lines(points(model.charts(), u"cpu"_s, u"in all"_s), PerformanceHistory::kGap, begin,
                              source.m_now, 1000)
                 .size(),
             2);
}

void tst_Performance::countersThatGoBack()
{
    FakePerformanceSource source;
    PerformanceHistory history;
    for (int i = 0; i < 3; ++i) {
        source.advance(1);
        history.add(source.m_now, source.counters);
    }
    QCOMPARE(points(history.charts(), u"cpu"_s, u"in all"_s).size(), 2);
    PerformanceCounters anew = source.counters; // the node was started again
    anew.uptime = 3;
    for (PerformanceCounters::Cpu &cpu : anew.cpus)
        cpu = {cpu.name};
    source.m_now += 1s;
    history.add(source.m_now, anew);
    QCOMPARE(points(history.charts(), u"cpu"_s, u"in all"_s).size(), 2);
    // A disk that was changed for another of the same name.
    anew.uptime += 1;
    anew.disks[0].readBytes = 5;
    source.m_now += 1s;
    history.add(source.m_now, anew);
    const auto read = points(history.charts(), u"disk-bytes"_s, u"nvme0n1 read"_s);
    QCOMPARE(read.size(), 2);
    history.add(source.m_now - 10s, anew); // our own clock was set back
    QCOMPARE(points(history.charts(), u"memory"_s, u"used"_s).size(), 5);
}

void tst_Performance::hostileNumbers()
{
    PerformanceHistory history;
    PerformanceCounters evil;
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinite = std::numeric_limits<double>::infinity();
    evil.cpus = {{u"cpu"_s, nan, 0, 0, 0, 0}, {u"cpu0"_s, 0, 0, 0, 0, 0}, {u"cpu0"_s, 1, 1, 1, 1, 1}};
    evil.disks = {{u"a"_s, 0, 0, 0, 0}};
    evil.memoryUsed = nan;
    evil.load1 = -1;
    evil.fileSystems = {{u"/"_s, infinite}};
    evil.uptime = 1;
    Instant at = fromMicros(1790000000000000);
    history.add(at, evil);
    evil.uptime = infinite;
    evil.cpus[0].user = infinite;
    evil.cpus[1].user = -5;
    evil.disks[0].readBytes = infinite;
    history.add(at + 1s, evil);
    evil.uptime = nan;
    history.add(at + 2s, evil);
    const auto charts = history.charts();
    for (const PerformanceHistory::Chart &chart : charts) {
        for (const ChartSeries &series : chart.series) {
            for (const ChartPoint &point : series.points)
                QVERIFY2(std::isfinite(point.value) && point.value >= 0, qPrintable(chart.name));
        }
    }
    QVERIFY(points(charts, u"memory"_s, u"used"_s).isEmpty());
    QVERIFY(points(charts, u"file-systems"_s, u"/"_s).isEmpty());
}

void tst_Performance::keepsAQuarterOfAnHour()
{
    FakePerformanceSource source;
    PerformanceHistory history;
    for (int i = 0; i < 1000; ++i) {
        source.advance(1);
        history.add(source.m_now, source.counters);
    }
    const auto used = points(history.charts(), u"memory"_s, u"used"_s);
    QCOMPARE(used.size(), 901);
    QVERIFY(used.first().at >= source.m_now - PerformanceHistory::kKept);
}

void tst_Performance::looksOnlyWhenAsked()
{
    FakePerformanceSource source;
    {
        PerformanceViewModel model(source, u"mi-0123456789abcdef0"_s);
        QCOMPARE(source.samples, 0);
        model.setLooking(true);
        QTRY_VERIFY(model.state() == PerformanceViewModel::State::Live);
        QCOMPARE(model.cores(), 2);
        model.setLooking(false);
    }
    QCOMPARE(source.closed, QStringList {u"mi-0123456789abcdef0"_s});
}

// What one node has several of is added up, or the busiest stands for all; a node that goes keeps its place and its colour.
void tst_Performance::severalNodesInOneChart()
{
    FakePerformanceSource source;
    source.advances = false;
    PerformanceViewModel model(source, u"mi-1"_s);
    model.setCompared({u"mi-2"_s, u"mi-3"_s});
    const auto read = [&] {
        source.advance(1);
        QSignalSpy changed(&model, &PerformanceViewModel::changed);
        model.readNow();
        QTRY_COMPARE(changed.size(), 3);
    };
    for (int i = 0; i < 4; ++i)
        read();
    const QStringList names {u"one"_s, u"two"_s, u"three"_s};
    const auto charts = model.overlay(names);
    QCOMPARE(charts.size(), PerformanceHistory::emptyOverlay().size());
    for (const PerformanceHistory::Chart &chart : charts) {
        QCOMPARE(chart.series.size(), 3);
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(chart.series[i].name, names[i]);
            QVERIFY2(chart.series[i].points.size() >= 3, qPrintable(chart.name));
        }
    }
    const auto newest = [&charts, this](const QString &chart, const QString &node) {
        return points(charts, chart, node).last().value;
    };
    QVERIFY(qAbs(newest(u"cpu"_s, u"one"_s) - 50) < 0.01); // one of two cores is busy
    QVERIFY(qAbs(newest(u"cpu"_s, u"two"_s) - 25) < 0.01);
    QVERIFY(qAbs(newest(u"cores"_s, u"one"_s) - 100) < 0.01);
    QVERIFY(qAbs(newest(u"file-systems"_s, u"one"_s) - 88.2) < 0.01); // the fuller of two
    const auto own = model.charts();
    QVERIFY(qAbs(newest(u"disk-bytes"_s, u"one"_s)
                 - points(own, u"disk-bytes"_s, u"nvme0n1 read"_s).last().value
                 - points(own, u"disk-bytes"_s, u"nvme0n1 written"_s).last().value)
            < 1);
    QVERIFY(
        qAbs(newest(u"memory"_s, u"one"_s) - 100 * *source.counters.memoryUsed / source.counters.memoryBytes)
        < 0.01);
    source.problems.insert(u"mi-2"_s,
                           {.kind = ShownError::Kind::Unavailable,
                            .code = u"TargetNotConnected"_s,
                            .message = u"it is not connected."_s,
                            .field = {}});
    read();
    QVERIFY(model.samplesOf(u"mi-2"_s)->state() == PerformanceViewModel::State::Offline);
    QVERIFY(model.samplesOf(u"mi-3"_s)->state() == PerformanceViewModel::State::Live);
    QCOMPARE(points(model.overlay(names), u"load"_s, u"two"_s).size(), 4);
    QCOMPARE(points(model.overlay(names), u"load"_s, u"three"_s).size(), 5);
    model.setCompared({u"mi-3"_s}); // it stays with what was measured; the other's channel is closed
    QCOMPARE(source.closed, QStringList {u"mi-2"_s});
    QCOMPARE(points(model.overlay({u"one"_s, u"three"_s}), u"load"_s, u"three"_s).size(), 5);
}

FB_TEST(tst_Performance)

}

#include "tst_performance.moc"
