#include "agent/tools/process_table.h"

#include "agent/platform/os_release.h"
#include "agent/platform/private_folder.h"
#include "agent/spool/work_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <dirent.h>
#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace fb::agent {

namespace {

    constexpr size_t kProcessNameBytes = 64;
    constexpr size_t kCommandBytes = 4096;
    constexpr size_t kListedTextBytes = 8 * 1024 * 1024; // command lines of one list, together
    constexpr uint64_t kPfKthread = 0x00200000; // of the flags in stat
    constexpr std::chrono::milliseconds kHandleTime {300}; // for counting descriptors, in one reading
    constexpr std::chrono::milliseconds kRateTime {
        200}; // from the reading before, for a rate to mean anything

    std::string procFile(pid_t pid, const char *name, size_t limit)
    {
        std::string text;
        const int fd = ::open(fmt::format("/proc/{}/{}", pid, name).c_str(), O_RDONLY | O_CLOEXEC);
        if (fd < 0)
            return text;
        std::array<char, 4096> chunk {};
        while (text.size() < limit) {
            const ssize_t got = ::read(fd, chunk.data(), std::min(chunk.size(), limit - text.size()));
            if (got <= 0)
                break;
            text.append(chunk.data(), static_cast<size_t>(got));
        }
        ::close(fd);
        return text;
    }

    template <typename T>
    T number(std::string_view text)
    {
        T value {};
        std::from_chars(text.data(), text.data() + text.size(), value);
        return value;
    }

    // "name: 123" or "name 123 kB" of a file of such lines.
    std::optional<uint64_t> valueOf(std::string_view text, std::string_view name)
    {
        for (size_t at = 0; at < text.size();) {
            const size_t end = std::min(text.find('\n', at), text.size());
            std::string_view line = text.substr(at, end - at);
            if (line.starts_with(name)) {
                line.remove_prefix(name.size());
                line.remove_prefix(std::min(line.find_first_of("0123456789"), line.size()));
                return number<uint64_t>(line);
            }
            at = end + 1;
        }
        return std::nullopt;
    }

    std::optional<std::pair<uint64_t, uint64_t>> ioOf(pid_t pid)
    {
        const std::string text = procFile(pid, "io", 1024);
        const auto read = valueOf(text, "read_bytes:");
        const auto written = valueOf(text, "write_bytes:");
        if (!read || !written)
            return std::nullopt;
        return std::pair(*read, *written);
    }

    std::optional<uint32_t> handlesOf(pid_t pid)
    {
        DIR *folder = ::opendir(fmt::format("/proc/{}/fd", pid).c_str());
        if (!folder)
            return std::nullopt;
        uint32_t count = 0;
        while (const dirent *entry = ::readdir(folder))
            count += entry->d_name[0] != '.' ? 1 : 0;
        ::closedir(folder);
        return count;
    }

    std::string commandLineOf(pid_t pid)
    {
        std::string text = procFile(pid, "cmdline", kCommandBytes);
        while (!text.empty() && text.back() == '\0')
            text.pop_back();
        std::replace(text.begin(), text.end(), '\0', ' ');
        return text;
    }

}

std::optional<ProcessStat> parseProcessStat(std::string_view line)
{
    // pid (name) state ppid ...; the name may hold anything, so from the last parenthesis on.
    const size_t open = line.find('(');
    const size_t close = line.rfind(')');
    if (open == std::string_view::npos || close == std::string_view::npos || close < open
        || close + 3 > line.size())
        return std::nullopt;
    ProcessStat stat;
    stat.pid = number<pid_t>(line.substr(0, open));
    stat.name = line.substr(open + 1, std::min(close - open - 1, kProcessNameBytes));
    std::array<std::string_view, 25> fields {}; // of proc(5), from 3 on
    std::string_view rest = line.substr(close + 2);
    size_t count = 0;
    while (!rest.empty() && count < fields.size()) {
        const size_t blank = std::min(rest.find(' '), rest.size());
        fields[count++] = rest.substr(0, blank);
        rest.remove_prefix(std::min(blank + 1, rest.size()));
    }
    const auto field = [&](size_t numbered) { return fields[numbered - 3]; };
    if (stat.pid <= 0 || count < 22 || field(3).empty())
        return std::nullopt;
    stat.state = field(3)[0];
    stat.parent = number<pid_t>(field(4));
    stat.isKernelThread = (number<uint64_t>(field(9)) & kPfKthread) != 0;
    stat.cpuTicks = number<uint64_t>(field(14)) + number<uint64_t>(field(15));
    stat.nice = number<int>(field(19));
    stat.threads = number<uint32_t>(field(20));
    stat.startTicks = number<uint64_t>(field(22));
    stat.residentPages = number<uint64_t>(field(24));
    return stat;
}

