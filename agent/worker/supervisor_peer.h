#pragma once
// The worker's end of its socket: at most one supervisor at a time, the newest; none is fine too, the worker goes on. One thread.

#include "agent/platform/private_folder.h"
#include "agent/spool/worker_socket.h"
#include "agent/worker/worker_loop.h"

#include <functional>

namespace fb::agent {

class SupervisorPeer
{
public:
    struct Handler {
        std::function<void()> connected; // also when it had fallen behind: say everything that counts again
        std::function<void(PacketReader &)> received;
        std::function<void()> disconnected;
        std::function<void()> writable; // after send() had said false
    };

    SupervisorPeer(WorkerLoop &loop, Handler handler) : m_loop(loop), m_handler(std::move(handler)) { }
    ~SupervisorPeer();
    SupervisorPeer(const SupervisorPeer &) = delete;
    SupervisorPeer &operator=(const SupervisorPeer &) = delete;

    // `inherited`: a listening socket from the supervisor, or none: makes its own.
    Result<void> listen(const PrivateFolder &folder, UniqueFd inherited);
    bool isConnected() const { return static_cast<bool>(m_peer); }
    bool send(std::string_view packet); // false: not taken; writable() follows, if there is a supervisor

private:
    void accept();
    void read();
    void drop();

    WorkerLoop &m_loop;
    Handler m_handler;
    UniqueFd m_listener;
    UniqueFd m_peer;
};

}
