#pragma once
// The node's metrics (spec/events-and-metrics.md 3.9, first depth: cpu, load, memory, swap, disk, net, processes, uptime, the agent itself).
// Counters become rates over the real interval; one that went backwards yields no point. One thread.

#include "backend/core/clock.h"
#include "backend/protocol/flagbridge.pb.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fb::agent {

struct MountedDisk {
    std::string path;
    std::string device;
    std::string filesystem;
};
// The real filesystems of /proc/self/mounts, one entry a device.
std::vector<MountedDisk> realDisks(std::string_view mounts);

class MetricsCollector
{
public:
    using ReadFile = std::function<std::string(const std::string &path)>; // tests give their own /proc
    explicit MetricsCollector(const Clock &clock, ReadFile readFile = {});

    wire::MetricReport collect(uint64_t queueDepth, uint64_t reconnects);

private:
    struct Cpu {
        uint64_t user = 0;
        uint64_t system = 0;
        uint64_t idle = 0;
        uint64_t iowait = 0;
        uint64_t steal = 0;
        uint64_t total = 0;
    };
    using Dimensions = std::vector<std::pair<std::string, std::string>>;

    void add(wire::MetricReport &report, std::string_view name, double value,
             const Dimensions &dimensions = {}) const;
    // The increase per second since the last collect(); nothing at the first and after a step back.
    std::optional<double> rate(const std::string &key, uint64_t value, double seconds);
    std::optional<uint64_t> increase(const std::string &key, uint64_t value);
    void cpu(wire::MetricReport &report);
    void load(wire::MetricReport &report) const;
    void memory(wire::MetricReport &report) const;
    void disks(wire::MetricReport &report, double seconds);
    void network(wire::MetricReport &report, double seconds);
    void self(wire::MetricReport &report, double seconds);

    const Clock &m_clock;
    ReadFile m_readFile;
    std::map<std::string, uint64_t> m_counters;
    std::optional<Cpu> m_cpu;
    std::optional<Tick> m_last;
};

// When the next collection is due: the wall-clock minute, plus 0 to 10 s fixed for this node.
Microseconds untilNextCollection(Instant now, std::chrono::seconds interval, std::string_view nodeId);

}
