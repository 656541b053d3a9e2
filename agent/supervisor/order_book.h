#pragma once
// The delivery rules of orders (protocol-notes 6): which are accepted, when each starts, what is told to the engine and until when. Part of
// NodeCore; all its changes go through the turn, so that an answer leaves only after what it says is on disk.

#include "agent/supervisor/node_core.h"
#include "agent/supervisor/node_turn.h"

#include <map>
#include <set>

namespace fb::agent {

class OrderBook
{
public:
    // What the book asks of NodeCore.
    class Owner
    {
    public:
        virtual ~Owner() = default;
        // Sends on the present link, if it is welcomed; otherwise nothing: everything is told again after WELCOME.
        virtual void tell(protocol::FrameType type, const google::protobuf::MessageLite &header,
                          const google::protobuf::MessageLite *payload = nullptr)
            = 0;
        virtual void unsignedRefused(const std::string &what) = 0; // somebody tried
        virtual void outputsFound(const WorkerFound &found) = 0; // their streams are to be opened
        virtual void orderForgotten(const OrderKey &key)
            = 0; // settled: its files may go with its last output
    };

    OrderBook(const NodeConfig &config, Ledger &ledger, WorkerHost &host, const Clock &clock, NodeTurn &turn,
              Owner &owner);

    void start();
    // The engine's word at WELCOME; tells it the state of every open order.
    void welcomed(const wire::Welcome &welcome);
    void engineClockSeen(Microseconds offset); // engine minus node

    void orderReceived(const wire::OrderHead &head, std::string payload);
    void settledReceived(const wire::OrderSettled &settled);
    void cancelReceived(const wire::Cancel &cancel);
    void cancelAll(); // as if the engine had cancelled each

    void stepEnded(const OrderKey &key, const wire::OrderStep &step);
    void workerEnded(const OrderKey &key, const wire::OrderResult &result);
    void workerCancelled(const OrderKey &key, uint32_t killed, uint32_t survived);

    void onTime(); // refuses what has waited too long
    Tick nextDeadline() const;
    void startWhatMay();

    void setQuarantined(bool quarantined) { m_quarantined = quarantined; }
    void setMaxParallel(size_t count) { m_maxParallel = count; }
    void pinSigningKey(std::string key) { m_signingKey = std::move(key); }

    size_t running() const { return m_running; }
    size_t queued() const { return m_queue.size(); }
    bool isEmpty() const { return m_entries.empty(); }

private:
    struct Entry {
        OrderState state = OrderState::Seen;
        uint64_t dispatchSeq = 0;
        int64_t arrival = 0;
        std::string commandId {};
        Tick startBefore = Tick::max();
        std::string refusal {};
        std::vector<wire::OrderStep> steps {}; // ended, of a running order
        bool cancelled = false;
        bool isTold
            = false; // its state is on its way on this connection: one order, reliable, so once is enough
    };

    void refuse(const wire::OrderHead &head, std::string_view code, std::string_view text);
    void refuseForGood(const OrderKey &key, std::string_view code, std::string_view text);
    void tellSeen(const OrderKey &key, const Entry &entry);
    void tellState(const OrderKey &key, const Entry &entry);
    void tellResult(const OrderKey &key);
    void finish(const OrderKey &key, const wire::OrderResult &result);
    void begin(const OrderKey &key, Entry &entry);
    void resume(const OrderKey &key);
    void forget(const OrderKey &key);
    wire::OrderResult failedResult(const OrderKey &key, std::string_view reason) const;
    Tick startLimit(const wire::OrderHead &head) const;
    Instant engineNow() const;
    bool isCommandRunning(const std::string &commandId) const;

    const NodeConfig &m_config;
    Ledger &m_ledger;
    WorkerHost &m_host;
    const Clock &m_clock;
    NodeTurn &m_turn;
    Owner &m_owner;

    std::map<OrderKey, Entry> m_entries; // all that are not settled
    std::map<int64_t, OrderKey> m_queue; // Seen, by arrival
    std::set<OrderKey> m_orphans; // run on although their order is settled; nobody wants the result
    int64_t m_nextArrival = 1;
    size_t m_running = 0;
    size_t m_maxParallel;
    bool m_quarantined = false;
    std::string m_signingKey;
    Instant m_engineClock {}; // at m_engineClockTick; nothing before the first WELCOME of this process
    Tick m_engineClockTick {};
    bool m_knowsEngineClock = false;
};

}
