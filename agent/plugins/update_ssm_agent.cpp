#include "agent/plugins/update_ssm_agent.h"

#include "agent/update/agent_update.h"
#include "agent/update/running_agent.h"
#include "backend/core/byte_encoding.h"

#include <fmt/format.h>

#include <unistd.h>

namespace fb::agent {

namespace {

    struct Choice {
        RunningAgent agent;
        std::optional<wire::AgentBuild> build; // none: the wanted version runs
    };

    std::string updateInput(const Step &step, std::string_view name)
    {
        const Tree *given = step.inputs.find(name);
        return given && given->isScalar() ? given->text() : std::string();
    }

    Result<PrivateFolder> folderOf(const StepSetting &setting)
    {
        return setting.ownFolder("awsupdateSsmAgent");
    }

    Result<Choice> choose(const StepSetting &setting)
    {
        if (!setting.order || setting.state.empty())
            return makeError(errors::kInvalidDocument, "the agent is not updated from inside another step");
        const auto state = PrivateFolder::openOrMake(setting.state);
        auto agent = state ? readRunningAgent(*state) : Result<RunningAgent>(state.error());
        if (!agent)
            return agent.error();
        const UpdateWish wish {updateInput(setting.step.step, "targetVersion"),
                               updateInput(setting.step.step, "allowDowngrade") == "true"};
        auto build = chooseBuild({setting.order->agent_builds().begin(), setting.order->agent_builds().end()},
                                 wish, agent->version, ownArchitecture(), agent->releaseKey);
        if (!build)
            return build.error();
        return Choice {*std::move(agent), *std::move(build)};
    }

}

Result<std::vector<NeededFile>> UpdateSsmAgent::neededFiles(const StepSetting &setting) const
{
    const auto folder = folderOf(setting);
    if (!folder)
        return folder.error();
    if (hasBegunUpdate(*folder))
        return std::vector<NeededFile>();
    const auto choice = choose(setting);
    if (!choice)
        return choice.error();
    std::vector<NeededFile> files;
    if (choice->build)
        files.push_back(
            {"agent build " + choice->build->version(), choice->build->sha256(), choice->build->size()});
    return files;
}

Result<PreparedProcess> UpdateSsmAgent::prepare(const StepSetting &setting) const
{
    const auto folder = folderOf(setting);
    if (!folder)
        return folder.error();
    PreparedProcess prepared;
    if (!hasBegunUpdate(*folder)) {
        const auto choice = choose(setting);
        if (!choice)
            return choice.error();
        UpdatePlan plan {
            .message = fmt::format("Version {} runs already; nothing was changed.", choice->agent.version),
            .state = setting.state.string()};
        if (choice->build) {
            plan.version = choice->build->version();
            plan.sha256 = choice->build->sha256();
            plan.newProgram = (setting.files / toHex(plan.sha256)).string();
        }
        if (auto written = writeUpdatePlan(*folder, plan); !written)
            return written.error();
        if (!updateInput(setting.step.step, "source").empty())
            prepared.note = "source is ignored: the engine gives the build";
    }
    prepared.request.program = ownProgramPath();
    prepared.request.arguments = {"flagbridge-agent", "update-to", "--folder", folder->path().string()};
    for (char **entry = environ; entry && *entry; ++entry)
        prepared.request.environment.emplace_back(*entry);
    prepared.request.workingDirectory = setting.invocation.path().string();
    prepared.meaning = ExitMeaning::Plain;
    prepared.isTakenUp = true;
    return prepared;
}

}
