#include "backend/terminal/pen_table.h"

#include <utility>

namespace fb {

namespace {
    constexpr size_t kFirstSlots = 256; // a power of two, as all sizes
}

PenTable::PenTable()
{
    rehash(kFirstSlots);
    idOf(Pen());
}

uint32_t PenTable::hashOf(const Pen &pen)
{
    uint64_t hash = pen.foreground.bits() | (uint64_t(pen.background.bits()) << 32);
    hash ^= (pen.underlineColor.bits() | (uint64_t(pen.link) << 32)) * 0x9E3779B97F4A7C15U;
    hash ^= (uint64_t(pen.flags) << 8 | uint64_t(pen.underline)) * 0xC2B2AE3D27D4EB4FU;
    hash *= 0x9E3779B97F4A7C15U;
    return uint32_t(hash >> 32);
}

void PenTable::rehash(size_t slots)
{
    m_slots.assign(slots, 0);
    for (size_t id = 0; id < m_pens.size(); ++id) {
        size_t at = hashOf(m_pens[id]) & (slots - 1);
        while (m_slots[at] != 0)
            at = (at + 1) & (slots - 1);
        m_slots[at] = uint32_t(id + 1);
    }
}

uint32_t PenTable::idOf(const Pen &pen)
{
    const size_t mask = m_slots.size() - 1;
    size_t at = hashOf(pen) & mask;
    for (; m_slots[at] != 0; at = (at + 1) & mask) {
        if (m_pens[m_slots[at] - 1] == pen)
            return m_slots[at] - 1;
    }
    m_pens.push_back(pen);
    m_slots[at] = uint32_t(m_pens.size());
    if (m_pens.size() * 2 > m_slots.size())
        rehash(m_slots.size() * 2);
    return uint32_t(m_pens.size() - 1);
}

std::vector<uint32_t> PenTable::compact(const std::vector<bool> &used)
{
    std::vector<uint32_t> newIds(m_pens.size(), kDefault);
    const std::vector<Pen> old = std::exchange(m_pens, {});
    rehash(m_slots.size());
    idOf(Pen());
    for (size_t id = 1; id < old.size(); ++id) {
        if (used[id])
            newIds[id] = idOf(old[id]);
    }
    if (m_pens.size() > m_limit / 2)
        m_limit *= 2;
    return newIds;
}

}
