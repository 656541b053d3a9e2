#pragma once
// The processes of this machine for people to look at (spec/fleet-manager.md 3.5): /proc read whole, with rates against the reading before.
// One thread.

#include "agent/platform/process_tree.h"
#include "backend/core/clock.h"
#include "backend/protocol/tools.pb.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace fb::agent {

// One line of /proc/<pid>/stat.
struct ProcessStat {
    pid_t pid = 0;
    std::string name; // as the process calls itself: any bytes
    char state = '?';
    pid_t parent = 0;
    uint64_t cpuTicks = 0; // user and system
    int nice = 0;
    uint32_t threads = 0;
    uint64_t startTicks = 0; // since boot
    uint64_t residentPages = 0;
    bool isKernelThread = false;
};
std::optional<ProcessStat> parseProcessStat(std::string_view line);

class ProcessTable
{
public:
    static constexpr size_t kMost = 20'000; // processes told; the total is told besides

    ProcessTable(const Clock &clock, std::string stateFolder); // the agent's, where its workers are noted
    void findAgent(); // its workers come and go: before each request
    wire::ProcessList read();

    // Nothing may be done to it: "first" (pid 1), "kernel" (a thread of it), "agent" (this one, or a worker of it). Empty: something may.
    std::string guardOf(const ProcessStat &stat) const;

private:
    struct Sample {
        uint64_t startTicks = 0;
        uint64_t cpuTicks = 0;
        std::optional<std::pair<uint64_t, uint64_t>> io; // bytes read and written
    };
    const std::string &userName(uint32_t uid);
    bool isOwnProgram(pid_t pid) const;
    bool isAgents(const ProcessStat &stat) const;

    const Clock &m_clock;
    std::string m_stateFolder;
    std::optional<ProcessStamp> m_supervisor; // which started us
    std::map<pid_t, uint64_t> m_agent; // it, ourselves, and its workers, with their start times
    uint64_t m_programDevice = 0;
    uint64_t m_programFile = 0;
    std::string m_programPath;
    double m_ticksPerSecond;
    int64_t m_bootUs = 0; // wall clock
    uint64_t m_memoryBytes = 0;
    std::map<uint32_t, std::string> m_users;
    struct Reading {
        Tick at {};
        std::map<pid_t, Sample> samples;
    };
    Reading m_before;
    Reading m_earlier; // compared with, when the one before is too fresh to tell a rate
};

// Of one process, as it is now.
std::optional<ProcessStat> readProcessStat(pid_t pid);
std::vector<pid_t> allProcesses(); // ascending

}
