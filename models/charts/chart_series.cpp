#include "models/charts/chart_series.h"

#include "backend/base/csv.h"
#include "models/table/percent_text.h"
#include "models/table/visible_text.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <map>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    double seconds(Instant at) { return static_cast<double>(toMicros(at)) / 1e6; }

    auto firstFrom(const QList<ChartPoint> &points, Instant from)
    {
        return std::lower_bound(points.begin(), points.end(), from,
                                [](const ChartPoint &point, Instant at) { return point.at < at; });
    }

    template <typename Join>
    QList<ChartPoint> combined(const QList<QList<ChartPoint>> &all, Join join)
    {
        if (all.size() == 1)
            return all.first();
        std::map<Instant, double> values;
        for (const QList<ChartPoint> &points : all) {
            for (const ChartPoint &point : points) {
                if (!std::isfinite(point.value))
                    continue;
                const auto [value, isNew] = values.emplace(point.at, point.value);
                if (!isNew)
                    value->second = join(value->second, point.value);
            }
        }
        QList<ChartPoint> points;
        points.reserve(static_cast<qsizetype>(values.size()));
        for (const auto &[at, value] : values)
            points.append({at, value});
        return points;
    }

    // Least and greatest of each pixel column, in the order of their times.
    QList<QPointF> thinned(const QList<QPointF> &line, double from, double to, int columns)
    {
        QList<QPointF> kept;
        const double width = (to - from) / std::max(1, columns);
        for (qsizetype i = 0; i < line.size();) {
            const double column = std::floor((line[i].x() - from) / width);
            qsizetype least = i;
            qsizetype greatest = i;
            qsizetype end = i;
            for (; end < line.size() && std::floor((line[end].x() - from) / width) == column; ++end) {
                least = line[end].y() < line[least].y() ? end : least;
                greatest = line[end].y() > line[greatest].y() ? end : greatest;
            }
            kept << line[std::min(least, greatest)];
            if (least != greatest)
                kept << line[std::max(least, greatest)];
            i = end;
        }
        return kept;
    }
}

QList<ChartPoint> ChartData::sum(const QList<QList<ChartPoint>> &all)
{
    return combined(all, [](double a, double b) { return a + b; });
}

QList<ChartPoint> ChartData::greatest(const QList<QList<ChartPoint>> &all)
{
    return combined(all, [](double a, double b) { return std::max(a, b); });
}

bool ChartData::isEmpty(const QList<ChartSeries> &all)
{
    return std::all_of(all.begin(), all.end(),
                       [](const ChartSeries &series) { return series.points.isEmpty(); });
}

QString ChartData::highestNow(const QList<ChartSeries> &all, ChartUnit unit, Microseconds gap)
{
    Instant newest {};
    for (const ChartSeries &series : all)
        newest = series.points.isEmpty() ? newest : std::max(newest, series.points.last().at);
    const ChartSeries *highest = nullptr;
    for (const ChartSeries &series : all) {
        if (series.points.isEmpty() || newest - series.points.last().at > gap)
            continue;
        if (!highest || series.points.last().value > highest->points.last().value)
            highest = &series;
    }
    if (!highest)
        return {};
    //: newest value and its series: "84 %, web-03"
    return tr("%1, %2").arg(valueText(highest->points.last().value, unit), visibleText(highest->name, 60));
}

QList<ChartSeries> ChartData::folded(const QList<ChartSeries> &all)
{
    if (all.size() <= kMostSeries)
        return all;
    QList<ChartSeries> shown = all.first(kMostSeries - 1);
    std::map<Instant, std::pair<double, int>> sums;
    for (const ChartSeries &series : all.sliced(kMostSeries - 1)) {
        for (const ChartPoint &point : series.points) {
            auto &[sum, count] = sums[point.at];
            sum += point.value;
            ++count;
        }
    }
    ChartSeries others;
    others.name = tr("%n others, mean", nullptr, static_cast<int>(all.size() - kMostSeries + 1));
    for (const auto &[at, sum] : sums)
        others.points.append({at, sum.first / sum.second});
    shown << others;
    return shown;
}

QList<QList<QPointF>> ChartData::lines(const QList<ChartPoint> &points, Microseconds gap, Instant from,
                                       Instant to, int columns)
{
    QList<QList<QPointF>> lines;
    Instant before {};
    qsizetype count = 0;
    for (auto point = firstFrom(points, from); point != points.end() && point->at <= to; ++point) {
        if (!std::isfinite(point->value))
            continue;
        if (lines.isEmpty() || point->at - before > gap)
            lines.append(QList<QPointF>());
        lines.last() << QPointF(seconds(point->at), point->value);
        before = point->at;
        ++count;
    }
    if (count > kMostPoints) {
        for (QList<QPointF> &line : lines)
            line = thinned(line, seconds(from), seconds(to), columns);
    }
    return lines;
}

