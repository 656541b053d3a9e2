#pragma once
// Control messages on their way out: whole messages in, frames of at most the payload limit out. A message that has begun goes on
// before any other control message (chunks may not interleave). One thread at a time.

#include "backend/protocol/frame.h"

#include <list>
#include <optional>

namespace fb::protocol {

class ControlQueue
{
public:
    void push(Frame message, bool isFact);
    void pushFirst(Frame message); // before all that has not begun: HELLO, WELCOME, ERROR
    void dropStream(uint32_t stream); // frames of a stream that are no longer wanted, but OPEN and RESET
    // A first message of that type may be sent before the hand-shake is over.
    std::optional<FrameType> first() const;
    bool hasUrgent() const { return m_begun || !m_urgent.empty(); } // what goes before all streams
    bool hasBegun() const { return m_begun.has_value(); }
    bool hasFacts() const { return !m_facts.empty(); }
    size_t queuedBytes() const { return m_bytes; }

    Frame number(
        Frame
            frame); // gives a frame that does not wait here its sequence number; not while a message has begun

    // The next frame; `payloadLimit` may change from call to call. The queue numbers the messages.
    Frame nextUrgent(size_t payloadLimit);
    Frame nextFact(size_t payloadLimit); // begins it; the rest of its chunks come from nextUrgent()

private:
    Frame cut(size_t payloadLimit);

    std::list<Frame> m_urgent; // lists: no memory while empty
    std::list<Frame> m_facts;
    std::optional<Frame> m_begun;
    size_t m_sent = 0; // of m_begun's payload
    uint64_t m_sequence = 0;
    size_t m_bytes = 0;
};

}
