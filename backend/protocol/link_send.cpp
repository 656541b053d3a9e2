#include "backend/protocol/compression.h"
#include "backend/protocol/link_private.h"
#include "backend/protocol/message_rules.h"

#include <google/protobuf/message_lite.h>

#include <algorithm>

namespace fb::protocol {

namespace {
    constexpr auto kCoalesceFor = std::chrono::milliseconds(20);
    constexpr uint64_t kCoalesceBytes
        = 32 * 1024; // or a quarter of the window, so that a long stream is not answered frame by frame
    constexpr uint32_t kMaxEarnedFrames = 1 << 16;
    constexpr uint32_t kTryAgainAfter = 16; // frames of what did not get smaller: an archive, a picture

    bool opensTheLink(FrameType type)
    {
        return type == FrameType::Hello || type == FrameType::Welcome || type == FrameType::Error
            || type == FrameType::GoAway;
    }
}

void Link::Private::queueControl(FrameType type, uint32_t stream, const google::protobuf::MessageLite &header,
                                 std::string payload, uint16_t flags)
{
    if (stage == Stage::Failed)
        return;
    Frame frame;
    frame.type = type;
    frame.flags = flags;
    frame.stream = stream;
    frame.header = header.SerializeAsString();
    frame.payload = std::move(payload);
    const MessageRule *rule = stream == kControlStream ? ruleOf(type) : nullptr;
    const bool isFact = rule != nullptr && rule->isFact;
    if (isFact && compresses && frame.payload.size() > kCompressFrom) {
        if (std::string small = compress(frame.payload); !small.empty()) {
            frame.payload = std::move(small);
            frame.flags |= frameFlags::kCompressed;
        }
    }
    welcomeQueued = welcomeQueued || (side == LinkSide::Engine && type == FrameType::Welcome);
    if (stage != Stage::Established && opensTheLink(type))
        return control.pushFirst(std::move(frame));
    control.push(std::move(frame), isFact);
    scheduler.setFacts(control.hasFacts());
}

bool Link::Private::hasOutput() const
{
    if (stage == Stage::Failed)
        return farewell.has_value();
    const std::optional<FrameType> first = control.first();
    if (stage != Stage::Established)
        return first && opensTheLink(*first);
    return first.has_value() || !scheduler.isEmpty();
}

std::string Link::Private::emitControl(Frame frame)
{
    scheduler.setFacts(control.hasFacts());
    if (stage != Stage::Established && (frame.flags & frameFlags::kLastChunk) != 0) {
        if (frame.type == FrameType::Hello && side == LinkSide::Agent && stage == Stage::AwaitHello) {
            stage = Stage::AwaitWelcome;
        } else if (frame.type == FrameType::Welcome && side == LinkSide::Engine
                   && stage == Stage::AwaitWelcome) {
            stage = Stage::Established;
        }
    }
    if (frame.stream != kControlStream
        && (frame.type == FrameType::Open || frame.type == FrameType::Opened)) {
        if (LinkStream *stream = find(frame.stream)) {
            stream->announced = true;
            makeReady(*stream);
        }
    }
    return encodeFrame(frame);
}

std::optional<std::string> Link::Private::nextMessage()
{
    if (!hasOutput())
        return std::nullopt;
    if (stage == Stage::Failed)
        return std::exchange(farewell, std::nullopt);
    lastSent = clock.tick();
    if (stage != Stage::Established)
        return emitControl(control.nextUrgent(payloadLimit()));
    // A key press waits for at most one frame, a control message likewise: they take turns.
    if (!(lastWasInput && control.hasUrgent())) {
        if (const std::optional<uint32_t> input = scheduler.nextInput()) {
            lastWasInput = true;
            LinkStream &stream = *find(*input);
            stream.isReady = false;
            return dataFrame(stream);
        }
    }
    lastWasInput = false;
    if (control.hasUrgent())
        return emitControl(control.nextUrgent(payloadLimit()));
    const std::optional<StreamScheduler::Turn> turn = scheduler.next(payloadLimit());
    if (!turn)
        return std::nullopt;
    std::string message;
    if (turn->turnClass == StreamScheduler::Class::Facts) {
        message = emitControl(control.nextFact(payloadLimit()));
    } else {
        LinkStream &stream = *find(turn->stream);
        stream.isReady = false;
        message = dataFrame(stream);
    }
    scheduler.charge(turn->turnClass, message.size());
    return message;
}

void Link::Private::makeReady(LinkStream &stream)
{
    if (stream.state != LinkStream::State::Open)
        return;
    if (stream.queued() == 0) {
        if (!stream.fin || stream.finSent)
            return;
        // Every byte is in a frame already, and OPENED stands before this in the same queue.
        stream.finSent = true;
        Frame frame;
        frame.type = FrameType::Fin;
        frame.stream = stream.number;
        frame.header = std::move(*stream.fin);
        control.push(std::move(frame), false);
        return;
    }
    if (stream.isReady || !stream.announced)
        return;
    stream.isReady = true;
    scheduler.add(stream.number, stream.kind, isInput(stream));
}

std::string Link::Private::dataFrame(LinkStream &stream)
{
    Frame frame;
    frame.stream = stream.number;
    frame.type = FrameType::Data;
    frame.offset = stream.sent;
    const OffsetRuns::Stretch alike = stream.errors.at(stream.sent, stream.sent + stream.queued());
    const size_t size = std::min({size_t(alike.size), payloadLimit(), stream.queue.front().size()});
    if (alike.isMarked)
        frame.flags |= frameFlags::kStandardError;
    stream.errors.dropBelow(stream.sent + size);
    stream.sent += size;
    if (compresses && mayCompress(stream.kind) && size > kCompressFrom) {
        if (stream.sentAsItIs == 0)
            frame.payload = compress(stream.queue.front().substr(0, size));
        stream.sentAsItIs = frame.payload.empty() ? (stream.sentAsItIs + 1) % kTryAgainAfter : 0;
    }
    std::string message = stream.queue.take(size);
    if (frame.payload.empty()) {
        putPrefix(message, frame);
    } else {
        frame.flags |= frameFlags::kCompressed;
        message = encodeFrame(frame);
    }
    earnedFrames = std::min(earnedFrames + 3, kMaxEarnedFrames);
    makeReady(stream);
    noteWritable(stream);
    return message;
}

// ---- ACK and CREDIT ------------------------------------------------------------------------------------------------

void Link::Private::touchCoalesced(LinkStream &stream)
{
    const uint64_t ack = stream.ackDue - stream.ackSent;
    const uint64_t much = std::max(kCoalesceBytes, (stream.outstandingCredit() + stream.creditDue) / 4);
    if (ack >= much || stream.creditDue >= much || stream.finAckDue)
        return flushCoalesced(stream);
    if (!coalesceAt && (ack > 0 || stream.creditDue > 0))
        coalesceAt = clock.tick() + kCoalesceFor;
}

void Link::Private::flushCoalesced()
{
    coalesceAt.reset();
    creditStarved = false;
    // Free credit goes round, so that no stream waits for ever while others take all of it.
    std::vector<uint32_t> order;
    order.reserve(streams.size());
    for (auto it = streams.upper_bound(creditTurn); it != streams.end(); ++it)
        order.push_back(it->first);
    for (auto it = streams.begin(); it != streams.end() && it->first <= creditTurn; ++it)
        order.push_back(it->first);
    for (const uint32_t number : order) {
        if (LinkStream *stream = find(number))
            flushCoalesced(*stream);
    }
}

void Link::Private::flushCoalesced(LinkStream &stream)
{
    if (stream.state != LinkStream::State::Open)
        return;
    if (!stream.finReceived && stream.creditDue > 0) {
        const uint64_t credit = grantable(stream, stream.creditDue);
        creditStarved = creditStarved || credit < stream.creditDue;
        if (credit > 0) {
            stream.creditDue -= credit;
            stream.receiveLimit += credit;
            creditTurn = stream.number;
            wire::Credit message;
            message.set_bytes(credit);
            queueControl(FrameType::Credit, stream.number, message);
        }
    }
    const bool finAck = stream.finAckDue && !stream.finAckSent;
    if (stream.ackDue > stream.ackSent || finAck) {
        stream.ackSent = stream.ackDue;
        wire::Ack message;
        message.set_offset(stream.ackDue);
        if (finAck) {
            message.set_fin(true);
            stream.finAckSent = true;
        }
        queueControl(FrameType::Ack, stream.number, message);
        eraseIfDone(stream);
    }
}

}
