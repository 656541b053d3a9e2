#pragma once
// The inside of TicketKeyRing. Inside this room only.

#include "backend/transport/tls_context.h"

#include <array>
#include <vector>

namespace fb::transport {

struct TicketKey {
    std::array<unsigned char, 16> name {};
    SecretBytes hmac; // 32 bytes
    SecretBytes aes; // 32 bytes

    TicketKey copy() const { return {name, hmac.copy(), aes.copy()}; }
};

struct TicketKeyRing::Keys {
    std::vector<TicketKey> all; // newest first, one or two
};

}
