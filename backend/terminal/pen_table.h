#pragma once
// Gives each pen that the screen uses a small number, so that a cell is 8 bytes. When it is full, the numbers that no cell uses any more are
// taken back. One thread.

#include "backend/terminal/pen.h"

#include <array>
#include <cstddef>
#include <unordered_map>
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
    struct Hash {
        size_t operator()(const Pen &pen) const;
    };
    struct Recent {
        Pen pen;
        uint32_t id = 0;
        bool isSet = false;
    };

    std::vector<Pen> m_pens;
    std::unordered_map<Pen, uint32_t, Hash> m_ids;
    std::array<Recent, 256> m_recent;
    size_t m_limit = 65'536;
};

}
