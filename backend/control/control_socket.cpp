#include "backend/control/control_socket.h"

#include "backend/base/fail.h"

#include <QFile>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    // An open descriptor that closes itself.
    struct Descriptor {
        int number = -1;
        ~Descriptor()
        {
            if (number >= 0)
                ::close(number);
        }
        int release() { return std::exchange(number, -1); }
    };

    QString systemError() { return QString::fromLocal8Bit(std::strerror(errno)); }

    // The address of the socket below an open folder: short whatever the folder's own path.
    sockaddr_un addressBelow(int folder, const char *name)
    {
        sockaddr_un address {};
        address.sun_family = AF_UNIX;
        std::snprintf(address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d/%s", folder, name);
        return address;
    }

    int openFolder(const QString &dataDir)
    {
        return ::open(QFile::encodeName(dataDir).constData(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    }
}

Result<int> listenOnControlSocket(const QString &dataDir, const char *name)
{
    const Descriptor folder {openFolder(dataDir)};
    if (folder.number < 0)
        return fail(errors::kInternal, u"The folder %1 cannot be opened: %2."_s.arg(dataDir, systemError()));
    Descriptor listener {::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    const sockaddr_un address = addressBelow(folder.number, name);
    ::unlinkat(folder.number, name, 0);
    const mode_t before = ::umask(0177);
    const int bound = ::bind(listener.number, reinterpret_cast<const sockaddr *>(&address), sizeof address);
    ::umask(before);
    if (bound != 0 || ::listen(listener.number, 64) != 0)
        return fail(errors::kInternal,
                    u"The control socket in %1 cannot be made: %2."_s.arg(dataDir, systemError()));
    return listener.release();
}

Result<int> connectToControlSocket(const QString &dataDir, const char *name)
{
    const Descriptor folder {openFolder(dataDir)};
    Descriptor connection {::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    const sockaddr_un address = addressBelow(folder.number, name);
    if (folder.number < 0
        || ::connect(connection.number, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        return fail(errors::kServiceUnavailable,
                    u"No engine answers in %1 (%2). Start one with: flagbridge-engine serve --data %1"_s.arg(
                        dataDir, systemError()));
    return connection.release();
}

uid_t peerUser(int descriptor)
{
    ucred credentials {};
    socklen_t size = sizeof credentials;
    if (::getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0)
        return static_cast<uid_t>(-1);
    return credentials.uid;
}

void removeControlSocket(const QString &dataDir, const char *name)
{
    const Descriptor folder {openFolder(dataDir)};
    if (folder.number >= 0)
        ::unlinkat(folder.number, name, 0);
}

}
