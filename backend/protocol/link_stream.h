#pragma once
// One stream of a Link: offsets, credit and what waits to be sent. Plain state; the rules are in link_streams.cpp and link_receive.cpp.

#include "backend/protocol/frame.h"
#include "backend/protocol/offset_runs.h"
#include "backend/protocol/outgoing_bytes.h"

#include <optional>

namespace fb::protocol {

// An offset no honest stream reaches; beyond it sums could wrap.
inline constexpr uint64_t kMaxOffset = uint64_t(1) << 62;

struct LinkStream {
    enum class State : uint8_t {
        Opening, // we sent OPEN
        Offered, // the peer sent OPEN, the owner has not answered
        Open,
    };

    uint32_t number = 0;
    StreamKind kind = StreamKind::Rpc;
    State state = State::Opening;
    bool announced = false; // our OPEN or OPENED is on its way: DATA may follow
    bool wantsWritable = false; // write() took less than it was given
    bool isReady = false; // in the scheduler

    // Our bytes.
    OutgoingBytes queue; // written, not yet in a frame
    OffsetRuns errors; // of what waits: standard error's
    uint64_t written = 0; // offset after the last byte the owner gave
    uint64_t sent = 0; // offset after the last byte in a frame
    uint64_t acked = 0;
    uint64_t sendLimit = 0; // by the peer's credit
    uint32_t sentAsItIs = 0; // frames since one did not get smaller by compression
    std::optional<std::string> fin; // serialised Fin that follows the last byte
    bool finSent = false;
    bool finAcked = false;

    // The peer's bytes.
    uint64_t received = 0; // offset after the last byte delivered
    uint64_t receiveLimit = 0; // by our credit
    uint64_t ackDue = 0; // owner's acknowledgement
    uint64_t ackSent = 0;
    uint64_t creditDue = 0; // granted by the owner, not yet told to the peer
    bool finReceived = false;
    bool finAckDue = false;
    bool finAckSent = false;

    size_t queued() const { return queue.size(); }
    bool outDone() const { return finAcked; }
    bool inDone() const { return finAckSent; }
    uint64_t outstandingCredit() const { return receiveLimit - received; }
};

inline bool isKnownKind(uint32_t kind) { return kind >= 1 && kind <= 8; }
// One party sends, the other only acknowledges; the direction back counts as finished from the start.
inline bool isOneWay(StreamKind kind)
{
    return kind == StreamKind::ExecOut || kind == StreamKind::ExecErr || kind == StreamKind::Tail;
}
// zstd is for bytes in which nobody mixes secrets with text of an attacker's choice (protocol-notes 14).
inline bool mayCompress(StreamKind kind)
{
    return kind == StreamKind::ExecOut || kind == StreamKind::ExecErr || kind == StreamKind::FileGet
        || kind == StreamKind::FilePut || kind == StreamKind::Tail;
}

}
