#include "agent/tools/performance_reader.h"

#include "agent/collectors/metrics_collector.h"
#include "agent/platform/os_release.h"

#include <sys/statvfs.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <map>
#include <optional>
#include <time.h>
#include <unistd.h>

namespace fb::agent {

namespace {

    constexpr size_t kMostFileBytes = 1024 * 1024;
    constexpr int kMostCpus = 1024; // and all together
    constexpr int kMostEach = 64; // of disks, networks, file systems
    constexpr size_t kMostNameBytes = 256;
    constexpr uint64_t kSectorBytes = 512; // of /proc/diskstats, whatever the disk has

    std::vector<std::string_view> words(std::string_view line)
    {
        std::vector<std::string_view> found;
        for (size_t at = line.find_first_not_of(" \t"); at != std::string_view::npos;) {
            const size_t end = std::min(line.find_first_of(" \t", at), line.size());
            found.push_back(line.substr(at, end - at));
            at = line.find_first_not_of(" \t", end);
        }
        return found;
    }

    template <typename Number>
    std::optional<Number> counterOf(std::string_view text)
    {
        Number value {};
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
    }

    // The numbers at these places; nothing when one is missing or no number.
    std::optional<std::vector<uint64_t>> numbersAt(const std::vector<std::string_view> &fields,
                                                   std::initializer_list<size_t> places)
    {
        std::vector<uint64_t> numbers;
        for (const size_t place : places) {
            const auto number = place < fields.size() ? counterOf<uint64_t>(fields[place]) : std::nullopt;
            if (!number)
                return std::nullopt;
            numbers.push_back(*number);
        }
        return numbers;
    }

    template <typename Fn>
    void eachLine(std::string_view text, Fn &&fn)
    {
        while (!text.empty()) {
            const size_t end = std::min(text.find('\n'), text.size());
            fn(text.substr(0, end));
            text.remove_prefix(std::min(end + 1, text.size()));
        }
    }

    uint64_t times(uint64_t value, uint64_t unit)
    {
        return value > std::numeric_limits<uint64_t>::max() / unit ? std::numeric_limits<uint64_t>::max()
                                                                   : value * unit;
    }

    std::string nameOf(std::string_view text) { return std::string(text.substr(0, kMostNameBytes)); }

