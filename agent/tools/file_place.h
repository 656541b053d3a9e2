#pragma once
// Where a path of a request leads: its folder held open, and the name in it, so that what is checked is what is touched. Links on the way are
// followed, the last name never is. Any thread.

#include "agent/platform/unique_fd.h"
#include "backend/core/result.h"

#include <string>
#include <string_view>
#include <sys/stat.h>
#include <vector>

namespace fb::agent {

struct FilePlace {
    UniqueFd folder; // opened O_PATH
    std::string name; // one component; "." for /
    std::string path; // the whole, without links and dots on the way
};

// ValidationException for what is no absolute path; DoesNotExistException, RefusedByNode.
Result<FilePlace> placeOf(std::string_view path);
Result<std::string> checkedName(
    std::string_view name); // one component: not empty, ".", "..", no slash, no NUL, at most 255 bytes

// What must not be deleted, renamed, moved or written over: the system's own roots and this agent's folders. One thread.
class FileGuard
{
public:
    explicit FileGuard(std::vector<std::string> own); // the agent's folders and program, absolute

    Result<void> mayRemove(const FilePlace &place) const
    {
        return mayRemove(place.folder.get(), place.name, place.path);
    }
    Result<void> mayWrite(const FilePlace &place) const
    {
        return mayWrite(place.folder.get(), place.name, place.path);
    }
    Result<void> mayRead(const FilePlace &place) const
    {
        return mayRead(place.folder.get(), place.name, place.path);
    }
    // The name in an open folder; `path` is for the words, and for what has no descriptor.
    Result<void> mayRemove(int folder, const std::string &name,
                           const std::string &path) const; // or rename, or move
    Result<void> mayWrite(int folder, const std::string &name,
                          const std::string &path) const; // something in its place, or below it
    Result<void>
    mayRead(int folder, const std::string &name,
            const std::string &path) const; // the content: the agent's keys are nobody's business
    // The very thing, whatever way led to it: one of the agent's own. Not what lies below it.
    bool isOwn(const struct stat &status) const;

private:
    bool isBelowOwn(int folder) const; // or is it

    struct Identity {
        dev_t device;
        ino_t inode;
    };
    std::vector<std::string> m_own;
    std::vector<Identity> m_identities;
};

bool isAtOrBelow(std::string_view path, std::string_view folder);
std::string joined(std::string_view folder, std::string_view name);

}
