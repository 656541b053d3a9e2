#pragma once
// How Beast ends a stream of ours. Only for the few files that include Beast anyway.

#include "backend/transport/tls_stream.h"

#include <boost/asio/post.hpp>
#include <boost/beast/core/role.hpp>

#include <utility>

namespace fb::transport {

inline void beast_close_socket(TlsStream &stream) { stream.cut(); }

inline void teardown(boost::beast::role_type, TlsStream &stream, boost::system::error_code &error)
{
    error = {};
    stream.sayGoodbye();
    stream.cut();
}

template <typename Handler>
void async_teardown(boost::beast::role_type, TlsStream &stream, Handler &&handler)
{
    stream.sayGoodbye();
    stream.cut();
    boost::asio::post(stream.get_executor(), [handler = std::forward<Handler>(handler)]() mutable {
        handler(boost::system::error_code());
    });
}

}
