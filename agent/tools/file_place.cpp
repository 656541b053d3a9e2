#include "agent/tools/file_place.h"

#include "agent/tools/tool.h"
#include "backend/protocol/tool_messages.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <fcntl.h>
#include <memory>

namespace fb::agent {

namespace {

    std::string pathOf(int fd)
    {
        std::array<char, PATH_MAX> path {};
        const ssize_t size
            = ::readlink(fmt::format("/proc/self/fd/{}", fd).c_str(), path.data(), path.size());
        return size > 0 ? std::string(path.data(), static_cast<size_t>(size)) : std::string();
    }

    std::string realPath(const std::string &path)
    {
        const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
        return real ? std::string(real.get()) : path;
    }

    Error refused(const std::string &path, std::string_view why)
    {
        return makeError(protocol::kRefusedByNode, fmt::format("{} is not touched: {}.", path, why));
    }

    constexpr std::string_view kSystemRoots[] = {"/proc", "/sys", "/dev"};
    constexpr std::string_view kIsAgents = "it belongs to the Flagbridge agent";

}

bool isAtOrBelow(std::string_view path, std::string_view folder)
{
    return folder == "/" || path == folder
        || (path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/');
}

std::string joined(std::string_view folder, std::string_view name)
{
    return folder == "/" ? fmt::format("/{}", name) : fmt::format("{}/{}", folder, name);
}

Result<std::string> checkedName(std::string_view name)
{
    if (name.empty() || name == "." || name == "..")
        return wrongRequest(fmt::format("\"{}\" is not a name for a file.", name));
    if (name.size() > NAME_MAX)
        return wrongRequest(
            fmt::format("The name has {} bytes; at most {} are possible.", name.size(), NAME_MAX));
    if (name.find('/') != std::string_view::npos || name.find('\0') != std::string_view::npos)
        return wrongRequest("A name has no \"/\" and no NUL in it.");
    return std::string(name);
}

Result<FilePlace> placeOf(std::string_view path)
{
    if (path.empty() || path.front() != '/' || path.find('\0') != std::string_view::npos)
        return wrongRequest("A path begins with / and has no NUL in it.");
    if (path.size() >= PATH_MAX)
        return wrongRequest(
            fmt::format("The path has {} bytes; at most {} are possible.", path.size(), PATH_MAX - 1));
    while (path.size() > 1 && path.back() == '/')
        path.remove_suffix(1);
    const size_t slash = path.rfind('/');
    std::string name(path.substr(slash + 1));
    if (name.empty() || name == "." || name == "..") {
        // It says by a detour which folder is meant: /usr/.. is /.
        const UniqueFd folder(::open(std::string(path).c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
        if (!folder)
            return nodeError("open", path, errno);
        const std::string real = pathOf(folder.get());
        if (real == "/" || real.empty()) {
            FilePlace root {UniqueFd(::open("/", O_PATH | O_DIRECTORY | O_CLOEXEC)), ".", "/"};
            return root;
        }
        return placeOf(real);
    }
    const std::string parent = slash == 0 ? "/" : std::string(path.substr(0, slash));
    FilePlace place;
    place.folder.reset(::open(parent.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!place.folder)
        return nodeError("open", parent, errno);
    const std::string real = pathOf(place.folder.get());
    if (real.empty())
        return nodeError("open", parent, EIO);
    place.path = joined(real, name);
    place.name = std::move(name);
    return place;
}

FileGuard::FileGuard(std::vector<std::string> own)
{
    for (const std::string &path : own) {
        m_own.push_back(realPath(path));
        struct stat status {
        };
        if (::stat(path.c_str(), &status) == 0)
            m_identities.push_back({status.st_dev, status.st_ino});
    }
}

bool FileGuard::isOwn(const struct stat &status) const
{
    return std::any_of(m_identities.begin(), m_identities.end(), [&](const Identity &own) {
        return own.device == status.st_dev && own.inode == status.st_ino;
    });
}

// Up to the root by descriptors: another mount of the same folder has another path.
bool FileGuard::isBelowOwn(int folder) const
{
    UniqueFd at(::openat(folder, ".", O_PATH | O_DIRECTORY | O_CLOEXEC));
    struct stat status {
    };
    for (int depth = 0; at && depth < PATH_MAX && ::fstat(at.get(), &status) == 0; ++depth) {
        if (isOwn(status))
            return true;
        UniqueFd parent(::openat(at.get(), "..", O_PATH | O_DIRECTORY | O_CLOEXEC));
        struct stat above {
        };
        if (!parent || ::fstat(parent.get(), &above) != 0
            || (above.st_dev == status.st_dev && above.st_ino == status.st_ino))
            return false;
        at = std::move(parent);
    }
    return false;
}

Result<void> FileGuard::mayRemove(int folder, const std::string &name, const std::string &path) const
{
    if (path == "/")
        return refused(path, "it is the root of the file system");
    for (const std::string_view root : kSystemRoots)
        if (isAtOrBelow(path, root))
            return refused(path, "it is the system's own");
    if (isAtOrBelow(path, "/boot"))
        return refused(path, "the system starts from it");
    for (const std::string &own : m_own)
        if (isAtOrBelow(own, path))
            return refused(path, kIsAgents);
    return mayWrite(folder, name, path);
}

Result<void> FileGuard::mayWrite(int folder, const std::string &name, const std::string &path) const
{
    for (const std::string &own : m_own)
        if (isAtOrBelow(path, own))
            return refused(path, kIsAgents);
    struct stat status {
    };
    if (isBelowOwn(folder) || (::fstatat(folder, name.c_str(), &status, 0) == 0 && isOwn(status)))
        return refused(path, kIsAgents);
    return {};
}

Result<void> FileGuard::mayRead(int folder, const std::string &name, const std::string &path) const
{
    return mayWrite(folder, name, path);
}

}
