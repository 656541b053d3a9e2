#pragma once
// The command line of flagbridge-agent. Pure functions.

#include "backend/core/result.h"

#include <string>
#include <vector>

namespace fb::agent {

namespace exitCodes {
    inline constexpr int kFailed = 1;
    inline constexpr int kUsage = 2;
    inline constexpr int kRefused = 3; // by the engine, or its identity is not the pinned one
}

enum class Verb {
    Run,
    Register,
    Unregister,
    Rotate,
    PrepareImage,
    Help,
    Version,
    Worker,
    Session,
    Download,
    RunDocument,
    RunAs,
    Tool,
    Network,
    UpdateTo
};

struct AgentOptions {
    Verb verb = Verb::Run;
    std::string state;
    std::string engine;
    std::string activationId;
    std::string activationCode;
    std::string activationCodeFile; // "-": standard input
    std::string caSha256;
    std::string releaseKeyFile;
    std::string restartWith; // a program with its arguments
    std::string updateWithin; // seconds, as given
    bool force = false;
    bool yes = false;
    std::string config; // the configuration file; empty: none
    std::string logFile; // empty: standard error
    std::string spoolLimit; // MiB, as given
    std::string hardwareRoot; // for tests: a folder that stands in for this machine (HardwareReader)
    std::string folder; // of a worker, or of a step that it runs
    // run-as: user, folder (empty: the user's home), program, its arguments; tool: its name, the agent's folder, a journal's
    std::vector<std::string> rest;
};

// ValidationException naming the argument.
Result<AgentOptions> parseAgentOptions(const std::vector<std::string> &arguments);
const char *agentHelp();

}
