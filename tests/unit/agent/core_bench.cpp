#include "tests/unit/agent/core_bench.h"

#include <fmt/format.h>

namespace fb::test {

using namespace protocol;

CoreBench::CoreBench()
{
    config.fleetId = "11111111-2222-4333-8444-555555555555";
    config.nodeId = "mi-00000000000000001";
    config.agentVersion = "0.1.0";
    config.bootId = "boot-1";
    config.processId = std::string(16, 'p');
    config.fingerprint = "fingerprint";
    boot();
}

CoreBench::~CoreBench() = default;

void CoreBench::boot()
{
    engine.reset();
    core.reset();
    ledger.rollback(); // what was not committed died with the process
    core = std::make_unique<agent::NodeCore>(config, ledger, host, clock, random);
    core->start();
    host.found.clear();
}

wire::Welcome CoreBench::welcome()
{
    wire::Welcome welcome;
    welcome.set_protocol(kProtocolLevel);
    welcome.set_node_id("mi-00000000000000001");
    welcome.set_lease_epoch(1);
    welcome.set_ping_after_ms(25000);
    return welcome;
}

void CoreBench::connect(const wire::Welcome &given)
{
    engine = std::make_unique<Link>(LinkSide::Engine, LinkLimits {}, clock, random);
    controls.clear();
    tokens.clear();
    opened.reset();
    refused.reset();
    core->connected();
    while (auto message = core->nextMessage())
        engine->receive(*message);
    for (const LinkEvent &e : engine->takeEvents())
        if (const auto *control = std::get_if<ControlReceived>(&e);
            control && control->type == FrameType::Hello)
            hello = *messageOf<wire::Hello>(*control);
    wire::Welcome answer = given;
    answer.set_engine_clock_us(toMicros(clock.now()));
    leaseEpoch = answer.lease_epoch();
    engine->send(FrameType::Welcome, answer);
    settle();
}

void CoreBench::cut()
{
    engine.reset();
    core->disconnected();
}

bool CoreBench::step()
{
    bool any = false;
    while (auto message = core->nextMessage()) {
        any = true;
        if (engine)
            engine->receive(*message);
    }
    if (engine) {
        for (const LinkEvent &e : engine->takeEvents()) {
            any = true;
            handle(e);
        }
        while (auto message = engine->nextMessage()) {
            any = true;
            core->received(*message);
        }
    }
    for (agent::NodeEvent &e : core->takeEvents())
        events.push_back(std::move(e));
    return any;
}

void CoreBench::settle()
{
    for (int quiet = 0; quiet < 3;) {
        quiet = step() ? 0 : quiet + 1;
        clock.advance(std::chrono::milliseconds(25)); // coalesced ACK and CREDIT
        if (engine)
            engine->onTime();
        core->onTime();
    }
}

void CoreBench::handle(const LinkEvent &event)
{
    if (const auto *control = std::get_if<ControlReceived>(&event)) {
        controls.push_back(*control);
    } else if (const auto *open = std::get_if<StreamOpenReceived>(&event)) {
        tokens[open->stream] = open->open.token();
        engine->accept(open->stream, window, stored[open->open.token()].size());
    } else if (const auto *data = std::get_if<StreamData>(&event)) {
        if (!tokens.contains(data->stream)) {
            terminalOutput += data->bytes;
        } else {
            std::string &kept = stored[tokens[data->stream]];
            if (kept.size() != data->offset)
                qFatal("a gap or a repeat in the output");
            kept += data->bytes;
        }
        engine->grant(data->stream, data->bytes.size());
        if (acknowledges)
            engine->acknowledge(data->stream, data->offset + data->bytes.size());
    } else if (const auto *fin = std::get_if<StreamFinished>(&event)) {
        if (tokens.contains(fin->stream)) {
            ended.insert(tokens[fin->stream]);
            dropped[tokens[fin->stream]] = fin->fin.dropped();
        } else {
            terminalFin = fin->fin;
        }
    } else if (const auto *accepted = std::get_if<StreamOpened>(&event)) {
        opened = accepted->opened;
    } else if (const auto *no = std::get_if<StreamRefused>(&event)) {
        refused = *no;
    } else if (const auto *reset = std::get_if<StreamReset>(&event)) {
        wasReset = *reset;
    }
}

agent::OrderKey CoreBench::key(uint64_t dispatchSeq, uint32_t attempt) const
{
    return {fmt::format("01ARZ3NDEKTSV4RRFFQ69G{:04}", dispatchSeq), attempt};
}

void CoreBench::order(uint64_t dispatchSeq,
                      const std::function<void(wire::OrderHead &, wire::OrderBody &)> &change)
{
    wire::OrderHead head;
    wire::OrderBody body;
    head.set_order_id(key(dispatchSeq).orderId);
    head.set_attempt(1);
    head.set_dispatch_seq(dispatchSeq);
    head.set_lease_epoch(leaseEpoch);
    body.set_command_id(fmt::format("command-{}", dispatchSeq));
    body.set_document_json("{}");
    body.set_parameters_json("{}");
    if (change)
        change(head, body);
    engine->send(FrameType::Order, head, body.SerializeAsString());
    settle();
}

void CoreBench::settled(uint64_t dispatchSeq)
{
    wire::OrderSettled message;
    message.set_order_id(key(dispatchSeq).orderId);
    message.set_attempt(1);
    message.set_dispatch_seq(dispatchSeq);
    engine->send(FrameType::OrderSettled, message);
    settle();
}

void CoreBench::cancel(uint64_t dispatchSeq)
{
    wire::Cancel message;
    message.set_order_id(key(dispatchSeq).orderId);
    message.set_attempt(1);
    engine->send(FrameType::Cancel, message);
    settle();
}

void CoreBench::finish(uint64_t dispatchSeq, const std::string &status)
{
    wire::OrderResult result;
    result.set_order_id(key(dispatchSeq).orderId);
    result.set_attempt(1);
    result.set_status(status);
    host.events->workerEnded(key(dispatchSeq), result);
    if (engine)
        settle();
}

int CoreBench::count(FrameType type) const
{
    return static_cast<int>(
        std::count_if(controls.begin(), controls.end(), [&](const auto &c) { return c.type == type; }));
}

std::string CoreBench::refusalOf(uint64_t dispatchSeq) const
{
    std::string last = "none";
    for (const auto &seen : received<wire::OrderSeen>(FrameType::OrderSeen))
        if (seen.order_id() == key(dispatchSeq).orderId)
            last = seen.refused();
    return last;
}

}
