#pragma once
// What a download has fetched so far, in a private folder: nothing of it is in its place before all of it is there and sound, so that a
// refused download writes nothing (spec/documents.md 3.12). Paths come from archives, repositories and listings: they are hostile. Links are
// never followed, and none may lead out of the tree. One thread.

#include "agent/platform/private_folder.h"

#include <cstdint>
#include <functional>

namespace fb::agent {

struct DownloadLimits {
    uint64_t bytes = 1024ull * 1024 * 1024;
    uint32_t files = 10'000; // folders and links count too
    uint32_t members = 1'000'000; // of an archive, also of those that are not taken
    uint64_t unpacked = 64ull * 1024 * 1024 * 1024; // bytes of an archive's members, likewise
};

class StagedTree
{
public:
    explicit StagedTree(PrivateFolder folder, DownloadLimits limits = {})
        : m_folder(std::move(folder)),
          m_limits(limits)
    {
    }

    // One file being written. Its bytes count against the tree's limit as they come.
    class File
    {
    public:
        Result<void> append(std::string_view bytes);
        Result<void> close(); // tells a failed write

    private:
        friend class StagedTree;
        File(StagedTree &tree, UniqueFd fd, std::filesystem::path path)
            : m_tree(tree),
              m_fd(std::move(fd)),
              m_path(std::move(path))
        {
        }
        StagedTree &m_tree;
        UniqueFd m_fd;
        std::filesystem::path m_path;
    };

    // ValidationException naming a path that is absolute, holds "..", is there already, or goes through a link.
    Result<File> addFile(std::string_view path, bool isProgram);
    Result<void> addFolder(std::string_view path);
    Result<void> addLink(std::string_view path, const std::string &target);

    // Counts and checks what another program has put there (git): the limits, and that there are files, folders and links only.
    Result<void> takeUp();

    const PrivateFolder &folder() const { return m_folder; }
    const DownloadLimits &limits() const { return m_limits; }
    uint64_t bytes() const { return m_bytes; }

    // Moves everything below `root`, replacing files of the same names. Checks every link first: it must end inside the tree.
    Result<void> deliverTo(int root, const std::filesystem::path &rootPath) const;

private:
    Result<UniqueFd> parentOf(const std::vector<std::string> &parts);
    Result<void> count();
    Result<void> take(uint64_t bytes);
    Result<void> checkLinks() const;

    PrivateFolder m_folder;
    DownloadLimits m_limits;
    uint64_t m_bytes = 0;
    uint32_t m_files = 0;
};

// The components of a path that stays below its root. ValidationException otherwise, naming the path.
Result<std::vector<std::string>> componentsBelow(std::string_view path);

// Opens (and makes, mode 0755) the folders of `path` below `root` one after the other, through no link.
Result<UniqueFd> openFoldersBelow(int root, const std::vector<std::string> &parts,
                                  const std::filesystem::path &rootPath, unsigned mode);

}