std::optional<ProcessStat> readProcessStat(pid_t pid)
{
    return parseProcessStat(procFile(pid, "stat", 4096));
}

std::vector<pid_t> allProcesses()
{
    std::vector<pid_t> all;
    DIR *proc = ::opendir("/proc");
    if (!proc)
        return all;
    while (const dirent *entry = ::readdir(proc)) {
        const std::string_view name = entry->d_name;
        pid_t pid = 0;
        if (std::from_chars(name.data(), name.data() + name.size(), pid).ptr == name.data() + name.size())
            all.push_back(pid);
    }
    ::closedir(proc);
    std::sort(all.begin(), all.end());
    return all;
}

ProcessTable::ProcessTable(const Clock &clock, std::string stateFolder)
    : m_clock(clock),
      m_stateFolder(std::move(stateFolder)),
      m_supervisor(stampOf(::getppid())),
      m_ticksPerSecond(static_cast<double>(::sysconf(_SC_CLK_TCK)))
{
    struct stat status {
    };
    if (::stat("/proc/self/exe", &status) == 0) {
        m_programDevice = status.st_dev;
        m_programFile = status.st_ino;
    }
    std::array<char, 4096> path {};
    if (const ssize_t size = ::readlink("/proc/self/exe", path.data(), path.size()); size > 0)
        m_programPath.assign(path.data(), static_cast<size_t>(size));
    m_bootUs = static_cast<int64_t>(valueOf(smallFile("/proc/stat", 1024 * 1024), "btime").value_or(0))
        * 1'000'000;
    m_memoryBytes = valueOf(smallFile("/proc/meminfo"), "MemTotal:").value_or(0) * 1024;
}

// Also one that runs from the program's file before it was replaced: it is gone, or beside the new one until that has proven itself.
bool ProcessTable::isOwnProgram(pid_t pid) const
{
    const std::string link = fmt::format("/proc/{}/exe", pid);
    struct stat status {
    };
    if (::stat(link.c_str(), &status) != 0)
        return false;
    if (status.st_dev == m_programDevice && status.st_ino == m_programFile)
        return true;
    std::array<char, 4096> path {};
    const ssize_t size = ::readlink(link.c_str(), path.data(), path.size());
    std::string_view name(path.data(), static_cast<size_t>(std::max<ssize_t>(size, 0)));
    if (m_programPath.empty() || !name.starts_with(m_programPath))
        return false;
    name.remove_prefix(m_programPath.size());
    return name == " (deleted)" || name == ".old" || name == ".old (deleted)";
}

void ProcessTable::findAgent()
{
    m_agent.clear();
    if (m_supervisor)
        m_agent.emplace(m_supervisor->pid, m_supervisor->startTime);
    if (const auto self = stampOf(::getpid()))
        m_agent.emplace(self->pid, self->startTime);
    if (m_stateFolder.empty())
        return;
    const auto state = PrivateFolder::openOrMake(m_stateFolder);
    if (!state)
        return;
    // Workers outlive the supervisor that started them; each has noted itself.
    for (const std::string_view kind : {"work", "sessions"}) {
        const auto all = state->existingSubfolder(kind);
        if (!all)
            continue;
        for (const std::string &name : all->entries()) {
            const auto folder = all->existingSubfolder(name);
            const auto noted
                = folder ? folder->read(workNames::kPid, 200) : Result<std::string>(folder.error());
            if (const auto stamp = noted ? ProcessStamp::fromText(*noted) : std::nullopt)
                m_agent.emplace(stamp->pid, stamp->startTime);
        }
    }
}

// By descent, not by its program alone: whoever on this node runs the agent's program is not the agent. A worker's script is not either.
bool ProcessTable::isAgents(const ProcessStat &stat) const
{
    constexpr int kMaxSteps = 16; // a worker, its step, what that runs
    std::optional<ProcessStat> at = stat;
    for (int step = 0; at && step < kMaxSteps; ++step) {
        const auto known = m_agent.find(at->pid);
        if (known != m_agent.end() && known->second == at->startTicks)
            return true;
        if (at->parent <= 1 || !isOwnProgram(at->pid))
            return false;
        at = readProcessStat(at->parent);
    }
    return false;
}

