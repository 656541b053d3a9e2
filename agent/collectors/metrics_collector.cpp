#include "agent/collectors/metrics_collector.h"

#include "agent/platform/os_release.h"
#include "backend/core/byte_encoding.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <dirent.h>
#include <set>
#include <sys/statvfs.h>
#include <unistd.h>

namespace fb::agent {

namespace {

    std::vector<std::string_view> words(std::string_view line, std::string_view separators = " \t")
    {
        std::vector<std::string_view> found;
        for (size_t at = 0; at < line.size();) {
            const size_t begin = line.find_first_not_of(separators, at);
            if (begin == std::string_view::npos)
                break;
            const size_t end = std::min(line.find_first_of(separators, begin), line.size());
            found.push_back(line.substr(begin, end - begin));
            at = end;
        }
        return found;
    }

    uint64_t number(std::string_view text)
    {
        uint64_t value = 0;
        std::from_chars(text.data(), text.data() + text.size(), value);
        return value;
    }

    double real(std::string_view text)
    {
        double value = 0;
        std::from_chars(text.data(), text.data() + text.size(), value);
        return value;
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

    double percent(double part, double whole) { return whole > 0 ? 100.0 * part / whole : 0.0; }

    // \040 and the like in /proc/self/mounts.
    std::string unescaped(std::string_view text)
    {
        std::string plain;
        for (size_t i = 0; i < text.size(); ++i) {
            if (text[i] == '\\' && i + 3 < text.size()) {
                plain.push_back(static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8
                                                  + (text[i + 3] - '0')));
                i += 3;
            } else {
                plain.push_back(text[i]);
            }
        }
        return plain;
    }

}

std::vector<MountedDisk> realDisks(std::string_view mounts)
{
    static constexpr std::array kNetworkToo = {"nfs", "nfs4", "cifs", "zfs"};
    std::vector<MountedDisk> disks;
    std::set<std::string> seen;
    eachLine(mounts, [&](std::string_view line) {
        const auto fields = words(line);
        if (fields.size() < 3)
            return;
        MountedDisk disk {unescaped(fields[1]), unescaped(fields[0]), std::string(fields[2])};
        const bool isReal = disk.device.starts_with("/dev/")
            || std::find(kNetworkToo.begin(), kNetworkToo.end(), disk.filesystem) != kNetworkToo.end();
        if (isReal && disk.filesystem != "squashfs" && seen.insert(disk.device).second)
            disks.push_back(std::move(disk));
    });
    return disks;
}

MetricsCollector::MetricsCollector(const Clock &clock, ReadFile readFile)
    : m_clock(clock),
      m_readFile(readFile ? std::move(readFile)
                          : [](const std::string &path) { return smallFile(path, 1024 * 1024); })
{
}

void MetricsCollector::add(wire::MetricReport &report, std::string_view name, double value,
                           const Dimensions &dimensions) const
{
    wire::MetricPoint &point = *report.add_points();
    point.set_name(std::string(name));
    point.set_value(value);
    for (const auto &[key, text] : dimensions) {
        wire::EnvEntry &entry = *point.add_dimensions();
        entry.set_name(key);
        entry.set_value(text);
    }
}

std::optional<uint64_t> MetricsCollector::increase(const std::string &key, uint64_t value)
{
    const auto it = m_counters.find(key);
    std::optional<uint64_t> grown;
    if (it != m_counters.end() && value >= it->second)
        grown = value - it->second;
    m_counters[key] = value;
    return grown;
}

std::optional<double> MetricsCollector::rate(const std::string &key, uint64_t value, double seconds)
{
    const auto grown = increase(key, value);
    return grown && seconds > 0 ? std::optional(static_cast<double>(*grown) / seconds) : std::nullopt;
}

wire::MetricReport MetricsCollector::collect(uint64_t queueDepth, uint64_t reconnects)
{
    const Tick now = m_clock.tick();
    const double seconds = m_last ? std::chrono::duration<double>(now - *m_last).count() : 0.0;
    m_last = now;
    wire::MetricReport report;
    report.set_time_us(toMicros(m_clock.now()));
    cpu(report);
    load(report);
    memory(report);
    disks(report, seconds);
    network(report, seconds);
    self(report, seconds);
    add(report, "agent_queue_depth", static_cast<double>(queueDepth));
    add(report, "agent_reconnects", static_cast<double>(reconnects));
    return report;
}

void MetricsCollector::cpu(wire::MetricReport &report)
{
    Cpu now;
    eachLine(m_readFile("/proc/stat"), [&](std::string_view line) {
        const auto fields = words(line);
        if (fields.size() < 9 || fields[0] != "cpu")
            return;
        now.user = number(fields[1]) + number(fields[2]);
        now.system = number(fields[3]) + number(fields[6]) + number(fields[7]);
        now.idle = number(fields[4]);
        now.iowait = number(fields[5]);
        now.steal = number(fields[8]);
        now.total = now.user + now.system + now.idle + now.iowait + now.steal;
    });
    if (m_cpu && now.total > m_cpu->total && now.idle >= m_cpu->idle && now.user >= m_cpu->user
        && now.system >= m_cpu->system && now.iowait >= m_cpu->iowait && now.steal >= m_cpu->steal) {
        const auto total = static_cast<double>(now.total - m_cpu->total);
        const double idle = percent(static_cast<double>(now.idle - m_cpu->idle), total);
        add(report, "cpu_usage_active", 100.0 - idle);
        add(report, "cpu_usage_iowait", percent(static_cast<double>(now.iowait - m_cpu->iowait), total));
        add(report, "cpu_usage_user", percent(static_cast<double>(now.user - m_cpu->user), total));
        add(report, "cpu_usage_system", percent(static_cast<double>(now.system - m_cpu->system), total));
        add(report, "cpu_usage_steal", percent(static_cast<double>(now.steal - m_cpu->steal), total));
    }
    m_cpu = now;
}

void MetricsCollector::load(wire::MetricReport &report) const
{
    const std::string text = m_readFile("/proc/loadavg");
    if (const auto fields = words(text); fields.size() >= 4) {
        add(report, "load_1", real(fields[0]));
        add(report, "load_5", real(fields[1]));
        add(report, "load_15", real(fields[2]));
    }
    const std::string uptime = m_readFile("/proc/uptime");
    if (const auto fields = words(uptime); !fields.empty())
        add(report, "uptime", real(fields[0]));
}

void MetricsCollector::memory(wire::MetricReport &report) const
{
    std::map<std::string, double, std::less<>> values;
    eachLine(m_readFile("/proc/meminfo"), [&](std::string_view line) {
        const size_t colon = line.find(':');
        const auto fields = colon == std::string_view::npos ? std::vector<std::string_view>()
                                                            : words(line.substr(colon + 1));
        if (!fields.empty())
            values[std::string(line.substr(0, colon))] = static_cast<double>(number(fields[0])) * 1024;
    });
    if (!values.contains("MemTotal") || !values.contains("MemAvailable"))
        return;
    add(report, "mem_used_percent", percent(values["MemTotal"] - values["MemAvailable"], values["MemTotal"]));
    add(report, "mem_available", values["MemAvailable"]);
    add(report, "swap_used_percent", percent(values["SwapTotal"] - values["SwapFree"], values["SwapTotal"]));
}

void MetricsCollector::disks(wire::MetricReport &report, double seconds)
{
    std::set<std::string> devices;
    for (const MountedDisk &disk : realDisks(m_readFile("/proc/self/mounts"))) {
        devices.insert(disk.device.substr(disk.device.rfind('/') + 1));
        struct statvfs status {
        };
        if (disk.filesystem.starts_with("nfs")
            || disk.filesystem == "cifs" // a dead server would hold us for minutes
            || ::statvfs(disk.path.c_str(), &status) != 0 || status.f_blocks == 0)
            continue;
        const Dimensions dimensions {
            {"path", disk.path}, {"device", disk.device}, {"fstype", disk.filesystem}};
        const auto block = static_cast<double>(status.f_frsize);
        const auto used = static_cast<double>(status.f_blocks - status.f_bfree);
        const auto available = static_cast<double>(status.f_bavail);
        add(report, "disk_used_percent", percent(used, used + available), dimensions);
        add(report, "disk_free", available * block, dimensions);
        if (status.f_files > 0)
            add(report, "inodes_used_percent",
                percent(static_cast<double>(status.f_files - status.f_ffree),
                        static_cast<double>(status.f_files)),
                {{"path", disk.path}});
    }
    eachLine(m_readFile("/proc/diskstats"), [&](std::string_view line) {
        const auto fields = words(line);
        if (fields.size() < 14 || !devices.contains(std::string(fields[2])))
            return;
        const std::string name(fields[2]);
        const Dimensions dimensions {{"name", name}};
        if (const auto value = rate("r." + name, number(fields[5]) * 512, seconds))
            add(report, "diskio_read_bytes", *value, dimensions);
        if (const auto value = rate("w." + name, number(fields[9]) * 512, seconds))
            add(report, "diskio_write_bytes", *value, dimensions);
        if (const auto value = rate("t." + name, number(fields[12]), seconds)) // ms of work per s
            add(report, "diskio_io_time", std::min(100.0, *value / 10.0), dimensions);
    });
}

void MetricsCollector::network(wire::MetricReport &report, double seconds)
{
    eachLine(m_readFile("/proc/net/dev"), [&](std::string_view line) {
        const size_t colon = line.find(':');
        if (colon == std::string_view::npos)
            return;
        const auto names = words(line.substr(0, colon));
        const auto fields = words(line.substr(colon + 1));
        if (names.empty() || fields.size() < 12 || names[0] == "lo")
            return;
        const std::string name(names[0]);
        const Dimensions dimensions {{"interface", name}};
        if (const auto value = rate("net.r." + name, number(fields[0]), seconds))
            add(report, "net_bytes_recv", *value, dimensions);
        if (const auto value = rate("net.s." + name, number(fields[8]), seconds))
            add(report, "net_bytes_sent", *value, dimensions);
        if (const auto value = increase("net.ei." + name, number(fields[2])))
            add(report, "net_err_in", static_cast<double>(*value), dimensions);
        if (const auto value = increase("net.eo." + name, number(fields[10])))
            add(report, "net_err_out", static_cast<double>(*value), dimensions);
        if (const auto value = increase("net.d." + name, number(fields[3]) + number(fields[11])))
            add(report, "net_drop", static_cast<double>(*value), dimensions);
    });
}

void MetricsCollector::self(wire::MetricReport &report, double seconds)
{
    uint64_t total = 0;
    uint64_t zombies = 0;
    if (DIR *proc = ::opendir("/proc")) {
        while (const dirent *entry = ::readdir(proc)) {
            if (entry->d_name[0] < '0' || entry->d_name[0] > '9')
                continue;
            ++total;
            const std::string stat = m_readFile(std::string("/proc/") + entry->d_name + "/stat");
            const size_t end = stat.rfind(')');
            zombies += end != std::string::npos && end + 2 < stat.size() && stat[end + 2] == 'Z' ? 1 : 0;
        }
        ::closedir(proc);
    }
    add(report, "processes_total", static_cast<double>(total));
    add(report, "processes_zombie", static_cast<double>(zombies));

    const std::string memory = m_readFile("/proc/self/statm");
    if (const auto fields = words(memory); fields.size() >= 2)
        add(report, "agent_rss",
            static_cast<double>(number(fields[1])) * static_cast<double>(::sysconf(_SC_PAGE_SIZE)));
    const std::string stat = m_readFile("/proc/self/stat");
    const size_t end = stat.rfind(')');
    if (end == std::string::npos)
        return;
    if (const auto fields = words(std::string_view(stat).substr(end + 1)); fields.size() > 12) {
        const auto ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
        if (const auto value = rate("self.cpu", number(fields[11]) + number(fields[12]), seconds))
            add(report, "agent_cpu", 100.0 * *value / ticks);
    }
}

Microseconds untilNextCollection(Instant now, std::chrono::seconds interval, std::string_view nodeId)
{
    const std::string hash = sha256(nodeId);
    const Microseconds jitter(bigEndianAt<uint32_t>(hash, 0) % 10'000'000);
    const Microseconds every(interval);
    const Microseconds since = (now.time_since_epoch() - jitter) % every;
    return every - since;
}

}
