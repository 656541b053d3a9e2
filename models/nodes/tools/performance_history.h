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
    // Several nodes in one chart, a line each: what one node has many of (cores, disks, interfaces) is added up, or the busiest of them stands
    // for all. The charts in a fixed order, without lines; then with them, also empty ones, so that each node keeps its colour.
    static QList<Chart> emptyOverlay();
    static QList<Chart> overlay(const QList<QPair<QString, const PerformanceHistory *>> &nodes);

private:
    void put(const QString &chart, const QString &series, double value);
    void rates(const PerformanceCounters &now);
    void total(const QString &chart, double value);
    void cpu(const PerformanceCounters::Cpu &before, const PerformanceCounters::Cpu &now);

    struct Line {
        QString name;
        QList<ChartPoint> points;
    };
    static void append(QList<ChartPoint> &points, Instant at, double value);
    static void dropOld(QList<ChartPoint> &points, Instant before);

    QMap<QString, QList<Line>> m_lines; // by chart
    QMap<QString, QList<ChartPoint>> m_totals; // of the overlay, by chart
    std::optional<PerformanceCounters> m_before;
    Instant m_at {};
    double m_busiestCore = -1; // of the sample that is being added
};

}
