#pragma once
// Protocol levels and named features (protocol-notes 5). A feature is used only if both sides listed it.

#include <cstdint>
#include <string_view>

namespace fb::protocol {

inline constexpr uint32_t kProtocolLevel = 1; // this program's
inline constexpr uint32_t kOldestServedLevel = 1; // the current and the two previous minor levels
inline constexpr std::string_view kSubprotocol = "fb-agent.1";
inline constexpr std::string_view kAgentPath = "/agent/v1";
inline constexpr std::string_view kEnrolPath = "/enrol/v1";

namespace features {
    inline constexpr std::string_view kZstd = "zstd";
    inline constexpr std::string_view kSignedOrders = "signed-orders";
    inline constexpr std::string_view kSignedOpens = "signed-opens"; // and profiles
}

// Kinds of EVENT, node -> engine.
inline constexpr std::string_view kUnsignedRefused = "unsigned-refused"; // text: what it was

}
