#include "backend/gateway/revoked_serials.h"

namespace fb {

void RevokedSerials::replace(std::unordered_set<std::string> serials)
{
    const std::unique_lock lock(m_mutex);
    m_serials = std::move(serials);
}

void RevokedSerials::add(std::string serial)
{
    const std::unique_lock lock(m_mutex);
    m_serials.insert(std::move(serial));
}

bool RevokedSerials::contains(std::string_view serial) const
{
    const std::shared_lock lock(m_mutex);
    return m_serials.contains(std::string(serial));
}

}
