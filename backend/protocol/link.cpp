#include "backend/protocol/link.h"

#include "backend/protocol/link_private.h"
#include "backend/protocol/message_rules.h"

#include <fmt/format.h>

#include <algorithm>

namespace fb::protocol {

Link::Private::Private(LinkSide side_, LinkLimits limits_, const Clock &clock_, Random &random_)
    : clock(clock_),
      random(random_),
      limits(limits_),
      side(side_),
      rate(limits_.controlFramesPerSecond, limits_.controlFrameBurst, limits_.controlBytesPerSecond,
           clock_.tick()),
      nextNumber(side_ == LinkSide::Engine ? 2 : 1),
      startedAt(clock_.tick()),
      lastHeard(startedAt),
      lastSent(startedAt)
{
}

void Link::Private::fail(Error error)
{
    wire::ErrorReport report;
    report.set_code("protocol-error");
    report.set_text(error.message.substr(0, 1024));
    report.set_fatal(true);
    failWith(std::move(error), FrameType::Error, report);
}

void Link::Private::failWith(Error error, FrameType farewellType,
                             const google::protobuf::MessageLite &farewellHeader)
{
    if (stage == Stage::Failed)
        return;
    stage = Stage::Failed;
    welcomeQueued = false;
    if (!control.hasBegun()) { // nothing may come between the chunks of a message
        Frame frame;
        frame.type = farewellType;
        frame.flags = frameFlags::kLastChunk;
        frame.header = farewellHeader.SerializeAsString();
        farewell = encodeFrame(control.number(std::move(frame)));
    }
    control = {};
    scheduler = {};
    streams.clear();
    events.push_back(LinkFailed {std::move(error)});
}

void Link::Private::fail(FrameType type, std::string_view field, std::string message)
{
    fail(
        makeError(errors::kValidation, std::move(message), fmt::format("{}.{}", frameTypeName(type), field)));
}

void Link::Private::heard()
{
    lastHeard = clock.tick();
    silentTold = false;
}

void Link::Private::schedulePing()
{
    if (side != LinkSide::Agent || stage != Stage::Established)
        return;
    const double factor = 0.8 + 0.4 * random.unit(); // so that a fleet's pings do not march in step
    pingAt = clock.tick() + std::chrono::duration_cast<Microseconds>(limits.pingAfter * factor);
}

void Link::Private::sendPing()
{
    pingNonce = random.number() | 1;
    pingSentAt = clock.tick();
    pingWall = toMicros(clock.now());
    wire::Ping ping;
    ping.set_wall_clock_us(pingWall);
    ping.set_nonce(pingNonce);
    queueControl(FrameType::Ping, kControlStream, ping);
    schedulePing();
}

void Link::Private::onTime()
{
    if (stage == Stage::Failed)
        return;
    const Tick now = clock.tick();
    if (coalesceAt && now >= *coalesceAt)
        flushCoalesced();
    if (stage == Stage::AwaitHello && side == LinkSide::Engine && now >= startedAt + limits.helloWithin)
        return fail(FrameType::Hello, "time",
                    fmt::format("HELLO did not come within {} ms.", limits.helloWithin.count()));
    if (rate.isPaused(now)) {
        lastHeard = now; // we are not listening
        return;
    }
    const auto silence = now - lastHeard;
    if (silence >= limits.lostAfter)
        return fail(makeError(errors::kServiceUnavailable,
                              fmt::format("The peer was silent for {} ms.", limits.lostAfter.count())));
    if (silence >= limits.silentAfter && !silentTold) {
        silentTold = true;
        events.push_back(PeerSilent {});
    }
    if (now >= pingAt) {
        // Traffic both ways makes a ping needless; the next look is when the quieter direction will have been silent long enough.
        const Tick quietSince = std::min(lastHeard, lastSent);
        if (now - quietSince >= limits.pingAfter * 8 / 10)
            sendPing();
        else
            pingAt = quietSince + limits.pingAfter;
    }
}

Tick Link::Private::nextDeadline() const
{
    if (stage == Stage::Failed)
        return Tick::max();
    Tick next = lastHeard + (silentTold ? limits.lostAfter : limits.silentAfter);
    if (side == LinkSide::Engine && stage == Stage::AwaitHello)
        next = std::min(next, startedAt + limits.helloWithin);
    if (coalesceAt)
        next = std::min(next, *coalesceAt);
    next = std::min(next, pingAt);
    if (const Tick resumes = rate.resumesAt(); resumes > clock.tick())
        next = std::min(next, resumes);
    return next;
}

// ---- Link --------------------------------------------------------------------------------------------------------

Link::Link(LinkSide side, LinkLimits limits, const Clock &clock, Random &random)
    : d(std::make_unique<Private>(side, limits, clock, random))
{
}

Link::~Link() = default;

void Link::receive(std::string_view message) { d->receive(message); }
void Link::onTime() { d->onTime(); }
Tick Link::nextDeadline() const { return d->nextDeadline(); }
bool Link::wantsToRead() const
{
    return d->stage != Private::Stage::Failed && !d->rate.isPaused(d->clock.tick());
}
bool Link::hasOutput() const { return d->hasOutput(); }
std::optional<std::string> Link::nextMessage() { return d->nextMessage(); }
std::vector<LinkEvent> Link::takeEvents() { return std::exchange(d->events, {}); }
bool Link::hasFailed() const { return d->stage == Private::Stage::Failed; }
bool Link::isEstablished() const { return d->stage == Private::Stage::Established; }
size_t Link::queuedControlBytes() const { return d->control.queuedBytes(); }
void Link::setCompression(bool on) { d->compresses = on; }

void Link::setPingAfter(std::chrono::milliseconds silence)
{
    d->limits.pingAfter = std::clamp(silence, std::chrono::milliseconds(1000), d->limits.silentAfter);
    d->schedulePing();
}

void Link::send(FrameType type, const google::protobuf::MessageLite &header, std::string payload)
{
    const MessageRule *rule = ruleOf(type);
    if (rule != nullptr && rule->inPayload && payload.empty())
        d->queueControl(type, kControlStream, wire::Ping(), header.SerializeAsString());
    else
        d->queueControl(type, kControlStream, header, std::move(payload));
}

}
