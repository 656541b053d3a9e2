#include "agent/plugins/script_file.h"

#include "backend/core/byte_encoding.h"
#include "backend/core/text_safety.h"
#include "backend/language/tree.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <cerrno>

namespace fb::agent {

namespace {

    constexpr size_t kMaxScriptBytes = 1024 * 1024;
    constexpr size_t kMaxShownPath = 300; // bytes, in a note

    bool isFolder(const std::filesystem::path &path)
    {
        struct stat status {
        };
        return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
    }

}

Result<ScriptFile> writeScriptFile(const StepSetting &setting, std::string_view folderName,
                                   std::string_view fileName, const std::string &text)
{
    auto folder = setting.ownFolder(folderName);
    if (!folder)
        return folder.error();
    if (auto written = folder->write(fileName, text, Durability::WhenWritten, 0700); !written)
        return written.error();
    // N04: what will run is what was sent. The folders are 0700, so only this user could have changed it.
    const auto again = folder->read(fileName, kMaxScriptBytes);
    if (!again || sha256(*again) != sha256(text))
        return makeError(errors::kInternal, "the script changed on disk between being written and being run");
    struct statvfs status {
    };
    const bool isRunnable = ::fstatvfs(folder->fd(), &status) != 0 || !(status.f_flag & ST_NOEXEC);
    std::string path = (folder->path() / fileName).string();
    return ScriptFile {*std::move(folder), std::move(path), isRunnable};
}

std::filesystem::path scriptWorkingDirectory(const StepSetting &setting, std::string &note)
{
    std::filesystem::path fallback = setting.invocation.path();
    const Tree *given = setting.step.step.inputs.find("workingDirectory");
    const std::string text = given && given->isScalar() ? given->text() : std::string();
    if (text.empty())
        return fallback;
    const auto add = [&note](std::string why) { note += (note.empty() ? "" : "; ") + std::move(why); };
    const std::string shown
        = withVisibleEscapes(toValidUtf8(std::string_view(text).substr(0, kMaxShownPath)));
    std::filesystem::path wanted(text);
    if (wanted.is_relative()) {
        const std::filesystem::path below = (fallback / "downloads" / wanted).lexically_normal();
        const auto [end, nothing]
            = std::mismatch(fallback.begin(), fallback.end(), below.begin(), below.end());
        if (end != fallback.end()) { // N01: "../.." is no way out
            add(fmt::format("workingDirectory \"{}\" leaves the invocation's folder; {} is used", shown,
                            fallback.string()));
            return fallback;
        }
        wanted = below;
    }
    if (isFolder(wanted))
        return wanted;
    add(fmt::format("workingDirectory \"{}\" does not exist; {} is used", shown, fallback.string()));
    return fallback;
}

}
