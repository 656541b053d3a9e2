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

void FakePerformanceSource::sample(const QString &, QObject *asker, Sampled sampled)
{
    ++samples;
    if (advances)
        advance(1);
    QMetaObject::invokeMethod(
        this,
        [this, asker = QPointer(asker), sampled = std::move(sampled)] {
            if (asker)
                sampled(problem.value_or(ShownError()), problem ? PerformanceCounters() : counters);
        },
        Qt::QueuedConnection);
}

}
