#pragma once
// Connections that have not brought a request yet, of all I/O threads. At the bound the oldest makes room, so that slow peers can't keep
// others out (protocol-notes 2). Any thread.

#include <cstddef>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace fb::transport {
class ServerConnection;
}

namespace fb {

class HalfOpen
{
public:
    explicit HalfOpen(size_t limit);

    // The connection that must make room, if any; the caller cuts it on its own thread.
    std::shared_ptr<transport::ServerConnection>
    add(const std::shared_ptr<transport::ServerConnection> &connection);
    void remove(const transport::ServerConnection *connection);
    size_t count() const;

private:
    using Order = std::list<std::shared_ptr<transport::ServerConnection>>; // oldest first

    mutable std::mutex m_mutex;
    size_t m_limit;
    Order m_order;
    std::unordered_map<const transport::ServerConnection *, Order::iterator> m_places;
};

}
