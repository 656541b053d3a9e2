#include "agent/spool/worker_socket.h"

#include "backend/core/byte_encoding.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

namespace fb::agent {

Packet &&Packet::u32(uint32_t value) &&
{
    putBigEndian(bytes, value);
    return std::move(*this);
}

Packet &&Packet::u64(uint64_t value) &&
{
    putBigEndian(bytes, value);
    return std::move(*this);
}

Packet &&Packet::text(std::string_view value) &&
{
    bytes += value;
    return std::move(*this);
}

PacketReader::PacketReader(std::string_view packet) : m_rest(packet), m_sound(!packet.empty())
{
    if (m_sound) {
        m_kind = static_cast<WorkerMessage>(packet.front());
        m_rest.remove_prefix(1);
    }
}

uint32_t PacketReader::u32()
{
    if (m_rest.size() < 4) {
        m_sound = false;
        return 0;
    }
    const auto value = bigEndianAt<uint32_t>(m_rest, 0);
    m_rest.remove_prefix(4);
    return value;
}

uint64_t PacketReader::u64()
{
    if (m_rest.size() < 8) {
        m_sound = false;
        return 0;
    }
    const auto value = bigEndianAt<uint64_t>(m_rest, 0);
    m_rest.remove_prefix(8);
    return value;
}

namespace {

    constexpr std::string_view kSocketName = "sock";

    sockaddr_un addressIn(const PrivateFolder &folder)
    {
        sockaddr_un address {};
        address.sun_family = AF_UNIX;
        const std::string path = fmt::format("/proc/self/fd/{}/{}", folder.fd(), kSocketName);
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        return address;
    }

}

Result<UniqueFd> listenIn(const PrivateFolder &folder)
{
    UniqueFd fd(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!fd)
        return systemError("open a socket in", folder.path(), errno);
    folder.remove(kSocketName);
    const sockaddr_un address = addressIn(folder);
    const mode_t before = ::umask(0177); // the folder is 0700 besides
    const int bound = ::bind(fd.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address);
    const int error = errno;
    ::umask(before);
    if (bound != 0)
        return systemError("bind a socket in", folder.path(), error);
    if (::listen(fd.get(), 4) != 0)
        return systemError("listen in", folder.path(), errno);
    return fd;
}

std::optional<UniqueFd> connectIn(const PrivateFolder &folder)
{
    UniqueFd fd(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const sockaddr_un address = addressIn(folder);
    if (!fd || ::connect(fd.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        return std::nullopt;
    return fd;
}

Sent sendPacket(int fd, std::string_view packet)
{
    for (;;) {
        const ssize_t sent = ::send(fd, packet.data(), packet.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent >= 0)
            return Sent::Yes;
        if (errno == EINTR)
            continue;
        return errno == EAGAIN || errno == ENOBUFS ? Sent::Later : Sent::Gone;
    }
}

Received receivePacket(int fd)
{
    Received received;
    received.packet.resize(kMaxPacketBytes + 64);
    for (;;) {
        const ssize_t got = ::recv(fd, received.packet.data(), received.packet.size(), MSG_DONTWAIT);
        if (got > 0) {
            received.packet.resize(static_cast<size_t>(got));
            received.any = true;
            return received;
        }
        if (got < 0 && errno == EINTR)
            continue;
        received.packet.clear();
        received.open = got < 0 && errno == EAGAIN;
        return received;
    }
}

pid_t peerProcess(int fd)
{
    ucred credentials {};
    socklen_t size = sizeof credentials;
    return ::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &credentials, &size) == 0 ? credentials.pid : 0;
}

}
