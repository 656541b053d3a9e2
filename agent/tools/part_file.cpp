#include "agent/tools/part_file.h"

#include "agent/tools/tool.h"

#include <fmt/format.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>

#include <cerrno>
#include <ctime>
#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace fb::agent {

namespace {

    constexpr size_t kNameBytes = 220; // of the target's, in the part's: 255 are possible
    constexpr int kTries = 10;

    // ".NAME.0123456789abcdef.KIND"; an upload, which goes on after a cut, has no number.
    bool isPart(std::string_view name, std::string_view kind)
    {
        if (!name.starts_with('.') || !name.ends_with(fmt::format(".{}", kind)))
            return false;
        name.remove_suffix(kind.size() + 1);
        if (kind == partKinds::kUpload)
            return name.size() > 1;
        constexpr size_t kNumber = 16;
        return name.size() > kNumber + 2 && name[name.size() - kNumber - 1] == '.'
            && name.find_first_not_of("0123456789abcdef", name.size() - kNumber) == std::string_view::npos;
    }

    void removeIfLeft(int folder, const char *name, std::chrono::seconds untouched)
    {
        const UniqueFd file(::openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
        struct stat status {
        };
        // What is not just as we make it is somebody else's.
        if (!file || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode) || status.st_nlink != 1
            || status.st_uid != ::geteuid() || (status.st_mode & 07777) != 0600
            || ::time(nullptr) - status.st_mtime < untouched.count()
            || ::flock(file.get(), LOCK_EX | LOCK_NB) != 0)
            return;
        struct stat named {
        };
        if (::fstatat(folder, name, &named, AT_SYMLINK_NOFOLLOW) == 0 && named.st_ino == status.st_ino
            && named.st_dev == status.st_dev)
            ::unlinkat(folder, name, 0);
    }

}

PartFile::PartFile(int folder, std::string name, UniqueFd file)
    : m_folder(folder),
      m_name(std::move(name)),
      m_file(std::move(file))
{
}

PartFile::PartFile(PartFile &&other) noexcept
    : m_folder(other.m_folder),
      m_name(std::exchange(other.m_name, {})),
      m_file(std::move(other.m_file))
{
}

PartFile::~PartFile()
{
    if (!m_name.empty())
        ::unlinkat(m_folder, m_name.c_str(), 0);
}

Result<PartFile> PartFile::make(int folder, std::string_view target, std::string_view kind,
                                std::string_view path)
{
    for (int tries = 0; tries < kTries; ++tries) {
        uint64_t number = 0;
        if (::getrandom(&number, sizeof number, 0) != static_cast<ssize_t>(sizeof number))
            return nodeError("write", path, errno);
        std::string name = fmt::format(".{}.{:016x}.{}", target.substr(0, kNameBytes), number, kind);
        UniqueFd file(
            ::openat(folder, name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
        if (!file && errno == EEXIST)
            continue;
        if (!file)
            return nodeError("write", path, errno);
        (void)::flock(file.get(), LOCK_EX | LOCK_NB); // it is being written: whoever sweeps passes it by
        return PartFile(folder, std::move(name), std::move(file));
    }
    return nodeError("write", path, EEXIST);
}

int PartFile::putInPlace(const std::string &target)
{
    if (::renameat(m_folder, m_name.c_str(), m_folder, target.c_str()) != 0)
        return errno;
    m_name.clear();
    return 0;
}

void sweepParts(int folder, std::string_view kind, std::chrono::seconds untouched)
{
    const int copy = ::openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *stream = copy >= 0 ? ::fdopendir(copy) : nullptr;
    if (!stream) {
        if (copy >= 0)
            ::close(copy);
        return;
    }
    while (const dirent *entry = ::readdir(stream)) {
        if (isPart(entry->d_name, kind))
            removeIfLeft(folder, entry->d_name, untouched);
    }
    ::closedir(stream);
}

}
