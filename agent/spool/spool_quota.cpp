#include "agent/spool/spool_quota.h"

#include <sys/stat.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <fcntl.h>

namespace fb::agent {

namespace {
    constexpr uint64_t kMiB = 1024 * 1024;
    constexpr uint64_t kMaxSpool = 256 * kMiB;
    constexpr uint64_t kBlock = 512; // of st_blocks, whatever the disk's own are
}

uint64_t spoolLimit(const PrivateFolder &state)
{
    struct statvfs status {
    };
    if (::fstatvfs(state.fd(), &status) != 0)
        return kMaxSpool;
    const uint64_t disk = static_cast<uint64_t>(status.f_blocks) * status.f_frsize;
    return std::clamp<uint64_t>(disk / 50, kMiB, kMaxSpool);
}

uint64_t spoolUsed(const PrivateFolder &work)
{
    uint64_t used = 0;
    for (const std::string &name : work.entries()) {
        const auto folder = work.existingSubfolder(name);
        if (!folder)
            continue;
        for (const std::string &file : folder->entries()) {
            struct stat status {
            };
            if ((file.ends_with(".stdout") || file.ends_with(".stderr"))
                && ::fstatat(folder->fd(), file.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0)
                used += std::min(static_cast<uint64_t>(status.st_blocks) * kBlock, // some was given back
                                 static_cast<uint64_t>(status.st_size)); // or taken ahead of what comes
        }
    }
    return used;
}

}
