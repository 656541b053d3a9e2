#pragma once
// The update of an agent by another build of it (spec/documents.md 3.12): which build a step takes, and what is handed to the process that
// swaps the program. Files below the step's own folder. One thread.

#include "agent/platform/private_folder.h"
#include "backend/core/result.h"
#include "backend/protocol/flagbridge.pb.h"

#include <optional>
#include <string>
#include <vector>

namespace fb::agent {

struct UpdateWish {
    std::string targetVersion; // empty, "latest" or "$LATEST": the highest
    bool allowDowngrade = false;
};

// The build to take, or none: the version that runs is the wanted one. InvalidParameters saying why none can be taken: none is published for
// this machine, it is lower than what runs, its signature is not the release key's.
Result<std::optional<wire::AgentBuild>> chooseBuild(const std::vector<wire::AgentBuild> &offered,
                                                    const UpdateWish &wish, const std::string &runningVersion,
                                                    const std::string &architecture,
                                                    const std::string &releaseKey);

struct UpdatePlan {
    std::string version; // empty: nothing is to be done, and `message` says so
    std::string message;
    std::string sha256; // 32 bytes, of the new program
    std::string newProgram; // path of its file
    std::string state; // the agent's folder
};
Result<void> writeUpdatePlan(const PrivateFolder &folder, const UpdatePlan &plan);
Result<UpdatePlan> readUpdatePlan(const PrivateFolder &folder);
bool hasBegunUpdate(const PrivateFolder &folder); // by a process that did not come to its end

// How far it is, as its process leaves it for the one that comes after a crash.
enum class UpdateStage { NotBegun, Swapping, RollingBack };
UpdateStage updateStage(const PrivateFolder &folder);
Result<void> setUpdateStage(const PrivateFolder &folder, UpdateStage stage);

// flagbridge-agent update-to --folder F: exit code 0 once the new agent has connected; otherwise the old one is back.
int runUpdate(const std::string &folder);

}
