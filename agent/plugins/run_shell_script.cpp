#include "agent/plugins/run_shell_script.h"

#include "agent/plugins/script_environment.h"
#include "agent/plugins/script_file.h"

#include <fmt/format.h>

namespace fb::agent {

namespace {
    constexpr const char *kShell = "/bin/sh";
    constexpr std::string_view kScriptName = "_script.sh";
}

Result<PreparedProcess> RunShellScript::prepare(const StepSetting &setting) const
{
    const Result<std::string> text = scriptText(setting.step.step);
    if (!text)
        return text.error();
    PreparedProcess prepared;
    auto environment = scriptEnvironment(setting);
    if (!environment)
        return environment.error();
    prepared.request.environment = *std::move(environment);

    const auto script = writeScriptFile(setting, "awsrunShellScript", kScriptName, *text);
    if (!script)
        return script.error();
    prepared.request.program = kShell;
    if (script->isRunnable) {
        // The path is an argument, never text of the command: it may hold anything.
        prepared.request.arguments = {"sh", "-c", "exec \"$0\"", script->path};
    } else {
        prepared.request.arguments = {"sh", script->path};
        prepared.note = fmt::format(
            "{} is mounted noexec: the script runs as \"sh {}\", its first line is not honoured",
            script->folder.path().string(), kScriptName);
    }
    prepared.request.workingDirectory = scriptWorkingDirectory(setting, prepared.note);
    return prepared;
}

}
