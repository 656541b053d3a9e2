#include "agent/update/program_swap.h"

#include "agent/platform/private_folder.h"
#include "agent/platform/unique_fd.h"

#include <sys/sendfile.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

namespace fb::agent {

namespace {
    Result<void> copyFile(const std::filesystem::path &from, const std::filesystem::path &to,
                          const struct stat &like)
    {
        const UniqueFd source(::open(from.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
        if (!source)
            return systemError("read", from, errno);
        ::unlink(to.c_str()); // of an earlier try
        const UniqueFd target(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0700));
        if (!target)
            return systemError("write", to, errno);
        for (;;) {
            const ssize_t copied = ::sendfile(target.get(), source.get(), nullptr, 8 * 1024 * 1024);
            if (copied < 0 && errno == EINTR)
                continue;
            if (copied < 0)
                return systemError("write", to, errno);
            if (copied == 0)
                break;
        }
        if (::fchown(target.get(), like.st_uid, like.st_gid) != 0 && ::geteuid() == 0)
            return systemError("give its owner to", to, errno);
        if (::fchmod(target.get(), (like.st_mode & 0777) | 0500) != 0)
            return systemError("set the mode of", to, errno);
        if (::fsync(target.get()) != 0)
            return systemError("sync", to, errno);
        return {};
    }
}

std::filesystem::path ProgramSwap::brought() const { return m_program.string() + ".new"; }
std::filesystem::path ProgramSwap::earlier() const { return m_program.string() + ".old"; }

Result<void> ProgramSwap::bring(const std::filesystem::path &newProgram) const
{
    struct stat like {
    };
    if (::stat(m_program.c_str(), &like) != 0)
        return systemError("look at", m_program, errno);
    return copyFile(newProgram, brought(), like);
}

Result<void> ProgramSwap::swap() const
{
    ::unlink(earlier().c_str());
    if (::link(m_program.c_str(), earlier().c_str()) != 0) { // no hard links here
        struct stat like {
        };
        if (::stat(m_program.c_str(), &like) != 0)
            return systemError("look at", m_program, errno);
        if (auto copied = copyFile(m_program, earlier(), like); !copied)
            return copied;
    }
    if (auto synced = syncFolder(); !synced)
        return synced;
    if (::rename(brought().c_str(), m_program.c_str()) != 0)
        return systemError("replace", m_program, errno);
    return syncFolder();
}

bool ProgramSwap::hasEarlier() const { return ::access(earlier().c_str(), F_OK) == 0; }

Result<void> ProgramSwap::putBack() const
{
    if (!hasEarlier())
        return {};
    // Gone meanwhile: the unit's guard was faster.
    if (::rename(earlier().c_str(), m_program.c_str()) != 0 && errno != ENOENT)
        return systemError("put back", m_program, errno);
    ::unlink(earlier().c_str()); // where both names were one file, rename has done nothing
    return syncFolder();
}

void ProgramSwap::keep() const { ::unlink(earlier().c_str()); }
void ProgramSwap::forget() const { ::unlink(brought().c_str()); }

Result<void> ProgramSwap::syncFolder() const
{
    const std::filesystem::path folder = m_program.parent_path();
    const UniqueFd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd || ::fsync(fd.get()) != 0)
        return systemError("sync", folder, errno);
    return {};
}

}
