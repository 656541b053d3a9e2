#pragma once
// Where a download goes (spec/documents.md 3.12): destinationPath itself when it is absolute, else below the invocation's `downloads`. One
// thread.

#include "agent/downloads/staged_tree.h"

namespace fb::agent {

enum class DownloadKind {
    File, // one file, `name`; it is renamed unless the destination is an existing folder or ends in "/"
    Folder // what is in it goes into the destination
};

// The path that was written, for the step's output. `name`: of the only file, as staged.
Result<std::filesystem::path> deliver(const StagedTree &staged, DownloadKind kind, const std::string &name,
                                      const std::string &destinationPath, const PrivateFolder &downloads);

}
