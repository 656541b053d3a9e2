#include "tests/support/loopback_server.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <poll.h>
#include <random>

namespace fb::test {

namespace {
    sockaddr_in loopback(quint16 port)
    {
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(port);
        return address;
    }
}

LoopbackSocket::~LoopbackSocket()
{
    if (m_socket >= 0)
        ::close(m_socket);
}

LoopbackSocket LoopbackSocket::connectTo(quint16 port)
{
    LoopbackSocket made(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const timeval patience {20, 0};
    ::setsockopt(made.m_socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(made.m_socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    const sockaddr_in address = loopback(port);
    if (::connect(made.m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        ::close(std::exchange(made.m_socket, -1));
    return made;
}

bool LoopbackSocket::write(const QByteArray &bytes)
{
    for (qsizetype sent = 0; sent < bytes.size();) {
        const ssize_t count = ::send(m_socket, bytes.constData() + sent,
                                     static_cast<size_t>(bytes.size() - sent), MSG_NOSIGNAL);
        if (count <= 0)
            return false;
        sent += count;
    }
    return true;
}

void LoopbackSocket::finish() { ::shutdown(m_socket, SHUT_WR); }

QByteArray LoopbackSocket::read(qsizetype most)
{
    QByteArray bytes(most, Qt::Uninitialized);
    const ssize_t count = ::recv(m_socket, bytes.data(), static_cast<size_t>(most), 0);
    m_isBroken = m_isBroken || count < 0;
    bytes.truncate(std::max<ssize_t>(0, count));
    return bytes;
}

QByteArray LoopbackSocket::readAll()
{
    QByteArray all;
    for (QByteArray piece = read(); !piece.isEmpty(); piece = read())
        all += piece;
    return all;
}

QByteArray LoopbackSocket::readLine()
{
    QByteArray line;
    while (!line.endsWith('\n')) {
        const QByteArray byte = read(1);
        if (byte.isEmpty())
            return line;
        line += byte;
    }
    return line;
}

void LoopbackSocket::cut()
{
    const linger none {1, 0};
    ::setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &none, sizeof none);
    ::close(std::exchange(m_socket, -1));
}

LoopbackServer::LoopbackServer(Serve serve, quint16 port) : m_serve(std::move(serve))
{
    m_socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int yes = 1;
    ::setsockopt(m_socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    sockaddr_in address = loopback(port);
    socklen_t size = sizeof address;
    if (::bind(m_socket, reinterpret_cast<sockaddr *>(&address), size) != 0 || ::listen(m_socket, 256) != 0)
        qFatal("no loopback server");
    ::getsockname(m_socket, reinterpret_cast<sockaddr *>(&address), &size);
    m_port = ntohs(address.sin_port);
    m_thread = std::thread([this] {
        while (!m_ends) {
            pollfd wait {m_socket, POLLIN, 0};
            if (::poll(&wait, 1, 50) <= 0)
                continue;
            const int connection = ::accept4(m_socket, nullptr, nullptr, SOCK_CLOEXEC);
            if (connection < 0)
                continue;
            const timeval patience {20, 0};
            ::setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
            ::setsockopt(connection, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
            const std::lock_guard lock(m_mutex);
            m_connections.emplace_back([this, connection] {
                LoopbackSocket served(connection);
                m_serve(served);
            });
        }
    });
}

LoopbackServer::~LoopbackServer()
{
    m_ends = true;
    m_thread.join();
    ::close(m_socket);
    for (std::thread &connection : m_connections)
        connection.join();
}

LoopbackServer::Serve LoopbackServer::blobs()
{
    return [](LoopbackSocket &connection) {
        const QList<QByteArray> words = connection.readLine().trimmed().split(' ');
        connection.write(blob(words.value(0).toUInt(), words.value(1).toLongLong()));
        connection.finish();
        connection.readAll();
    };
}

QByteArray LoopbackServer::blob(quint32 seed, qsizetype size)
{
    std::minstd_rand numbers(seed + 1);
    QByteArray bytes(size, Qt::Uninitialized);
    for (char &byte : bytes)
        byte = static_cast<char>(numbers() >> 16);
    return bytes;
}

LoopbackServer::Serve LoopbackServer::echo()
{
    return [](LoopbackSocket &connection) {
        for (QByteArray piece = connection.read(); !piece.isEmpty(); piece = connection.read())
            connection.write(piece);
        connection.finish();
    };
}

}
