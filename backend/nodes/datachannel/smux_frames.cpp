#include "backend/nodes/datachannel/smux_frames.h"

#include <fmt/format.h>

#include <algorithm>

namespace fb {

namespace {
    constexpr size_t kSmuxHeaderBytes = 8;
    constexpr size_t kSmuxMaxPayload = 65535;
    constexpr uint8_t kSmuxVersion = 1;

    uint8_t byteAt(std::string_view bytes, size_t at) { return static_cast<uint8_t>(bytes[at]); }
}

std::string SmuxFrame::encoded() const
{
    const size_t size = std::min(payload.size(), kSmuxMaxPayload);
    std::string bytes;
    bytes.reserve(kSmuxHeaderBytes + size);
    bytes.push_back(static_cast<char>(kSmuxVersion));
    bytes.push_back(static_cast<char>(command));
    for (const size_t shift : {0U, 8U})
        bytes.push_back(static_cast<char>((size >> shift) & 0xff));
    for (const uint32_t shift : {0U, 8U, 16U, 24U})
        bytes.push_back(static_cast<char>((stream >> shift) & 0xff));
    return bytes.append(payload, 0, size);
}

Result<std::vector<SmuxFrame>> SmuxReader::read(std::string_view bytes)
{
    std::vector<SmuxFrame> frames;
    m_rest += bytes;
    std::string_view rest = m_rest;
    while (!m_isBroken && rest.size() >= kSmuxHeaderBytes) {
        const uint8_t version = byteAt(rest, 0);
        const uint8_t command = byteAt(rest, 1);
        if (version != kSmuxVersion || command > static_cast<uint8_t>(SmuxCommand::Nop)) {
            m_isBroken = true;
            m_rest.clear();
            return makeError(
                errors::kValidation,
                fmt::format("A frame of version {} and command {}; smux 1 has none such.", version, command));
        }
        const size_t size = byteAt(rest, 2) | static_cast<size_t>(byteAt(rest, 3)) << 8;
        if (rest.size() < kSmuxHeaderBytes + size)
            break;
        uint32_t stream = 0;
        for (size_t i = 0; i < 4; ++i)
            stream |= static_cast<uint32_t>(byteAt(rest, 4 + i)) << (8 * i);
        frames.push_back({.command = static_cast<SmuxCommand>(command),
                          .stream = stream,
                          .payload = std::string(rest.substr(kSmuxHeaderBytes, size))});
        rest.remove_prefix(kSmuxHeaderBytes + size);
    }
    m_rest.erase(0, m_rest.size() - rest.size());
    if (m_isBroken)
        m_rest.clear();
    return frames;
}

}
