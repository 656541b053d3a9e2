#pragma once
// Samples of a node's counters as the lines of live charts (spec/fleet-manager.md 3.6). What comes from the node may be anything: a counter
// that went back, a number that is none, give no point. Where samples are missing there is a gap. One thread.

#include "models/charts/chart_series.h"
#include "models/nodes/tools/performance_source.h"

#include <QMap>

namespace fb {

class PerformanceHistory
{
    Q_DECLARE_TR_FUNCTIONS(fb::PerformanceHistory)
public:
    static constexpr auto kKept = std::chrono::minutes(15);
    static constexpr Microseconds kGap = std::chrono::seconds(5); // longer without a sample: no line across

    struct Chart {
        QString name; // "cpu"
        QString title; // the question it answers
        ChartUnit unit = ChartUnit::Percent;
        QList<ChartSeries> series;
    };

    void add(Instant at, const PerformanceCounters &counters);
    static QList<Chart> empty(); // all, in a fixed order, without lines
    QList<Chart> charts() const; // the same with what is known

private:
    void put(const QString &chart, const QString &series, double value);
    void rates(const PerformanceCounters &now);
    void cpu(const PerformanceCounters::Cpu &before, const PerformanceCounters::Cpu &now);

    struct Line {
        QString name;
        QList<ChartPoint> points;
    };
    QMap<QString, QList<Line>> m_lines; // by chart
    std::optional<PerformanceCounters> m_before;
    Instant m_at {};
};

}
