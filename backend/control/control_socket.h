#pragma once
// The Unix socket DIR/control.sock itself, or another of a program's own: made, connected and checked. Paths longer than the 107 bytes of sockaddr_un work, since both
// ends go through a descriptor of the folder. Any thread.

#include "backend/core/result.h"

#include <QString>

#include <sys/types.h>

namespace fb {

inline constexpr const char *kControlSocketName = "control.sock";

// A listening descriptor; the file has mode 0600. A stale socket file is replaced: the caller holds a lock.
Result<int> listenOnControlSocket(const QString &dataDir, const char *name = kControlSocketName);
// A connected descriptor; ServiceUnavailable when no engine listens in `dataDir`.
Result<int> connectToControlSocket(const QString &dataDir, const char *name = kControlSocketName);
// The user at the other end; -1 when the system does not tell.
uid_t peerUser(int descriptor);
void removeControlSocket(const QString &dataDir, const char *name = kControlSocketName);

}
