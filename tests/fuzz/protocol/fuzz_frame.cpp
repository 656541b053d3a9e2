// Frames from a hostile peer: the decoder, and Link in every state and on both sides. [P01] [P04] [P05] [T02]
// The first byte chooses side and state; then each message is two bytes of length and so many bytes.

#include "backend/protocol/link.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace fb;
using namespace fb::protocol;

class StillClock final : public Clock
{
public:
    Instant now() const override { return fromMicros(1'764'000'000'000'000); }
    Tick tick() const override { return m_tick; }
    void advance(Microseconds step) { m_tick += step; }

private:
    Tick m_tick {std::chrono::hours(1)};
};

class StillRandom final : public Random
{
public:
    std::string bytes(size_t count) override { return std::string(count, '\x2a'); }
};

void require(bool holds)
{
    if (!holds)
        std::abort();
}

void pump(Link &from, Link &to)
{
    while (const auto message = from.nextMessage())
        to.receive(*message);
}

}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (size < 1)
        return 0;
    const uint8_t choice = bytes[0];
    std::string_view rest(reinterpret_cast<const char *>(bytes) + 1, size - 1);

    if (const Result<Frame> frame = decodeFrame(rest)) {
        const Result<Frame> again = decodeFrame(encodeFrame(*frame));
        require(again.has_value() && again->payload == frame->payload && again->header == frame->header);
    }

    StillClock clock;
    StillRandom random;
    LinkLimits limits;
    limits.maxStreams = 4;
    Link engine(LinkSide::Engine, limits, clock, random);
    Link agent(LinkSide::Agent, limits, clock, random);
    Link &victim = (choice & 1) != 0 ? agent : engine;
    Link &peer = (choice & 1) != 0 ? engine : agent;

    const int state = (choice >> 1) & 3; // fresh, HELLO seen, established, with streams
    if (state >= 1) {
        agent.send(FrameType::Hello, wire::Hello());
        pump(agent, engine);
    }
    if (state >= 2) {
        engine.send(FrameType::Welcome, wire::Welcome());
        pump(engine, agent);
    }
    victim.setCompression((choice & 8) != 0);
    if (state == 3) {
        const auto exec = agent.open(StreamKind::ExecOut, {});
        pump(agent, engine);
        engine.accept(*exec, 100'000, 0);
        const auto pty = engine.open(StreamKind::Pty, {});
        pump(engine, agent);
        agent.accept(*pty, 1000, 0);
        pump(agent, engine);
        (void)peer.open(StreamKind::Rpc, {});
        pump(peer, victim);
    }
    (void)victim.takeEvents();

    while (rest.size() >= 2) {
        const size_t length
            = static_cast<size_t>(static_cast<uint8_t>(rest[0]) << 8 | static_cast<uint8_t>(rest[1]));
        rest.remove_prefix(2);
        const std::string_view message = rest.substr(0, length);
        rest.remove_prefix(message.size());
        victim.receive(message);
        size_t delivered = 0;
        for (const LinkEvent &event : victim.takeEvents()) {
            if (const auto *offered = std::get_if<StreamOpenReceived>(&event))
                victim.accept(offered->stream, 1000, 0);
            if (const auto *arrived = std::get_if<StreamData>(&event)) {
                delivered += arrived->bytes.size();
                victim.acknowledge(arrived->stream, arrived->offset + arrived->bytes.size());
                victim.grant(arrived->stream, arrived->bytes.size());
            }
        }
        require(delivered <= 101'000); // never more than was granted
        clock.advance(Microseconds(500'000));
        victim.onTime();
        while (victim.nextMessage()) { }
        require(victim.streams().size() <= 8);
    }
    return 0;
}
