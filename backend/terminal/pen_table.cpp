#include "backend/terminal/pen_table.h"

namespace fb {

PenTable::PenTable() { idOf(Pen()); }

size_t PenTable::Hash::operator()(const Pen &pen) const
{
    uint64_t hash = pen.foreground.bits() | (uint64_t(pen.background.bits()) << 32);
    hash ^= (pen.underlineColor.bits() | (uint64_t(pen.link) << 32)) * 0x9E3779B97F4A7C15U;
    hash ^= (uint64_t(pen.flags) << 8 | uint64_t(pen.underline)) * 0xC2B2AE3D27D4EB4FU;
    hash *= 0x9E3779B97F4A7C15U;
    return hash ^ (hash >> 29);
}

uint32_t PenTable::idOf(const Pen &pen)
{
    Recent &recent = m_recent[Hash()(pen) & 255];
    if (recent.isSet && recent.pen == pen)
        return recent.id;
    const auto [it, isNew] = m_ids.try_emplace(pen, uint32_t(m_pens.size()));
    if (isNew)
        m_pens.push_back(pen);
    recent = {pen, it->second, true};
    return it->second;
}

std::vector<uint32_t> PenTable::compact(const std::vector<bool> &used)
{
    std::vector<uint32_t> newIds(m_pens.size(), kDefault);
    const std::vector<Pen> old = std::exchange(m_pens, {});
    m_ids.clear();
    m_recent.fill({});
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
