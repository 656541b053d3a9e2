#include "agent/downloads/staged_tree.h"

#include "backend/core/text_safety.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <optional>

namespace fb::agent {

namespace {

    constexpr size_t kMaxDepth = 64;
    constexpr int kFolderFlags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW;

    Error refused(std::string_view path, std::string_view why)
    {
        return makeError(
            errors::kValidation,
            fmt::format("\"{}\" {}; nothing was written", withVisibleEscapes(toValidUtf8(path)), why));
    }

    bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

    // As another system would read it: a drive, or parents between backslashes. (Names with a backslash are common otherwise: units of systemd.)
    bool leavesElsewhere(std::string_view path)
    {
        if (path.size() > 1 && isLetter(path[0]) && path[1] == ':')
            return true;
        for (size_t at = 0; at <= path.size();) {
            const size_t end = std::min(path.find_first_of("/\\", at), path.size());
            if (path.substr(at, end - at) == "..")
                return true;
            at = end + 1;
        }
        return path.starts_with('\\');
    }

    std::optional<std::string> linkTarget(int folder, const char *name)
    {
        std::string target(PATH_MAX, '\0');
        const ssize_t size = ::readlinkat(folder, name, target.data(), target.size());
        if (size < 0)
            return std::nullopt;
        target.resize(static_cast<size_t>(size));
        return target;
    }

