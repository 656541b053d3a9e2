#include "agent/platform/private_folder.h"

#include <fmt/format.h>
#include <linux/openat2.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>

namespace fb::agent {

namespace {

    constexpr int kAlways = O_CLOEXEC | O_NOFOLLOW | O_NOCTTY;

    // Below `folder` and through no link at all, decided by the kernel in one step.
    int openBeneath(int folder, const char *name, int flags, unsigned mode)
    {
        open_how how {};
        how.flags = static_cast<uint64_t>(flags | kAlways);
        how.mode = (flags & O_CREAT) ? mode : 0;
        how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS;
        const long fd = ::syscall(SYS_openat2, folder, name, &how, sizeof how);
        if (fd >= 0 || (errno != ENOSYS && errno != EPERM))
            return static_cast<int>(fd);
        return ::openat(folder, name, flags | kAlways,
                        mode); // older kernel: a single component cannot leave the folder
    }

    Result<void> writeAll(int fd, std::string_view bytes, const std::filesystem::path &path)
    {
        while (!bytes.empty()) {
            const ssize_t written = ::write(fd, bytes.data(), bytes.size());
            if (written < 0) {
                if (errno == EINTR)
                    continue;
                return systemError("write", path, errno);
            }
            bytes.remove_prefix(static_cast<size_t>(written));
        }
        return {};
    }

    void removeBeneath(int folder, const char *name)
    {
        if (::unlinkat(folder, name, 0) == 0 || (errno != EISDIR && errno != EPERM))
            return;
        const int fd = openBeneath(folder, name, O_RDONLY | O_DIRECTORY, 0);
        if (fd < 0)
            return;
        if (DIR *stream = ::fdopendir(fd)) {
            while (const dirent *entry = ::readdir(stream)) {
                const std::string_view found(entry->d_name);
                if (found != "." && found != "..")
                    removeBeneath(::dirfd(stream), entry->d_name);
            }
            ::closedir(stream);
        } else {
            ::close(fd);
        }
        ::unlinkat(folder, name, AT_REMOVEDIR);
    }

}

Error systemError(std::string_view what, const std::filesystem::path &path, int errorNumber)
{
    return makeError(errors::kServiceUnavailable,
                     fmt::format("cannot {} {}: {}", what, path.string(), std::strerror(errorNumber)));
}

bool isPlainName(std::string_view name)
{
    return !name.empty() && name.size() <= 255 && name != "." && name != ".."
        && name.find('/') == std::string_view::npos && name.find('\0') == std::string_view::npos;
}

Result<PrivateFolder> PrivateFolder::openOrMake(const std::filesystem::path &given)
{
    std::error_code ignored;
    std::filesystem::path path = std::filesystem::absolute(given, ignored).lexically_normal();
    if (path.filename().empty()) // "DIR/"
        path = path.parent_path();
    std::filesystem::create_directories(path.parent_path(), ignored);
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)
        return systemError("make the folder", path, errno);
    UniqueFd fd(::open(path.c_str(), O_RDONLY | O_DIRECTORY | kAlways));
    if (!fd)
        return systemError("open the folder", path, errno == ELOOP ? ENOTDIR : errno);
    struct stat status {
    };
    if (::fstat(fd.get(), &status) != 0)
        return systemError("look at", path, errno);
    if (status.st_uid != ::geteuid())
        return makeError(errors::kAccessDenied,
                         fmt::format("{} belongs to user {}; it must belong to the agent's user {}",
                                     path.string(), status.st_uid, ::geteuid()));
    if (::fchmod(fd.get(), 0700) != 0)
        return systemError("set the mode of", path, errno);
    return PrivateFolder(std::move(fd), std::move(path));
}

Result<PrivateFolder> PrivateFolder::existingSubfolder(std::string_view name) const
{
    const std::string text(name);
    if (!isPlainName(name))
        return makeError(errors::kValidation, fmt::format("\"{}\" is not a plain name", text));
    UniqueFd fd(openBeneath(m_fd.get(), text.c_str(), O_RDONLY | O_DIRECTORY, 0));
    if (!fd)
        return errno == ENOENT ? makeError(errors::kResourceNotFound, fmt::format("there is no {}", text))
                               : systemError("open the folder", m_path / text, errno);
    return PrivateFolder(std::move(fd), m_path / text);
}

Result<PrivateFolder> PrivateFolder::subfolder(std::string_view name) const
{
    const std::string text(name);
    if (!isPlainName(name))
        return makeError(errors::kValidation, fmt::format("\"{}\" is not a plain name", text));
    const bool made = ::mkdirat(m_fd.get(), text.c_str(), 0700) == 0;
    if (!made && errno != EEXIST)
        return systemError("make the folder", m_path / text, errno);
    auto folder = existingSubfolder(name);
    if (folder && made)
        ::fchmod(folder->fd(), 0700);
    return folder;
}

