#include "backend/protocol/stream_scheduler.h"

#include <algorithm>

namespace fb::protocol {

namespace {
    constexpr std::array<int64_t, StreamScheduler::kClasses> kWeights = {8, 4, 4, 2, 1, 1};
}

StreamScheduler::Class StreamScheduler::classOf(StreamKind kind)
{
    switch (kind) {
    case StreamKind::Pty:
        return Class::PtyOutput;
    case StreamKind::ForwardTcp:
        return Class::Forward;
    case StreamKind::ExecOut:
    case StreamKind::ExecErr:
    case StreamKind::Rpc: // a page waits for the answer
        return Class::Exec;
    case StreamKind::Tail:
        return Class::Tail;
    case StreamKind::FileGet:
    case StreamKind::FilePut:
        return Class::File;
    }
    return Class::File;
}

void StreamScheduler::add(uint32_t stream, StreamKind kind, bool isInput)
{
    (isInput ? m_input : m_ready[static_cast<size_t>(classOf(kind))]).push_back(stream);
}

void StreamScheduler::remove(uint32_t stream)
{
    std::erase(m_input, stream);
    for (auto &ready : m_ready)
        std::erase(ready, stream);
}

bool StreamScheduler::isWaiting(size_t index) const
{
    return !m_ready[index].empty() || (m_facts && index == static_cast<size_t>(Class::Facts));
}

bool StreamScheduler::isEmpty() const
{
    if (!m_input.empty())
        return false;
    for (size_t i = 0; i < kClasses; ++i) {
        if (isWaiting(i))
            return false;
    }
    return true;
}

std::optional<uint32_t> StreamScheduler::nextInput()
{
    if (m_input.empty())
        return std::nullopt;
    const uint32_t stream = m_input.front();
    m_input.erase(m_input.begin());
    return stream;
}

std::optional<StreamScheduler::Turn> StreamScheduler::next(size_t quantum)
{
    // A class keeps its turn until its deficit is used up; every visit adds its weight. At most one payload is owed, which is one
    // quantum, so two rounds always find a class.
    for (size_t visits = 0; visits <= 2 * kClasses; ++visits) {
        const size_t index = m_current;
        if (isWaiting(index) && m_deficit[index] > 0) {
            if (index == static_cast<size_t>(Class::Facts))
                return Turn {Class::Facts, 0};
            const uint32_t stream = m_ready[index].front();
            m_ready[index].erase(m_ready[index].begin());
            return Turn {static_cast<Class>(index), stream};
        }
        if (!isWaiting(index))
            m_deficit[index] = std::min<int64_t>(m_deficit[index], 0); // idle classes save nothing up
        m_current = static_cast<uint8_t>((index + 1) % kClasses);
        const int64_t share = kWeights[m_current] * static_cast<int64_t>(quantum);
        m_deficit[m_current] = std::min(m_deficit[m_current] + share, share);
    }
    return std::nullopt;
}

void StreamScheduler::charge(Class turnClass, size_t bytes)
{
    m_deficit[static_cast<size_t>(turnClass)] -= static_cast<int64_t>(bytes);
}

}
