#include "backend/nodes/sessions/local_port.h"

#include "backend/base/fail.h"

#include <QDir>
#include <QFile>
#include <QSet>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kBacklog = 128;

    // Inodes of the sockets that listen on the port, of /proc/net/tcp and tcp6.
    QSet<QByteArray> listenersOn(quint16 port)
    {
        QSet<QByteArray> inodes;
        for (const char *name : {"/proc/net/tcp", "/proc/net/tcp6"}) {
            QFile table(QString::fromLatin1(name));
            if (!table.open(QIODevice::ReadOnly))
                continue;
            for (const QByteArray &line : table.readAll().split('\n')) {
                const QList<QByteArray> words = line.simplified().split(' ');
                constexpr auto kListening = "0A";
                if (words.size() > 9 && words[3] == kListening
                    && words[1].mid(words[1].lastIndexOf(':') + 1).toUInt(nullptr, 16) == port)
                    inodes.insert("socket:[" + words[9] + ']');
            }
        }
        return inodes;
    }

    bool hasOneOf(const QString &pid, const QSet<QByteArray> &sockets)
    {
        const QByteArray folder = "/proc/" + pid.toLatin1() + "/fd/";
        const QStringList files
            = QDir(QString::fromLatin1(folder)).entryList(QDir::Files | QDir::System | QDir::NoDotAndDotDot);
        for (const QString &file : files) {
            char link[64];
            const ssize_t size = ::readlink((folder + file.toLatin1()).constData(), link, sizeof link);
            if (size > 0 && sockets.contains(QByteArray(link, size)))
                return true;
        }
        return false;
    }
}

QString ownerOfLocalPort(quint16 port)
{
    const QSet<QByteArray> sockets = listenersOn(port);
    if (sockets.isEmpty())
        return {};
    const QStringList entries = QDir(u"/proc"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &pid : entries) {
        if (!pid.front().isDigit() || !hasOneOf(pid, sockets))
            continue;
        QFile name(u"/proc/%1/comm"_s.arg(pid));
        const QString comm
            = name.open(QIODevice::ReadOnly) ? QString::fromUtf8(name.readAll()).trimmed() : QString();
        return u"%1 (process %2)"_s.arg(comm.isEmpty() ? u"another program"_s : comm, pid);
    }
    return {};
}

Result<LocalListener> listenOnLocalPort(quint16 port)
{
    LocalListener listener;
    listener.socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const int yes = 1;
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK); // nobody from outside
    address.sin_port = htons(port);
    socklen_t size = sizeof address;
    const auto failed = [&](const QString &message) {
        if (listener.socket >= 0)
            ::close(listener.socket);
        return fail(errors::kServiceUnavailable, message, u"localPortNumber"_s);
    };
    if (listener.socket < 0 || ::setsockopt(listener.socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) != 0)
        return failed(
            u"No socket for port %1: %2."_s.arg(port).arg(QString::fromLocal8Bit(std::strerror(errno))));
    if (::bind(listener.socket, reinterpret_cast<sockaddr *>(&address), size) != 0
        || ::listen(listener.socket, kBacklog) != 0) {
        const int cause = errno;
        if (cause == EACCES)
            return failed(
                u"Port %1 is below 1024, which only root may use. Choose a higher one."_s.arg(port));
        if (cause != EADDRINUSE)
            return failed(
                u"Port %1 cannot be used: %2."_s.arg(port).arg(QString::fromLocal8Bit(std::strerror(cause))));
        const QString owner = ownerOfLocalPort(port);
        const quint16 other = freeLocalPort();
        return failed(u"Port %1 of this machine is in use%2.%3"_s.arg(port).arg(
            owner.isEmpty() ? QString() : u" by "_s + owner,
            other == 0 ? QString() : u" Port %1 is free."_s.arg(other)));
    }
    if (::getsockname(listener.socket, reinterpret_cast<sockaddr *>(&address), &size) != 0)
        return failed(u"The port of a listening socket is not known."_s);
    listener.port = ntohs(address.sin_port);
    return listener;
}

quint16 freeLocalPort()
{
    const auto listener = listenOnLocalPort(0);
    if (!listener)
        return 0;
    ::close(listener->socket);
    return listener->port;
}

}
