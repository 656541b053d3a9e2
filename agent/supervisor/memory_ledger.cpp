#include "agent/supervisor/memory_ledger.h"

#include <algorithm>

namespace fb::agent {

// A copy of the whole state is cheap here: a simulated node holds a handful of orders.
void MemoryLedger::beforeChange()
{
    if (!m_committed)
        m_committed = m_now;
}

void MemoryLedger::setFacts(const LedgerFacts &facts)
{
    if (facts == m_now.facts)
        return;
    beforeChange();
    m_now.facts = facts;
}

std::vector<LedgerOrder> MemoryLedger::open() const
{
    std::vector<LedgerOrder> found;
    for (const auto &[key, order] : m_now.orders)
        if (order.state != OrderState::Settled)
            found.push_back(order);
    std::sort(found.begin(), found.end(),
              [](const LedgerOrder &a, const LedgerOrder &b) { return a.arrival < b.arrival; });
    return found;
}

std::optional<OrderState> MemoryLedger::find(const OrderKey &key) const
{
    const auto it = m_now.orders.find(key);
    return it == m_now.orders.end() ? std::nullopt : std::optional(it->second.state);
}

std::optional<LedgerOrder> MemoryLedger::read(const OrderKey &key) const
{
    const auto it = m_now.orders.find(key);
    return it == m_now.orders.end() ? std::nullopt : std::optional(it->second);
}

bool MemoryLedger::hasSettled(uint64_t dispatchSeq) const { return m_now.settledAbove.contains(dispatchSeq); }

void MemoryLedger::insert(const LedgerOrder &order)
{
    beforeChange();
    LedgerOrder row = order;
    row.arrival = m_now.nextArrival++;
    m_now.orders.insert_or_assign(row.key, std::move(row));
}

void MemoryLedger::markStarted(const OrderKey &key)
{
    beforeChange();
    LedgerOrder &row = m_now.orders[key];
    row.state = OrderState::Started;
}

void MemoryLedger::markFinished(const OrderKey &key, const std::string &result)
{
    beforeChange();
    LedgerOrder &row = m_now.orders[key];
    row.state = OrderState::Finished;
    row.body.clear();
    row.result = result;
}

void MemoryLedger::markRefused(const OrderKey &key, const std::string &refusal)
{
    beforeChange();
    LedgerOrder &row = m_now.orders[key];
    row.state = OrderState::Refused;
    row.body.clear();
    row.refusal = refusal;
}

void MemoryLedger::markSettled(const OrderKey &key, uint64_t dispatchSeq)
{
    beforeChange();
    if (dispatchSeq > m_now.facts.settledWatermark)
        m_now.settledAbove.insert(dispatchSeq);
    LedgerOrder &row = m_now.orders[key];
    row = LedgerOrder {
        .key = key, .dispatchSeq = dispatchSeq, .state = OrderState::Settled, .arrival = row.arrival};
    advance();
}

void MemoryLedger::raiseWatermark(uint64_t watermark)
{
    if (watermark <= m_now.facts.settledWatermark)
        return;
    beforeChange();
    m_now.facts.settledWatermark = watermark;
    advance();
}

void MemoryLedger::advance()
{
    uint64_t &watermark = m_now.facts.settledWatermark;
    while (m_now.settledAbove.contains(watermark + 1))
        ++watermark;
    m_now.settledAbove.erase(m_now.settledAbove.begin(), m_now.settledAbove.upper_bound(watermark));
    std::erase_if(m_now.orders, [&](const auto &entry) {
        return entry.second.state == OrderState::Settled && entry.second.dispatchSeq <= watermark;
    });
}

Result<void> MemoryLedger::commit()
{
    if (m_failures > 0) {
        --m_failures;
        return makeError(errors::kServiceUnavailable, "the ledger could not be written: disk is full");
    }
    m_committed.reset();
    return {};
}

void MemoryLedger::rollback()
{
    if (m_committed)
        m_now = std::move(*m_committed);
    m_committed.reset();
}

}
