#include "models/nodes/tools/performance_feed.h"

#include "models/nodes/tools/tool_text.h"

namespace fb {

namespace {

    double number(uint64_t value) { return static_cast<double>(value); }

    PerformanceCounters countersOf(const wire::PerformanceSample &sample)
    {
        PerformanceCounters counters;
        counters.uptime = sample.uptime();
        for (const wire::CpuCounters &cpu : sample.cpus())
            counters.cpus.append(
                {toolText(cpu.name()), cpu.user(), cpu.system(), cpu.idle(), cpu.iowait(), cpu.steal()});
        for (const wire::DiskCounters &disk : sample.disks())
            counters.disks.append({toolText(disk.name()), number(disk.read_bytes()),
                                   number(disk.write_bytes()), number(disk.reads()) + number(disk.writes()),
                                   disk.busy()});
        for (const wire::NetworkCounters &network : sample.networks())
            counters.networks.append({toolText(network.name()), number(network.received_bytes()),
                                      number(network.sent_bytes()),
                                      number(network.received_packets()) + number(network.sent_packets()),
                                      number(network.errors())});
        for (const wire::FileSystemUse &use : sample.file_systems()) {
            if (use.size_bytes() > 0)
                counters.fileSystems.append(
                    {toolText(use.path()),
                     std::min(100.0, 100 * number(use.used_bytes()) / number(use.size_bytes()))});
        }
        counters.memoryBytes = number(sample.memory_bytes());
        if (sample.has_memory_used())
            counters.memoryUsed = number(sample.memory_used());
        if (sample.has_memory_cached())
            counters.memoryCached = number(sample.memory_cached());
        if (sample.has_swap_used() && sample.swap_bytes() > 0)
            counters.swapUsed = number(sample.swap_used());
        if (sample.has_load1()) {
            counters.load1 = sample.load1();
            counters.load5 = sample.load5();
            counters.load15 = sample.load15();
        }
        return counters;
    }
}

void PerformanceFeed::sample(const QString &nodeId, QObject *asker, Sampled sampled)
{
    wire::ToolRequest request;
    request.mutable_performance();
    m_link.ask(nodeId, request, asker, [sampled = std::move(sampled)](const ToolReply &reply) {
        if (!reply)
            return sampled(shownErrorOf(reply.error()), {});
        sampled({}, countersOf((*reply)->performance()));
    });
}

}
