#include "tests/support/models/fake_performance_source.h"

#include <QPointer>

#include <cmath>

namespace fb::test {

using namespace Qt::StringLiterals;

void FakePerformanceSource::advance(double seconds)
{
    m_now += Microseconds(static_cast<int64_t>(seconds * 1e6));
    PerformanceCounters &c = counters;
    if (c.cpus.isEmpty()) {
        c.cpus = {{u"cpu"_s}, {u"cpu0"_s}, {u"cpu1"_s}};
        c.disks = {{u"nvme0n1"_s}, {u"sda"_s}};
        c.networks = {{u"eth0"_s}};
        c.fileSystems = {{u"/"_s, 61.5}, {u"/srv"_s, 88.2}};
        c.memoryBytes = 16.0 * (1 << 30);
    }
    c.uptime += seconds;
    c.cpus[1].user += seconds * 0.9; // this one is busy
    c.cpus[1].system += seconds * 0.1;
    c.cpus[2].idle += seconds;
    c.cpus[0].user += seconds * 0.9;
    c.cpus[0].system += seconds * 0.1;
    c.cpus[0].idle += seconds;
    const double wave = std::sin(c.uptime / 4);
    c.disks[0].readBytes += seconds * (3e6 + 2e6 * wave);
    c.disks[0].writeBytes += seconds * 9e5;
    c.disks[0].operations += seconds * (220 + 90 * wave);
    c.disks[0].busy += seconds * (0.3 + 0.2 * wave);
    c.networks[0].receivedBytes += seconds * (4e5 + 3e5 * wave);
    c.networks[0].sentBytes += seconds * 1.2e5;
    c.networks[0].packets += seconds * (700 + 300 * wave);
    c.memoryUsed = 9.4e9 + 2e8 * wave;
    c.memoryCached = 3.1e9;
    c.swapUsed = 2.2e8;
    c.load1 = 1.1 + 0.2 * wave;
    c.load5 = 0.9;
    c.load15 = 0.7;
}

PerformanceCounters FakePerformanceSource::countersOf(qsizetype place) const
{
    PerformanceCounters told = counters;
    const double share = 1.0 / static_cast<double>(place + 1);
    for (PerformanceCounters::Cpu &cpu : told.cpus) {
        cpu.idle += (cpu.user + cpu.system) * (1 - share);
        cpu.user *= share;
        cpu.system *= share;
    }
    for (PerformanceCounters::Disk &disk : told.disks) {
        disk.readBytes *= share;
        disk.writeBytes *= share;
        disk.operations *= share;
        disk.busy *= share;
    }
    for (PerformanceCounters::Network &network : told.networks) {
        network.receivedBytes *= share;
        network.sentBytes *= share;
        network.packets *= share;
    }
    for (PerformanceCounters::FileSystem &fileSystem : told.fileSystems)
        fileSystem.used *= share;
    for (std::optional<double> *each : {&told.memoryUsed, &told.load1}) {
        if (*each)
            *each = **each * share;
    }
    return told;
}

void FakePerformanceSource::sample(const QString &nodeId, QObject *asker, Sampled sampled)
{
    ++samples;
    if (!nodes.contains(nodeId))
        nodes << nodeId;
    if (advances && nodeId == nodes.first())
        advance(1);
    const PerformanceCounters told = countersOf(nodes.indexOf(nodeId));
    const auto wrong = problems.contains(nodeId) ? problems.value(nodeId) : problem.value_or(ShownError());
    QMetaObject::invokeMethod(
        this,
        [told, wrong, asker = QPointer(asker), sampled = std::move(sampled)] {
            if (asker)
                sampled(wrong, wrong.isEmpty() ? told : PerformanceCounters());
        },
        Qt::QueuedConnection);
}

}
