#pragma once
// Link: one connection of the agent protocol, sans-I/O (protocol-notes 3, 4, 7, 8). Messages and time in, messages and events out;
// it owns no socket, thread or timer. Gateway, agent, fleetsim and the seeded test network drive this same class. One thread at a time.
//
// The owner: feeds every WebSocket binary message to receive(); whenever its transport may write, sends what nextMessage() gives (one
// write in flight, so that priorities hold); calls onTime() at nextDeadline(); drains takeEvents() after each of these calls.
//
// What outlives a connection (orders, resumable streams) lives with the owner: a new connection has a new Link. A stream is resumed by
// opening it again with Resumed set and the offset from which bytes are wanted.

#include "backend/core/clock.h"
#include "backend/core/random.h"
#include "backend/core/result.h"
#include "backend/protocol/flagbridge.pb.h"
#include "backend/protocol/frame.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace fb::protocol {

using StreamNumber = uint32_t; // on one connection; even: opened by the engine, odd: by the agent

enum class LinkSide { Engine, Agent };

struct LinkLimits {
    uint32_t maxStreams = 256; // at the bound an OPEN is answered REFUSED busy
    // Sum of the windows this side has granted and not seen used. At the bound a stream gets 16 KiB and no more.
    uint64_t connectionCredit = 8 * 1024 * 1024;
    uint32_t controlFramesPerSecond = 500; // outside credit; burst below. At the bound reading pauses
    uint32_t controlFrameBurst = 5000;
    uint64_t controlBytesPerSecond = 20 * 1024 * 1024;
    std::chrono::milliseconds helloWithin {10000}; // engine side
    std::chrono::milliseconds silentAfter {40000};
    std::chrono::milliseconds lostAfter {70000};
    std::chrono::milliseconds pingAfter {25000}; // agent side, +/- 20 %
};

// ---- Events ------------------------------------------------------------------------------------------------------

// A whole control message (chunks joined); read it with messageOf(). HELLO, WELCOME, orders, identity, facts, GOAWAY, ERROR. Ping and Pong stay inside.
struct ControlReceived {
    FrameType type;
    uint64_t sequence;
    std::string header;
    std::string payload;
};
struct StreamOpenReceived { // answer with accept() or refuse()
    StreamNumber stream;
    bool resumed;
    wire::Open open;
};
struct StreamOpened {
    StreamNumber stream;
    wire::Opened opened; // bytes we write begin at opened.receive_from
};
struct StreamRefused {
    StreamNumber stream;
    std::string code;
    std::string text;
};
struct StreamData { // in order, without gaps: offset continues where the last one ended
    StreamNumber stream;
    uint64_t offset;
    std::string bytes;
    bool isError = false; // of standard error
};
struct StreamAcked {
    StreamNumber stream;
    uint64_t offset;
    bool ended; // finish() has arrived too: nothing of this direction need be kept
};
struct StreamWritable { // credit has come after write() had taken less than it was given
    StreamNumber stream;
};
struct StreamFinished { // the peer's direction has ended; every byte was delivered before
    StreamNumber stream;
    wire::Fin fin;
};
struct StreamReset {
    StreamNumber stream;
    std::string code;
    std::string text;
};
struct StreamResized {
    StreamNumber stream;
    uint32_t columns;
    uint32_t rows;
};
struct StreamSignalled {
    StreamNumber stream;
    int number;
};
struct
    StreamInputGiven { // below it our bytes reached the terminal, since the last of these with its ECHO on or off
    StreamNumber stream;
    uint64_t below;
    bool echo;
};
struct PeerClock { // from a Pong
    Microseconds roundTrip;
    Microseconds offset; // peer's wall clock minus ours
};
struct PeerSilent {
}; // nothing for silentAfter
struct LinkFailed { // close the socket: protocol error, no HELLO, nothing for lostAfter, frame rate
    Error error;
};

using LinkEvent = std::variant<ControlReceived, StreamOpenReceived, StreamOpened, StreamRefused, StreamData,
                               StreamAcked, StreamWritable, StreamFinished, StreamReset, StreamResized,
                               StreamSignalled, StreamInputGiven, PeerClock, PeerSilent, LinkFailed>;

// The one protobuf message of a control message (not of ORDER, whose header is OrderHead and whose payload is OrderBody).
template <typename Message>
Result<Message> messageOf(const ControlReceived &control)
{
    const std::string &bytes = control.payload.empty() ? control.header : control.payload;
    return parse<Message>(bytes, kMaxMessageBytes);
}

// ---- Link --------------------------------------------------------------------------------------------------------

class Link
{
public:
    Link(LinkSide side, LinkLimits limits, const Clock &clock, Random &random);
    ~Link();
    Link(const Link &) = delete;
    Link &operator=(const Link &) = delete;

    // Transport side.
    void receive(std::string_view message); // one whole WebSocket binary message
    void onTime(); // deadlines: pings, silence, hello
    Tick nextDeadline() const;
    bool wantsToRead()
        const; // false while the peer is over its frame rate: leave the socket alone until nextDeadline()
    bool hasOutput() const;
    std::optional<std::string>
    nextMessage(); // by priority: control and pty input first, then deficit round robin
    std::vector<LinkEvent> takeEvents();
    bool hasFailed() const;

    // Control messages. `header` and `payload` are serialised; payloads over the limit go in chunks. Queued without bound by Link:
    // callers are bounded by their own tables (orders in work, one report an interval).
    // Types with one protobuf message (all but ORDER) give just that: it goes where message_rules.h says, header or payload.
    void send(FrameType type, const google::protobuf::MessageLite &header, std::string payload = {});
    size_t queuedControlBytes() const;
    void setCompression(bool on); // after both sides listed "zstd"
    void setPingAfter(std::chrono::milliseconds silence); // from WELCOME
    bool
    isEstablished() const; // HELLO and WELCOME have passed; until then nothing else is taken from the peer

    // Streams. The engine may open them as soon as it has sent WELCOME, the agent once it has come.
    Result<StreamNumber> open(StreamKind kind, wire::Open open,
                              bool resumed
                              = false); // fills kind; window and receive_from given by the caller
    void accept(StreamNumber stream, uint64_t window, uint64_t receiveFrom, std::string_view note = {});
    void refuse(StreamNumber stream, std::string_view code, std::string_view text);
    size_t writable(StreamNumber stream) const; // bytes write() would take now
    size_t write(StreamNumber stream, std::string_view bytes,
                 bool isError
                 = false); // takes as much as the credit allows; the rest is the caller's to keep
    // Ends our direction, after what was written; final_offset is filled in. A stream is gone when the ends of both directions were
    // acknowledged; one-way kinds (exec, tail) end with their one direction.
    void finish(StreamNumber stream, wire::Fin fin = {});
    void reset(StreamNumber stream, std::string_view code, std::string_view text = {});
    // Coalesced: sent within 20 ms or 32 KiB. Only the engine does it, for exec and pty output, where it means durable; everything
    // else is acknowledged by Link itself as received. After StreamFinished, acknowledging the final offset (again, if need be)
    // confirms the end.
    void acknowledge(StreamNumber stream, uint64_t offset);
    void grant(StreamNumber stream,
               uint64_t bytes); // coalesced likewise; held back while the connection's credit is out
    void resize(StreamNumber stream, uint32_t columns, uint32_t rows);
    void signal(StreamNumber stream, int number);
    void inputGiven(StreamNumber stream, uint64_t below, bool echo);
    std::optional<StreamKind> kindOf(StreamNumber stream) const;
    std::vector<StreamNumber> streams() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

}
