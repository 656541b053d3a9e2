#pragma once
// What NodeCore asks of the machine: workers that run orders and terminals, and the spool of their output. ProcessWorkerHost does it with
// real processes; fleetsim and the seeded network answer from memory. All calls and all events are on the owner's thread, and an event
// never arrives from inside a call.

#include "agent/supervisor/ledger.h"
#include "backend/core/result.h"
#include "backend/protocol/flagbridge.pb.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fb::agent {

enum class OutputPipe : uint8_t { Out, Err };

struct OutputKey { // one stream of one step
    OrderKey order;
    uint32_t step = 0;
    OutputPipe pipe = OutputPipe::Out;
    friend auto operator<=>(const OutputKey &, const OutputKey &) = default;
};

struct OutputFound {
    OutputKey key;
    uint64_t size = 0;
    bool complete = false; // its step has ended
    uint64_t dropped = 0; // bytes beyond the bounds, not kept
};

// A worker or its remains, found at start.
struct WorkerFound {
    OrderKey key;
    uint64_t dispatchSeq = 0;
    bool alive = false; // neither alive nor with a result: NodeCore calls resume()
    std::vector<wire::OrderStep> steps; // ended so far
    std::vector<OutputFound> outputs;
    std::optional<wire::OrderResult> result; // it has ended by itself
};

// A file that an order names, for its worker.
struct WantedFile {
    std::string sha256; // 32 bytes
    uint64_t size = 0;
};

struct TerminalState {
    std::string token; // of its OPEN; names the stream across connections
    std::string sessionId;
    uint64_t firstKept = 0; // lowest offset it can still give
    uint64_t nextOffset = 0; // bytes produced so far
    uint64_t received = 0; // input taken so far
    std::string note; // "runs as <user>"
};

class WorkerEvents
{
public:
    virtual ~WorkerEvents() = default;
    virtual void outputGrew(const OutputKey &key, uint64_t size) = 0;
    // Both outputs of the step are complete with their sizes of `step`.
    virtual void stepEnded(const OrderKey &key, const wire::OrderStep &step) = 0;
    // The result that the worker left.
    virtual void workerEnded(const OrderKey &key, const wire::OrderResult &result) = 0;
    virtual void workerCancelled(const OrderKey &key, uint32_t killed, uint32_t survived) = 0;
    virtual void fileWanted(const OrderKey &, const WantedFile &) { } // answered by fileEnded

    virtual void terminalStarted(const TerminalState &state) = 0;
    virtual void terminalFailed(const std::string &token, const Error &error) = 0; // answers startTerminal
    virtual void terminalOutput(const std::string &token, uint64_t offset, std::string_view bytes,
                                bool isError = false)
        = 0;
    virtual void terminalInputTaken(const std::string &token, uint64_t bytes, bool echo = false) = 0;
    virtual void terminalEnded(const std::string &token, uint64_t finalOffset, int exitCode,
                               const std::string &reason)
        = 0;
};

class WorkerHost
{
public:
    virtual ~WorkerHost() = default;
    virtual void setEvents(WorkerEvents *events) = 0; // who hears of what happens; null: nobody

    // ---- Orders
    virtual std::vector<WorkerFound> findWorkers()
        = 0; // once, at start: takes up what an earlier supervisor left
    virtual Result<void> start(const LedgerOrder &order) = 0; // the ledger has it as Started, synced
    // Its worker died without a result: the step that ran is "interrupted", Failed with 137, and never run again unless the document
    // says so; the later steps follow. Ends with workerEnded, as after start().
    virtual Result<void> resume(const LedgerOrder &order) = 0;
    virtual void cancel(const OrderKey &key) = 0; // answered by workerCancelled, then workerEnded
    virtual void discard(const OrderKey &key) = 0; // settled: its files may go

    // ---- Files of orders, from the engine. By themselves hosts have no place for them.
    virtual Result<void> beginFile(const OrderKey &, const std::string &)
    {
        return makeError(errors::kInternal, "this node takes no files");
    }
    virtual Result<void> fileData(const OrderKey &, const std::string &, uint64_t, std::string_view)
    {
        return {};
    }
    // Whole when `failure` is empty; its worker checks the hash.
    virtual void fileEnded(const OrderKey &, const std::string &, std::string_view) { }

    // ---- Output of orders
    // At most `limit` bytes from `offset`; empty when there is no more yet.
    virtual std::string readOutput(const OutputKey &key, uint64_t offset, size_t limit) = 0;
    virtual void releaseOutput(const OutputKey &key, uint64_t below) = 0; // durable in the engine
    virtual uint64_t spoolBytes() const = 0;
    virtual uint64_t spoolLimit() const = 0;

    // ---- Terminals
    virtual std::vector<TerminalState> findTerminals() = 0; // once, at start
    virtual void startTerminal(const std::string &token, const wire::PtyParams &parameters) = 0;
    // The terminal may send what lies below `offset + bytes`, beginning at `offset` (again, if need be).
    virtual void terminalSendFrom(const std::string &token, uint64_t offset, uint64_t bytes) = 0;
    virtual void terminalGrant(const std::string &token, uint64_t bytes) = 0; // and so many more
    virtual void terminalAcknowledge(const std::string &token, uint64_t below) = 0; // need not be kept
    virtual void terminalInput(const std::string &token, uint64_t offset, std::string_view bytes) = 0;
    virtual void terminalResize(const std::string &token, uint32_t columns, uint32_t rows) = 0;
    virtual void terminalSignal(const std::string &token, int number) = 0;
    virtual void terminalEnd(const std::string &token, std::string_view reason) = 0; // the engine ended it
    virtual void terminalDiscard(const std::string &token) = 0; // every byte was acknowledged
    virtual void linkChanged(bool connected) = 0; // sessions outlive a link by their own time
};

}
