#include "models/nodes/fleet/overlaid_charts.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    enum class Joined { Sum, Greatest };

    QList<ChartPoint> joined(const NodeMetrics &metrics, const QStringList &wanted, Joined how)
    {
        QList<QList<ChartPoint>> lines;
        for (const NodeSeriesValues &values : metrics.series) {
            if (wanted.contains(values.metric) && !values.points.isEmpty())
                lines.append(values.points);
        }
        return how == Joined::Sum ? ChartData::sum(lines) : ChartData::greatest(lines);
    }
}

QList<NodeChart> OverlaidCharts::of(const QList<QPair<QString, NodeMetrics>> &nodes)
{
    const auto chart = [&nodes](const QString &name, const QString &title, ChartUnit unit,
                                const QStringList &wanted, Joined how) {
        NodeChart made {.name = name, .title = title, .unit = unit, .answer = {}, .series = {}};
        Microseconds gap {};
        for (const auto &[node, metrics] : nodes) {
            made.series.append({node, joined(metrics, wanted, how)});
            gap = std::max(gap, metrics.step * 5 / 2);
        }
        made.answer = ChartData::highestNow(made.series, unit, gap);
        return made;
    };
    return {
        chart(u"cpu"_s, tr("How busy are the processors?"), ChartUnit::Percent, {u"cpu_usage_active"_s},
              Joined::Greatest),
        chart(u"memory"_s, tr("How full is the memory?"), ChartUnit::Percent, {u"mem_used_percent"_s},
              Joined::Greatest),
        chart(u"disks"_s, tr("How full is the fullest disk?"), ChartUnit::Percent, {u"disk_used_percent"_s},
              Joined::Greatest),
        chart(u"load"_s, tr("How long is the queue for processors, over 1 min?"), ChartUnit::Plain,
              {u"load_1"_s}, Joined::Greatest),
        chart(u"network"_s, tr("How much goes over the network, in and out?"), ChartUnit::BytesPerSecond,
              {u"net_bytes_recv"_s, u"net_bytes_sent"_s}, Joined::Sum),
        chart(u"diskio"_s, tr("How much do all disks read and write?"), ChartUnit::BytesPerSecond,
              {u"diskio_read_bytes"_s, u"diskio_write_bytes"_s}, Joined::Sum),
    };
}

}
