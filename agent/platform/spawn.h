#pragma once
// Starts programs with posix_spawn: no fork of a big parent, nothing inherited but what is named. Any thread.

#include "backend/core/result.h"

#include <string>
#include <sys/types.h>
#include <utility>
#include <vector>

namespace fb::agent {

struct SpawnRequest {
    std::string program; // an absolute path
    std::vector<std::string> arguments; // argv, with argv[0]
    std::vector<std::string> environment; // "NAME=value"; the child has these and no others
    std::string workingDirectory {}; // empty: ours
    int input = -1; // -1: /dev/null
    int output = -1;
    int error = -1;
    std::vector<std::pair<int, int>> descriptors {}; // ours, and the number it has in the child (3 or more)
    std::string
        terminal {}; // path of a terminal: opened as 0, 1, 2 in a new session, so that it is the controlling one
    bool newSession = true;
};

Result<pid_t> spawnProgram(const SpawnRequest &request);

std::string ownProgramPath(); // of this very executable, also when its file was replaced

}
