#pragma once
// Simulated nodes behind an OrderChannel: each has a ledger that outlives connections and engines, runs an order's effect once, and
// tells its results until they are settled (protocol-notes 6). Nothing moves but by deliver() and the calls below.

#include "backend/core/clock.h"
#include "backend/dispatch/order_channel.h"
#include "backend/dispatch/order_outbox.h"

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace fb::test {

class FakeFleet final : public OrderChannel
{
public:
    enum class Stage { Seen, Started, Finished, Refused };

    struct LedgerOrder {
        std::string id;
        uint32_t attempt = 1;
        uint64_t sequence = 0;
        Stage stage = Stage::Seen;
        wire::OrderHead head;
        wire::OrderBody body;
        std::string refusal {};
        wire::OrderResult result {};
    };

    struct Node {
        bool connected = false;
        uint64_t watermark = 0;
        std::set<uint64_t> settledAbove;
        std::map<std::string, LedgerOrder> ledger;
        std::vector<std::string> effects; // one per run: the command id. Ground truth
        std::vector<wire::OrderBody> ran;
        std::deque<std::function<void()>> fromEngine; // frames on their way to the node
        std::deque<OrderReport> toEngine;
        int ordersReceived = 0;
        int cancelsReceived = 0;
        std::set<std::string> features;
    };

    // Decides how an accepted order ends; nothing: it runs until finish() or a cancel.
    std::function<std::optional<wire::OrderResult>(const NodeId &, const wire::OrderBody &)> script;
    bool acknowledges = true; // false: orders arrive and no answer leaves
    int duplicates = 1; // how often each report is told

    explicit FakeFleet(const Clock &clock) : m_clock(clock) { }

    // The engine that is running now; null while it is down.
    void attach(OrderOutbox *outbox) { m_outbox = outbox; }
    void detach(); // the engine is gone: so are all connections and what was under way on them

    Node &node(const NodeId &id) { return m_nodes[id]; }
    std::map<NodeId, Node> &nodes() { return m_nodes; }
    void connectNode(const NodeId &id);
    void disconnectNode(const NodeId &id); // what was under way is lost
    std::function<void(const NodeId &)> onDisconnected; // tells the engine's other services

    // Moves frames both ways until nothing moves.
    void deliver();
    bool deliverOne(const NodeId &id); // one frame of this node, either way
    bool hasTraffic() const;

    void finish(const NodeId &id, const std::string &orderId, const wire::OrderResult &result);
    void finishAll(const wire::OrderResult &result); // every started order
    LedgerOrder *orderOf(const NodeId &id, const std::string &commandId);

    static wire::OrderResult result(const std::string &status, int code,
                                    const std::string &standardOutput = {},
                                    const std::string &step = "0.awsrunShellScript");
    // A script by which every order ends so.
    static std::function<std::optional<wire::OrderResult>(const NodeId &, const wire::OrderBody &)>
    always(const std::string &status, int code, const std::string &standardOutput = {});

    // OrderChannel
    bool isConnected(const NodeId &node) const override;
    uint64_t leaseEpoch(const NodeId &) const override { return epoch; }
    bool hasFeature(const NodeId &node, std::string_view feature) const override;
    void sendOrder(const NodeId &node, const wire::OrderHead &head,
                   std::shared_ptr<const OrderContent> content) override;
    void sendCancel(const NodeId &node, const wire::Cancel &cancel) override;
    void sendSettled(const NodeId &node, const wire::OrderSettled &settled) override;
    void refuse(const NodeId &node, const Error &why) override;

    uint64_t epoch = 1;
    std::vector<std::pair<NodeId, Error>> refusals;

private:
    void takeOrder(const NodeId &id, const wire::OrderHead &head, const wire::OrderBody &body);
    void takeCancel(const NodeId &id, const wire::Cancel &cancel);
    void takeSettled(Node &node, const wire::OrderSettled &settled);
    void tell(Node &node, const OrderReport &report);
    void tellState(Node &node, const LedgerOrder &order);
    void start(const NodeId &id, LedgerOrder &order);

    const Clock &m_clock;
    OrderOutbox *m_outbox = nullptr;
    std::map<NodeId, Node> m_nodes;
};

}
