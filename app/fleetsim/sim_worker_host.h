#pragma once
// The workers of a simulated node: an order's steps all succeed at once, each with one line of output. Nothing is executed. One node's
// thread; events wait until deliver().

#include "agent/supervisor/worker_host.h"
#include "backend/core/clock.h"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace fb::sim {

class SimWorkerHost final : public agent::WorkerHost
{
public:
    SimWorkerHost(std::string nodeName, const Clock &clock);

    bool hasEvents() const { return !m_events.empty(); }
    void deliver(); // tells NodeCore what has happened since

    void setEvents(agent::WorkerEvents *events) override { m_listener = events; }
    std::vector<agent::WorkerFound> findWorkers() override { return {}; }
    Result<void> start(const agent::LedgerOrder &order) override;
    // findWorkers() finds none, so nothing is ever resumed
    Result<void> resume(const agent::LedgerOrder &order) override { return start(order); }
    void cancel(const agent::OrderKey &key) override;
    void discard(const agent::OrderKey &key) override;

    std::string readOutput(const agent::OutputKey &key, uint64_t offset, size_t limit) override;
    void releaseOutput(const agent::OutputKey & /*key*/, uint64_t /*below*/) override { }
    uint64_t spoolBytes() const override { return m_spoolBytes; }
    uint64_t spoolLimit() const override { return 16 * 1024 * 1024; }

    std::vector<agent::TerminalState> findTerminals() override { return {}; }
    void startTerminal(const std::string &token, const wire::PtyParams &parameters) override;
    void terminalSendFrom(const std::string & /*token*/, uint64_t /*offset*/, uint64_t /*bytes*/) override { }
    void terminalGrant(const std::string & /*token*/, uint64_t /*bytes*/) override { }
    void terminalAcknowledge(const std::string & /*token*/, uint64_t /*below*/) override { }
    void terminalInput(const std::string & /*token*/, uint64_t /*offset*/,
                       std::string_view /*bytes*/) override
    {
    }
    void terminalResize(const std::string & /*token*/, uint32_t /*columns*/, uint32_t /*rows*/) override { }
    void terminalSignal(const std::string & /*token*/, int /*number*/) override { }
    void terminalEnd(const std::string & /*token*/, std::string_view /*reason*/) override { }
    void terminalDiscard(const std::string & /*token*/) override { }
    void linkChanged(bool /*connected*/) override { }

private:
    wire::OrderStep endStep(const agent::LedgerOrder &order, uint32_t index, const std::string &name,
                            const std::string &plugin);

    std::string m_nodeName;
    const Clock &m_clock;
    agent::WorkerEvents *m_listener = nullptr;
    std::vector<std::function<void(agent::WorkerEvents &)>> m_events;
    std::map<agent::OutputKey, std::string> m_outputs; // until their order is discarded
    uint64_t m_spoolBytes = 0;
};

}