std::string ProcessTable::guardOf(const ProcessStat &stat) const
{
    if (stat.pid == 1)
        return "first";
    if (stat.isKernelThread || stat.pid == 2)
        return "kernel";
    return isAgents(stat) ? "agent" : "";
}

const std::string &ProcessTable::userName(uint32_t uid)
{
    const auto known = m_users.find(uid);
    if (known != m_users.end())
        return known->second;
    std::string name = fmt::format("{}", uid);
    std::vector<char> buffer(16 * 1024);
    passwd entry {};
    passwd *found = nullptr;
    if (::getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found) == 0 && found)
        name = found->pw_name;
    return m_users.emplace(uid, name).first->second;
}

wire::ProcessList ProcessTable::read()
{
    wire::ProcessList list;
    const Tick now = m_clock.tick();
    const bool isFresh = now - m_before.at < kRateTime;
    const Reading &base = isFresh ? m_earlier : m_before;
    const double seconds = std::chrono::duration<double>(now - base.at).count();
    const auto pageBytes = static_cast<uint64_t>(::sysconf(_SC_PAGESIZE));
    std::map<pid_t, Sample> samples;
    size_t textBytes = 0;
    const std::vector<pid_t> all = allProcesses();
    list.set_total(static_cast<uint32_t>(all.size()));
    for (const pid_t pid : all) {
        if (static_cast<size_t>(list.processes_size()) >= kMost)
            break;
        const auto stat = readProcessStat(pid);
        struct stat owner {
        };
        if (!stat || ::stat(fmt::format("/proc/{}", pid).c_str(), &owner) != 0)
            continue; // ended meanwhile
        wire::ProcessEntry &entry = *list.add_processes();
        entry.set_pid(static_cast<uint32_t>(pid));
        entry.set_start_ticks(stat->startTicks);
        entry.set_parent(static_cast<uint32_t>(std::max(stat->parent, 0)));
        entry.set_name(stat->name);
        if (textBytes < kListedTextBytes && !stat->isKernelThread) {
            entry.set_command_line(commandLineOf(pid));
            textBytes += entry.command_line().size();
        }
        entry.set_uid(owner.st_uid);
        entry.set_user(userName(owner.st_uid));
        entry.set_state(static_cast<uint32_t>(static_cast<unsigned char>(stat->state)));
        entry.set_rss_bytes(stat->residentPages * pageBytes);
        entry.set_threads(stat->threads);
        if (!stat->isKernelThread && m_clock.tick() - now < kHandleTime) {
            if (const auto handles = handlesOf(pid))
                entry.set_handles(*handles);
        }
        entry.set_started_us(
            m_bootUs + static_cast<int64_t>(static_cast<double>(stat->startTicks) / m_ticksPerSecond * 1e6));
        entry.set_nice(stat->nice);
        entry.set_kernel_thread(stat->isKernelThread);
        if (const std::string guard = guardOf(*stat); !guard.empty())
            entry.set_guarded(guard);

        Sample sample {stat->startTicks, stat->cpuTicks, stat->isKernelThread ? std::nullopt : ioOf(pid)};
        const auto before = base.samples.find(pid);
        if (before != base.samples.end() && before->second.startTicks == stat->startTicks) {
            const auto since = [&](uint64_t value, uint64_t earlier) {
                return static_cast<double>(value - std::min(value, earlier)) / seconds;
            };
            entry.set_cpu_percent(since(sample.cpuTicks, before->second.cpuTicks) / m_ticksPerSecond * 100);
            if (sample.io && before->second.io) {
                entry.set_read_rate(since(sample.io->first, before->second.io->first));
                entry.set_write_rate(since(sample.io->second, before->second.io->second));
            }
        }
        samples.emplace(pid, sample);
    }
    if (m_before.samples.empty() || !isFresh) {
        m_earlier = std::move(m_before);
        m_before = {now, std::move(samples)};
    }
    list.set_memory_bytes(m_memoryBytes);
    list.set_cpu_count(static_cast<uint32_t>(std::max(1L, ::sysconf(_SC_NPROCESSORS_ONLN))));
    list.set_taken_us(toMicros(m_clock.now()));
    return list;
}

}
