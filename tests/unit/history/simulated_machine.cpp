#include "tests/unit/history/simulated_machine.h"

#include <fmt/format.h>

#include <algorithm>

namespace fb::test {

using namespace agent;
using namespace std::chrono_literals;

std::string scriptOutput(const std::string &orderId, uint64_t from, uint64_t count)
{
    constexpr uint64_t kPeriod = 4099;
    static std::map<std::string, std::string> patterns;
    std::string &pattern = patterns[orderId];
    if (pattern.empty()) {
        const uint64_t salt = std::hash<std::string>()(orderId);
        for (uint64_t i = 0; i < kPeriod; ++i)
            pattern.push_back(static_cast<char>('a' + ((i * 0x9e3779b97f4a7c15 + salt) >> 40) % 26));
    }
    std::string out;
    while (out.size() < count)
        out.append(pattern, (from + out.size()) % kPeriod, count - out.size());
    return out;
}

// ---- Host ----------------------------------------------------------------------------------------------------------

SimulatedHost::SimulatedHost(const Clock &clock, Random &random, OrderHistoryFaults &faults)
    : m_clock(clock),
      m_random(random),
      m_faults(faults),
      m_writeAt(clock.tick())
{
}

std::vector<WorkerFound> SimulatedHost::findWorkers()
{
    std::vector<WorkerFound> all;
    for (auto &[key, worker] : m_workers) {
        worker.told = worker.result.has_value();
        worker.wantsResume = false;
        WorkerFound found;
        found.key = key;
        found.dispatchSeq = worker.dispatchSeq;
        found.alive = worker.alive;
        if (worker.step)
            found.steps.push_back(*worker.step);
        found.result = worker.result;
        found.outputs.push_back({{key, 0, OutputPipe::Out}, worker.written, worker.step.has_value(), 0});
        found.outputs.push_back({{key, 0, OutputPipe::Err}, 0, worker.step.has_value(), 0});
        all.push_back(std::move(found));
    }
    return all;
}

Result<void> SimulatedHost::start(const LedgerOrder &order)
{
    if (++m_effects[order.key.orderId] > 1)
        m_faults.push_back(fmt::format("order {} was run twice", order.key.orderId));
    Worker &worker = m_workers[order.key];
    worker = {};
    worker.dispatchSeq = order.dispatchSeq;
    worker.alive = true;
    worker.total = m_random.below(60'000);
    worker.endsAt = m_clock.tick() + Microseconds(m_random.below(static_cast<uint64_t>(longestRun.count())));
    return {};
}

Result<void> SimulatedHost::resume(const LedgerOrder &order)
{
    m_workers[order.key].wantsResume = true;
    return {};
}

void SimulatedHost::cancel(const OrderKey &key)
{
    if (const auto found = m_workers.find(key); found != m_workers.end())
        found->second.cancelled = true;
}

void SimulatedHost::discard(const OrderKey &key) { m_workers.erase(key); }

std::string SimulatedHost::readOutput(const OutputKey &key, uint64_t offset, size_t limit)
{
    const auto found = m_workers.find(key.order);
    if (found == m_workers.end() || key.pipe != OutputPipe::Out || offset >= found->second.written)
        return {};
    if (offset < found->second.released)
        m_faults.push_back(fmt::format("output of {} is read at {}, released up to {}", key.order.orderId,
                                       offset, found->second.released));
    return scriptOutput(key.order.orderId, offset, std::min<uint64_t>(limit, found->second.written - offset));
}

void SimulatedHost::releaseOutput(const OutputKey &key, uint64_t below)
{
    if (const auto found = m_workers.find(key.order); found != m_workers.end() && key.pipe == OutputPipe::Out)
        found->second.released = std::max(found->second.released, below);
}

void SimulatedHost::end(const OrderKey &key, Worker &worker, const std::string &status, int code,
                        const std::string &note)
{
    worker.alive = false;
    wire::OrderStep step;
    step.set_order_id(key.orderId);
    step.set_attempt(key.attempt);
    step.set_step_index(0);
    step.set_status(status);
    step.set_response_code(code);
    step.set_note(note);
    step.set_stdout_size(worker.written);
    wire::OrderResult result;
    result.set_order_id(key.orderId);
    result.set_attempt(key.attempt);
    result.set_dispatch_seq(worker.dispatchSeq);
    result.set_status(status);
    result.set_response_code(code);
    *result.add_steps() = step;
    worker.step = step;
    worker.result = result;
    m_written[key.orderId] = worker.written;
}

void SimulatedHost::onTime()
{
    const Tick now = m_clock.tick();
    if (now >= m_writeAt) {
        m_writeAt = now + Microseconds(50'000 + m_random.below(300'000));
        std::vector<OrderKey> grown;
        for (auto &[key, worker] : m_workers) {
            const uint64_t more = std::min(worker.total - worker.written, m_random.below(4000));
            if (!worker.alive || more == 0)
                continue;
            worker.written += more;
            grown.push_back(key);
        }
        for (const OrderKey &key : grown) {
            if (const auto found = m_workers.find(key); found != m_workers.end() && m_events != nullptr)
                m_events->outputGrew({key, 0, OutputPipe::Out}, found->second.written);
        }
    }
    std::vector<OrderKey> ended;
    for (auto &[key, worker] : m_workers) {
        if (worker.alive && worker.cancelled)
            end(key, worker, "Cancelled", 137, "");
        else if (worker.alive && now >= worker.endsAt) {
            worker.written = worker.total;
            end(key, worker, "Success", 0, "");
        } else if (!worker.alive && !worker.result && worker.wantsResume)
            end(key, worker, "Failed", 137, "interrupted");
        if (worker.result && !worker.told)
            ended.push_back(key);
    }
    for (const OrderKey &key : ended) {
        const auto found = m_workers.find(key);
        if (found == m_workers.end() || m_events == nullptr || std::exchange(found->second.told, true))
            continue;
        const wire::OrderStep step = *found->second.step;
        const wire::OrderResult result = *found->second.result;
        const bool cancelled = found->second.cancelled;
        if (cancelled)
            m_events->workerCancelled(key, 1, 0);
        m_events->stepEnded(key, step);
        m_events->workerEnded(key, result);
    }
}

Tick SimulatedHost::nextDeadline() const
{
    Tick next = Tick::max();
    for (const auto &[key, worker] : m_workers) {
        if (worker.alive)
            next = std::min({next, worker.endsAt, worker.total > worker.written ? m_writeAt : Tick::max()});
        if ((worker.alive && worker.cancelled) || (worker.result && !worker.told)
            || (!worker.alive && !worker.result && worker.wantsResume))
            next = m_clock.tick();
    }
    return next;
}

void SimulatedHost::powerCut()
{
    for (auto &[key, worker] : m_workers)
        worker.alive = false;
}

int SimulatedHost::effects(const std::string &orderId) const
{
    const auto found = m_effects.find(orderId);
    return found == m_effects.end() ? 0 : found->second;
}

uint64_t SimulatedHost::written(const std::string &orderId) const
{
    const auto found = m_written.find(orderId);
    return found == m_written.end() ? 0 : found->second;
}

// ---- Node ----------------------------------------------------------------------------------------------------------

SimulatedNode::SimulatedNode(ManualClock &clock, Random &random, OrderHistoryFaults &faults)
    : host(clock, random, faults),
      m_clock(clock),
      m_random(random)
{
    m_config.fleetId = "11111111-2222-4333-8444-555555555555";
    m_config.nodeId = "mi-00000000000000001";
    m_config.agentVersion = "0.1.0";
    m_config.bootId = "boot-1";
    boot();
}

void SimulatedNode::boot()
{
    m_config.processId = m_random.bytes(16);
    m_core = std::make_unique<NodeCore>(m_config, ledger, host, m_clock, m_random);
    m_core->start();
    m_wantsToClose = false;
}

void SimulatedNode::killSupervisor()
{
    m_core.reset();
    ledger.rollback();
    boot();
}

void SimulatedNode::powerCut()
{
    m_core.reset();
    ledger.rollback();
    host.powerCut();
    m_config.bootId = fmt::format("boot-{}", ++m_boots + 1);
    boot();
}

void SimulatedNode::received(std::string_view message)
{
    m_core->received(message);
    drain();
}

void SimulatedNode::onTime()
{
    host.onTime();
    m_core->onTime();
    drain();
}

Tick SimulatedNode::nextDeadline() const { return std::min(host.nextDeadline(), m_core->nextDeadline()); }

void SimulatedNode::drain()
{
    for (const NodeEvent &event : m_core->takeEvents()) {
        if (std::holds_alternative<LinkBroken>(event))
            m_wantsToClose = true;
    }
}

}
