#pragma once
// The values behind a chart, without a screen: series over time, what is drawn of them, and their texts (ux.md 12). Any thread.

#include "backend/core/clock.h"

#include <QCoreApplication>
#include <QList>
#include <QPointF>
#include <QString>

#include <optional>

namespace fb {

// One measured value; a gap in time is a gap in the chart.
struct ChartPoint {
    Instant at;
    double value;
    bool operator==(const ChartPoint &) const = default;
};

struct ChartSeries {
    QString name; // hostile text: a path or interface as the node names it
    QList<ChartPoint> points; // oldest first
    bool operator==(const ChartSeries &) const = default;
};

enum class ChartUnit { Percent, Plain, Bytes, BytesPerSecond };

class ChartData
{
    Q_DECLARE_TR_FUNCTIONS(fb::ChartData)
public:
    static constexpr qsizetype kMostSeries = 6;
    static constexpr qsizetype kMostPoints
        = 5000; // of a series; beyond it, least and greatest of each pixel column

    // At most six: the others become one, their mean at each time.
    static QList<ChartSeries> folded(const QList<ChartSeries> &all);
    // The points in [from, to] as lines between the gaps. x in seconds since 1970, y the value; `columns` is the plot's width in pixels.
    static QList<QList<QPointF>> lines(const QList<ChartPoint> &points, Microseconds gap, Instant from,
                                       Instant to, int columns);
    // The nearest point in time, or nothing when there is none within `reach`.
    static std::optional<ChartPoint> nearest(const QList<ChartPoint> &points, Instant at, Microseconds reach);
    static QString valueText(double value, ChartUnit unit); // "84 %", "1.2 MiB/s"
    // Round steps from 0 up to at least the greatest value in [from, to]; percent always ends at 100.
    static QList<double> ticks(const QList<ChartSeries> &all, ChartUnit unit, Instant from, Instant to);
    // ISO 8601 UTC times, one column a series, neutral for spreadsheets.
    static QString csv(const QList<ChartSeries> &all, Instant from, Instant to);
    // Several lines of one thing as one: added up, or the greatest at each time.
    static QList<ChartPoint> sum(const QList<QList<ChartPoint>> &all);
    static QList<ChartPoint> greatest(const QList<QList<ChartPoint>> &all);
    // "84 %, web-03": the series that is highest now, of those measured within `gap` of the newest value of all. Empty: nothing was measured.
    static QString highestNow(const QList<ChartSeries> &all, ChartUnit unit, Microseconds gap);
    static bool isEmpty(const QList<ChartSeries> &all); // none has a value
    // For screen readers: each series with its newest, least and greatest value.
    static QString inWords(const QList<ChartSeries> &all, ChartUnit unit, Instant from, Instant to);
};

}
