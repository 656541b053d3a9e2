#include "backend/terminal/cluster_table.h"

#include <utility>

namespace fb {

uint32_t ClusterTable::idOf(std::u32string_view cluster)
{
    const auto [it, isNew] = m_ids.try_emplace(std::u32string(cluster), uint32_t(m_clusters.size()));
    if (isNew)
        m_clusters.emplace_back(cluster);
    return it->second;
}

std::vector<uint32_t> ClusterTable::compact(const std::vector<bool> &used)
{
    std::vector<uint32_t> newIds(m_clusters.size(), 0);
    const auto old = std::exchange(m_clusters, {});
    m_ids.clear();
    for (size_t id = 0; id < old.size(); ++id) {
        if (used[id])
            newIds[id] = idOf(old[id]);
    }
    if (m_clusters.size() > m_limit / 2)
        m_limit *= 2;
    return newIds;
}

}
