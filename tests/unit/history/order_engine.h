#pragma once
// The engine's side of the delivery rules (protocol-notes 6), reduced to one node: an outbox, results and output that are durable only after a
// while, and crashes that lose the rest. It sends orders again and again, and checks what comes back.

#include "backend/protocol/link.h"
#include "tests/unit/history/simulated_machine.h"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace fb::test {

class OrderEngine final : public NetworkPeer
{
public:
    OrderEngine(ManualClock &clock, Random &random, OrderHistoryFaults &faults);

    std::string order(); // a new order in the outbox; its id
    void cancel(const std::string &orderId);
    void crash(); // what is not durable is gone; the next engine has a higher lease epoch
    void replay(const std::string &orderId); // the ORDER once more, whatever its state
    bool isDone() const; // every order has its result and all of its output
    bool twice = false; // every message is sent and taken twice

    struct Outcome {
        std::string status;
        int code = 0;
        uint64_t size = 0;
    };
    std::optional<Outcome> outcome(const std::string &orderId) const;
    uint64_t durableOutput(const std::string &orderId) const;
    std::string refusal(const std::string &orderId) const; // of the newest ORDER_SEEN
    uint64_t watermark() const;
    std::string openOrders() const; // for a failure's report

    void connected() override;
    void disconnected() override;
    void received(std::string_view message) override;
    std::optional<std::string> nextMessage() override;
    bool wantsToClose() const override { return m_link && m_link->hasFailed(); }
    void onTime() override;
    Tick nextDeadline() const override;

private:
    struct Order {
        std::string id;
        uint64_t d = 0;
        bool settled = false;
        bool cancelWanted = false;
        std::optional<Outcome> outcome;
        uint64_t output = 0;
        std::string refusal;
    };
    struct Live { // an output stream of this connection
        std::string orderId;
        uint64_t received = 0;
        bool isErr = false;
        bool ended = false;
        uint64_t ungranted = 0;
    };
    void handleEvents();
    void handleControl(const protocol::ControlReceived &control);
    void sendOrder(const Order &order);
    void sendSettled(const Order &order);
    void resultReceived(const wire::OrderResult &result);
    void sync();
    Order *find(const std::string &id);

    ManualClock &m_clock;
    Random &m_random;
    OrderHistoryFaults &m_faults;
    std::map<uint64_t, Order> m_orders; // by dispatch sequence
    std::map<std::string, wire::OrderResult> m_uncommitted;
    std::map<protocol::StreamNumber, Live> m_live;
    std::unique_ptr<protocol::Link> m_link;
    bool m_welcomed = false;
    uint64_t m_epoch = 1;
    Tick m_syncAt;
};

}
