#include "tests/support/fake_fleet.h"

namespace fb::test {

void FakeFleet::detach()
{
    m_outbox = nullptr;
    for (auto &[id, node] : m_nodes) {
        node.connected = false;
        node.fromEngine.clear();
        node.toEngine.clear();
    }
}

void FakeFleet::connectNode(const NodeId &id)
{
    Node &node = m_nodes[id];
    if (node.connected || !m_outbox)
        return;
    node.connected = true;
    const uint64_t reported = node.watermark;
    // WELCOME carries the engine's watermark, which wins
    node.watermark = std::max(node.watermark, m_outbox->settledWatermark(id));
    std::erase_if(node.ledger, [&](const auto &entry) { return entry.second.sequence <= node.watermark; });
    std::erase_if(node.settledAbove, [&](uint64_t sequence) { return sequence <= node.watermark; });
    m_outbox->nodeConnected(id, reported);
    for (const auto &[orderId, order] : node.ledger)
        tellState(node, order);
}

void FakeFleet::disconnectNode(const NodeId &id)
{
    Node &node = m_nodes[id];
    if (!node.connected)
        return;
    node.connected = false;
    node.fromEngine.clear();
    node.toEngine.clear();
    if (onDisconnected)
        onDisconnected(id);
}

bool FakeFleet::deliverOne(const NodeId &id)
{
    Node &node = m_nodes[id];
    if (!node.fromEngine.empty()) {
        const auto frame = std::move(node.fromEngine.front());
        node.fromEngine.pop_front();
        frame();
        return true;
    }
    if (!node.toEngine.empty() && m_outbox) {
        OrderReport report = std::move(node.toEngine.front());
        node.toEngine.pop_front();
        for (int copy = 1; copy < duplicates; ++copy)
            m_outbox->report(id, report);
        m_outbox->report(id, std::move(report));
        return true;
    }
    return false;
}

bool FakeFleet::hasTraffic() const
{
    for (const auto &[id, node] : m_nodes) {
        if (!node.fromEngine.empty() || !node.toEngine.empty())
            return true;
    }
    return false;
}

void FakeFleet::deliver()
{
    bool moved = true;
    while (moved) {
        moved = false;
        for (auto &[id, node] : m_nodes) {
            while (deliverOne(id))
                moved = true;
        }
        if (m_outbox)
            m_outbox->flush();
    }
}

void FakeFleet::tell(Node &node, const OrderReport &report)
{
    if (node.connected && acknowledges)
        node.toEngine.push_back(report);
}

void FakeFleet::tellState(Node &node, const LedgerOrder &order)
{
    wire::OrderSeen seen;
    seen.set_order_id(order.id);
    seen.set_attempt(order.attempt);
    seen.set_dispatch_seq(order.sequence);
    if (order.stage == Stage::Refused)
        seen.set_refused(order.refusal);
    tell(node, seen);
    if (order.stage == Stage::Started || order.stage == Stage::Finished) {
        wire::OrderStarted started;
        started.set_order_id(order.id);
        started.set_attempt(order.attempt);
        started.set_started_us(toMicros(m_clock.now()));
        tell(node, started);
    }
    if (order.stage != Stage::Finished)
        return;
    for (const wire::OrderStep &step : order.result.steps())
        tell(node, step);
    tell(node, order.result);
}

void FakeFleet::takeOrder(const NodeId &id, const wire::OrderHead &head, const wire::OrderBody &body)
{
    Node &node = m_nodes[id];
    ++node.ordersReceived;
    if (const auto known = node.ledger.find(head.order_id()); known != node.ledger.end()) {
        tellState(node, known->second);
        return;
    }
    LedgerOrder order {.id = head.order_id(),
                       .attempt = head.attempt(),
                       .sequence = head.dispatch_seq(),
                       .head = head,
                       .body = body};
    if (order.sequence <= node.watermark || node.settledAbove.contains(order.sequence)) {
        order.stage = Stage::Refused;
        order.refusal = "already-settled";
        tellState(node, order);
        return;
    }
    if (toMicros(m_clock.now()) > head.not_start_after_us()) {
        order.stage = Stage::Refused;
        order.refusal = "too-late";
    }
    LedgerOrder &kept = node.ledger[order.id] = order;
    if (kept.stage == Stage::Refused) {
        tellState(node, kept);
        return;
    }
    start(id, kept);
}

void FakeFleet::start(const NodeId &id, LedgerOrder &order)
{
    Node &node = m_nodes[id];
    order.stage = Stage::Started;
    node.effects.push_back(order.body.command_id());
    node.ran.push_back(order.body);
    tellState(node, order);
    if (!script)
        return;
    if (auto ended = script(id, order.body))
        finish(id, order.id, *ended);
}

void FakeFleet::finish(const NodeId &id, const std::string &orderId, const wire::OrderResult &result)
{
    Node &node = m_nodes[id];
    LedgerOrder &order = node.ledger.at(orderId);
    order.stage = Stage::Finished;
    order.result = result;
    order.result.set_order_id(orderId);
    order.result.set_attempt(order.attempt);
    order.result.set_dispatch_seq(order.sequence);
    for (wire::OrderStep &step : *order.result.mutable_steps()) {
        step.set_order_id(orderId);
        step.set_attempt(order.attempt);
    }
    for (const wire::OrderStep &step : order.result.steps())
        tell(node, step);
    tell(node, order.result);
}

void FakeFleet::finishAll(const wire::OrderResult &result)
{
    for (auto &[id, node] : m_nodes) {
        std::vector<std::string> started;
        for (const auto &[orderId, order] : node.ledger) {
            if (order.stage == Stage::Started)
                started.push_back(orderId);
        }
        for (const std::string &orderId : started)
            finish(id, orderId, result);
    }
}

FakeFleet::LedgerOrder *FakeFleet::orderOf(const NodeId &id, const std::string &commandId)
{
    for (auto &[orderId, order] : m_nodes[id].ledger) {
        if (order.body.command_id() == commandId)
            return &order;
    }
    return nullptr;
}

void FakeFleet::takeCancel(const NodeId &id, const wire::Cancel &cancel)
{
    Node &node = m_nodes[id];
    ++node.cancelsReceived;
    wire::CancelResult answer;
    answer.set_order_id(cancel.order_id());
    answer.set_attempt(cancel.attempt());
    const auto known = node.ledger.find(cancel.order_id());
    if (known == node.ledger.end())
        answer.set_outcome("unknown");
    else
        answer.set_outcome(known->second.stage == Stage::Started ? "cancelling" : "finished-first");
    const bool cancelling = answer.outcome() == "cancelling";
    tell(node, answer);
    if (cancelling)
        finish(id, cancel.order_id(), result("Cancelled", 137));
}

void FakeFleet::takeSettled(Node &node, const wire::OrderSettled &settled)
{
    node.ledger.erase(settled.order_id());
    if (settled.dispatch_seq() > node.watermark)
        node.settledAbove.insert(settled.dispatch_seq());
    while (node.settledAbove.contains(node.watermark + 1))
        node.settledAbove.erase(++node.watermark);
}

std::function<std::optional<wire::OrderResult>(const NodeId &, const wire::OrderBody &)>
FakeFleet::always(const std::string &status, int code, const std::string &standardOutput)
{
    return [=](const NodeId &, const wire::OrderBody &) { return result(status, code, standardOutput); };
}

wire::OrderResult FakeFleet::result(const std::string &status, int code, const std::string &standardOutput,
                                    const std::string &step)
{
    wire::OrderResult result;
    result.set_status(status);
    result.set_response_code(code);
    result.set_start_us(1'764'000'001'000'000);
    result.set_end_us(1'764'000'003'350'000);
    wire::OrderStep &only = *result.add_steps();
    only.set_step_index(0);
    only.set_step_name(step);
    only.set_plugin("aws:runShellScript");
    only.set_status(status);
    only.set_response_code(code);
    only.set_start_us(result.start_us());
    only.set_end_us(result.end_us());
    only.set_stdout_head(standardOutput.substr(0, 24'000));
    only.set_stdout_size(standardOutput.size());
    only.set_stderr_size(0);
    return result;
}

bool FakeFleet::isConnected(const NodeId &id) const
{
    const auto it = m_nodes.find(id);
    return it != m_nodes.end() && it->second.connected;
}

bool FakeFleet::hasFeature(const NodeId &id, std::string_view feature) const
{
    const auto it = m_nodes.find(id);
    return it != m_nodes.end() && it->second.features.contains(std::string(feature));
}

void FakeFleet::sendOrder(const NodeId &id, const wire::OrderHead &head,
                          std::shared_ptr<const OrderContent> content)
{
    if (isConnected(id))
        m_nodes[id].fromEngine.push_back([this, id, head, content] { takeOrder(id, head, content->body); });
}

void FakeFleet::sendCancel(const NodeId &id, const wire::Cancel &cancel)
{
    if (isConnected(id))
        m_nodes[id].fromEngine.push_back([this, id, cancel] { takeCancel(id, cancel); });
}

void FakeFleet::sendSettled(const NodeId &id, const wire::OrderSettled &settled)
{
    if (isConnected(id))
        m_nodes[id].fromEngine.push_back([this, id, settled] { takeSettled(m_nodes[id], settled); });
}

void FakeFleet::refuse(const NodeId &node, const Error &why) { refusals.emplace_back(node, why); }

}
