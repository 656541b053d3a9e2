#pragma once
// A TCP server on loopback, one thread a connection, and blocking client sockets, for tests of what carries connections through. Ends with it.

#include <QByteArray>

#include <atomic>
#include <functional>
#include <list>
#include <mutex>
#include <thread>

namespace fb::test {

class LoopbackSocket // blocking; a read waits at most 20 s
{
public:
    explicit LoopbackSocket(int socket = -1) : m_socket(socket) { }
    ~LoopbackSocket();
    LoopbackSocket(LoopbackSocket &&other) noexcept : m_socket(std::exchange(other.m_socket, -1)) { }
    LoopbackSocket &operator=(LoopbackSocket &&other) noexcept
    {
        std::swap(m_socket, other.m_socket);
        return *this;
    }

    static LoopbackSocket connectTo(quint16 port); // on 127.0.0.1
    bool isOpen() const { return m_socket >= 0; }
    bool write(const QByteArray &bytes); // all of them
    void finish(); // our half
    QByteArray read(qsizetype most = 64 * 1024); // empty: the end, broken, or nothing in time
    QByteArray readAll(); // to the end
    QByteArray readLine();
    bool isBroken() const { return m_isBroken; } // a read ended other than with the peer's end
    void cut(); // a reset to the peer

private:
    int m_socket;
    bool m_isBroken = false;
};

class LoopbackServer
{
public:
    using Serve = std::function<void(LoopbackSocket &connection)>;
    explicit LoopbackServer(Serve serve, quint16 port = 0);
    ~LoopbackServer();
    quint16 port() const { return m_port; }

    // Serves pseudo-random bytes: a line "SEED SIZE", then so many bytes of blob(), then the end.
    static Serve blobs();
    static QByteArray blob(quint32 seed, qsizetype size);
    static Serve echo(); // back what came, and the end after the end

private:
    Serve m_serve;
    int m_socket = -1;
    quint16 m_port = 0;
    std::atomic<bool> m_ends {false};
    std::thread m_thread;
    std::mutex m_mutex;
    std::list<std::thread> m_connections;
};

}
