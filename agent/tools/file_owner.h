#pragma once
// Owner and mode of a file that stands for another one. Any thread.

#include <sys/stat.h>

#include <cerrno>
#include <unistd.h>

namespace fb::agent {

// The owner where one may give it; setuid and setgid only with it, or they would lend the rights of somebody else. 0 or errno.
inline int takeOwnerAndMode(int file, const struct stat &like)
{
    const bool isOwned = ::fchown(file, like.st_uid, like.st_gid) == 0;
    const mode_t mode = like.st_mode & (isOwned ? 07777 : 01777);
    return ::fchmod(file, mode) == 0 ? 0 : errno;
}

}
