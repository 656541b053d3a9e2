#include "tests/unit/history/order_engine.h"

#include "backend/core/ids.h"
#include "backend/protocol/features.h"

#include <fmt/format.h>

#include <algorithm>

namespace fb::test {

using namespace protocol;

OrderEngine::OrderEngine(ManualClock &clock, Random &random, OrderHistoryFaults &faults)
    : m_clock(clock),
      m_random(random),
      m_faults(faults),
      m_syncAt(clock.tick())
{
}

std::string OrderEngine::order()
{
    const uint64_t d = m_orders.empty() ? 1 : m_orders.rbegin()->first + 1;
    Order order;
    order.id = newUlid(m_random, toMicros(m_clock.now()) / 1000);
    order.d = d;
    const std::string id = order.id;
    if (m_welcomed)
        sendOrder(order);
    m_orders.emplace(d, std::move(order));
    return id;
}

OrderEngine::Order *OrderEngine::find(const std::string &id)
{
    const auto found = std::find_if(m_orders.begin(), m_orders.end(),
                                    [&](const auto &entry) { return entry.second.id == id; });
    return found == m_orders.end() ? nullptr : &found->second;
}

std::optional<OrderEngine::Outcome> OrderEngine::outcome(const std::string &orderId) const
{
    return const_cast<OrderEngine *>(this)->find(orderId)->outcome;
}

uint64_t OrderEngine::durableOutput(const std::string &orderId) const
{
    return const_cast<OrderEngine *>(this)->find(orderId)->output;
}

std::string OrderEngine::refusal(const std::string &orderId) const
{
    return const_cast<OrderEngine *>(this)->find(orderId)->refusal;
}

uint64_t OrderEngine::watermark() const
{
    uint64_t watermark = 0;
    for (const auto &[d, order] : m_orders) {
        if (!order.settled)
            break;
        watermark = d;
    }
    return watermark;
}

bool OrderEngine::isDone() const
{
    return std::all_of(m_orders.begin(), m_orders.end(), [](const auto &entry) {
        return entry.second.settled && entry.second.outcome
            && entry.second.output == entry.second.outcome->size;
    });
}

std::string OrderEngine::openOrders() const
{
    std::string text;
    for (const auto &[d, order] : m_orders) {
        const uint64_t size = order.outcome ? order.outcome->size : 0;
        if (!order.settled || !order.outcome || order.output != size)
            text += fmt::format("\n  order {}: settled {}, status {}, output {} of {}, refusal \"{}\"", d,
                                order.settled, order.outcome ? order.outcome->status : "none", order.output,
                                size, order.refusal);
    }
    return text;
}

void OrderEngine::sendOrder(const Order &order)
{
    wire::OrderHead head;
    head.set_order_id(order.id);
    head.set_attempt(1);
    head.set_dispatch_seq(order.d);
    head.set_lease_epoch(m_epoch);
    wire::OrderBody body;
    body.set_command_id("command-" + order.id);
    body.set_document_json("{}");
    body.set_parameters_json("{}");
    for (int i = 0; i < (twice ? 2 : 1); ++i)
        m_link->send(FrameType::Order, head, body.SerializeAsString());
    if (order.cancelWanted && !order.outcome) {
        wire::Cancel cancel;
        cancel.set_order_id(order.id);
        cancel.set_attempt(1);
        m_link->send(FrameType::Cancel, cancel);
    }
}

void OrderEngine::replay(const std::string &orderId) { sendOrder(*find(orderId)); }

void OrderEngine::cancel(const std::string &orderId)
{
    Order &order = *find(orderId);
    order.cancelWanted = true;
    if (m_welcomed && !order.settled)
        sendOrder(order);
}

void OrderEngine::sendSettled(const Order &order)
{
    wire::OrderSettled settled;
    settled.set_order_id(order.id);
    settled.set_attempt(1);
    settled.set_dispatch_seq(order.d);
    for (int i = 0; i < (twice ? 2 : 1); ++i)
        m_link->send(FrameType::OrderSettled, settled);
}

void OrderEngine::connected()
{
    m_live.clear();
    m_welcomed = false;
    m_link = std::make_unique<Link>(LinkSide::Engine, LinkLimits {}, m_clock, m_random);
}

void OrderEngine::disconnected()
{
    sync();
    m_live.clear();
    m_link.reset();
    m_welcomed = false;
}

void OrderEngine::crash()
{
    m_live.clear();
    m_uncommitted.clear();
    m_link.reset();
    m_welcomed = false;
    ++m_epoch;
}

void OrderEngine::received(std::string_view message)
{
    if (!m_link)
        return;
    m_link->receive(message);
    handleEvents();
}

std::optional<std::string> OrderEngine::nextMessage()
{
    if (!m_link)
        return std::nullopt;
    auto message = m_link->nextMessage();
    handleEvents();
    return message;
}

void OrderEngine::handleEvents()
{
    for (const LinkEvent &event : m_link->takeEvents()) {
        if (const auto *control = std::get_if<ControlReceived>(&event)) {
            handleControl(*control);
            if (twice && control->type != FrameType::Hello)
                handleControl(*control);
        } else if (const auto *offered = std::get_if<StreamOpenReceived>(&event)) {
            Order *order = find(offered->open.exec().order_id());
            if (order == nullptr) {
                m_link->refuse(offered->stream, "not-found", "no such order");
                continue;
            }
            const bool isErr = offered->open.kind() == static_cast<uint32_t>(StreamKind::ExecErr);
            m_live[offered->stream] = Live {order->id, isErr ? 0 : order->output, isErr, false, 0};
            m_link->accept(offered->stream, 256 * 1024, isErr ? 0 : order->output);
        } else if (const auto *data = std::get_if<StreamData>(&event)) {
            Live &live = m_live.at(data->stream);
            if (live.isErr || data->offset != live.received
                || data->bytes != scriptOutput(live.orderId, data->offset, data->bytes.size()))
                m_faults.push_back(fmt::format("output of {}: {} was due, {} came", live.orderId,
                                               live.received, data->offset));
            live.received += data->bytes.size();
            live.ungranted += data->bytes.size();
        } else if (const auto *finished = std::get_if<StreamFinished>(&event)) {
            m_live.at(finished->stream).ended = true;
        } else if (const auto *failed = std::get_if<LinkFailed>(&event)) {
            if (failed->error.code == errors::kValidation)
                m_faults.push_back("engine: " + failed->error.message);
        }
    }
}

void OrderEngine::handleControl(const ControlReceived &control)
{
    switch (control.type) {
    case FrameType::Hello: {
        const wire::Hello hello = *messageOf<wire::Hello>(control);
        wire::Welcome welcome;
        welcome.set_protocol(kProtocolLevel);
        welcome.set_lease_epoch(m_epoch);
        welcome.set_engine_clock_us(toMicros(m_clock.now()));
        welcome.set_engine_watermark(watermark());
        m_link->send(FrameType::Welcome, welcome);
        m_welcomed = true;
        if (hello.settled_watermark() > watermark())
            m_faults.push_back(fmt::format("the node has settled up to {}, the engine up to {}",
                                           hello.settled_watermark(), watermark()));
        for (const auto &[d, order] : m_orders) {
            if (d <= hello.settled_watermark())
                continue;
            if (order.settled)
                sendSettled(order);
            else
                sendOrder(order);
        }
        return;
    }
    case FrameType::OrderSeen: {
        const wire::OrderSeen seen = *messageOf<wire::OrderSeen>(control);
        if (Order *order = find(seen.order_id())) {
            order->refusal = seen.refused();
            if (seen.refused() == "already-settled" && !order->settled && !m_uncommitted.contains(order->id))
                m_faults.push_back(fmt::format("order {} was lost: the node has forgotten it", order->id));
        }
        return;
    }
    case FrameType::OrderResult:
        return resultReceived(*messageOf<wire::OrderResult>(control));
    default:
        return;
    }
}

void OrderEngine::resultReceived(const wire::OrderResult &result)
{
    Order *order = find(result.order_id());
    if (order == nullptr) {
        m_faults.push_back("a result of an order that never was");
        return;
    }
    const Outcome outcome {result.status(), result.response_code(),
                           result.steps_size() > 0 ? result.steps(0).stdout_size() : 0};
    if (order->outcome
        && (order->outcome->status != outcome.status || order->outcome->code != outcome.code
            || order->outcome->size != outcome.size))
        m_faults.push_back(fmt::format("order {} has two results: {} and {}", order->id,
                                       order->outcome->status, outcome.status));
    if (order->settled)
        sendSettled(*order); // it did not hear of it
    else
        m_uncommitted[order->id] = result;
}

void OrderEngine::sync()
{
    for (const auto &[id, result] : m_uncommitted) {
        Order &order = *find(id);
        order.outcome = Outcome {result.status(), result.response_code(),
                                 result.steps_size() > 0 ? result.steps(0).stdout_size() : 0};
        order.settled = true;
        if (m_welcomed)
            sendSettled(order);
    }
    m_uncommitted.clear();
    for (auto &[number, live] : m_live) {
        if (!live.isErr)
            find(live.orderId)->output = live.received;
        if (!m_link)
            continue;
        if (live.ungranted > 0)
            m_link->grant(number, std::exchange(live.ungranted, 0));
        m_link->acknowledge(number, live.received);
    }
}

void OrderEngine::onTime()
{
    if (m_clock.tick() >= m_syncAt) {
        m_syncAt = m_clock.tick() + Microseconds(20'000 + m_random.below(200'000));
        sync();
    }
    if (!m_link)
        return;
    m_link->onTime();
    handleEvents();
}

Tick OrderEngine::nextDeadline() const
{
    return m_link ? std::min(m_syncAt, m_link->nextDeadline()) : Tick::max();
}

}
