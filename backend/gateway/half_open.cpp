#include "backend/gateway/half_open.h"

namespace fb {

HalfOpen::HalfOpen(size_t limit) : m_limit(limit) { }

std::shared_ptr<transport::ServerConnection>
HalfOpen::add(const std::shared_ptr<transport::ServerConnection> &connection)
{
    const std::lock_guard lock(m_mutex);
    std::shared_ptr<transport::ServerConnection> oldest;
    if (m_order.size() >= m_limit) {
        oldest = std::move(m_order.front());
        m_places.erase(oldest.get());
        m_order.pop_front();
    }
    m_places[connection.get()] = m_order.insert(m_order.end(), connection);
    return oldest;
}

void HalfOpen::remove(const transport::ServerConnection *connection)
{
    std::shared_ptr<transport::ServerConnection> held; // let go outside the lock
    const std::lock_guard lock(m_mutex);
    const auto found = m_places.find(connection);
    if (found == m_places.end())
        return;
    held = std::move(*found->second);
    m_order.erase(found->second);
    m_places.erase(found);
}

size_t HalfOpen::count() const
{
    const std::lock_guard lock(m_mutex);
    return m_order.size();
}

}
