#pragma once
// A plain socket with the few calls that a connection makes of a TlsStream. Inside this room only.

#include "backend/transport/tls_stream.h"

namespace fb {

class PlainStream
{
public:
    using executor_type = transport::Socket::executor_type;
    using lowest_layer_type = transport::Socket;
    explicit PlainStream(transport::Socket socket) : m_socket(std::move(socket)) { }
    executor_type get_executor() { return m_socket.get_executor(); }
    transport::Socket &socket() { return m_socket; }
    void sayGoodbye() { }
    void cut()
    {
        boost::system::error_code ignored;
        m_socket.close(ignored);
    }

    template <typename Buffers, typename Token>
    auto async_read_some(const Buffers &buffers, Token &&token)
    {
        return m_socket.async_read_some(buffers, std::forward<Token>(token));
    }
    template <typename Buffers, typename Token>
    auto async_write_some(const Buffers &buffers, Token &&token)
    {
        return m_socket.async_write_some(buffers, std::forward<Token>(token));
    }

private:
    transport::Socket m_socket;
};

}
