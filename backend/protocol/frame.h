#pragma once
// One frame = one WebSocket binary message: a 20-byte prefix, a small protobuf header, a raw payload (protocol-notes 3).
// Pure functions; any thread.

#include "backend/core/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace google::protobuf {
class MessageLite;
}

namespace fb::protocol {

inline constexpr size_t kPrefixBytes = 20;
inline constexpr size_t kMaxHeaderBytes = 8 * 1024;
inline constexpr size_t kMaxMessageBytes = 1024 * 1024; // also the sum of a chunked control message
inline constexpr size_t kMaxPayloadBytes = 256 * 1024;
// What is sent is smaller: a key press, or another stream, waits for at most one payload. With what stands before it each fills TLS records of
// 16 KiB (one begun for a few bytes costs as much as a whole one); four of them go in one system call, and more per frame only cost memory.
inline constexpr size_t kSentPayloadBytes = 64 * 1024 - 64;
inline constexpr size_t kSentPayloadBytesBesideTerminal = 16 * 1024 - 64;
inline constexpr uint8_t kFrameVersion = 1;
inline constexpr uint32_t kControlStream = 0;

enum class FrameType : uint8_t {
    Hello = 1,
    Welcome = 2,
    Ping = 3,
    Pong = 4,
    GoAway = 5,
    Error = 6,

    Order = 16,
    OrderSeen = 17,
    OrderStarted = 18,
    OrderStep = 19,
    OrderResult = 20,
    OrderSettled = 21,
    Cancel = 22,
    CancelResult = 23,

    Open = 32,
    Opened = 33,
    Refused = 34,
    Data = 35,
    Ack = 36,
    Credit = 37,
    Fin = 38,
    Reset = 39,
    Resize = 40,
    Signal = 41,
    InputGiven = 42,

    Renew = 48,
    Renewed = 49,
    CrlDelta = 50,
    Endpoints = 51,
    EndpointsKept = 52,

    Inventory = 64,
    Compliance = 65,
    Metrics = 66,
    Event = 67,
    Config = 68,
    Logs = 69,
};

enum class StreamKind : uint32_t {
    Pty = 1,
    ExecOut = 2,
    ExecErr = 3,
    ForwardTcp = 4,
    FileGet = 5,
    FilePut = 6,
    Tail = 7,
    Rpc = 8,
};

namespace frameFlags {
    inline constexpr uint16_t kFin = 1 << 0;
    inline constexpr uint16_t kCompressed = 1 << 1;
    inline constexpr uint16_t kUrgent = 1 << 2;
    inline constexpr uint16_t kResumed = 1 << 3;
    inline constexpr uint16_t kLastChunk = 1 << 4;
    inline constexpr uint16_t kStandardError = 1
        << 5; // DATA of a session without a terminal: of its program's standard error
    inline constexpr uint16_t kKnown = 0x3f;
    inline constexpr uint16_t kIgnorable
        = 0x00ff; // unknown bits here are ignored; above them: protocol error
}

struct Frame {
    FrameType type = FrameType::Ping;
    uint16_t flags = 0;
    uint32_t stream = kControlStream;
    uint64_t offset = 0; // Data: byte offset of the payload in the stream; control: sequence number
    std::string header; // serialised protobuf-lite message
    std::string payload;
};

std::string encodeFrame(const Frame &frame);
void putPrefix(std::string &message,
               const Frame &frame); // over the first kPrefixBytes; the rest stands there
// Checks sizes, version and flags; does not parse the header. ValidationException naming the field otherwise.
Result<Frame> decodeFrame(std::string_view message);

bool isKnownFrameType(uint8_t type);
std::string_view frameTypeName(FrameType type); // "ORDER_SEEN"

// A protobuf message checked for size and nesting (limit 8) before and while it is parsed.
Result<void> parseMessage(google::protobuf::MessageLite &message, std::string_view bytes, size_t limit);

template <typename Message>
Result<Message> parse(std::string_view bytes, size_t limit = kMaxHeaderBytes)
{
    Message message;
    return parseMessage(message, bytes, limit).map([&] { return std::move(message); });
}

}
