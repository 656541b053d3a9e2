#pragma once
// The binary messages that the stock session-manager-plugin speaks (spec/session-manager.md 3.2): bytes to values and back. No other file knows
// their layout. Pure; any thread; fuzzed.

#include "backend/core/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace fb {

namespace messageTypes {
    inline constexpr std::string_view kInput = "input_stream_data"; // of the client
    inline constexpr std::string_view kOutput = "output_stream_data"; // to the client
    inline constexpr std::string_view kAcknowledge = "acknowledge";
    inline constexpr std::string_view kChannelClosed = "channel_closed";
    inline constexpr std::string_view kStartPublication = "start_publication";
    inline constexpr std::string_view kPausePublication = "pause_publication";
}

enum class PayloadType : uint32_t {
    None = 0, // of messages that are no stream data
    Output = 1,
    Error = 2,
    Size = 3,
    Parameter = 4,
    HandshakeRequest = 5,
    HandshakeResponse = 6,
    HandshakeComplete = 7,
    ChallengeRequest = 8,
    ChallengeResponse = 9,
    Flag = 10,
    StdErr = 11,
    ExitCode = 12
};

enum class ChannelFlag : uint32_t { DisconnectToPort = 1, TerminateSession = 2, ConnectToPortError = 3 };

struct AgentMessage {
    static constexpr uint64_t kSyn = 1;
    static constexpr uint64_t kFin = 2;

    std::string messageType; // at most 32 bytes
    uint32_t schemaVersion = 1;
    uint64_t createdMs = 0;
    int64_t sequence = 0;
    uint64_t flags = 0;
    std::string messageId; // UUID, 36 characters
    PayloadType payloadType = PayloadType::None;
    std::string payload;
    bool operator==(const AgentMessage &) const = default;

    std::string encoded() const;
    // ValidationException: too short, a header of another length, a payload of another size or digest than it says, a type that is no text.
    static Result<AgentMessage> decoded(std::string_view bytes);
};

struct Acknowledgement {
    std::string messageType;
    std::string messageId;
    int64_t sequence = 0;
};

std::string acknowledgementOf(const AgentMessage &message); // as JSON
Result<Acknowledgement> readAcknowledgement(std::string_view json);

struct ChannelSize {
    int columns = 0; // 1 to 1000
    int rows = 0;
};
Result<ChannelSize> readTerminalSize(std::string_view json);

std::string flagPayload(ChannelFlag flag);
std::optional<ChannelFlag> readFlag(std::string_view payload);

// The first message of a client, as text.
struct ChannelOpening {
    std::string token;
    std::string clientId;
    std::string clientVersion;
};
Result<ChannelOpening> readChannelOpening(std::string_view json);

struct HandshakeAnswer {
    std::string clientVersion;
    std::string refusal; // what of the session's type it cannot do; empty: it can
};
Result<HandshakeAnswer> readHandshakeAnswer(std::string_view json);

// "1.2.553.0" is not below "1.1.70": numbers, part by part; what is no number counts as 0.
bool isVersionBelow(std::string_view version, std::string_view other);

}
