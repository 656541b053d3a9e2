#include "agent/plugins/configure_docker.h"
#include "agent/plugins/domain_join.h"
#include "agent/plugins/download_content.h"
#include "agent/plugins/plugin.h"
#include "agent/plugins/run_docker_action.h"
#include "agent/plugins/run_document.h"
#include "agent/plugins/run_powershell_script.h"
#include "agent/plugins/run_shell_script.h"
#include "agent/plugins/update_ssm_agent.h"

#include <fmt/format.h>

namespace fb::agent {

Result<PrivateFolder> StepSetting::ownFolder(std::string_view name) const
{
    return invocation.subfolder(fmt::format("{}{}.{}", place, index, name));
}

Result<CalledDocument> StepSetting::document(const std::string &reference) const
{
    static const std::map<std::string, CalledDocument> none;
    const auto &all = documents ? *documents : none;
    const auto found = all.find(reference);
    if (found == all.end())
        return makeError(
            errors::kInvalidDocument,
            fmt::format("the document {} did not come with this command: those that it names itself, or "
                        "that these name, do",
                        reference));
    if (!found->second.error.empty())
        return makeError(errors::kInvalidDocument, found->second.error);
    return found->second;
}

const StepPlugin *pluginNamed(std::string_view action)
{
    static const ConfigureDocker configureDocker;
    static const DomainJoin domainJoin;
    static const DownloadContent downloadContent;
    static const RunDockerAction runDockerAction;
    static const RunDocument runDocument;
    static const RunPowerShellScript runPowerShellScript;
    static const RunShellScript runShellScript;
    static const UpdateSsmAgent updateSsmAgent;
    static const std::pair<std::string_view, const StepPlugin *> plugins[] = {
        {ConfigureDocker::kName, &configureDocker}, {DomainJoin::kName, &domainJoin},
        {DownloadContent::kName, &downloadContent}, {RunDockerAction::kName, &runDockerAction},
        {RunDocument::kName, &runDocument},         {RunPowerShellScript::kName, &runPowerShellScript},
        {RunShellScript::kName, &runShellScript},   {UpdateSsmAgent::kName, &updateSsmAgent},
    };
    for (const auto &[name, plugin] : plugins)
        if (name == action)
            return plugin;
    return nullptr;
}

}