    void readFileSystems(std::string_view mounts, wire::PerformanceSample &sample)
    {
        for (const MountedDisk &disk : realDisks(mounts)) {
            struct statvfs status {
            };
            if (sample.file_systems_size() == kMostEach)
                return;
            if (disk.filesystem.starts_with("nfs") || disk.filesystem == "cifs" // a dead server would hold us
                || ::statvfs(disk.path.c_str(), &status) != 0 || status.f_blocks == 0)
                continue;
            wire::FileSystemUse &use = *sample.add_file_systems();
            use.set_path(nameOf(disk.path));
            // As df has it: what only root may use is neither used nor free.
            const uint64_t used = status.f_blocks - std::min(status.f_bfree, status.f_blocks);
            use.set_used_bytes(times(used, status.f_frsize));
            use.set_size_bytes(times(used + status.f_bavail, status.f_frsize));
        }
    }
}

void readCpus(std::string_view stat, double ticksPerSecond, wire::PerformanceSample &sample)
{
    eachLine(stat, [&](std::string_view line) {
        const auto fields = words(line);
        if (fields.empty() || !fields[0].starts_with("cpu") || sample.cpus_size() > kMostCpus)
            return;
        if (fields[0] != "cpu" && !counterOf<uint32_t>(fields[0].substr(3)))
            return;
        // user nice system idle iowait irq softirq steal
        const auto ticks = numbersAt(fields, {1, 2, 3, 4, 5, 6, 7, 8});
        if (!ticks)
            return;
        const auto seconds = [&](std::initializer_list<size_t> places) {
            double sum = 0;
            for (const size_t place : places)
                sum += static_cast<double>((*ticks)[place]) / ticksPerSecond;
            return sum;
        };
        wire::CpuCounters &cpu = *sample.add_cpus();
        cpu.set_name(nameOf(fields[0]));
        cpu.set_user(seconds({0, 1}));
        cpu.set_system(seconds({2, 5, 6}));
        cpu.set_idle(seconds({3}));
        cpu.set_iowait(seconds({4}));
        cpu.set_steal(seconds({7}));
    });
}

void readMemory(std::string_view meminfo, wire::PerformanceSample &sample)
{
    std::map<std::string_view, uint64_t> bytes;
    eachLine(meminfo, [&bytes](std::string_view line) {
        const auto colon = static_cast<size_t>(std::find(line.begin(), line.end(), ':') - line.begin());
        const auto fields = words(line.substr(std::min(colon + 1, line.size())));
        const auto kibibytes = fields.empty() ? std::nullopt : counterOf<uint64_t>(fields[0]);
        if (kibibytes)
            bytes[line.substr(0, colon)] = times(*kibibytes, 1024);
    });
    const auto below = [](uint64_t part, uint64_t whole) { return whole - std::min(part, whole); };
    if (bytes.contains("MemTotal") && bytes.contains("MemAvailable")) {
        sample.set_memory_bytes(bytes["MemTotal"]);
        sample.set_memory_used(below(bytes["MemAvailable"], bytes["MemTotal"]));
    }
    if (bytes.contains("Cached"))
        sample.set_memory_cached(bytes["Cached"]);
    if (bytes.contains("SwapTotal") && bytes.contains("SwapFree")) {
        sample.set_swap_bytes(bytes["SwapTotal"]);
        sample.set_swap_used(below(bytes["SwapFree"], bytes["SwapTotal"]));
    }
}

void readLoad(std::string_view loadavg, wire::PerformanceSample &sample)
{
    const auto fields = words(loadavg);
    if (fields.size() < 3)
        return;
    const auto one = counterOf<double>(fields[0]);
    const auto five = counterOf<double>(fields[1]);
    const auto fifteen = counterOf<double>(fields[2]);
    if (!one || !five || !fifteen)
        return;
    sample.set_load1(*one);
    sample.set_load5(*five);
    sample.set_load15(*fifteen);
}

void readDisks(std::string_view diskstats, const std::function<bool(const std::string &name)> &isWhole,
               wire::PerformanceSample &sample)
{
    eachLine(diskstats, [&](std::string_view line) {
        const auto fields = words(line);
        // reads, sectors read, writes, sectors written, ms of work
        const auto numbers = numbersAt(fields, {3, 5, 7, 9, 12});
        if (!numbers || sample.disks_size() == kMostEach)
            return;
        const auto &count = *numbers;
        if ((count[0] == 0 && count[2] == 0) || !isWhole(nameOf(fields[2]))) // one that nobody ever used
            return;
        wire::DiskCounters &disk = *sample.add_disks();
        disk.set_name(nameOf(fields[2]));
        disk.set_reads(count[0]);
        disk.set_read_bytes(times(count[1], kSectorBytes));
        disk.set_writes(count[2]);
        disk.set_write_bytes(times(count[3], kSectorBytes));
        disk.set_busy(static_cast<double>(count[4]) / 1000.0);
    });
}

void readNetworks(std::string_view netDev, wire::PerformanceSample &sample)
{
    eachLine(netDev, [&](std::string_view line) {
        const size_t colon = line.rfind(':'); // a name may have one in it
        const auto names = words(line.substr(0, std::min(colon, line.size())));
        if (colon == std::string_view::npos || names.size() != 1 || names[0] == "lo"
            || sample.networks_size() == kMostEach)
            return;
        // in: bytes packets errs drop; out: the same
        const auto numbers = numbersAt(words(line.substr(colon + 1)), {0, 1, 2, 3, 8, 9, 10, 11});
        if (!numbers)
            return;
        const auto &count = *numbers;
        wire::NetworkCounters &network = *sample.add_networks();
        network.set_name(nameOf(names[0]));
        network.set_received_bytes(count[0]);
        network.set_received_packets(count[1]);
        network.set_sent_bytes(count[4]);
        network.set_sent_packets(count[5]);
        network.set_errors(count[2] + count[3] + count[6] + count[7]);
    });
}

Result<wire::ToolAnswer> PerformanceTool::answer(const wire::ToolRequest &request)
{
    if (!request.has_performance())
        return wrongRequest("This is not a request to the tool \"performance\".");
    const auto read = [](const char *path) { return smallFile(path, kMostFileBytes); };
    wire::ToolAnswer answer;
    wire::PerformanceSample &sample = *answer.mutable_performance();
    sample.set_taken_us(toMicros(m_clock.now()));
    timespec up {};
    ::clock_gettime(CLOCK_BOOTTIME, &up);
    sample.set_uptime(static_cast<double>(up.tv_sec) + static_cast<double>(up.tv_nsec) / 1e9);
    readCpus(read("/proc/stat"), static_cast<double>(std::max(1L, ::sysconf(_SC_CLK_TCK))), sample);
    readMemory(read("/proc/meminfo"), sample);
    readLoad(read("/proc/loadavg"), sample);
    const auto isWhole = [](const std::string &name) {
        return name.find('/') == std::string::npos && ::access(("/sys/block/" + name).c_str(), F_OK) == 0;
    };
    readDisks(read("/proc/diskstats"), isWhole, sample);
    readNetworks(read("/proc/net/dev"), sample);
    readFileSystems(read("/proc/self/mounts"), sample);
    return answer;
}

}
