#include "agent/plugins/download_content.h"
#include "agent/plugins/plugin.h"
#include "agent/plugins/run_powershell_script.h"
#include "agent/plugins/run_shell_script.h"

#include <fmt/format.h>

namespace fb::agent {

Result<PrivateFolder> StepSetting::ownFolder(std::string_view name) const
{
    return invocation.subfolder(fmt::format("{}.{}", index, name));
}

const StepPlugin *pluginNamed(std::string_view action)
{
    static const DownloadContent downloadContent;
    static const RunPowerShellScript runPowerShellScript;
    static const RunShellScript runShellScript;
    if (action == DownloadContent::kName)
        return &downloadContent;
    if (action == RunPowerShellScript::kName)
        return &runPowerShellScript;
    if (action == RunShellScript::kName)
        return &runShellScript;
    return nullptr;
}

}
