#pragma once
// Which stretches of a stream's bytes are marked: those that a program wrote to its standard error. Offsets only grow. A value.

#include <algorithm>
#include <cstdint>
#include <deque>
#include <utility>

namespace fb::protocol {

class OffsetRuns
{
public:
    struct Stretch {
        uint64_t size = 0;
        bool isMarked = false;
    };

    void add(uint64_t from, uint64_t to) // not below what was added before
    {
        if (!m_runs.empty() && m_runs.back().second == from)
            m_runs.back().second = to;
        else if (from < to)
            m_runs.emplace_back(from, to);
    }
    void dropBelow(uint64_t offset)
    {
        while (!m_runs.empty() && m_runs.front().second <= offset)
            m_runs.pop_front();
    }
    // The bytes from `offset` on that are alike; `offset` < `upTo`.
    Stretch at(uint64_t offset, uint64_t upTo) const
    {
        const auto run = std::upper_bound(
            m_runs.begin(), m_runs.end(), offset,
            [](uint64_t asked, const std::pair<uint64_t, uint64_t> &each) { return asked < each.second; });
        if (run == m_runs.end())
            return {upTo - offset, false};
        if (run->first > offset)
            return {std::min(upTo, run->first) - offset, false};
        return {std::min(upTo, run->second) - offset, true};
    }

private:
    std::deque<std::pair<uint64_t, uint64_t>> m_runs; // from, to
};

}
