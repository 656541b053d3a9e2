#include "tests/bench/process_figures.h"

#include <fmt/format.h>

#include <ctime>
#include <fstream>
#include <iterator>
#include <string>

namespace fb::bench {

namespace {
    std::chrono::nanoseconds readClock(clockid_t clock)
    {
        timespec time {};
        if (clock_gettime(clock, &time) != 0)
            return {};
        return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
    }
}

std::chrono::nanoseconds threadCpu() { return readClock(CLOCK_THREAD_CPUTIME_ID); }

std::chrono::nanoseconds processCpu(int64_t pid)
{
    clockid_t clock {};
    if (clock_getcpuclockid(static_cast<pid_t>(pid), &clock) != 0)
        return {};
    return readClock(clock);
}

std::vector<int64_t> childrenOf(int64_t pid)
{
    std::ifstream file(fmt::format("/proc/{0}/task/{0}/children", pid));
    return {std::istream_iterator<int64_t>(file), {}};
}

Memory memoryOf(int64_t pid)
{
    Memory memory;
    std::ifstream file(fmt::format("/proc/{}/smaps_rollup", pid));
    std::string line;
    while (std::getline(file, line)) {
        const auto kib = [&] { return std::stod(line.substr(line.find(':') + 1)); };
        if (line.starts_with("Rss:"))
            memory.residentKib = kib();
        else if (line.starts_with("Pss:"))
            memory.proportionalKib = kib();
        else if (line.starts_with("Private_Clean:") || line.starts_with("Private_Dirty:"))
            memory.privateKib += kib();
    }
    return memory;
}

}
