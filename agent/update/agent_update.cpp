#include "agent/update/agent_update.h"

#include "backend/core/byte_encoding.h"
#include "backend/core/text_safety.h"
#include "backend/language/tree_text.h"
#include "backend/protocol/agent_build_signature.h"

#include <fmt/format.h>

namespace fb::agent {

namespace {
    constexpr std::string_view kPlanName = "update.json";
    constexpr std::string_view kStageName = "stage";
    constexpr std::string_view kSwapping = "swapping";
    constexpr std::string_view kRollingBack = "rolling back";
    constexpr size_t kMaxPlanBytes = 64 * 1024;
    constexpr std::string_view kPlatform = "Linux";

    Error refused(std::string message) { return makeError(errors::kInvalidParameters, std::move(message)); }
}

Result<std::optional<wire::AgentBuild>> chooseBuild(const std::vector<wire::AgentBuild> &offered,
                                                    const UpdateWish &wish, const std::string &runningVersion,
                                                    const std::string &architecture,
                                                    const std::string &releaseKey)
{
    const bool wantsLatest
        = wish.targetVersion.empty() || wish.targetVersion == "latest" || wish.targetVersion == "$LATEST";
    if (!wantsLatest && !protocol::isAgentVersion(wish.targetVersion))
        return refused(fmt::format("targetVersion \"{}\" is no version of the agent",
                                   withVisibleEscapes(toValidUtf8(wish.targetVersion.substr(0, 100)))));
    if (!wantsLatest && protocol::compareAgentVersions(wish.targetVersion, runningVersion) == 0)
        return std::optional<wire::AgentBuild>();
    const wire::AgentBuild *chosen = nullptr;
    for (const wire::AgentBuild &build : offered) {
        if (build.platform() != kPlatform || build.architecture() != architecture)
            continue;
        const bool fits = wantsLatest
            ? !chosen || protocol::compareAgentVersions(chosen->version(), build.version()) < 0
            : build.version() == wish.targetVersion;
        if (fits)
            chosen = &build;
    }
    if (!chosen)
        return refused(fmt::format("the engine has no build of the agent{} for {} {}",
                                   wantsLatest ? std::string() : " in version " + wish.targetVersion,
                                   kPlatform, architecture));
    const int order = protocol::compareAgentVersions(chosen->version(), runningVersion);
    if (order == 0)
        return std::optional<wire::AgentBuild>();
    if (order < 0 && !wish.allowDowngrade)
        return refused(fmt::format("version {} is lower than {}, which runs; allowDowngrade is false",
                                   chosen->version(), runningVersion));
    if (releaseKey.empty())
        return refused(
            "this node has no release key: the engine had none when it was registered, and the agent "
            "was not started with --release-key");
    if (!protocol::verifyAgentBuild(releaseKey, *chosen))
        return refused(fmt::format("the signature of build {} is not made with this node's release key",
                                   chosen->version()));
    return std::optional(*chosen);
}

// ---- Plan --------------------------------------------------------------------------------------------------------

Result<void> writeUpdatePlan(const PrivateFolder &folder, const UpdatePlan &plan)
{
    Tree tree = Tree::map();
    tree.set("version", Tree::string(plan.version));
    tree.set("message", Tree::string(plan.message));
    tree.set("sha256", Tree::string(toHex(plan.sha256)));
    tree.set("newProgram", Tree::string(plan.newProgram));
    tree.set("state", Tree::string(plan.state));
    return folder.write(kPlanName, toCompactJson(tree));
}

Result<UpdatePlan> readUpdatePlan(const PrivateFolder &folder)
{
    const auto text = folder.read(kPlanName, kMaxPlanBytes);
    if (!text)
        return text.error();
    const auto tree = parseJson(*text, {.bytes = kMaxPlanBytes});
    if (!tree)
        return makeError(errors::kInternal, "update.json cannot be read");
    const auto field = [&](const char *name) {
        const Tree *value = tree->find(name);
        return value ? value->text() : std::string();
    };
    return UpdatePlan {field("version"), field("message"), fromHex(field("sha256")).value_or(""),
                       field("newProgram"), field("state")};
}

UpdateStage updateStage(const PrivateFolder &folder)
{
    const auto text = folder.read(kStageName, 100);
    return text && *text == kSwapping   ? UpdateStage::Swapping
        : text && *text == kRollingBack ? UpdateStage::RollingBack
                                        : UpdateStage::NotBegun;
}

Result<void> setUpdateStage(const PrivateFolder &folder, UpdateStage stage)
{
    if (stage == UpdateStage::NotBegun) {
        folder.remove(kStageName);
        return folder.sync();
    }
    return folder.write(kStageName, stage == UpdateStage::Swapping ? kSwapping : kRollingBack);
}

bool hasBegunUpdate(const PrivateFolder &folder) { return updateStage(folder) != UpdateStage::NotBegun; }

}
