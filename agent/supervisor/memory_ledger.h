#pragma once
// A ledger in memory: for simulated nodes, and for tests that crash a node: what was not committed is lost with rollback().

#include "agent/supervisor/ledger.h"

#include <map>
#include <set>

namespace fb::agent {

class MemoryLedger final : public Ledger
{
public:
    LedgerFacts facts() const override { return m_now.facts; }
    void setFacts(const LedgerFacts &facts) override;
    std::vector<LedgerOrder> open() const override;
    std::optional<OrderState> find(const OrderKey &key) const override;
    std::optional<LedgerOrder> read(const OrderKey &key) const override;
    bool hasSettled(uint64_t dispatchSeq) const override;
    void insert(const LedgerOrder &order) override;
    void markStarted(const OrderKey &key) override;
    void markFinished(const OrderKey &key, const std::string &result) override;
    void markRefused(const OrderKey &key, const std::string &refusal) override;
    void markSettled(const OrderKey &key, uint64_t dispatchSeq) override;
    void raiseWatermark(uint64_t watermark) override;
    Result<void> commit() override;
    void rollback() override;

    void failNextCommits(int count) { m_failures = count; } // a full disk
    size_t rows() const { return m_now.orders.size(); }

private:
    struct State {
        LedgerFacts facts;
        std::map<OrderKey, LedgerOrder> orders;
        std::set<uint64_t> settledAbove;
        int64_t nextArrival = 1;
    };
    void beforeChange();
    void advance();

    State m_now;
    std::optional<State> m_committed; // as of the last commit, while a turn has changed something
    int m_failures = 0;
};

}
