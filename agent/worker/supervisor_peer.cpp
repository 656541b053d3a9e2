#include "agent/worker/supervisor_peer.h"

#include <poll.h>
#include <sys/socket.h>

namespace fb::agent {

SupervisorPeer::~SupervisorPeer()
{
    if (m_peer)
        m_loop.unwatch(m_peer.get());
    if (m_listener)
        m_loop.unwatch(m_listener.get());
}

Result<void> SupervisorPeer::listen(const PrivateFolder &folder, UniqueFd inherited)
{
    if (inherited) {
        m_listener = std::move(inherited);
    } else {
        auto made = listenIn(folder);
        if (!made)
            return made.error();
        m_listener = *std::move(made);
    }
    m_loop.watch(m_listener.get(), POLLIN, [this](short) { accept(); });
    return {};
}

void SupervisorPeer::accept()
{
    UniqueFd fd(::accept4(m_listener.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
    if (!fd)
        return;
    ucred who {};
    socklen_t size = sizeof who;
    if (::getsockopt(fd.get(), SOL_SOCKET, SO_PEERCRED, &who, &size) != 0 || who.uid != ::geteuid())
        return; // the folder is ours alone; this is the second lock on the same door
    if (m_peer)
        drop();
    m_peer = std::move(fd);
    m_loop.watch(m_peer.get(), POLLIN, [this](short events) {
        if (events & POLLOUT) {
            m_loop.setEvents(m_peer.get(), POLLIN);
            m_handler.writable();
        }
        if (events & (POLLIN | POLLHUP | POLLERR))
            read();
    });
    m_handler.connected();
}

void SupervisorPeer::read()
{
    while (m_peer) {
        const Received received = receivePacket(m_peer.get());
        if (!received.open)
            return drop();
        if (!received.any)
            return;
        PacketReader reader(received.packet);
        m_handler.received(reader);
    }
}

void SupervisorPeer::drop()
{
    m_loop.unwatch(m_peer.get());
    m_peer.reset();
    m_handler.disconnected();
}

bool SupervisorPeer::send(std::string_view packet)
{
    if (!m_peer)
        return false;
    switch (sendPacket(m_peer.get(), packet)) {
    case Sent::Yes:
        return true;
    case Sent::Later:
        m_loop.setEvents(m_peer.get(), POLLIN | POLLOUT);
        return false;
    case Sent::Gone:
        return false; // the read side sees it and drops it
    }
    return false;
}

}
