#pragma once
// One turn of a NodeCore: changes to the ledger first, effects after their commit (design 6, restart rule). When the ledger cannot be
// written the turn waits, whole, and is tried again; nothing of it gets out before. Used by OrderBook and NodeCore only.

#include "agent/supervisor/ledger.h"

#include <functional>
#include <vector>

namespace fb::agent {

class NodeTurn
{
public:
    explicit NodeTurn(Ledger &ledger) : m_ledger(ledger) { }

    void change(std::function<void(Ledger &)> change)
    {
        if (!m_failing)
            change(m_ledger);
        m_changes.push_back(std::move(change));
    }
    void afterwards(std::function<void()> effect) { m_effects.push_back(std::move(effect)); }

    bool isEmpty() const { return m_changes.empty() && m_effects.empty(); }
    bool isFailing() const { return m_failing; } // waits for another try

    // Commits and lets the effects out. They may begin the next turn: call until isEmpty().
    Result<void> end()
    {
        if (m_failing) {
            for (const auto &change : m_changes)
                change(m_ledger);
        }
        if (auto committed = m_ledger.commit(); !committed) {
            m_ledger.rollback();
            m_failing = true;
            return committed;
        }
        m_failing = false;
        m_changes.clear();
        const std::vector<std::function<void()>> effects = std::exchange(m_effects, {});
        for (const auto &effect : effects)
            effect();
        return {};
    }

private:
    Ledger &m_ledger;
    std::vector<std::function<void(Ledger &)>> m_changes;
    std::vector<std::function<void()>> m_effects;
    bool m_failing = false;
};

}
