#include "backend/protocol/link_private.h"

#include <fmt/format.h>

#include <algorithm>

namespace fb::protocol {

namespace {
    constexpr uint64_t kLeastWindow = 16 * 1024; // beyond the connection's credit, if need be
}

LinkStream *Link::Private::find(uint32_t number)
{
    const auto found = streams.find(number);
    return found == streams.end() ? nullptr : found->second.get();
}

const LinkStream *Link::Private::find(uint32_t number) const
{
    const auto found = streams.find(number);
    return found == streams.end() ? nullptr : found->second.get();
}

uint64_t Link::Private::freeCredit() const
{
    uint64_t used = 0;
    for (const auto &[number, stream] : streams)
        used += stream->outstandingCredit();
    return limits.connectionCredit - std::min(used, limits.connectionCredit);
}

// Windows that idle streams hold never make another stand still.
uint64_t Link::Private::grantable(const LinkStream &stream, uint64_t wanted) const
{
    const uint64_t least = kLeastWindow - std::min(kLeastWindow, stream.outstandingCredit());
    return std::min(wanted, std::max(freeCredit(), least));
}

LinkStream &Link::Private::add(std::unique_ptr<LinkStream> stream)
{
    if (stream->kind == StreamKind::Pty)
        ++terminals;
    return *streams.emplace(stream->number, std::move(stream)).first->second;
}

void Link::Private::erase(uint32_t number)
{
    const auto found = streams.find(number);
    if (found == streams.end())
        return;
    if (found->second->kind == StreamKind::Pty)
        --terminals;
    scheduler.remove(number);
    streams.erase(found);
    if (creditStarved && !coalesceAt)
        coalesceAt = clock.tick();
}

void Link::Private::eraseIfDone(LinkStream &stream)
{
    if (stream.state == LinkStream::State::Open && stream.outDone() && stream.inDone())
        erase(stream.number);
}

bool Link::Private::ownerAcknowledges(const LinkStream &stream) const
{
    return side == LinkSide::Engine
        && (stream.kind == StreamKind::Pty || stream.kind == StreamKind::ExecOut
            || stream.kind == StreamKind::ExecErr);
}

bool Link::Private::isInput(const LinkStream &stream) const
{
    return side == LinkSide::Engine && stream.kind == StreamKind::Pty;
}

void Link::Private::noteWritable(LinkStream &stream)
{
    if (!stream.wantsWritable || stream.written >= stream.sendLimit || stream.queued() > queueLimit() / 2)
        return;
    stream.wantsWritable = false;
    events.push_back(StreamWritable {stream.number});
}

// ---- Link --------------------------------------------------------------------------------------------------------

Result<StreamNumber> Link::open(StreamKind kind, wire::Open open, bool resumed)
{
    if (!isEstablished() && !d->welcomeQueued)
        return makeError(errors::kServiceUnavailable, "The node is not connected (yet).");
    if (d->streams.size() >= d->limits.maxStreams)
        return makeError(errors::kThrottling,
                         fmt::format("The node has {} open streams; at most {} are served. Close one first.",
                                     d->streams.size(), d->limits.maxStreams));
    auto stream = std::make_unique<LinkStream>();
    stream->number = d->nextNumber;
    d->nextNumber += 2;
    stream->kind = kind;
    stream->received = stream->ackDue = stream->ackSent = open.receive_from();
    stream->receiveLimit = stream->received;
    const uint64_t window = d->grantable(*stream, open.window());
    stream->creditDue = open.window() - window;
    stream->receiveLimit += window;
    if (stream->creditDue > 0)
        d->creditStarved = true;
    open.set_kind(static_cast<uint32_t>(kind));
    open.set_window(window);
    open.set_receive_from(stream->received);
    const StreamNumber number = d->add(std::move(stream)).number;
    d->queueControl(FrameType::Open, number, open, {}, resumed ? frameFlags::kResumed : uint16_t(0));
    return number;
}

void Link::accept(StreamNumber number, uint64_t window, uint64_t receiveFrom, std::string_view note)
{
    LinkStream *stream = d->find(number);
    if (stream == nullptr || stream->state != LinkStream::State::Offered)
        return;
    stream->state = LinkStream::State::Open;
    stream->received = stream->ackDue = stream->ackSent = receiveFrom;
    stream->receiveLimit = receiveFrom;
    const uint64_t given = d->grantable(*stream, window);
    stream->creditDue = window - given;
    stream->receiveLimit += given;
    if (stream->creditDue > 0)
        d->creditStarved = true;
    if (isOneWay(stream->kind))
        stream->finSent = stream->finAcked = true; // the opener is the one who sends
    wire::Opened opened;
    opened.set_window(given);
    opened.set_receive_from(receiveFrom);
    if (!note.empty())
        opened.set_note(std::string(note));
    d->queueControl(FrameType::Opened, number, opened);
}

void Link::refuse(StreamNumber number, std::string_view code, std::string_view text)
{
    const LinkStream *stream = d->find(number);
    if (stream == nullptr || stream->state != LinkStream::State::Offered)
        return;
    d->erase(number);
    wire::Refused refused;
    refused.set_code(std::string(code));
    refused.set_text(std::string(text.substr(0, 1024)));
    d->queueControl(FrameType::Refused, number, refused);
}

size_t Link::writable(StreamNumber number) const
{
    const LinkStream *stream = d->find(number);
    if (stream == nullptr || stream->state != LinkStream::State::Open || stream->fin || stream->finSent)
        return 0;
    const size_t room = d->queueLimit() - std::min(stream->queued(), d->queueLimit());
    return std::min<uint64_t>(stream->sendLimit - std::min(stream->written, stream->sendLimit), room);
}

size_t Link::write(StreamNumber number, std::string_view bytes, bool isError)
{
    LinkStream *stream = d->find(number);
    if (stream == nullptr)
        return 0;
    const size_t taken = std::min(writable(number), bytes.size());
    stream->queue.append(bytes.substr(0, taken), d->payloadLimit());
    if (isError)
        stream->errors.add(stream->written, stream->written + taken);
    stream->written += taken;
    if (taken < bytes.size())
        stream->wantsWritable = true;
    d->makeReady(*stream);
    return taken;
}

void Link::finish(StreamNumber number, wire::Fin fin)
{
    LinkStream *stream = d->find(number);
    if (stream == nullptr || stream->fin || stream->finSent)
        return;
    fin.set_final_offset(stream->written);
    stream->fin = fin.SerializeAsString();
    d->makeReady(*stream);
}

void Link::reset(StreamNumber number, std::string_view code, std::string_view text)
{
    const LinkStream *stream = d->find(number);
    if (stream == nullptr)
        return;
    d->erase(number);
    d->control.dropStream(number);
    wire::Reset message;
    message.set_code(std::string(code));
    message.set_text(std::string(text.substr(0, 1024)));
    d->queueControl(FrameType::Reset, number, message);
}

void Link::acknowledge(StreamNumber number, uint64_t offset)
{
    LinkStream *stream = d->find(number);
    if (stream == nullptr)
        return;
    stream->ackDue = std::max(stream->ackDue, std::min(offset, stream->received));
    if (stream->finReceived && offset >= stream->received)
        stream->finAckDue = true;
    d->touchCoalesced(*stream);
}

void Link::grant(StreamNumber number, uint64_t bytes)
{
    LinkStream *stream = d->find(number);
    if (stream == nullptr || stream->finReceived)
        return;
    stream->creditDue += bytes;
    d->touchCoalesced(*stream);
}

void Link::resize(StreamNumber number, uint32_t columns, uint32_t rows)
{
    if (d->find(number) == nullptr)
        return;
    wire::Resize message;
    message.set_columns(columns);
    message.set_rows(rows);
    d->queueControl(FrameType::Resize, number, message);
}

void Link::signal(StreamNumber number, int signalNumber)
{
    if (d->find(number) == nullptr)
        return;
    wire::Signal message;
    message.set_number(signalNumber);
    d->queueControl(FrameType::Signal, number, message);
}

void Link::inputGiven(StreamNumber number, uint64_t below, bool echo)
{
    if (d->find(number) == nullptr)
        return;
    wire::InputGiven message;
    message.set_below(below);
    message.set_echo(echo);
    d->queueControl(FrameType::InputGiven, number, message);
}

std::optional<StreamKind> Link::kindOf(StreamNumber number) const
{
    const LinkStream *stream = d->find(number);
    return stream == nullptr ? std::nullopt : std::optional(stream->kind);
}

std::vector<StreamNumber> Link::streams() const
{
    std::vector<StreamNumber> numbers;
    numbers.reserve(d->streams.size());
    for (const auto &[number, stream] : d->streams)
        numbers.push_back(number);
    return numbers;
}

}
