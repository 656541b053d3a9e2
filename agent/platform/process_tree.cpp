#include "agent/platform/process_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <dirent.h>
#include <fcntl.h>
#include <map>
#include <unistd.h>

namespace fb::agent {

namespace {

    std::string readProc(const std::string &path)
    {
        std::string text;
        const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        if (fd < 0)
            return text;
        char chunk[4096];
        for (ssize_t got = 0; (got = ::read(fd, chunk, sizeof chunk)) > 0;)
            text.append(chunk, static_cast<size_t>(got));
        ::close(fd);
        return text;
    }

    struct Stat {
        char state = '?';
        pid_t parent = 0;
        uint64_t startTime = 0;
    };

    // pid (name) state ppid ... field 22 is the start time. The name may hold anything, so from the last parenthesis on.
    std::optional<Stat> readStat(pid_t pid)
    {
        const std::string text = readProc(fmt::format("/proc/{}/stat", pid));
        const size_t end = text.rfind(')');
        if (end == std::string::npos || end + 4 > text.size())
            return std::nullopt;
        Stat stat;
        stat.state = text[end + 2];
        size_t at = end + 4;
        for (int field = 4; field <= 22 && at < text.size(); ++field) {
            const size_t stop = std::min(text.find(' ', at), text.size());
            if (field == 4)
                std::from_chars(text.data() + at, text.data() + stop, stat.parent);
            else if (field == 22)
                std::from_chars(text.data() + at, text.data() + stop, stat.startTime);
            at = stop + 1;
        }
        return stat;
    }

}

std::string ProcessStamp::text() const { return fmt::format("{} {}", pid, startTime); }

std::optional<ProcessStamp> ProcessStamp::fromText(const std::string &text)
{
    ProcessStamp stamp;
    const size_t space = text.find(' ');
    if (space == std::string::npos)
        return std::nullopt;
    const char *middle = text.data() + space;
    if (std::from_chars(text.data(), middle, stamp.pid).ptr != middle || stamp.pid <= 1)
        return std::nullopt;
    std::from_chars(middle + 1, text.data() + text.size(), stamp.startTime);
    return stamp;
}

std::optional<ProcessStamp> stampOf(pid_t pid)
{
    const auto stat = readStat(pid);
    return stat ? std::optional(ProcessStamp {pid, stat->startTime}) : std::nullopt;
}

bool isRunning(const ProcessStamp &process)
{
    const auto stat = readStat(process.pid);
    return stat && stat->startTime == process.startTime && stat->state != 'Z' && stat->state != 'X';
}

std::vector<pid_t> descendantsOf(pid_t root)
{
    // One pass over /proc: the children files need a kernel option, and are not exact while processes fork.
    std::multimap<pid_t, pid_t> children;
    if (DIR *proc = ::opendir("/proc")) {
        while (const dirent *entry = ::readdir(proc)) {
            pid_t pid = 0;
            const char *name = entry->d_name;
            const char *end = name + std::char_traits<char>::length(name);
            if (std::from_chars(name, end, pid).ptr != end || pid <= 1)
                continue;
            if (const auto stat = readStat(pid); stat && stat->state != 'Z' && stat->state != 'X')
                children.emplace(stat->parent, pid);
        }
        ::closedir(proc);
    }
    std::vector<pid_t> found;
    std::vector<pid_t> open {root};
    while (!open.empty()) {
        const pid_t parent = open.back();
        open.pop_back();
        for (auto [it, end] = children.equal_range(parent); it != end; ++it) {
            found.push_back(it->second);
            open.push_back(it->second);
        }
    }
    return found;
}

std::vector<pid_t> processesWithVariable(const std::string &variable)
{
    std::vector<pid_t> found;
    const std::string inside = std::string(1, '\0') + variable + '\0';
    if (DIR *proc = ::opendir("/proc")) {
        while (const dirent *entry = ::readdir(proc)) {
            pid_t pid = 0;
            const char *name = entry->d_name;
            const char *end = name + std::char_traits<char>::length(name);
            if (std::from_chars(name, end, pid).ptr != end || pid <= 1 || pid == ::getpid())
                continue;
            const std::string environment = '\0' + readProc(fmt::format("/proc/{}/environ", pid));
            if (environment.find(inside) != std::string::npos)
                found.push_back(pid);
        }
        ::closedir(proc);
    }
    return found;
}

std::string currentBootId()
{
    std::string id = readProc("/proc/sys/kernel/random/boot_id");
    while (!id.empty() && (id.back() == '\n' || id.back() == ' '))
        id.pop_back();
    return id;
}

}
