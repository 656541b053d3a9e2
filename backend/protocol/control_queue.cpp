#include "backend/protocol/control_queue.h"

namespace fb::protocol {

namespace {
    size_t weight(const Frame &frame) { return kPrefixBytes + frame.header.size() + frame.payload.size(); }
}

void ControlQueue::push(Frame message, bool isFact)
{
    m_bytes += weight(message);
    (isFact ? m_facts : m_urgent).push_back(std::move(message));
}

void ControlQueue::pushFirst(Frame message)
{
    m_bytes += weight(message);
    m_urgent.push_front(std::move(message));
}

void ControlQueue::dropStream(uint32_t stream)
{
    std::erase_if(m_urgent, [&](const Frame &frame) {
        const bool drops
            = frame.stream == stream && frame.type != FrameType::Open && frame.type != FrameType::Reset;
        if (drops)
            m_bytes -= weight(frame);
        return drops;
    });
}

std::optional<FrameType> ControlQueue::first() const
{
    if (m_begun)
        return m_begun->type;
    if (!m_urgent.empty())
        return m_urgent.front().type;
    return std::nullopt;
}

Frame ControlQueue::nextUrgent(size_t payloadLimit)
{
    if (!m_begun) {
        m_begun = std::move(m_urgent.front());
        m_urgent.pop_front();
        m_begun->offset = ++m_sequence;
    }
    return cut(payloadLimit);
}

Frame ControlQueue::nextFact(size_t payloadLimit)
{
    m_begun = std::move(m_facts.front());
    m_facts.pop_front();
    m_begun->offset = ++m_sequence;
    return cut(payloadLimit);
}

Frame ControlQueue::number(Frame frame)
{
    frame.offset = ++m_sequence;
    return frame;
}

Frame ControlQueue::cut(size_t payloadLimit)
{
    Frame frame;
    const size_t rest = m_begun->payload.size() - m_sent;
    if (m_sent == 0 && rest <= payloadLimit) {
        frame = std::move(*m_begun);
        m_bytes -= weight(frame);
        frame.flags |= frame.stream == kControlStream ? frameFlags::kLastChunk : 0;
        m_begun.reset();
        return frame;
    }
    const bool last = rest <= payloadLimit;
    frame.type = m_begun->type;
    frame.flags = static_cast<uint16_t>(m_begun->flags | (last ? frameFlags::kLastChunk : 0));
    frame.stream = m_begun->stream;
    frame.offset = m_begun->offset;
    if (m_sent == 0)
        frame.header = std::move(m_begun->header);
    frame.payload = m_begun->payload.substr(m_sent, payloadLimit);
    m_sent += frame.payload.size();
    m_bytes -= frame.payload.size() + frame.header.size();
    if (last) {
        m_bytes -= kPrefixBytes;
        m_begun.reset();
        m_sent = 0;
    }
    return frame;
}

}
