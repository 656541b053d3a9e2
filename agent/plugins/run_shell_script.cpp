#include "agent/plugins/run_shell_script.h"

#include "agent/plugins/script_environment.h"
#include "backend/core/byte_encoding.h"
#include "backend/language/tree.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <cerrno>

namespace fb::agent {

namespace {

    constexpr const char *kShell = "/bin/sh";
    constexpr std::string_view kScriptName = "_script.sh";
    constexpr size_t kMaxScriptBytes = 1024 * 1024;

    bool isFolder(const std::filesystem::path &path)
    {
        struct stat status {
        };
        return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
    }

    // Absolute: itself. Relative: below `downloads`. One that is missing falls back to the invocation's folder, and says so.
    std::filesystem::path workingDirectory(const StepSetting &setting, std::string &note)
    {
        const std::filesystem::path fallback = setting.invocation.path();
        const Tree *given = setting.step.step.inputs.find("workingDirectory");
        const std::string text = given && given->isScalar() ? given->text() : std::string();
        if (text.empty())
            return fallback;
        std::filesystem::path wanted(text);
        if (wanted.is_relative()) {
            const std::filesystem::path below = (fallback / "downloads" / wanted).lexically_normal();
            const auto [end, nothing]
                = std::mismatch(fallback.begin(), fallback.end(), below.begin(), below.end());
            if (end != fallback.end()) { // N01: "../.." is no way out
                note = fmt::format("workingDirectory \"{}\" leaves the invocation's folder; {} is used", text,
                                   fallback.string());
                return fallback;
            }
            wanted = below;
        }
        if (isFolder(wanted))
            return wanted;
        note = fmt::format("workingDirectory \"{}\" does not exist; {} is used", text, fallback.string());
        return fallback;
    }

}

Result<PreparedProcess> RunShellScript::prepare(const StepSetting &setting) const
{
    const Result<std::string> script = scriptText(setting.step.step);
    if (!script)
        return script.error();
    PreparedProcess prepared;
    auto environment = scriptEnvironment(setting);
    if (!environment)
        return environment.error();
    prepared.request.environment = *std::move(environment);

    // A folder of its own for each step, so that the file of one is not rewritten under another.
    auto folder = setting.invocation.subfolder(fmt::format("{}.awsrunShellScript", setting.index));
    if (!folder)
        return folder.error();
    if (auto written = folder->write(kScriptName, *script, Durability::WhenWritten, 0700); !written)
        return written.error();
    // N04: what will run is what was sent. The folders are 0700, so only this user could have changed it.
    const auto again = folder->read(kScriptName, kMaxScriptBytes);
    if (!again || sha256(*again) != sha256(*script))
        return makeError(errors::kInternal, "the script changed on disk between being written and being run");

    const std::string path = folder->path() / kScriptName;
    prepared.request.program = kShell;
    struct statvfs status {
    };
    if (::fstatvfs(folder->fd(), &status) == 0 && (status.f_flag & ST_NOEXEC)) {
        prepared.request.arguments = {"sh", path};
        prepared.note = fmt::format(
            "{} is mounted noexec: the script runs as \"sh {}\", its first line is not honoured",
            folder->path().string(), kScriptName);
    } else {
        // The path is an argument, never text of the command: it may hold anything.
        prepared.request.arguments = {"sh", "-c", "exec \"$0\"", path};
    }
    std::string note;
    prepared.request.workingDirectory = workingDirectory(setting, note);
    if (!note.empty())
        prepared.note += (prepared.note.empty() ? "" : "; ") + note;
    return prepared;
}

}
