#include "agent/plugins/run_powershell_script.h"

#include "agent/platform/program_search.h"
#include "agent/plugins/script_environment.h"
#include "agent/plugins/script_file.h"

namespace fb::agent {

namespace {
    constexpr std::string_view kPowerShellName = "_script.ps1";
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF"; // without it Windows PowerShell reads ANSI
}

Result<PreparedProcess> RunPowerShellScript::prepare(const StepSetting &setting) const
{
    const auto pwsh = findProgram("pwsh");
    if (!pwsh)
        return makeError(errors::kUnsupportedPlatformType, "PowerShell is not installed");
    const Result<std::string> text = scriptText(setting.step.step);
    if (!text)
        return text.error();
    PreparedProcess prepared;
    auto environment = scriptEnvironment(setting);
    if (!environment)
        return environment.error();
    prepared.request.environment = *std::move(environment);
    const auto script = writeScriptFile(setting, "awsrunPowerShellScript", kPowerShellName,
                                        std::string(kByteOrderMark) + *text);
    if (!script)
        return script.error();
    prepared.request.program = *pwsh;
    prepared.request.arguments = {"pwsh", "-NoProfile", "-NonInteractive", "-File", script->path};
    prepared.request.workingDirectory = scriptWorkingDirectory(setting, prepared.note);
    return prepared;
}

}
