#pragma once
// What is done to one file at once: made, renamed, its mode and owner, its text replaced. Never through a link, never over what is there
// unless it says so. One thread.

#include "agent/tools/file_place.h"
#include "agent/tools/tool.h"

namespace fb::agent {

class FileChanges
{
public:
    explicit FileChanges(const FileGuard &guard) : m_guard(guard) { }
    Result<wire::ToolAnswer> make(const wire::FileMakeRequest &request) const;
    Result<wire::ToolAnswer> rename(const wire::FileRenameRequest &request) const;
    Result<wire::ToolAnswer> setMode(const wire::FileModeRequest &request) const;
    Result<wire::ToolAnswer> setOwner(const wire::FileOwnerRequest &request) const;
    Result<wire::ToolAnswer> save(const wire::FileSaveRequest &request) const;

private:
    Result<FilePlace> writable(const std::string &path) const; // may be made or changed

    const FileGuard &m_guard;
};

int renameWithoutReplacing(int fromFolder, const char *from, int toFolder, const char *to); // errno; 0: done

}
