#pragma once
// A script on its way to its interpreter: one file that only the agent's user can have written (spec/documents.md 3.12, spec/security N04),
// and the folder it starts in. One thread.

#include "agent/plugins/plugin.h"

namespace fb::agent {

struct ScriptFile {
    PrivateFolder folder; // of this step alone
    std::string path;
    bool isRunnable = true; // false: the folder is mounted noexec
};

// Mode 0700. InternalServerError when what is read back is not what was written.
Result<ScriptFile> writeScriptFile(const StepSetting &setting, std::string_view folderName,
                                   std::string_view fileName, const std::string &text);

// workingDirectory of the step. Absolute: itself. Relative: below the invocation's `downloads`. One that is missing or leaves that folder
// falls back to the invocation's own, and `note` says so.
std::filesystem::path scriptWorkingDirectory(const StepSetting &setting, std::string &note);

}
