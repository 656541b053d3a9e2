#include "agent/network/network_message.h"

#include "backend/core/byte_encoding.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

namespace fb::agent {

namespace {
    constexpr size_t kReadBytes = 128 * 1024;
    constexpr size_t kKeptBytes = 320 * 1024; // the usual large message fits
}

std::string networkHead(NetworkMessage kind, size_t payloadBytes)
{
    std::string head(1, static_cast<char>(kind));
    putBigEndian(head, static_cast<uint32_t>(payloadBytes));
    return head;
}

char *NetworkReader::room()
{
    if (m_taken > 0) {
        std::memmove(m_bytes.data(), m_bytes.data() + m_taken, m_filled - m_taken);
        m_filled -= std::exchange(m_taken, 0);
    }
    // A large message gets the room it needs at once; of a very large one it is given back after it.
    const size_t wanted = std::max(m_wanted, kReadBytes);
    if (m_bytes.size() < wanted
        || (m_bytes.size() > kKeptBytes && wanted <= kReadBytes && m_filled <= wanted)) {
        m_bytes.resize(wanted);
        m_bytes.shrink_to_fit();
    }
    return m_bytes.data() + m_filled;
}

Result<std::optional<NetworkReader::Message>> NetworkReader::next()
{
    const size_t there = m_filled - m_taken;
    if (there < kNetworkHeadBytes)
        return std::optional<Message>();
    const std::string_view bytes(m_bytes.data() + m_taken, there);
    const auto kind = static_cast<uint8_t>(bytes[0]);
    const size_t size = bigEndianAt<uint32_t>(bytes, 1);
    if (m_wanted == 0) { // its limit is asked for once: when it begins
        const auto limit = m_limitOf(kind);
        if (!limit)
            return makeError(errors::kValidation, fmt::format("message {} may not come now", kind), "kind");
        if (size > *limit)
            return makeError(errors::kValidation,
                             fmt::format("message {} announces {} bytes; it may have {}", kind, size, *limit),
                             "size");
        m_wanted = kNetworkHeadBytes + size;
    }
    if (there < m_wanted)
        return std::optional<Message>();
    m_taken += std::exchange(m_wanted, 0);
    return std::optional<Message>({static_cast<NetworkMessage>(kind), bytes.substr(kNetworkHeadBytes, size)});
}

}
