#include "app/fleetsim/sim_worker_host.h"

#include "app/fleetsim/order_steps.h"
#include "backend/core/byte_encoding.h"
#include "backend/core/error.h"

#include <fmt/format.h>

namespace fb::sim {

using agent::LedgerOrder;
using agent::OrderKey;
using agent::OutputKey;

SimWorkerHost::SimWorkerHost(std::string nodeName, const Clock &clock)
    : m_nodeName(std::move(nodeName)),
      m_clock(clock)
{
}

void SimWorkerHost::deliver()
{
    const auto events = std::exchange(m_events, {});
    for (const auto &event : events) {
        if (m_listener)
            event(*m_listener);
    }
}

Result<void> SimWorkerHost::start(const LedgerOrder &order)
{
    const auto steps = stepsOfOrder(order.body);
    if (!steps)
        return steps.error();
    wire::OrderResult result;
    result.set_order_id(order.key.orderId);
    result.set_attempt(order.key.attempt);
    result.set_dispatch_seq(order.dispatchSeq);
    result.set_status("Success");
    result.set_response_code(0);
    result.set_start_us(toMicros(m_clock.now()));
    uint32_t index = 0;
    for (const OrderedStep &step : **steps)
        *result.add_steps() = endStep(order, index++, step.name, step.plugin);
    result.set_end_us(toMicros(m_clock.now()));
    m_events.push_back(
        [key = order.key, result](agent::WorkerEvents &events) { events.workerEnded(key, result); });
    return {};
}

// The output is there before its step has ended, as with a real worker.
wire::OrderStep SimWorkerHost::endStep(const LedgerOrder &order, uint32_t index, const std::string &name,
                                       const std::string &plugin)
{
    const OutputKey key {order.key, index, agent::OutputPipe::Out};
    std::string text = fmt::format("{}: step {} of a simulated node\n", m_nodeName, name);
    wire::OrderStep step;
    step.set_order_id(order.key.orderId);
    step.set_attempt(order.key.attempt);
    step.set_step_index(index);
    step.set_step_name(name);
    step.set_plugin(plugin);
    step.set_status("Success");
    step.set_response_code(0);
    step.set_start_us(toMicros(m_clock.now()));
    step.set_end_us(toMicros(m_clock.now()));
    step.set_stdout_head(text);
    step.set_stdout_size(text.size());
    step.set_stdout_sha256(sha256(text));
    step.set_stderr_size(0);
    step.set_stderr_sha256(sha256({}));
    m_spoolBytes += text.size();
    m_events.push_back(
        [key, size = text.size()](agent::WorkerEvents &events) { events.outputGrew(key, size); });
    m_events.push_back([key = order.key, step](agent::WorkerEvents &events) { events.stepEnded(key, step); });
    m_outputs.insert_or_assign(key, std::move(text));
    return step;
}

// Every order has ended by the time somebody can cancel it: its result is on its way already.
void SimWorkerHost::cancel(const OrderKey &key)
{
    m_events.push_back([key](agent::WorkerEvents &events) { events.workerCancelled(key, 0, 0); });
}

void SimWorkerHost::discard(const OrderKey &key)
{
    const auto first = m_outputs.lower_bound(OutputKey {key, 0, agent::OutputPipe::Out});
    auto end = first;
    while (end != m_outputs.end() && end->first.order == key) {
        m_spoolBytes -= end->second.size();
        ++end;
    }
    m_outputs.erase(first, end);
}

std::string SimWorkerHost::readOutput(const OutputKey &key, uint64_t offset, size_t limit)
{
    const auto found = m_outputs.find(key);
    if (found == m_outputs.end() || offset >= found->second.size())
        return {};
    return found->second.substr(offset, limit);
}

void SimWorkerHost::startTerminal(const std::string &token, const wire::PtyParams & /*parameters*/)
{
    m_events.push_back([token](agent::WorkerEvents &events) {
        events.terminalFailed(
            token, makeError(errors::kServiceUnavailable, "This node is simulated: it has no shell."));
    });
}

}
