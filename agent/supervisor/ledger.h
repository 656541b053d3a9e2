#pragma once
// The node's memory of its orders (protocol-notes 6): seen, started, finished with its result until settled; the settled watermark; what
// must never move back. NodeCore writes it in turns: it makes its changes, calls commit(), and only then lets their effects out (answers
// on the link, a worker spawned). Implementations: SqliteLedger on a node, MemoryLedger in fleetsim and the seeded network.

#include "backend/core/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fb::agent {

struct OrderKey { // key of idempotency
    std::string orderId;
    uint32_t attempt = 0;
    friend auto operator<=>(const OrderKey &, const OrderKey &) = default;
};

enum class OrderState : uint8_t {
    Seen = 1, // accepted, waits for its turn
    Started = 2, // written before the worker is spawned: from here on never started again
    Finished = 3, // `result` holds a wire::OrderResult
    Refused = 4, // `refusal` holds why; told to the engine until settled
    Settled = 5, // kept only while a lower dispatch sequence is open
};

struct LedgerOrder {
    OrderKey key {};
    uint64_t dispatchSeq = 0;
    OrderState state = OrderState::Seen;
    int64_t arrival = 0; // order of arrival on this node; given by the ledger when inserted
    std::string head {}; // wire::OrderHead, as received
    std::string body {}; // wire::OrderBody, until the order has finished; only read() gives it
    std::string bootId {}; // of the boot in which `startBeforeTick` counts
    int64_t startBeforeTick = 0; // microseconds of the monotonic clock; 0: no limit
    std::string refusal {};
    std::string result {};
};

// What the node remembers beside orders. The numbers only ever grow.
struct LedgerFacts {
    uint64_t settledWatermark = 0; // every dispatch sequence up to it is settled
    uint64_t leaseEpoch = 0;
    uint32_t protocolFloor = 0;
    bool signedOrdersRequired
        = false; // once the engine has signed orders, unsigned ones are refused for good (T11)
    bool signedOpensRequired = false; // the same for streams that it opens
    int64_t engineClockOffset = 0; // microseconds, engine minus node, last measured
    friend bool operator==(const LedgerFacts &, const LedgerFacts &) = default;
};

class Ledger
{
public:
    virtual ~Ledger() = default;

    virtual LedgerFacts facts() const = 0;
    virtual void setFacts(const LedgerFacts &facts) = 0;

    virtual std::vector<LedgerOrder> open() const = 0; // all but Settled, by arrival; read once at start
    virtual std::optional<OrderState> find(const OrderKey &key) const = 0;
    virtual std::optional<LedgerOrder> read(const OrderKey &key) const = 0;
    virtual bool hasSettled(uint64_t dispatchSeq) const = 0; // above the watermark
    virtual void insert(const LedgerOrder &order) = 0;
    virtual void markStarted(const OrderKey &key) = 0;
    virtual void markFinished(const OrderKey &key, const std::string &result) = 0;
    virtual void markRefused(const OrderKey &key, const std::string &refusal) = 0;
    // Moves the watermark as far as it goes and forgets what lies below it. Also for a key that was never seen.
    virtual void markSettled(const OrderKey &key, uint64_t dispatchSeq) = 0;
    virtual void raiseWatermark(uint64_t watermark) = 0; // the engine's is higher: this disk was rolled back

    // Everything since the last commit becomes durable, or none of it: then nothing of the turn may be let out.
    virtual Result<void> commit() = 0;
    virtual void rollback() = 0;
};

}
