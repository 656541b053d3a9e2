#pragma once
// What a running agent leaves in its state folder for the step that replaces it (spec/documents.md 3.12): which program it is, how it is
// started again, whose builds it takes; and, once its link is up, that it is. Files of the agent's user alone. Any thread.

#include "agent/platform/private_folder.h"
#include "agent/platform/process_tree.h"
#include "backend/core/result.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace fb::agent {

inline constexpr std::chrono::seconds kUpdateWithin {60}; // until the new agent has connected
inline constexpr int kStartAgainSignal
    = 12; // SIGUSR2: a running agent starts its program anew, in its own process

struct RunningAgent {
    std::string version;
    std::string program; // the file that an update replaces
    std::vector<std::string> arguments; // with argv[0], without secrets
    std::string restartWith; // a program with its arguments, split at blanks; empty: kStartAgainSignal
    std::chrono::seconds updateWithin = kUpdateWithin;
    std::string releaseKey; // 32 raw bytes; empty: no update is taken
    ProcessStamp process;
};

Result<void> writeRunningAgent(const PrivateFolder &state, const RunningAgent &agent);
Result<RunningAgent> readRunningAgent(const PrivateFolder &state);

void forgetRunningAgent(const PrivateFolder &state); // it is no node any more

// The agent's link is up. `version` is the one that runs.
void noteConnected(const PrivateFolder &state, const std::string &version);
void forgetConnected(const PrivateFolder &state);
std::optional<std::string> connectedVersion(const PrivateFolder &state);

std::string pathOfOwnProgram(); // as the file is named, also when it was replaced since
std::string ownArchitecture(); // as `uname -m` says

}
