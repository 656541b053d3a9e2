#include "agent/supervisor/output_streams.h"

#include <fmt/format.h>

namespace fb::agent {

namespace {
    constexpr size_t kPumpBytes = 64 * 1024; // of one output at a time
    constexpr uint64_t kEngineWindow = 0; // the engine sends nothing on these
    constexpr std::chrono::seconds kRetryBusyOutput {5};
}

// ---- From the workers --------------------------------------------------------------------------------------------

void OutputStreams::found(const OutputFound &found)
{
    if (found.size == 0)
        return;
    Output &output = m_outputs[found.key];
    output.size = found.size;
    output.complete = found.complete;
    output.dropped = found.dropped;
    output.wasOpened = true; // perhaps; the engine says in OPENED from where it wants the bytes
}

void OutputStreams::grew(const OutputKey &key, uint64_t size)
{
    if (size == 0)
        return;
    Output &output = m_outputs[key];
    if (size <= output.size)
        return;
    output.size = size;
    if (!output.stream)
        open(key, output);
    else
        markReady(key, output);
}

void OutputStreams::complete(const OutputKey &key, uint64_t size, uint64_t dropped)
{
    const auto it = m_outputs.find(key);
    if (it == m_outputs.end() && size == 0)
        return;
    grew(key, size);
    Output &output = m_outputs[key];
    output.complete = true;
    output.dropped = dropped;
    markReady(key, output);
}

void OutputStreams::stepEnded(const OrderKey &order, const wire::OrderStep &step)
{
    complete({order, step.step_index(), OutputPipe::Out}, step.stdout_size(), step.stdout_dropped());
    complete({order, step.step_index(), OutputPipe::Err}, step.stderr_size(), step.stderr_dropped());
}

void OutputStreams::workerEnded(const OrderKey &order, const wire::OrderResult &result)
{
    for (const wire::OrderStep &step : result.steps())
        stepEnded(order, step);
    for (auto &[key, output] : m_outputs)
        if (key.order == order && !output.complete) { // of a step that has no entry in the result
            output.complete = true;
            markReady(key, output);
        }
}

void OutputStreams::orderForgotten(const OrderKey &order)
{
    m_forgotten.insert(order);
    discardIfDone(order);
}

void OutputStreams::discardIfDone(const OrderKey &order)
{
    if (!m_forgotten.contains(order))
        return;
    const auto first = m_outputs.lower_bound({order, 0, OutputPipe::Out});
    if (first != m_outputs.end() && first->first.order == order)
        return;
    m_forgotten.erase(order);
    m_host.discard(order);
}

// ---- Link --------------------------------------------------------------------------------------------------------

void OutputStreams::linkUp(protocol::Link &link)
{
    m_link = &link;
    openAll();
}

void OutputStreams::linkDown()
{
    m_link = nullptr;
    m_retryAt = Tick::max();
    m_byStream.clear();
    m_ready.clear();
    for (auto &[key, output] : m_outputs) {
        output.stream = 0;
        output.isOpened = false;
        output.finSent = false;
    }
}

void OutputStreams::openAll()
{
    for (auto &[key, output] : m_outputs)
        if (!output.stream)
            open(key, output);
}

void OutputStreams::open(const OutputKey &key, Output &output)
{
    if (!m_link)
        return;
    wire::Open open;
    open.set_window(kEngineWindow);
    open.set_token(fmt::format("{}.{}.{}.{}", key.order.orderId, key.order.attempt, key.step,
                               key.pipe == OutputPipe::Out ? "out" : "err"));
    wire::ExecParams &exec = *open.mutable_exec();
    exec.set_order_id(key.order.orderId);
    exec.set_attempt(key.order.attempt);
    exec.set_step_index(key.step);
    const auto kind
        = key.pipe == OutputPipe::Out ? protocol::StreamKind::ExecOut : protocol::StreamKind::ExecErr;
    const Result<protocol::StreamNumber> stream = m_link->open(kind, open, output.wasOpened);
    if (!stream) { // all streams of the connection are taken
        m_retryAt = m_clock.tick() + kRetryBusyOutput;
        return;
    }
    output.stream = *stream;
    output.wasOpened = true;
    m_byStream.emplace(*stream, key);
}

void OutputStreams::opened(protocol::StreamNumber stream, const wire::Opened &opened)
{
    const OutputKey key = m_byStream.at(stream);
    Output &output = m_outputs.at(key);
    output.isOpened = true;
    output.sent = opened.receive_from();
    output.acknowledged = std::max(output.acknowledged, opened.receive_from());
    if (output.sent > output.size) // it claims bytes that were never produced
        m_link->reset(stream, "bad-offset", "receive_from lies beyond the output");
    else {
        if (output.acknowledged > 0) // also by an earlier process of ours
            m_host.releaseOutput(key, output.acknowledged);
        markReady(key, output);
    }
}

void OutputStreams::refused(protocol::StreamNumber stream, const std::string &code)
{
    const OutputKey key = m_byStream.at(stream);
    if (code != "busy")
        return remove(key); // unknown to the engine, or not wanted: nobody will ask for it again
    detach(m_outputs.at(key));
    m_retryAt = m_clock.tick() + kRetryBusyOutput;
}

void OutputStreams::acknowledged(protocol::StreamNumber stream, uint64_t offset)
{
    const OutputKey key = m_byStream.at(stream);
    Output &output = m_outputs.at(key);
    if (offset <= output.acknowledged || offset > output.size)
        offset = output.acknowledged;
    else
        m_host.releaseOutput(key, offset);
    output.acknowledged = offset;
    if (output.finSent && output.acknowledged >= output.size)
        remove(key);
}

void OutputStreams::writable(protocol::StreamNumber stream)
{
    const OutputKey key = m_byStream.at(stream);
    markReady(key, m_outputs.at(key));
}

void OutputStreams::reset(protocol::StreamNumber stream) { remove(OutputKey(m_byStream.at(stream))); }

void OutputStreams::detach(Output &output)
{
    m_byStream.erase(output.stream);
    output.stream = 0;
    output.isOpened = false;
}

void OutputStreams::remove(const OutputKey &key)
{
    detach(m_outputs.at(key));
    m_outputs.erase(key);
    m_ready.erase(key);
    discardIfDone(OrderKey(key.order));
}

// ---- Sending -----------------------------------------------------------------------------------------------------

void OutputStreams::markReady(const OutputKey &key, Output &output)
{
    if (output.isOpened && !output.finSent && (output.sent < output.size || output.complete))
        m_ready.insert(key);
}

bool OutputStreams::pump()
{
    bool gave = false;
    const std::set<OutputKey> ready = std::exchange(m_ready, {});
    for (const OutputKey &key : ready) {
        const auto it = m_outputs.find(key);
        if (it == m_outputs.end() || !it->second.isOpened || !m_link)
            continue;
        Output &output = it->second;
        const size_t room = std::min(m_link->writable(output.stream), kPumpBytes);
        if (output.sent < output.size && room > 0) {
            const std::string bytes = m_host.readOutput(key, output.sent, room);
            if (bytes.empty()) { // the spool lost it: say so rather than wait for ever
                m_link->reset(output.stream, "spool", "the spool file is shorter than the output was");
                remove(key);
                continue;
            }
            output.sent += m_link->write(output.stream, bytes);
            gave = true;
        }
        if (output.complete && output.sent >= output.size) {
            wire::Fin fin;
            fin.set_final_offset(output.size);
            fin.set_dropped(output.dropped);
            m_link->finish(output.stream, fin);
            output.finSent = true;
            gave = true;
            if (output.acknowledged >= output.size)
                remove(key); // a resumed stream of which nothing was missing
        } else if (output.sent < output.size && room > 0) {
            m_ready.insert(key);
        } else if (output.sent < output.size) {
            m_link->write(output.stream,
                          m_host.readOutput(key, output.sent, 1)); // takes none: asks for StreamWritable
        }
    }
    return gave;
}

void OutputStreams::onTime()
{
    if (m_retryAt > m_clock.tick())
        return;
    m_retryAt = Tick::max();
    openAll();
}

}
