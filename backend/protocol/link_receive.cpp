#include "backend/protocol/compression.h"
#include "backend/protocol/link_private.h"
#include "backend/protocol/message_rules.h"

#include <fmt/format.h>

#include <algorithm>

namespace fb::protocol {

namespace {
    constexpr uint32_t kGoAwaySpreadMs = 120'000;

    bool belongsToStream(FrameType type) { return type >= FrameType::Open && type <= FrameType::InputGiven; }

    bool isOffset(uint64_t value) { return value <= kMaxOffset; }
}

template <typename Message>
std::optional<Message> Link::Private::headerOf(const Frame &frame)
{
    Result<Message> message = parse<Message>(frame.header);
    if (!message) {
        fail(frame.type, "header", message.error().message);
        return std::nullopt;
    }
    return std::move(*message);
}

void Link::Private::receive(std::string_view message)
{
    if (stage == Stage::Failed)
        return;
    Result<Frame> decoded = decodeFrame(message);
    if (!decoded)
        return fail(decoded.error());
    heard();
    Frame &frame = *decoded;
    meter(frame, message.size());
    if (stage == Stage::Failed)
        return;
    if (belongsToStream(frame.type) != (frame.stream != kControlStream))
        return fail(frame.type, "stream",
                    fmt::format("{} does not belong to stream {}.", frameTypeName(frame.type), frame.stream));
    if (frame.type == FrameType::Data) {
        if (stage != Stage::Established)
            return fail(frame.type, "type", "DATA came before HELLO and WELCOME.");
        if (!frame.header.empty())
            return fail(frame.type, "header", "DATA has a header.");
        if (LinkStream *stream = find(frame.stream))
            return receiveData(*stream, std::move(frame));
        const uint32_t last = isOurs(frame.stream) ? nextNumber - 1 : lastPeerNumber;
        if (frame.stream > last)
            fail(frame.type, "stream", fmt::format("Stream {} was never opened.", frame.stream));
        return; // of a stream that is gone: it was under way
    }
    if (stage == Stage::AwaitHello
        && (side == LinkSide::Agent || frame.type != FrameType::Hello || frame.stream != kControlStream))
        return fail(frame.type, "type", fmt::format("{} came before HELLO.", frameTypeName(frame.type)));
    Result<std::optional<Frame>> whole = assembler.take(std::move(frame));
    if (!whole)
        return fail(whole.error());
    if (*whole)
        receiveControl(std::move(**whole));
}

// Frames that no credit bounds are metered; a slow reader pauses the peer, a hopeless one is sent away ([R19]).
void Link::Private::meter(const Frame &frame, size_t size)
{
    const Tick now = clock.tick();
    const bool isFeedback = frame.type == FrameType::Ack || frame.type == FrameType::Credit
        || frame.type == FrameType::InputGiven;
    if (frame.type == FrameType::Data && find(frame.stream) != nullptr)
        return;
    if (isFeedback && earnedFrames > 0) {
        --earnedFrames;
        return;
    }
    rate.take(size, now);
    if (!rate.isHopeless())
        return;
    wire::GoAway goAway;
    goAway.set_after_ms(0);
    goAway.set_spread_ms(kGoAwaySpreadMs);
    goAway.set_reason("frame-rate");
    failWith(makeError(errors::kThrottling,
                       fmt::format(
                           "The peer keeps sending more than {} frames or {} bytes a second outside credit.",
                           limits.controlFramesPerSecond, limits.controlBytesPerSecond),
                       "frame-rate"),
             FrameType::GoAway, goAway);
}

void Link::Private::receiveControl(Frame frame)
{
    if (frame.stream != kControlStream) {
        if (stage != Stage::Established)
            return fail(frame.type, "type",
                        fmt::format("{} came before WELCOME.", frameTypeName(frame.type)));
        if (!frame.payload.empty())
            return fail(frame.type, "payload", fmt::format("{} has no payload.", frameTypeName(frame.type)));
        if (frame.type == FrameType::Open)
            return receiveOpen(frame);
        if (LinkStream *stream = find(frame.stream))
            return receiveForStream(*stream, std::move(frame));
        const uint32_t last = isOurs(frame.stream) ? nextNumber - 1 : lastPeerNumber;
        if (frame.stream > last)
            fail(frame.type, "stream", fmt::format("Stream {} was never opened.", frame.stream));
        return;
    }
    const MessageRule *rule = ruleOf(frame.type);
    const Sender self = side == LinkSide::Engine ? Sender::Engine : Sender::Agent;
    if (rule->sender == self)
        return fail(frame.type, "type",
                    fmt::format("{} is not for an {} to receive.", frameTypeName(frame.type),
                                self == Sender::Engine ? "engine" : "agent"));
    if (rule->inPayload && !frame.header.empty())
        return fail(frame.type, "header", fmt::format("{} has no header.", frameTypeName(frame.type)));
    if ((frame.flags & frameFlags::kCompressed) != 0) {
        if (!compresses || !rule->isFact)
            return fail(frame.type, "flags", fmt::format("{} is compressed.", frameTypeName(frame.type)));
        Result<std::string> expanded = decompress(frame.payload, rule->maxPayload);
        if (!expanded)
            return fail(frame.type, "payload", expanded.error().message);
        frame.payload = std::move(*expanded);
    }
    if (stage != Stage::Established)
        return receiveHandshake(std::move(frame));
    switch (frame.type) {
    case FrameType::Hello:
    case FrameType::Welcome:
        return fail(frame.type, "type", fmt::format("{} came twice.", frameTypeName(frame.type)));
    case FrameType::Ping:
        return receivePing(frame);
    case FrameType::Pong:
        return receivePong(frame);
    default:
        events.push_back(
            ControlReceived {frame.type, frame.offset, std::move(frame.header), std::move(frame.payload)});
    }
}

void Link::Private::receiveHandshake(Frame frame)
{
    const bool closing = frame.type == FrameType::Error || frame.type == FrameType::GoAway;
    if (side == LinkSide::Engine) {
        if (stage == Stage::AwaitHello && frame.type == FrameType::Hello)
            stage = Stage::AwaitWelcome;
        else
            return fail(frame.type, "type",
                        fmt::format("{} came before WELCOME.", frameTypeName(frame.type)));
    } else if (frame.type == FrameType::Welcome) {
        stage = Stage::Established;
        schedulePing();
    } else if (!closing) {
        return fail(frame.type, "type", fmt::format("{} came before WELCOME.", frameTypeName(frame.type)));
    }
    events.push_back(
        ControlReceived {frame.type, frame.offset, std::move(frame.header), std::move(frame.payload)});
}

void Link::Private::receivePing(const Frame &frame)
{
    const std::optional<wire::Ping> ping = headerOf<wire::Ping>(frame);
    if (!ping)
        return;
    wire::Pong pong;
    pong.set_wall_clock_us(toMicros(clock.now()));
    pong.set_nonce(ping->nonce());
    pong.set_echoed_wall_clock_us(ping->wall_clock_us());
    queueControl(FrameType::Pong, kControlStream, pong);
    if (ping->has_wall_clock_us() && isOffset(static_cast<uint64_t>(ping->wall_clock_us())))
        events.push_back(
            PeerClock {Microseconds(0), Microseconds(ping->wall_clock_us() - toMicros(clock.now()))});
}

void Link::Private::receivePong(const Frame &frame)
{
    const std::optional<wire::Pong> pong = headerOf<wire::Pong>(frame);
    if (!pong || pingNonce == 0 || pong->nonce() != pingNonce)
        return;
    pingNonce = 0;
    const Microseconds roundTrip = clock.tick() - pingSentAt;
    if (isOffset(static_cast<uint64_t>(pong->wall_clock_us())))
        events.push_back(
            PeerClock {roundTrip, Microseconds(pong->wall_clock_us() - pingWall - roundTrip.count() / 2)});
}

// ---- Streams -------------------------------------------------------------------------------------------------------

void Link::Private::receiveOpen(const Frame &frame)
{
    std::optional<wire::Open> open = headerOf<wire::Open>(frame);
    if (!open)
        return;
    if (isOurs(frame.stream) || frame.stream <= lastPeerNumber)
        return fail(frame.type, "stream",
                    fmt::format("OPEN names stream {}; the peer's next is above {} and {}.", frame.stream,
                                lastPeerNumber, side == LinkSide::Engine ? "odd" : "even"));
    lastPeerNumber = frame.stream;
    if (!open->has_kind())
        return fail(frame.type, "kind", "OPEN has no kind.");
    if (!isOffset(open->window()) || !isOffset(open->receive_from()))
        return fail(frame.type, "window", "OPEN names an offset or window that no stream reaches.");
    const auto refuseNow = [&](std::string_view code, std::string text) {
        wire::Refused refused;
        refused.set_code(std::string(code));
        refused.set_text(std::move(text));
        queueControl(FrameType::Refused, frame.stream, refused);
    };
    if (!isKnownKind(open->kind()))
        return refuseNow("unknown-kind", fmt::format("Stream kind {} is not known.", open->kind()));
    if (streams.size() >= limits.maxStreams)
        return refuseNow(
            "busy",
            fmt::format("{} streams are open; at most {} are served.", streams.size(), limits.maxStreams));
    auto stream = std::make_unique<LinkStream>();
    stream->number = frame.stream;
    stream->kind = static_cast<StreamKind>(open->kind());
    stream->state = LinkStream::State::Offered;
    stream->written = stream->sent = stream->acked = open->receive_from();
    stream->sendLimit = open->receive_from() + open->window();
    add(std::move(stream));
    events.push_back(
        StreamOpenReceived {frame.stream, (frame.flags & frameFlags::kResumed) != 0, std::move(*open)});
}

void Link::Private::receiveForStream(LinkStream &stream, Frame frame)
{
    if (frame.type == FrameType::Reset) {
        const std::optional<wire::Reset> reset = headerOf<wire::Reset>(frame);
        if (!reset)
            return;
        control.dropStream(frame.stream);
        erase(frame.stream);
        events.push_back(StreamReset {frame.stream, reset->code(), reset->text()});
        return;
    }
    const bool isAnswer = frame.type == FrameType::Opened || frame.type == FrameType::Refused;
    if (isAnswer != (stream.state == LinkStream::State::Opening))
        return fail(
            frame.type, "stream",
            fmt::format("{} does not fit the state of stream {}.", frameTypeName(frame.type), frame.stream));
    switch (frame.type) {
    case FrameType::Opened:
        return receiveOpened(stream, frame);
    case FrameType::Refused: {
        const std::optional<wire::Refused> refused = headerOf<wire::Refused>(frame);
        if (!refused)
            return;
        erase(frame.stream);
        events.push_back(StreamRefused {frame.stream, refused->code(), refused->text()});
        return;
    }
    case FrameType::Ack:
        return receiveAck(stream, frame);
    case FrameType::Credit:
        return receiveCredit(stream, frame);
    case FrameType::Fin:
        if (std::optional<wire::Fin> fin = headerOf<wire::Fin>(frame))
            receiveFin(stream, std::move(*fin), frame.type);
        return;
    case FrameType::Resize:
        if (const std::optional<wire::Resize> resize = headerOf<wire::Resize>(frame)) {
            if (resize->columns() < 1 || resize->columns() > 65535 || resize->rows() < 1
                || resize->rows() > 65535)
                return fail(frame.type, "columns",
                            fmt::format("RESIZE to {}x{}; both must be 1 to 65535.", resize->columns(),
                                        resize->rows()));
            events.push_back(StreamResized {frame.stream, resize->columns(), resize->rows()});
        }
        return;
    case FrameType::Signal:
        if (const std::optional<wire::Signal> signal = headerOf<wire::Signal>(frame)) {
            if (signal->number() < 1 || signal->number() > 64)
                return fail(frame.type, "number",
                            fmt::format("SIGNAL {}; it must be 1 to 64.", signal->number()));
            events.push_back(StreamSignalled {frame.stream, signal->number()});
        }
        return;
    case FrameType::InputGiven:
        if (const std::optional<wire::InputGiven> given = headerOf<wire::InputGiven>(frame)) {
            if (given->below() > stream.sent)
                return fail(frame.type, "below",
                            fmt::format("INPUT_GIVEN of stream {} names {}, but {} were sent.", frame.stream,
                                        given->below(), stream.sent));
            events.push_back(StreamInputGiven {frame.stream, given->below(), given->echo()});
        }
        return;
    default:
        return;
    }
}

void Link::Private::receiveOpened(LinkStream &stream, const Frame &frame)
{
    std::optional<wire::Opened> opened = headerOf<wire::Opened>(frame);
    if (!opened)
        return;
    if (!isOffset(opened->window()) || !isOffset(opened->receive_from()))
        return fail(frame.type, "window", "OPENED names an offset or window that no stream reaches.");
    stream.state = LinkStream::State::Open;
    stream.written = stream.sent = stream.acked = opened->receive_from();
    stream.sendLimit = opened->receive_from() + opened->window();
    if (isOneWay(stream.kind)) {
        stream.finReceived = stream.finAckDue = stream.finAckSent = true; // nothing comes back on these
    }
    if (stream.fin) { // finished before it was answered
        wire::Fin fin;
        if (fin.ParseFromString(*stream.fin)) {
            fin.set_final_offset(stream.written);
            stream.fin = fin.SerializeAsString();
        }
    }
    events.push_back(StreamOpened {frame.stream, std::move(*opened)});
    makeReady(stream);
}

void Link::Private::receiveData(LinkStream &stream, Frame frame)
{
    if (stream.state == LinkStream::State::Opening || stream.state == LinkStream::State::Offered)
        return fail(frame.type, "stream", fmt::format("DATA came before stream {} was open.", frame.stream));
    if (stream.finReceived)
        return fail(frame.type, "stream", fmt::format("DATA came after the end of stream {}.", frame.stream));
    if (frame.offset != stream.received)
        return fail(frame.type, "offset",
                    fmt::format("DATA of stream {} begins at {}; {} was due.", frame.stream, frame.offset,
                                stream.received));
    const uint64_t credit = stream.outstandingCredit();
    if ((frame.flags & frameFlags::kCompressed) != 0) {
        if (!compresses || !mayCompress(stream.kind))
            return fail(frame.type, "flags", fmt::format("DATA of stream {} is compressed.", frame.stream));
        Result<std::string> expanded
            = decompress(frame.payload, std::min<uint64_t>(credit, kMaxExpandedBytes));
        if (!expanded)
            return fail(frame.type, "payload", expanded.error().message);
        frame.payload = std::move(*expanded);
    }
    if (frame.payload.size() > credit)
        return fail(frame.type, "payload",
                    fmt::format("DATA of stream {} has {} bytes; {} were granted.", frame.stream,
                                frame.payload.size(), credit));
    const bool isEnd = (frame.flags & frameFlags::kFin) != 0;
    if (frame.payload.empty() && !isEnd)
        return fail(frame.type, "payload", "DATA is empty.");
    stream.received += frame.payload.size();
    if (creditStarved && !coalesceAt)
        coalesceAt = clock.tick();
    if (!frame.payload.empty())
        events.push_back(StreamData {frame.stream, frame.offset, std::move(frame.payload),
                                     (frame.flags & frameFlags::kStandardError) != 0});
    if (!ownerAcknowledges(stream)) {
        stream.ackDue = stream.received;
        touchCoalesced(stream);
    }
    if (isEnd) {
        wire::Fin fin;
        fin.set_final_offset(stream.received);
        receiveFin(stream, std::move(fin), frame.type);
    }
}

void Link::Private::receiveAck(LinkStream &stream, const Frame &frame)
{
    const std::optional<wire::Ack> ack = headerOf<wire::Ack>(frame);
    if (!ack)
        return;
    if (!ack->has_offset() || ack->offset() > stream.sent)
        return fail(frame.type, "offset",
                    fmt::format("ACK of stream {} names {}, but {} were sent.", frame.stream, ack->offset(),
                                stream.sent));
    const bool ended = ack->fin() && !stream.finAcked;
    if (ended && (!stream.finSent || ack->offset() != stream.sent))
        return fail(frame.type, "fin",
                    fmt::format("ACK of the end of stream {}, which has not ended.", frame.stream));
    if (ack->offset() <= stream.acked && !ended)
        return;
    stream.acked = std::max(stream.acked, ack->offset());
    stream.finAcked = stream.finAcked || ended;
    events.push_back(StreamAcked {frame.stream, stream.acked, ended});
    eraseIfDone(stream);
}

void Link::Private::receiveCredit(LinkStream &stream, const Frame &frame)
{
    const std::optional<wire::Credit> credit = headerOf<wire::Credit>(frame);
    if (!credit)
        return;
    if (credit->bytes() == 0 || !isOffset(credit->bytes()) || !isOffset(stream.sendLimit + credit->bytes()))
        return fail(frame.type, "bytes",
                    fmt::format("CREDIT of stream {} grants {} bytes.", frame.stream, credit->bytes()));
    stream.sendLimit += credit->bytes();
    noteWritable(stream);
}

void Link::Private::receiveFin(LinkStream &stream, wire::Fin fin, FrameType type)
{
    if (stream.state != LinkStream::State::Open || stream.finReceived)
        return fail(type, "stream",
                    fmt::format("Stream {} ended twice or before it was open.", stream.number));
    if (!fin.has_final_offset() || fin.final_offset() != stream.received)
        return fail(type, "finalOffset",
                    fmt::format("Stream {} ends at {}, but {} bytes came.", stream.number, fin.final_offset(),
                                stream.received));
    stream.finReceived = true;
    stream.receiveLimit = stream.received; // unused credit goes to others
    stream.creditDue = 0;
    if (creditStarved && !coalesceAt)
        coalesceAt = clock.tick();
    events.push_back(StreamFinished {stream.number, std::move(fin)});
    if (!ownerAcknowledges(stream)) {
        stream.finAckDue = true;
        touchCoalesced(stream); // may erase the stream
    }
}

}
