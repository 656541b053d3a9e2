#pragma once
// Addresses of OSC 8 links. Numbers are never used again; the oldest addresses are forgotten when there are too many. One thread.

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace fb {

class LinkTable
{
public:
    static constexpr size_t kMostBytes = 4 << 20; // of addresses kept
    static constexpr size_t kMostAddress = 2083;

    // `group`: cells of one link that stand apart (OSC 8's id); may be empty.
    uint32_t idOf(std::string_view address, std::string_view group);
    const std::string &address(uint32_t id) const; // empty: forgotten, or none

private:
    std::deque<std::pair<std::string, std::string>> m_links; // address, key
    std::unordered_map<std::string, uint32_t> m_ids;
    uint32_t m_first = 1; // number of m_links.front()
    size_t m_bytes = 0;
};

}
