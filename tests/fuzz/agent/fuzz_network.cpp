// What a network process sends to the supervisor: no message is longer than its kind may be, none costs memory before it may come, and after a
// broken rule nothing more is given. [N08]

#include "agent/network/network_message.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>

using namespace fb::agent;

namespace {
constexpr size_t kMost = 2000;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    NetworkReader reader([](uint8_t kind) {
        const bool mayCome = kind >= static_cast<uint8_t>(NetworkMessage::Unconfined)
            && kind <= static_cast<uint8_t>(NetworkMessage::Answered);
        return mayCome
            ? std::optional<size_t>(kind == static_cast<uint8_t>(NetworkMessage::Written) ? 0 : kMost)
            : std::nullopt;
    });
    const size_t step = size > 0 ? 1 + bytes[0] : 1; // cut anywhere
    size_t given = 0;
    for (size_t at = 0; at < size;) {
        char *room = reader.room();
        const size_t piece = std::min({step, size - at, reader.roomBytes()});
        if (piece == 0 || reader.roomBytes() > 1024 * 1024)
            std::abort();
        std::memcpy(room, bytes + at, piece);
        reader.filled(piece);
        at += piece;
        for (;;) {
            const auto message = reader.next();
            if (!message)
                return 0;
            if (!*message)
                break;
            given += kNetworkHeadBytes + (*message)->payload.size();
            if ((*message)->payload.size() > kMost || given > at)
                std::abort();
        }
    }
    return 0;
}
