#pragma once
// Gives each pen that the screen uses a small number, so that a cell is 8 bytes. When it is full, the numbers that no cell uses any more are
// taken back. One thread.

#include "backend/terminal/pen.h"

#include <cstddef>
#include <vector>

namespace fb {

class PenTable
{
public:
    static constexpr uint32_t kDefault = 0;

    PenTable();
    uint32_t idOf(const Pen &pen);
    const Pen &pen(uint32_t id) const { return m_pens[id]; }
    bool isFull() const { return m_pens.size() >= m_limit; }
    // `used` has a mark for each id in use. Answers the new id of each old one; the table has doubled when most are in use.
    std::vector<uint32_t> compact(const std::vector<bool> &used);
    size_t size() const { return m_pens.size(); }

private:
    static uint32_t hashOf(const Pen &pen);
    void rehash(size_t slots);

    std::vector<Pen> m_pens;
    std::vector<uint32_t>
        m_slots; // open addressing by hash: number of a pen plus 1, 0: free; never more than half full
    size_t m_limit = 65'536;
};

}
