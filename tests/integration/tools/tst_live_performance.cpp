// The tool "performance" on a real agent: a busy core is seen.
#include "tests/integration/tools/tool_bench.h"
#include "tests/support/test_main.h"

#include "models/nodes/tools/performance_feed.h"
#include "models/nodes/tools/performance_history.h"

#include <QProcess>

#include <sched.h>

namespace fb::test {

using namespace Qt::StringLiterals;

class tst_LivePerformance : public QObject
{
    Q_OBJECT
private slots:
    void aBusyCore();
};

// [fleet-manager 8.12]: others may use this machine meanwhile, so one core is certain, and what all are together follows from each.
void tst_LivePerformance::aBusyCore()
{
    ToolBench bench;
    QVERIFY(bench.start());
    PerformanceFeed feed(bench.fleet.engine());
    cpu_set_t allowed;
    QCOMPARE(::sched_getaffinity(0, sizeof allowed, &allowed), 0);
    int core = 0;
    while (!CPU_ISSET(core, &allowed))
        ++core;
    QProcess busy;
    busy.start(u"taskset"_s,
               {u"--cpu-list"_s, QString::number(core), u"/bin/sh"_s, u"-c"_s, u"while :; do :; done"_s});
    QVERIFY(busy.waitForStarted());
    PerformanceHistory history;
    const auto last = [&history](const QString &chart, const QString &series) {
        const auto charts = history.charts();
        for (const PerformanceHistory::Chart &each : charts) {
            for (const ChartSeries &line : each.series) {
                if (each.name == chart && line.name == series && !line.points.isEmpty())
                    return line.points.last().value;
            }
        }
        return -1.0;
    };
    Instant at = fromMicros(1790000000000000);
    PerformanceCounters counters;
    const auto sample = [&] {
        Answered<PerformanceCounters> answer;
        feed.sample(bench.node(), this, answer.taker());
        if (!answer.wait() || !answer.problem.isEmpty())
            return false;
        counters = answer.value;
        history.add(at += std::chrono::seconds(1),
                    counters); // the chart's time; rates are by the node's own clock
        QTest::qWait(500); // ticks of the kernel are 10 ms
        return true;
    };
    QTRY_VERIFY_WITH_TIMEOUT(sample() && last(u"cores"_s, u"cpu%1"_s.arg(core)) > 90, 30'000);
    busy.kill();
    busy.waitForFinished();
    const int cores = static_cast<int>(counters.cpus.size()) - 1;
    QVERIFY(cores >= 1);
    double sum = 0;
    for (int i = 0; i < cores; ++i)
        sum += last(u"cores"_s, counters.cpus[i + 1].name);
    const double total = last(u"cpu"_s, u"in all"_s);
    QVERIFY2(total > 90.0 / cores - 5, qPrintable(QString::number(total)));
    QVERIFY2(qAbs(total - sum / cores) < 10, qPrintable(u"%1 %2"_s.arg(total).arg(sum / cores)));
    QVERIFY(counters.memoryUsed && *counters.memoryUsed > 0 && *counters.memoryUsed < counters.memoryBytes);
    QVERIFY(counters.load1 && counters.uptime > 0);
    QVERIFY(!bench.audited(u"flagbridge:OpenNodeTool"_s).isEmpty());
}

FB_TEST(tst_LivePerformance)

}

#include "tst_live_performance.moc"