Result<UniqueFd> PrivateFolder::open(std::string_view name, int flags, unsigned mode) const
{
    const std::string text(name);
    if (!isPlainName(name))
        return makeError(errors::kValidation, fmt::format("\"{}\" is not a plain name", text));
    UniqueFd fd(openBeneath(m_fd.get(), text.c_str(), flags, mode));
    if (!fd)
        return errno == ENOENT ? makeError(errors::kResourceNotFound, fmt::format("there is no {}", text))
                               : systemError("open", m_path / text, errno);
    if ((flags & O_CREAT) && ::fchmod(fd.get(), mode) != 0)
        return systemError("set the mode of", m_path / text, errno);
    return fd;
}

Result<void> PrivateFolder::write(std::string_view name, std::string_view bytes, Durability durability,
                                  unsigned mode) const
{
    const std::string temporary = "." + std::string(name) + ".new";
    ::unlinkat(m_fd.get(), temporary.c_str(), 0); // left by a crash
    auto fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL, mode);
    if (!fd)
        return fd.error();
    Result<void> done = writeAll(fd->get(), bytes, m_path / name);
    if (done && durability == Durability::Synced && ::fdatasync(fd->get()) != 0)
        done = systemError("sync", m_path / name, errno);
    fd->reset();
    if (done && ::renameat(m_fd.get(), temporary.c_str(), m_fd.get(), std::string(name).c_str()) != 0)
        done = systemError("rename", m_path / name, errno);
    if (!done) {
        ::unlinkat(m_fd.get(), temporary.c_str(), 0);
        return done;
    }
    return durability == Durability::Synced ? sync() : Result<void>();
}

Result<std::string> PrivateFolder::read(std::string_view name, size_t limit) const
{
    auto fd = openForReading(name);
    if (!fd)
        return fd.error();
    std::string bytes;
    char chunk[16 * 1024];
    for (;;) {
        const ssize_t got = ::read(fd->get(), chunk, sizeof chunk);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return systemError("read", m_path / name, errno);
        if (got == 0)
            return bytes;
        if (bytes.size() + static_cast<size_t>(got) > limit)
            return makeError(errors::kValidation,
                             fmt::format("{} is longer than {} bytes", (m_path / name).string(), limit));
        bytes.append(chunk, static_cast<size_t>(got));
    }
}

Result<UniqueFd> PrivateFolder::openForAppend(std::string_view name) const
{
    return open(name, O_WRONLY | O_CREAT | O_APPEND, 0600);
}

Result<UniqueFd> PrivateFolder::openForReading(std::string_view name) const
{
    return open(name, O_RDONLY, 0);
}

Result<void> PrivateFolder::copyTo(std::string_view name, const PrivateFolder &folder,
                                   std::string_view to) const
{
    const auto from = openForReading(name);
    if (!from)
        return from.error();
    const auto target = folder.open(to, O_WRONLY | O_CREAT | O_EXCL, 0600);
    if (!target)
        return target.error();
    for (;;) {
        const ssize_t copied = ::sendfile(target->get(), from->get(), nullptr, 8 * 1024 * 1024);
        if (copied < 0 && errno == EINTR)
            continue;
        if (copied < 0)
            return systemError("write", folder.path() / to, errno);
        if (copied == 0)
            return {};
    }
}

bool PrivateFolder::has(std::string_view name) const
{
    struct stat status {
    };
    return isPlainName(name)
        && ::fstatat(m_fd.get(), std::string(name).c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
}

void PrivateFolder::remove(std::string_view name) const
{
    if (isPlainName(name))
        ::unlinkat(m_fd.get(), std::string(name).c_str(), 0);
}

void PrivateFolder::rename(std::string_view from, std::string_view to) const
{
    if (isPlainName(from) && isPlainName(to))
        ::renameat(m_fd.get(), std::string(from).c_str(), m_fd.get(), std::string(to).c_str());
}

void PrivateFolder::removeTree(std::string_view name) const
{
    if (isPlainName(name))
        removeBeneath(m_fd.get(), std::string(name).c_str());
}

std::vector<std::string> PrivateFolder::entries() const
{
    std::vector<std::string> names;
    const int fd = ::openat(m_fd.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *stream = fd >= 0 ? ::fdopendir(fd) : nullptr;
    if (!stream) {
        if (fd >= 0)
            ::close(fd);
        return names;
    }
    while (const dirent *entry = ::readdir(stream)) {
        const std::string_view found(entry->d_name);
        if (found != "." && found != "..")
            names.emplace_back(found);
    }
    ::closedir(stream);
    std::sort(names.begin(), names.end());
    return names;
}

Result<void> PrivateFolder::sync() const
{
    return ::fsync(m_fd.get()) == 0 ? Result<void>() : Result<void>(systemError("sync", m_path, errno));
}

}
