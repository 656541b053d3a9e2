#pragma once
// A node core between a hand-driven engine link and workers that a test plays itself. Crash a node with boot(): ledger and host stay.

#include "agent/supervisor/memory_ledger.h"
#include "agent/supervisor/node_core.h"
#include "backend/core/ids.h"
#include "backend/protocol/features.h"
#include "tests/support/manual_clock.h"
#include "tests/support/seeded_random.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace fb::test {

class FakeHost final : public agent::WorkerHost
{
public:
    agent::WorkerEvents *events = nullptr;
    std::vector<agent::OrderKey> started;
    std::vector<agent::OrderKey> resumed;
    std::vector<agent::OrderKey> cancelled;
    std::vector<agent::OrderKey> discarded;
    std::map<agent::OutputKey, std::string> outputs;
    std::map<agent::OutputKey, uint64_t> released;
    std::vector<agent::WorkerFound> found;
    std::vector<agent::TerminalState> terminals;
    std::vector<std::string> terminalsStarted;
    std::vector<std::string> terminalsEnded;
    std::vector<std::string> terminalsDiscarded;
    std::string terminalInputText;
    uint64_t terminalAllowed = 0;
    uint64_t terminalAcked = 0;
    std::pair<uint32_t, uint32_t> terminalSize {};
    std::function<void()> onStart; // what must be true when a worker is spawned

    void setEvents(agent::WorkerEvents *e) override { events = e; }
    std::vector<agent::WorkerFound> findWorkers() override { return found; }
    Result<void> start(const agent::LedgerOrder &order) override
    {
        if (onStart)
            onStart();
        started.push_back(order.key);
        return {};
    }
    Result<void> resume(const agent::LedgerOrder &order) override
    {
        resumed.push_back(order.key);
        return {};
    }
    void cancel(const agent::OrderKey &key) override { cancelled.push_back(key); }
    void discard(const agent::OrderKey &key) override { discarded.push_back(key); }
    std::string readOutput(const agent::OutputKey &key, uint64_t offset, size_t limit) override
    {
        const std::string &all = outputs[key];
        return offset < all.size() ? all.substr(offset, limit) : std::string();
    }
    void releaseOutput(const agent::OutputKey &key, uint64_t below) override { released[key] = below; }
    uint64_t spoolBytes() const override { return 0; }
    uint64_t spoolLimit() const override { return 1 << 20; }
    std::vector<agent::TerminalState> findTerminals() override { return terminals; }
    void startTerminal(const std::string &token, const wire::PtyParams &) override
    {
        terminalsStarted.push_back(token);
    }
    void terminalSendFrom(const std::string &, uint64_t offset, uint64_t bytes) override
    {
        terminalAllowed = offset + bytes;
    }
    void terminalGrant(const std::string &, uint64_t bytes) override { terminalAllowed += bytes; }
    void terminalAcknowledge(const std::string &, uint64_t below) override { terminalAcked = below; }
    void terminalInput(const std::string &, uint64_t, std::string_view bytes) override
    {
        terminalInputText += bytes;
    }
    void terminalResize(const std::string &, uint32_t columns, uint32_t rows) override
    {
        terminalSize = {columns, rows};
    }
    void terminalSignal(const std::string &, int) override { }
    void terminalEnd(const std::string &token, std::string_view) override { terminalsEnded.push_back(token); }
    void terminalDiscard(const std::string &token) override { terminalsDiscarded.push_back(token); }
    void linkChanged(bool) override { }
};

class CoreBench
{
public:
    CoreBench();
    ~CoreBench();

    void boot(); // a new process on the same ledger and host
    void connect(const wire::Welcome &welcome); // HELLO is read, WELCOME answered
    void connect() { connect(welcome()); }
    void cut();
    void settle(); // messages go both ways until none is left

    static wire::Welcome welcome();
    // An order as the engine sends it. Ids follow from the number.
    agent::OrderKey key(uint64_t dispatchSeq, uint32_t attempt = 1) const;
    void order(uint64_t dispatchSeq,
               const std::function<void(wire::OrderHead &, wire::OrderBody &)> &change = {});
    void settled(uint64_t dispatchSeq);
    void cancel(uint64_t dispatchSeq);
    void finish(uint64_t dispatchSeq, const std::string &status = "Success"); // its worker ends

    int count(protocol::FrameType type) const; // control messages that reached the engine
    template <typename Message>
    std::vector<Message> received(protocol::FrameType type) const
    {
        std::vector<Message> all;
        for (const protocol::ControlReceived &control : controls)
            if (control.type == type)
                all.push_back(*protocol::messageOf<Message>(control));
        return all;
    }
    std::string
    refusalOf(uint64_t dispatchSeq) const; // of the last ORDER_SEEN for it; "none" if there was none
    template <typename Event>
    std::optional<Event> event() const
    {
        for (const agent::NodeEvent &candidate : events)
            if (const auto *found = std::get_if<Event>(&candidate))
                return *found;
        return std::nullopt;
    }

    ManualClock clock;
    SeededRandom random;
    agent::MemoryLedger ledger;
    FakeHost host;
    agent::NodeConfig config;
    std::unique_ptr<agent::NodeCore> core;
    std::unique_ptr<protocol::Link> engine;
    wire::Hello hello; // of the present connection
    std::vector<protocol::ControlReceived> controls; // since the last connect()
    std::vector<agent::NodeEvent> events;
    uint64_t leaseEpoch = 1;

    // Output as the engine keeps it: durable bytes by token, acknowledged as they come unless told otherwise.
    std::map<std::string, std::string> stored;
    std::map<std::string, uint64_t> dropped; // by FIN
    std::set<std::string> ended;
    std::map<protocol::StreamNumber, std::string> tokens;
    uint64_t window = 1024 * 1024;
    bool acknowledges = true;
    // Of streams that the engine opened.
    std::optional<wire::Opened> opened;
    std::optional<protocol::StreamRefused> refused;
    std::string terminalOutput;
    std::optional<wire::Fin> terminalFin;
    std::optional<protocol::StreamReset> wasReset;

private:
    bool step();
    void handle(const protocol::LinkEvent &event);
};

}
