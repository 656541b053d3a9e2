#pragma once
// A node's machine in memory, for histories: workers that run for a while, write output and end; a supervisor that may be killed; a power
// switch. What a script does to the world is counted here, which is the ground truth for "once, and only once".

#include "agent/supervisor/memory_ledger.h"
#include "agent/supervisor/node_core.h"
#include "tests/support/manual_clock.h"
#include "tests/support/seeded_network.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace fb::test {

using OrderHistoryFaults = std::vector<std::string>; // what must never happen

std::string scriptOutput(const std::string &orderId, uint64_t from,
                         uint64_t count); // byte n follows from order and n

class SimulatedHost final : public agent::WorkerHost
{
public:
    SimulatedHost(const Clock &clock, Random &random, OrderHistoryFaults &faults);

    void onTime(); // workers write and end
    Tick nextDeadline() const;
    void powerCut(); // every worker dies with what it has written

    // How often the script of an order has begun, and what it wrote.
    int effects(const std::string &orderId) const;
    uint64_t written(const std::string &orderId) const;
    size_t filesLeft() const { return m_workers.size(); } // of orders that were not discarded
    Microseconds longestRun {20'000'000};

    // WorkerHost
    void setEvents(agent::WorkerEvents *events) override { m_events = events; }
    std::vector<agent::WorkerFound> findWorkers() override;
    Result<void> start(const agent::LedgerOrder &order) override;
    Result<void> resume(const agent::LedgerOrder &order) override;
    void cancel(const agent::OrderKey &key) override;
    void discard(const agent::OrderKey &key) override;
    std::string readOutput(const agent::OutputKey &key, uint64_t offset, size_t limit) override;
    void releaseOutput(const agent::OutputKey &key, uint64_t below) override;
    uint64_t spoolBytes() const override { return 0; }
    uint64_t spoolLimit() const override { return 1 << 30; }
    std::vector<agent::TerminalState> findTerminals() override { return {}; }
    void startTerminal(const std::string &, const wire::PtyParams &) override { }
    void terminalSendFrom(const std::string &, uint64_t, uint64_t) override { }
    void terminalGrant(const std::string &, uint64_t) override { }
    void terminalAcknowledge(const std::string &, uint64_t) override { }
    void terminalInput(const std::string &, uint64_t, std::string_view) override { }
    void terminalResize(const std::string &, uint32_t, uint32_t) override { }
    void terminalSignal(const std::string &, int) override { }
    void terminalEnd(const std::string &, std::string_view) override { }
    void terminalDiscard(const std::string &) override { }
    void linkChanged(bool) override { }

private:
    struct Worker {
        uint64_t dispatchSeq = 0;
        bool alive = false;
        Tick endsAt {};
        uint64_t total = 0;
        uint64_t written = 0;
        uint64_t released = 0;
        bool cancelled = false;
        bool wantsResume = false; // of a dead one: the supervisor has asked how it ended
        bool told = false; // its end, to this supervisor
        std::optional<wire::OrderStep> step;
        std::optional<wire::OrderResult> result;
    };
    void end(const agent::OrderKey &key, Worker &worker, const std::string &status, int code,
             const std::string &note);

    const Clock &m_clock;
    Random &m_random;
    OrderHistoryFaults &m_faults;
    agent::WorkerEvents *m_events = nullptr;
    std::map<agent::OrderKey, Worker> m_workers;
    std::map<std::string, int> m_effects;
    std::map<std::string, uint64_t> m_written;
    Tick m_writeAt {};
};

// The agent's process on that machine, as a peer of the network.
class SimulatedNode final : public NetworkPeer
{
public:
    SimulatedNode(ManualClock &clock, Random &random, OrderHistoryFaults &faults);

    void killSupervisor(); // workers go on
    void powerCut();
    agent::NodeCore &core() { return *m_core; }

    void connected() override
    {
        m_wantsToClose = false;
        m_core->connected();
    }
    void disconnected() override { m_core->disconnected(); }
    void received(std::string_view message) override;
    std::optional<std::string> nextMessage() override { return m_core->nextMessage(); }
    bool wantsToRead() const override { return m_core->wantsToRead(); }
    bool wantsToClose() const override { return m_wantsToClose; }
    void onTime() override;
    Tick nextDeadline() const override;

    SimulatedHost host;
    agent::MemoryLedger ledger;

private:
    void boot();
    void drain();

    ManualClock &m_clock;
    Random &m_random;
    agent::NodeConfig m_config;
    std::unique_ptr<agent::NodeCore> m_core;
    bool m_wantsToClose = false;
    int m_boots = 0;
};

}
