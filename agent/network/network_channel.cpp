#include "agent/network/network_channel.h"

#include "backend/transport/causes.h"

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>

#include <cerrno>
#include <sys/socket.h>
#include <sys/uio.h>

namespace fb::agent {

using boost::system::error_code;
namespace causes = transport::causes;

NetworkChannel::NetworkChannel(boost::asio::io_context &context, UniqueFd socket,
                               NetworkChannelHandler &handler)
    : m_socket(context),
      m_handler(&handler),
      m_reader([this](uint8_t kind) {
          return m_handler ? m_handler->limitOf(static_cast<NetworkMessage>(kind)) : std::nullopt;
      })
{
    error_code ignored;
    m_socket.assign(boost::asio::local::stream_protocol(), socket.release(), ignored);
    m_socket.native_non_blocking(true, ignored);
}

std::shared_ptr<NetworkChannel> NetworkChannel::start(boost::asio::io_context &context, UniqueFd socket,
                                                      NetworkChannelHandler &handler)
{
    std::shared_ptr<NetworkChannel> channel(new NetworkChannel(context, std::move(socket), handler));
    channel->read();
    return channel;
}

// ---- Reading -----------------------------------------------------------------------------------------------------

void NetworkChannel::read()
{
    char *room = m_reader.room();
    m_socket.async_read_some(boost::asio::buffer(room, m_reader.roomBytes()),
                             [self = shared_from_this()](const error_code &error, size_t count) {
                                 if (error)
                                     return self->end(makeError(causes::kClosed, error.message()));
                                 self->handleRead(count);
                             });
}

void NetworkChannel::handleRead(size_t count)
{
    m_reader.filled(count);
    while (m_handler) {
        const auto message = m_reader.next();
        if (!message)
            return end(makeError(causes::kProtocol, message.error().message));
        if (!*message)
            return read();
        m_handler->messageCame((*message)->kind, (*message)->payload);
    }
}

// ---- Writing -----------------------------------------------------------------------------------------------------

void NetworkChannel::send(NetworkMessage kind, std::string_view payload)
{
    if (!m_handler)
        return;
    std::string head = networkHead(kind, payload.size());
    size_t sent = 0;
    if (m_unsent.empty()) { // without a copy, as a rule
        iovec pieces[]
            = {{head.data(), head.size()}, {const_cast<char *>(payload.data()), payload.size()}}; // only read
        msghdr message {};
        message.msg_iov = pieces;
        message.msg_iovlen = 2;
        const ssize_t taken = ::sendmsg(m_socket.native_handle(), &message, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (taken > 0)
            sent = static_cast<size_t>(taken);
        else if (taken < 0 && errno != EAGAIN && errno != EINTR && errno != ENOBUFS)
            return; // the reading side sees the end
    }
    if (sent == head.size() + payload.size())
        return;
    std::string rest = sent < head.size() ? head.substr(sent) : std::string();
    rest += payload.substr(sent < head.size() ? 0 : sent - head.size());
    m_unsent.push_back(std::move(rest));
    write();
}

void NetworkChannel::write()
{
    if (m_writing || m_unsent.empty())
        return;
    m_writing = true;
    boost::asio::async_write(m_socket, boost::asio::buffer(m_unsent.front()),
                             [self = shared_from_this()](const error_code &error, size_t) {
                                 self->m_writing = false;
                                 if (error || self->m_unsent.empty())
                                     return; // the reading side sees the end
                                 self->m_unsent.pop_front();
                                 self->write();
                             });
}

// ---- End ---------------------------------------------------------------------------------------------------------

void NetworkChannel::end(const Error &cause)
{
    NetworkChannelHandler *handler = std::exchange(m_handler, nullptr);
    close();
    if (handler)
        handler->channelEnded(cause);
}

void NetworkChannel::close()
{
    m_handler = nullptr;
    error_code ignored;
    m_socket.close(ignored);
}

}