    // Calls `visit` for everything below `folder`, folders before what is in them.
    Result<void> walk(int folder, const std::string &path, size_t depth,
                      const std::function<Result<void>(int parent, const char *name, const std::string &path,
                                                       const struct stat &status)> &visit)
    {
        if (depth > kMaxDepth)
            return refused(path, "lies too deep");
        const int copy = ::openat(folder, ".", kFolderFlags);
        const std::unique_ptr<DIR, int (*)(DIR *)> stream(copy >= 0 ? ::fdopendir(copy) : nullptr,
                                                          &::closedir);
        if (!stream)
            return systemError("read", path, errno);
        while (const dirent *entry = ::readdir(stream.get())) {
            const std::string name(entry->d_name);
            if (name == "." || name == "..")
                continue;
            const std::string below = path.empty() ? name : fmt::format("{}/{}", path, name);
            struct stat status {
            };
            if (::fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
                return systemError("look at", below, errno);
            if (auto visited = visit(folder, name.c_str(), below, status); !visited)
                return visited;
            if (!S_ISDIR(status.st_mode))
                continue;
            const UniqueFd inner(::openat(folder, name.c_str(), kFolderFlags));
            if (!inner)
                return systemError("open", below, errno);
            if (auto walked = walk(inner.get(), below, depth + 1, visit); !walked)
                return walked;
        }
        return {};
    }

    Result<void> copyFile(int from, int to, const char *name, unsigned mode,
                          const std::filesystem::path &path)
    {
        const std::string temporary
            = fmt::format(".{}.{}.new", std::string_view(name).substr(0, 200), ::getpid());
        const UniqueFd source(::openat(from, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
        UniqueFd target(
            ::openat(to, temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
        if (!source || !target)
            return systemError("write", path, errno);
        int failure = 0;
        for (ssize_t got = 1; got > 0 && !failure;) {
            got = ::copy_file_range(source.get(), nullptr, target.get(), nullptr, 1 << 30, 0);
            if (got < 0 && (errno == EXDEV || errno == EINVAL || errno == ENOSYS)) {
                char bytes[64 * 1024];
                got = ::read(source.get(), bytes, sizeof bytes);
                for (ssize_t put = 0, at = 0; at < got && !failure; at += std::max<ssize_t>(put, 0)) {
                    put = ::write(target.get(), bytes + at, static_cast<size_t>(got - at));
                    failure = put < 0 ? errno : 0;
                }
            }
            if (got < 0)
                failure = errno;
        }
        if (!failure && ::fchmod(target.get(), mode) != 0)
            failure = errno;
        if (!failure && ::renameat(to, temporary.c_str(), to, name) != 0)
            failure = errno;
        if (failure) {
            ::unlinkat(to, temporary.c_str(), 0);
            return systemError("write", path, failure);
        }
        return {};
    }

}

Result<std::vector<std::string>> componentsBelow(std::string_view path)
{
    if (path.starts_with('/'))
        return refused(path, "is an absolute path, which leaves the destination");
    if (leavesElsewhere(path))
        return refused(path, "leaves the destination");
    std::vector<std::string> parts;
    for (size_t at = 0; at <= path.size();) {
        const size_t slash = std::min(path.find('/', at), path.size());
        const std::string_view part = path.substr(at, slash - at);
        at = slash + 1;
        if (part.empty() || part == ".")
            continue;
        if (!isPlainName(part))
            return refused(path, "is not a path that a file can have");
        parts.emplace_back(part);
    }
    if (parts.empty() || parts.size() > kMaxDepth)
        return refused(path, parts.empty() ? "names no file" : "lies too deep");
    return parts;
}

Result<UniqueFd> openFoldersBelow(int root, const std::vector<std::string> &parts,
                                  const std::filesystem::path &rootPath, unsigned mode)
{
    UniqueFd folder(::openat(root, ".", kFolderFlags));
    std::filesystem::path path = rootPath;
    if (!folder)
        return systemError("open the folder", path, errno);
    for (const std::string &part : parts) {
        path /= part;
        if (::mkdirat(folder.get(), part.c_str(), mode) != 0 && errno != EEXIST)
            return systemError("make the folder", path, errno);
        UniqueFd next(::openat(folder.get(), part.c_str(), kFolderFlags));
        if (!next && (errno == ELOOP || errno == ENOTDIR))
            return refused(path.string(), "is a link or a file where a folder is needed");
        if (!next)
            return systemError("open the folder", path, errno);
        folder = std::move(next);
    }
    return folder;
}

// ---- Files -------------------------------------------------------------------------------------------------------

Result<void> StagedTree::File::append(std::string_view bytes)
{
    if (auto taken = m_tree.take(bytes.size()); !taken)
        return taken;
    while (!bytes.empty()) {
        const ssize_t written = ::write(m_fd.get(), bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return systemError("write", m_path, errno);
        bytes.remove_prefix(static_cast<size_t>(written));
    }
    return {};
}

Result<void> StagedTree::File::close()
{
    if (::close(m_fd.release()) != 0)
        return systemError("write", m_path, errno);
    return {};
}

Result<void> StagedTree::count()
{
    if (++m_files > m_limits.files)
        return makeError(errors::kValidation,
                         fmt::format("more than {} files; nothing was written", m_limits.files));
    return {};
}

Result<void> StagedTree::take(uint64_t bytes)
{
    if (bytes > m_limits.bytes - m_bytes)
        return makeError(errors::kValidation,
                         fmt::format("more than {} bytes in all; nothing was written", m_limits.bytes));
    m_bytes += bytes;
    return {};
}

Result<UniqueFd> StagedTree::parentOf(const std::vector<std::string> &parts)
{
    return openFoldersBelow(m_folder.fd(), {parts.begin(), parts.end() - 1}, m_folder.path(), 0755);
}

Result<StagedTree::File> StagedTree::addFile(std::string_view path, bool isProgram)
{
    const auto parts = componentsBelow(path);
    if (!parts)
        return parts.error();
    if (auto counted = count(); !counted)
        return counted.error();
    auto parent = parentOf(*parts);
    if (!parent)
        return parent.error();
    UniqueFd fd(::openat(parent->get(), parts->back().c_str(),
                         O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, isProgram ? 0755 : 0644));
    if (!fd && errno == EEXIST)
        return refused(path, "comes twice");
    if (!fd)
        return systemError("write", path, errno);
    return File(*this, std::move(fd), std::filesystem::path(path));
}

Result<void> StagedTree::addFolder(std::string_view path)
{
    const auto parts = componentsBelow(path);
    if (!parts)
        return parts.error();
    if (auto counted = count(); !counted)
        return counted;
    const auto folder = openFoldersBelow(m_folder.fd(), *parts, m_folder.path(), 0755);
    return folder ? Result<void>() : Result<void>(folder.error());
}

Result<void> StagedTree::addLink(std::string_view path, const std::string &target)
{
    const auto parts = componentsBelow(path);
    if (!parts)
        return parts.error();
    if (auto counted = count(); !counted)
        return counted;
    if (target.starts_with('/'))
        return refused(path, "is a link out of the destination");
    const auto parent = parentOf(*parts);
    if (!parent)
        return parent.error();
    if (::symlinkat(target.c_str(), parent->get(), parts->back().c_str()) != 0)
        return systemError("write", path, errno);
    return {};
}

Result<void> StagedTree::takeUp()
{
    return walk(
        m_folder.fd(), {}, 0,
        [this](int, const char *, const std::string &path, const struct stat &status) -> Result<void> {
            if (auto counted = count(); !counted)
                return counted;
            if (S_ISREG(status.st_mode))
                return take(static_cast<uint64_t>(status.st_size));
            if (!S_ISDIR(status.st_mode) && !S_ISLNK(status.st_mode))
                return refused(path, "is neither a file nor a folder nor a link");
            return {};
        });
}

// ---- Delivery ----------------------------------------------------------------------------------------------------

// The kernel follows each link in the staged tree, where it can't have been anybody else's: what it arrives at must lie inside.
Result<void> StagedTree::checkLinks() const
{
    char rootText[PATH_MAX];
    if (::realpath(m_folder.path().c_str(), rootText) == nullptr)
        return systemError("look at", m_folder.path(), errno);
    const std::string root = std::string(rootText) + '/';
    return walk(m_folder.fd(), {}, 0,
                [&](int parent, const char *name, const std::string &path,
                    const struct stat &status) -> Result<void> {
                    if (!S_ISLNK(status.st_mode))
                        return {};
                    const auto target = linkTarget(parent, name);
                    char end[PATH_MAX];
                    if (!target || target->starts_with('/')
                        || ::realpath((m_folder.path() / path).c_str(), end) == nullptr
                        || !(std::string(end) + '/').starts_with(root))
                        return refused(path, "is a link that does not end inside the destination");
                    return {};
                });
}

Result<void> StagedTree::deliverTo(int root, const std::filesystem::path &rootPath) const
{
    if (auto sound = checkLinks(); !sound)
        return sound;
    return walk(
        m_folder.fd(), {}, 0,
        [&](int parent, const char *name, const std::string &path,
            const struct stat &status) -> Result<void> {
            const auto parts = componentsBelow(path);
            if (!parts)
                return parts.error();
            if (S_ISDIR(status.st_mode)) {
                const auto folder = openFoldersBelow(root, *parts, rootPath, 0755);
                return folder ? Result<void>() : Result<void>(folder.error());
            }
            const auto folder = openFoldersBelow(root, {parts->begin(), parts->end() - 1}, rootPath, 0755);
            if (!folder)
                return folder.error();
            if (!S_ISLNK(status.st_mode))
                return copyFile(parent, folder->get(), name, status.st_mode & 0755, rootPath / path);
            const auto target = linkTarget(parent, name);
            ::unlinkat(folder->get(), name, 0);
            if (!target || ::symlinkat(target->c_str(), folder->get(), name) != 0)
                return systemError("write", rootPath / path, errno);
            return {};
        });
}

}
