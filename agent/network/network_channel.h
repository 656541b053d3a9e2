#pragma once
// One end of the pair of sockets between supervisor and network process; both ends use it. Lives on the thread of its io_context.

#include "agent/network/network_message.h"
#include "agent/platform/unique_fd.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>

#include <deque>
#include <memory>
#include <optional>

namespace fb::agent {

// May let go of the channel in any of these calls.
class NetworkChannelHandler
{
public:
    // See NetworkReader::LimitOf.
    virtual std::optional<size_t> limitOf(NetworkMessage kind) = 0;
    virtual void messageCame(NetworkMessage kind, std::string_view payload) = 0;
    // Once: the other end has gone (causes::kClosed), or breaks the rules (causes::kProtocol). Never from inside a call of ours.
    virtual void channelEnded(const Error &cause) = 0;

protected:
    ~NetworkChannelHandler() = default;
};

class NetworkChannel : public std::enable_shared_from_this<NetworkChannel>
{
public:
    static std::shared_ptr<NetworkChannel> start(boost::asio::io_context &context, UniqueFd socket,
                                                 NetworkChannelHandler &handler);

    // What the socket does not take at once is kept; callers are bounded by what may be under way.
    void send(NetworkMessage kind, std::string_view payload);
    bool hasUnsent() const { return !m_unsent.empty(); }
    void close(); // the handler hears no more

private:
    NetworkChannel(boost::asio::io_context &context, UniqueFd socket, NetworkChannelHandler &handler);
    void read();
    void handleRead(size_t count);
    void write();
    void end(const Error &cause);

    boost::asio::local::stream_protocol::socket m_socket;
    NetworkChannelHandler *m_handler;
    NetworkReader m_reader;
    std::deque<std::string> m_unsent;
    bool m_writing = false;
};

}
