#pragma once
// A file that is written beside the one it will replace: under a name of its own, so that two who write to one target do not meet. It is gone with this
// object unless it was put in place; after a crash the next one that comes to the folder sweeps it away. One thread.

#include "agent/platform/unique_fd.h"
#include "backend/core/result.h"

#include <chrono>
#include <string>
#include <string_view>

namespace fb::agent {

namespace partKinds {
    inline constexpr std::string_view kCopy = "fbcopy";
    inline constexpr std::string_view kEdit = "fbedit";
    inline constexpr std::string_view kUpload = "fbpart";
}

class PartFile
{
public:
    // In an open folder that outlives it; mode 0600. `path` of the target is for the words.
    static Result<PartFile> make(int folder, std::string_view target, std::string_view kind,
                                 std::string_view path);
    PartFile(PartFile &&other) noexcept;
    PartFile &operator=(PartFile &&) = delete;
    ~PartFile();

    int fd() const { return m_file.get(); }
    int putInPlace(const std::string &target); // 0 or errno

private:
    PartFile(int folder, std::string name, UniqueFd file);

    int m_folder;
    std::string m_name; // empty: no longer ours
    UniqueFd m_file;
};

// Removes what a crash has left in an open folder: parts of ours, of this kind, that nobody writes and nobody has touched for so long.
void sweepParts(int folder, std::string_view kind, std::chrono::seconds untouched);

}