std::optional<ChartPoint> ChartData::nearest(const QList<ChartPoint> &points, Instant at, Microseconds reach)
{
    const auto after = firstFrom(points, at);
    std::optional<ChartPoint> best;
    for (auto candidate = after == points.begin() ? after : after - 1;
         candidate != points.end() && candidate <= after; ++candidate) {
        const auto distance = candidate->at < at ? at - candidate->at : candidate->at - at;
        if (distance <= reach && (!best || distance < (best->at < at ? at - best->at : best->at - at)))
            best = *candidate;
    }
    return best;
}

QString ChartData::valueText(double value, ChartUnit unit)
{
    const QLocale locale;
    const auto bytes = [&] {
        return locale.formattedDataSize(static_cast<qint64>(std::clamp(value, -9e18, 9e18)),
                                        std::abs(value) < 1024 ? 0 : 1);
    };
    switch (unit) {
    case ChartUnit::Percent:
        return percentText(value, std::abs(value) < 10 && value != std::floor(value) ? 1 : 0);
    case ChartUnit::Plain:
        return locale.toString(value, 'f', std::abs(value) < 100 && value != std::floor(value) ? 2 : 0);
    case ChartUnit::Bytes:
        return bytes();
    case ChartUnit::BytesPerSecond:
        return tr("%1/s", "bytes each second").arg(bytes());
    }
    return {};
}

QList<double> ChartData::ticks(const QList<ChartSeries> &all, ChartUnit unit, Instant from, Instant to)
{
    if (unit == ChartUnit::Percent)
        return {0, 25, 50, 75, 100};
    double greatest = 0;
    for (const ChartSeries &series : all) {
        for (auto point = firstFrom(series.points, from); point != series.points.end() && point->at <= to;
             ++point)
            greatest = std::isfinite(point->value) ? std::max(greatest, point->value) : greatest;
    }
    const bool bytes = unit == ChartUnit::Bytes || unit == ChartUnit::BytesPerSecond;
    if (greatest <= 0)
        greatest = bytes ? 1024 : 1;
    const double wanted = greatest / 4;
    // Bytes step in powers of two, all else in 1, 2, 2.5 and 5 times a power of ten.
    double step = bytes ? std::exp2(std::ceil(std::log2(wanted))) : 0;
    if (!bytes) {
        const double power = std::pow(10, std::floor(std::log10(wanted)));
        for (const double factor : {1.0, 2.0, 2.5, 5.0, 10.0}) {
            step = factor * power;
            if (step >= wanted * 0.999)
                break;
        }
    }
    QList<double> ticks {0};
    while (ticks.last() < greatest)
        ticks << static_cast<double>(ticks.size()) * step;
    return ticks;
}

QString ChartData::csv(const QList<ChartSeries> &all, Instant from, Instant to)
{
    QStringList head {u"Time"_s};
    std::map<Instant, QStringList> rows;
    for (qsizetype i = 0; i < all.size(); ++i) {
        head << all[i].name;
        for (auto point = firstFrom(all[i].points, from); point != all[i].points.end() && point->at <= to;
             ++point) {
            QStringList &row = rows[point->at];
            row.resize(all.size());
            row[i] = QString::number(point->value, 'g', 10);
        }
    }
    QString text = csvLine(head);
    for (const auto &[at, values] : rows) {
        const QDateTime utc = QDateTime::fromMSecsSinceEpoch(toMicros(at) / 1000, Qt::UTC);
        text += csvLine(QStringList {utc.toString(Qt::ISODate)} + values);
    }
    return text;
}

QString ChartData::inWords(const QList<ChartSeries> &all, ChartUnit unit, Instant from, Instant to)
{
    QStringList sentences;
    for (const ChartSeries &series : all) {
        const auto first = firstFrom(series.points, from);
        const auto end = std::find_if(first, series.points.end(),
                                      [to](const ChartPoint &point) { return point.at > to; });
        if (first == end)
            continue;
        const auto [least, greatest] = std::minmax_element(
            first, end, [](const ChartPoint &a, const ChartPoint &b) { return a.value < b.value; });
        sentences << tr("%1: %2 now, between %3 and %4.")
                         .arg(series.name.left(100), valueText((end - 1)->value, unit),
                              valueText(least->value, unit), valueText(greatest->value, unit));
    }
    return sentences.isEmpty() ? tr("No measurements in this period.") : sentences.join(u' ');
}

}
