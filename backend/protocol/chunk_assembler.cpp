#include "backend/protocol/chunk_assembler.h"

#include "backend/protocol/message_rules.h"

#include <fmt/format.h>

namespace fb::protocol {

namespace {
    Error refusal(FrameType type, std::string_view field, std::string message)
    {
        return makeError(errors::kValidation, std::move(message),
                         fmt::format("{}.{}", frameTypeName(type), field));
    }
}

Result<std::optional<Frame>> ChunkAssembler::take(Frame frame)
{
    const FrameType type = frame.type;
    const bool isLast = frame.stream != kControlStream || (frame.flags & frameFlags::kLastChunk) != 0;
    if (!m_open) {
        if (frame.offset != m_sequence + 1)
            return refusal(type, "sequence",
                           fmt::format("{} has sequence number {}; {} was due. A frame was repeated or lost.",
                                       frameTypeName(type), frame.offset, m_sequence + 1));
        m_sequence = frame.offset;
    } else {
        if (frame.type != m_open->type || frame.offset != m_sequence || frame.stream != kControlStream)
            return refusal(type, "sequence",
                           fmt::format("{} came between the chunks of {} {}.", frameTypeName(type),
                                       frameTypeName(m_open->type), m_sequence));
        if (!frame.header.empty())
            return refusal(type, "header", "Only the first chunk of a message has a header.");
        if (frame.payload.empty())
            return refusal(type, "payload", "A chunk of a message is empty.");
        if (((frame.flags ^ m_open->flags) & frameFlags::kCompressed) != 0)
            return refusal(type, "flags", "The chunks of a message differ in compression.");
    }
    if (frame.stream == kControlStream) {
        const MessageRule *rule = ruleOf(type);
        const size_t size = frame.payload.size() + (m_open ? m_open->payload.size() : 0);
        if (rule == nullptr || size > rule->maxPayload)
            return refusal(type, "payload",
                           fmt::format("The payload of {} passes {} bytes.", frameTypeName(type),
                                       rule == nullptr ? 0 : rule->maxPayload));
    }
    if (m_open) {
        m_open->payload += frame.payload;
        frame = std::move(*m_open);
        m_open.reset();
    } else if (!isLast && frame.payload.empty()) {
        return refusal(type, "payload", "A chunk of a message is empty.");
    }
    if (isLast)
        return std::optional<Frame>(std::move(frame));
    m_open = std::move(frame);
    return std::optional<Frame>();
}

}
