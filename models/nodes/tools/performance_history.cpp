#include "models/nodes/tools/performance_history.h"

#include <algorithm>
#include <cmath>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    constexpr qsizetype kMostLines = 1100; // of one chart: as many as there may be cores
    constexpr double kLeastSeconds = 0.1; // between two samples that rates are taken of

    // One of the same name in the sample before.
    template <typename Value>
    const Value *find(const QList<Value> &values, const QString &name)
    {
        const auto found = std::find_if(values.begin(), values.end(),
                                        [&name](const Value &value) { return value.name == name; });
        return found == values.end() ? nullptr : &*found;
    }
}

QList<PerformanceHistory::Chart> PerformanceHistory::empty()
{
    return {
        {u"cpu"_s, tr("How busy are the processors?"), ChartUnit::Percent, {}},
        {u"cores"_s, tr("How busy is each core?"), ChartUnit::Percent, {}},
        {u"memory"_s, tr("How much memory is in use?"), ChartUnit::Bytes, {}},
        {u"load"_s, tr("How long is the queue for processors?"), ChartUnit::Plain, {}},
        {u"disk-bytes"_s, tr("How much do the disks read and write?"), ChartUnit::BytesPerSecond, {}},
        {u"disk-busy"_s, tr("How busy are the disks?"), ChartUnit::Percent, {}},
        {u"disk-operations"_s, tr("How many operations a second do the disks do?"), ChartUnit::Plain, {}},
        {u"file-systems"_s, tr("How full are the file systems?"), ChartUnit::Percent, {}},
        {u"network-bytes"_s, tr("How much goes over the network?"), ChartUnit::BytesPerSecond, {}},
        {u"network-packets"_s, tr("How many packets a second, and errors?"), ChartUnit::Plain, {}},
    };
}

QList<PerformanceHistory::Chart> PerformanceHistory::charts() const
{
    QList<Chart> all = empty();
    for (Chart &chart : all) {
        for (const Line &line : m_lines.value(chart.name))
            chart.series.append({line.name, line.points});
    }
    return all;
}

void PerformanceHistory::put(const QString &chart, const QString &series, double value)
{
    if (!std::isfinite(value) || value < 0)
        return;
    QList<Line> &lines = m_lines[chart];
    Line *line = nullptr;
    for (Line &each : lines) {
        if (each.name == series)
            line = &each;
    }
    if (!line) {
        if (lines.size() == kMostLines)
            return;
        lines.append({series, {}});
        line = &lines.last();
    }
    if (line->points.isEmpty() || line->points.last().at < m_at) // one told twice counts once
        line->points.append({m_at, value});
}

void PerformanceHistory::add(Instant at, const PerformanceCounters &counters)
{
    if (m_before && at <= m_at)
        return; // this machine's clock was set back
    const bool isNext = m_before && at - m_at <= kGap;
    m_at = at;
    for (QList<Line> &lines : m_lines) {
        for (Line &line : lines) {
            qsizetype old = 0;
            while (old < line.points.size() && line.points[old].at < at - kKept)
                ++old;
            line.points.remove(0, old);
        }
        lines.removeIf([](const Line &line) { return line.points.isEmpty(); });
    }
    if (isNext)
        rates(counters);
    const auto known
        = [this](const QString &chart, const QString &series, const std::optional<double> &value) {
              if (value)
                  put(chart, series, *value);
          };
    known(u"memory"_s, tr("used"), counters.memoryUsed);
    known(u"memory"_s, tr("cached"), counters.memoryCached);
    known(u"memory"_s, tr("swap"), counters.swapUsed);
    known(u"load"_s, tr("1 min"), counters.load1);
    known(u"load"_s, tr("5 min"), counters.load5);
    known(u"load"_s, tr("15 min"), counters.load15);
    for (const PerformanceCounters::FileSystem &fileSystem : counters.fileSystems)
        put(u"file-systems"_s, fileSystem.path, fileSystem.used);
    m_before = counters;
}

void PerformanceHistory::cpu(const PerformanceCounters::Cpu &before, const PerformanceCounters::Cpu &now)
{
    const double user = now.user - before.user;
    const double system = now.system - before.system;
    const double idle = now.idle - before.idle;
    const double iowait = std::max(0.0, now.iowait - before.iowait); // the kernel lets it go back
    const double steal = now.steal - before.steal;
    const double all = user + system + idle + iowait + steal;
    if (user < 0 || system < 0 || idle < 0 || steal < 0 || !(all > 0))
        return;
    if (now.name != u"cpu")
        return put(u"cores"_s, now.name, 100 * (all - idle) / all);
    put(u"cpu"_s, tr("in all"), 100 * (all - idle) / all);
    put(u"cpu"_s, tr("programs"), 100 * user / all);
    put(u"cpu"_s, tr("system"), 100 * system / all);
    put(u"cpu"_s, tr("waiting for disks"), 100 * iowait / all);
    put(u"cpu"_s, tr("taken by the host"), 100 * steal / all);
}

void PerformanceHistory::rates(const PerformanceCounters &now)
{
    const double seconds = now.uptime - m_before->uptime;
    if (!(seconds >= kLeastSeconds)) // it was started anew, or says nonsense
        return;
    for (const auto &each : now.cpus) {
        if (const auto *before = find(m_before->cpus, each.name))
            cpu(*before, each);
    }
    for (const auto &each : now.disks) {
        const auto *before = find(m_before->disks, each.name);
        if (!before)
            continue;
        put(u"disk-bytes"_s, tr("%1 read").arg(each.name), (each.readBytes - before->readBytes) / seconds);
        put(u"disk-bytes"_s, tr("%1 written").arg(each.name),
            (each.writeBytes - before->writeBytes) / seconds);
        put(u"disk-operations"_s, each.name, (each.operations - before->operations) / seconds);
        put(u"disk-busy"_s, each.name, std::min(100.0, 100 * (each.busy - before->busy) / seconds));
    }
    for (const auto &each : now.networks) {
        const auto *before = find(m_before->networks, each.name);
        if (!before)
            continue;
        put(u"network-bytes"_s, tr("%1 in").arg(each.name),
            (each.receivedBytes - before->receivedBytes) / seconds);
        put(u"network-bytes"_s, tr("%1 out").arg(each.name), (each.sentBytes - before->sentBytes) / seconds);
        put(u"network-packets"_s, tr("%1 packets").arg(each.name),
            (each.packets - before->packets) / seconds);
        put(u"network-packets"_s, tr("%1 errors").arg(each.name), (each.errors - before->errors) / seconds);
    }
}

}
