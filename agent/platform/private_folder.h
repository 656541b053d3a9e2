#pragma once
// A folder that only the agent's user may enter (0700), and the files in it (0600), whatever the umask (spec/security N01, N03, N05).
// Names are single path components; links are never followed; files appear whole, by temporary name, fsync and rename. Any thread.

#include "agent/platform/unique_fd.h"
#include "backend/core/result.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace fb::agent {

enum class Durability { WhenWritten, Synced };

class PrivateFolder
{
public:
    // Makes it (and missing parents) or takes an existing one, which must be a real folder of this user.
    static Result<PrivateFolder> openOrMake(const std::filesystem::path &path);

    Result<PrivateFolder> subfolder(std::string_view name) const; // made if it is missing
    Result<PrivateFolder> existingSubfolder(std::string_view name) const;

    // Replaces the file. Synced: the bytes and the name survive a power cut once this returns.
    Result<void> write(std::string_view name, std::string_view bytes,
                       Durability durability = Durability::Synced, unsigned mode = 0600) const;
    Result<std::string> read(std::string_view name,
                             size_t limit) const; // ResourceNotFoundException if there is none
    Result<UniqueFd> openForAppend(std::string_view name) const; // made if it is missing
    Result<UniqueFd> openForReading(std::string_view name) const;
    // A file of its own with the same bytes, not synced; `to` must not be there.
    Result<void> copyTo(std::string_view name, const PrivateFolder &folder, std::string_view to) const;
    bool has(std::string_view name) const;
    void remove(std::string_view name) const; // a file; no error if it is gone
    void rename(std::string_view from, std::string_view to) const;
    void removeTree(std::string_view name) const; // below the folder, links not followed
    std::vector<std::string> entries() const;
    Result<void> sync() const; // names made and removed so far

    int fd() const { return m_fd.get(); }
    const std::filesystem::path &path() const { return m_path; }

private:
    PrivateFolder(UniqueFd fd, std::filesystem::path path) : m_fd(std::move(fd)), m_path(std::move(path)) { }
    Result<UniqueFd> open(std::string_view name, int flags, unsigned mode) const;

    UniqueFd m_fd;
    std::filesystem::path m_path;
};

// "cannot write <path>: No space left on device". Code ServiceUnavailable, so that callers may try again.
Error systemError(std::string_view what, const std::filesystem::path &path, int errorNumber);
bool isPlainName(std::string_view name); // one path component, not "." or "..", no NUL

}
