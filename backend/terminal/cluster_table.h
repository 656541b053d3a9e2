#pragma once
// Numbers for characters with combining marks, which do not fit into a cell. One thread.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace fb {

class ClusterTable
{
public:
    static constexpr size_t kMostMarks = 5; // of a character; more are dropped (spec/session-manager.md 5)

    uint32_t idOf(std::u32string_view cluster);
    const std::u32string &cluster(uint32_t id) const { return m_clusters[id]; }
    size_t size() const { return m_clusters.size(); }
    bool isFull() const { return m_clusters.size() >= m_limit; }
    // As PenTable's.
    std::vector<uint32_t> compact(const std::vector<bool> &used);

private:
    std::vector<std::u32string> m_clusters;
    std::unordered_map<std::u32string, uint32_t> m_ids;
    size_t m_limit = 16'384;
};

}
