#include "backend/terminal/link_table.h"

namespace fb {

uint32_t LinkTable::idOf(std::string_view address, std::string_view group)
{
    std::string key(group);
    key += '\n';
    key += address;
    if (const auto known = m_ids.find(key); known != m_ids.end())
        return known->second;
    while (!m_links.empty() && m_bytes + address.size() + key.size() > kMostBytes) {
        const auto &[oldAddress, oldKey] = m_links.front();
        m_bytes -= oldAddress.size() + oldKey.size();
        m_ids.erase(oldKey);
        m_links.pop_front();
        ++m_first;
    }
    const uint32_t id = m_first + uint32_t(m_links.size());
    m_bytes += address.size() + key.size();
    m_links.emplace_back(std::string(address), key);
    m_ids.emplace(std::move(key), id);
    return id;
}

const std::string &LinkTable::address(uint32_t id) const
{
    static const std::string none;
    if (id < m_first || id - m_first >= m_links.size())
        return none;
    return m_links[id - m_first].first;
}

}
