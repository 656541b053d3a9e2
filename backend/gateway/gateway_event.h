#pragma once
// What I/O threads hand to the engine thread, in batches. Plain values.

#include "backend/gateway/node_connection.h"

#include <atomic>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace fb {

// When something last came from a node; written by its I/O thread, read by the engine.
struct Liveness {
    std::atomic<int64_t> heardAt {0}; // microseconds, UTC
};

struct HelloCame {
    NodeConnection connection;
    unsigned thread = 0;
    std::shared_ptr<Liveness> liveness;
};
struct ConnectionClosed {
    quint64 connection = 0;
    Error cause;
};
struct StreamTaken { // bytes of write() that the peer's credit has taken
    StreamKey key;
    size_t bytes = 0;
};
struct StreamGone { // both directions have ended
    StreamKey key;
};
struct NodeFellSilent {
    quint64 connection = 0;
};
struct NodeSpokeAgain {
    quint64 connection = 0;
};
struct NodeClockSeen {
    quint64 connection = 0;
    Microseconds offset;
    Microseconds roundTrip;
};
struct EnrolCame {
    quint64 request = 0;
    unsigned thread = 0;
    std::string address;
    wire::EnrolRequest body;
};

using GatewayEvent
    = std::variant<HelloCame, NodeMessage, StreamEvent, ConnectionClosed, StreamTaken, StreamGone,
                   NodeFellSilent, NodeSpokeAgain, NodeClockSeen, EnrolCame, RefusedCertificate>;

// Rough memory of an event that waits, for the bound of the queue.
inline size_t weightOf(const GatewayEvent &event)
{
    size_t weight = 128;
    if (const auto *message = std::get_if<NodeMessage>(&event))
        weight += message->header.size() + message->payload.size();
    else if (const auto *stream = std::get_if<StreamEvent>(&event)) {
        if (const auto *came = std::get_if<protocol::StreamData>(&stream->what))
            weight += came->bytes.size();
    }
    return weight;
}

}
