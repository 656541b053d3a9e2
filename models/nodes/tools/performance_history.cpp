#include "models/nodes/tools/performance_history.h"

#include <algorithm>
#include <cmath>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    constexpr qsizetype kMostLines = 1100; // of one chart: as many as there may be cores
    constexpr double kLeastSeconds = 0.1; // between two samples that rates are taken of

    // Of what is known: one that went back, or is none, is left out; -1: none is known.
    struct Sum {
        double value = -1;
        void add(double each)
        {
            if (std::isfinite(each) && each >= 0)
                value = std::max(0.0, value) + each;
        }
    };

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

QList<PerformanceHistory::Chart> PerformanceHistory::emptyOverlay()
{
    return {
        {u"cpu"_s, tr("How busy are the processors?"), ChartUnit::Percent, {}},
        {u"cores"_s, tr("How busy is the busiest core?"), ChartUnit::Percent, {}},
        {u"memory"_s, tr("How full is the memory?"), ChartUnit::Percent, {}},
        {u"load"_s, tr("How long is the queue for processors, over 1 min?"), ChartUnit::Plain, {}},
        {u"disk-bytes"_s, tr("How much do all disks read and write?"), ChartUnit::BytesPerSecond, {}},
        {u"disk-busy"_s, tr("How busy is the busiest disk?"), ChartUnit::Percent, {}},
        {u"disk-operations"_s, tr("How many operations a second do all disks do?"), ChartUnit::Plain, {}},
        {u"file-systems"_s, tr("How full is the fullest file system?"), ChartUnit::Percent, {}},
        {u"network-bytes"_s,
         tr("How much goes over the network, in and out?"),
         ChartUnit::BytesPerSecond,
         {}},
        {u"network-packets"_s, tr("How many packets a second, in and out?"), ChartUnit::Plain, {}},
    };
}

QList<PerformanceHistory::Chart>
PerformanceHistory::overlay(const QList<QPair<QString, const PerformanceHistory *>> &nodes)
{
    QList<Chart> all = emptyOverlay();
    for (Chart &chart : all) {
        for (const auto &[name, history] : nodes)
            chart.series.append({name, history->m_totals.value(chart.name)});
    }
    return all;
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
    append(line->points, m_at, value);
}

void PerformanceHistory::total(const QString &chart, double value)
{
    if (std::isfinite(value) && value >= 0)
        append(m_totals[chart], m_at, value);
}

void PerformanceHistory::append(QList<ChartPoint> &points, Instant at, double value)
{
    if (points.isEmpty() || points.last().at < at) // one told twice counts once
        points.append({at, value});
}

void PerformanceHistory::dropOld(QList<ChartPoint> &points, Instant before)
{
    qsizetype old = 0;
    while (old < points.size() && points[old].at < before)
        ++old;
    points.remove(0, old);
}

void PerformanceHistory::add(Instant at, const PerformanceCounters &counters)
{
    if (m_before && at <= m_at)
        return; // this machine's clock was set back
    const bool isNext = m_before && at - m_at <= kGap;
    m_at = at;
    for (QList<Line> &lines : m_lines) {
        for (Line &line : lines)
            dropOld(line.points, at - kKept);
        lines.removeIf([](const Line &line) { return line.points.isEmpty(); });
    }
    for (QList<ChartPoint> &points : m_totals)
        dropOld(points, at - kKept);
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
    const auto fullest = std::max_element(counters.fileSystems.begin(), counters.fileSystems.end(),
                                          [](const auto &a, const auto &b) { return a.used < b.used; });
    if (fullest != counters.fileSystems.end())
        total(u"file-systems"_s, fullest->used);
    if (counters.memoryUsed && counters.memoryBytes > 0)
        total(u"memory"_s, std::min(100.0, 100 * *counters.memoryUsed / counters.memoryBytes));
    if (counters.load1)
        total(u"load"_s, *counters.load1);
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
    const double busy = 100 * (all - idle) / all;
    if (now.name != u"cpu") {
        m_busiestCore = std::max(m_busiestCore, busy);
        return put(u"cores"_s, now.name, busy);
    }
    total(u"cpu"_s, busy);
    put(u"cpu"_s, tr("in all"), busy);
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
    m_busiestCore = -1; // none is known
    for (const auto &each : now.cpus) {
        if (const auto *before = find(m_before->cpus, each.name))
            cpu(*before, each);
    }
    total(u"cores"_s, m_busiestCore);
    Sum diskBytes;
    Sum operations;
    double busiestDisk = -1;
    for (const auto &each : now.disks) {
        const auto *before = find(m_before->disks, each.name);
        if (!before)
            continue;
        const double read = (each.readBytes - before->readBytes) / seconds;
        const double written = (each.writeBytes - before->writeBytes) / seconds;
        const double done = (each.operations - before->operations) / seconds;
        const double busy = std::min(100.0, 100 * (each.busy - before->busy) / seconds);
        put(u"disk-bytes"_s, tr("%1 read").arg(each.name), read);
        put(u"disk-bytes"_s, tr("%1 written").arg(each.name), written);
        put(u"disk-operations"_s, each.name, done);
        put(u"disk-busy"_s, each.name, busy);
        diskBytes.add(read);
        diskBytes.add(written);
        operations.add(done);
        busiestDisk = std::max(busiestDisk, busy);
    }
    total(u"disk-bytes"_s, diskBytes.value);
    total(u"disk-operations"_s, operations.value);
    total(u"disk-busy"_s, busiestDisk);
    Sum networkBytes;
    Sum packets;
    for (const auto &each : now.networks) {
        const auto *before = find(m_before->networks, each.name);
        if (!before)
            continue;
        const double in = (each.receivedBytes - before->receivedBytes) / seconds;
        const double out = (each.sentBytes - before->sentBytes) / seconds;
        const double both = (each.packets - before->packets) / seconds;
        put(u"network-bytes"_s, tr("%1 in").arg(each.name), in);
        put(u"network-bytes"_s, tr("%1 out").arg(each.name), out);
        put(u"network-packets"_s, tr("%1 packets").arg(each.name), both);
        put(u"network-packets"_s, tr("%1 errors").arg(each.name), (each.errors - before->errors) / seconds);
        networkBytes.add(in);
        networkBytes.add(out);
        packets.add(both);
    }
    total(u"network-bytes"_s, networkBytes.value);
    total(u"network-packets"_s, packets.value);
}

}
