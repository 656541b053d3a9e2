#pragma once
// The inside of Link, shared by its four .cpp files: link.cpp (life, time, hand-shake), link_send.cpp (what goes out next),
// link_streams.cpp (the owner's calls on streams), link_receive.cpp (frames that come in).

#include "backend/protocol/chunk_assembler.h"
#include "backend/protocol/control_queue.h"
#include "backend/protocol/link.h"
#include "backend/protocol/link_stream.h"
#include "backend/protocol/rate_meter.h"
#include "backend/protocol/stream_scheduler.h"

#include <map>

namespace fb::protocol {

class Link::Private
{
public:
    Private(LinkSide side, LinkLimits limits, const Clock &clock, Random &random);

    enum class Stage : uint8_t {
        AwaitHello, // engine: the agent's first frame; agent: its own HELLO is still to be sent
        AwaitWelcome, // engine: the owner's answer; agent: the engine's answer
        Established,
        Failed,
    };

    // link.cpp
    void fail(Error error); // tells the peer, drops all streams
    void failWith(Error error, FrameType farewellType, const google::protobuf::MessageLite &farewellHeader);
    void fail(FrameType type, std::string_view field, std::string message);
    void onTime();
    Tick nextDeadline() const;
    void sendPing();
    void schedulePing();
    void heard(); // any frame is a sign of life

    // link_send.cpp
    void queueControl(FrameType type, uint32_t stream, const google::protobuf::MessageLite &header,
                      std::string payload = {}, uint16_t flags = 0);
    bool hasOutput() const;
    std::optional<std::string> nextMessage();
    std::string dataFrame(LinkStream &stream);
    std::string emitControl(Frame frame);
    size_t payloadLimit() const
    {
        return terminals > 0 ? kSentPayloadBytesBesideTerminal : kSentPayloadBytes;
    }
    size_t queueLimit() const { return 2 * payloadLimit(); }
    void makeReady(LinkStream &stream); // into the scheduler when it has something to send
    void touchCoalesced(LinkStream &stream);
    void flushCoalesced(); // ACK and CREDIT of all streams
    void flushCoalesced(LinkStream &stream);

    // link_streams.cpp
    LinkStream *find(uint32_t number);
    const LinkStream *find(uint32_t number) const;
    uint64_t freeCredit() const;
    uint64_t grantable(const LinkStream &stream, uint64_t wanted) const;
    LinkStream &add(std::unique_ptr<LinkStream> stream);
    void erase(uint32_t number);
    void eraseIfDone(LinkStream &stream);
    bool ownerAcknowledges(const LinkStream &stream) const;
    bool isInput(const LinkStream &stream) const;
    bool isOurs(uint32_t number) const { return (number % 2 == 0) == (side == LinkSide::Engine); }
    void noteWritable(LinkStream &stream);

    // link_receive.cpp
    void receive(std::string_view message);
    void meter(const Frame &frame, size_t size);
    void receiveControl(Frame frame);
    void receiveHandshake(Frame frame);
    void receivePing(const Frame &frame);
    void receivePong(const Frame &frame);
    void receiveOpen(const Frame &frame);
    void receiveForStream(LinkStream &stream, Frame frame);
    void receiveOpened(LinkStream &stream, const Frame &frame);
    void receiveData(LinkStream &stream, Frame frame);
    void receiveAck(LinkStream &stream, const Frame &frame);
    void receiveCredit(LinkStream &stream, const Frame &frame);
    void receiveFin(LinkStream &stream, wire::Fin fin, FrameType type);
    template <typename Message>
    std::optional<Message> headerOf(const Frame &frame); // fails the link when it cannot be parsed

    const Clock &clock;
    Random &random;
    LinkLimits limits;
    LinkSide side;
    Stage stage = Stage::AwaitHello;
    bool compresses = false;
    bool silentTold = false;
    bool welcomeQueued = false; // engine: streams may be opened, right behind WELCOME
    bool lastWasInput = false; // control and pty input take turns
    bool creditStarved = false; // some stream waits for others to use theirs

    std::vector<LinkEvent> events;
    ControlQueue control;
    ChunkAssembler assembler;
    StreamScheduler scheduler;
    RateMeter rate;
    std::map<uint32_t, std::unique_ptr<LinkStream>> streams;
    std::optional<std::string> farewell; // the last frame of a failed link
    uint32_t nextNumber;
    uint32_t lastPeerNumber = 0;
    uint32_t terminals = 0; // streams
    uint32_t creditTurn = 0; // stream after which free credit is given next
    uint32_t earnedFrames = 0; // ACK and CREDIT that our own DATA allows the peer
    std::optional<Tick> coalesceAt;
    Tick startedAt;
    Tick lastHeard;
    Tick lastSent;
    Tick pingAt = Tick::max();
    Tick pingSentAt {};
    uint64_t pingNonce = 0;
    int64_t pingWall = 0;
};

}
