// What a client of a data channel can send: messages, the JSON in them, and smux frames. The first byte of a seed parts the rest into pieces.

#include "backend/core/clock.h"
#include "backend/core/random.h"
#include "backend/nodes/datachannel/data_channel.h"
#include "backend/nodes/datachannel/smux_frames.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

class FuzzedChannel final : public fb::DataChannel::Owner
{
public:
    void channelSends(std::string message) override
    {
        if (!fb::AgentMessage::decoded(message)) // ours are always right
            std::abort();
    }
    bool channelReceived(fb::PayloadType, std::string_view) override { return ++m_calls % 3 != 0; }
    void channelDelivered(fb::PayloadType, size_t) override { }

private:
    int m_calls = 0;
};

class SameBytes final : public fb::Random
{
public:
    std::string bytes(size_t count) override { return std::string(count, '\x5a'); }
};

}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    using namespace fb;
    if (size < 1)
        return 0;
    const size_t piece = size_t(bytes[0]) + 1;
    std::string_view text(reinterpret_cast<const char *>(bytes) + 1, size - 1);
    if (const auto message = AgentMessage::decoded(text)) {
        const auto again = AgentMessage::decoded(message->encoded());
        if (!again || !(*again == *message))
            std::abort();
        (void)readAcknowledgement(message->payload);
        (void)readFlag(message->payload);
        if (const auto terminal = readTerminalSize(message->payload);
            terminal && (terminal->columns < 1 || terminal->rows < 1))
            std::abort();
        (void)readHandshakeAnswer(message->payload);
    }
    if (const auto opening = readChannelOpening(text); opening && opening->token.empty())
        std::abort();

    static const SystemClock clock;
    SameBytes random;
    FuzzedChannel owner;
    DataChannel channel(owner, clock, random);
    channel.connected();
    channel.send(PayloadType::Output, "x");
    channel.receive(text); // whole, and then each message in it
    for (std::string_view rest = text; rest.size() >= 120;) {
        uint32_t length = 0;
        for (size_t i = 116; i < 120; ++i)
            length = length << 8 | static_cast<uint8_t>(rest[i]);
        const size_t whole = std::min<size_t>(rest.size(), 120 + size_t(length));
        channel.receive(rest.substr(0, whole));
        rest.remove_prefix(whole);
    }
    channel.tick();
    channel.retry();

    SmuxReader reader;
    for (std::string_view rest = text; !rest.empty(); rest.remove_prefix(std::min(rest.size(), piece))) {
        if (const auto frames = reader.read(rest.substr(0, piece)); !frames)
            break;
    }
    return 0;
}
