#pragma once
// Processes of this machine as /proc shows them: who still runs, who descends from whom, and ending them all. Any thread.

#include <cstdint>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace fb::agent {

// A pid comes round again; with its start time it names one process for good.
struct ProcessStamp {
    pid_t pid = 0;
    uint64_t startTime = 0; // clock ticks since boot
    std::string text() const; // "1234 567890"
    static std::optional<ProcessStamp> fromText(const std::string &text);
};

std::optional<ProcessStamp> stampOf(pid_t pid);
bool isRunning(const ProcessStamp &process); // a zombie is not

// Children, their children and so on; zombies left out. The order is parents first.
std::vector<pid_t> descendantsOf(pid_t root);

// Processes that were started with this "NAME=value" in their environment, and those they started.
std::vector<pid_t> processesWithVariable(const std::string &variable);

std::string currentBootId();

}
