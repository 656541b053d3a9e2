#include "backend/protocol/tool_messages.h"

#include "backend/core/byte_encoding.h"

#include <fmt/format.h>

#include <algorithm>

namespace fb::protocol {

namespace {
    constexpr size_t kLengthBytes = 4;
    constexpr size_t kKeepBelow = 64 * 1024; // taken bytes that are not worth moving the rest for
}

bool isToolName(std::string_view name)
{
    constexpr std::string_view kAll[]
        = {toolNames::kProcesses, toolNames::kFiles,   toolNames::kAccounts, toolNames::kPerformance,
           toolNames::kServices,  toolNames::kJournal, toolNames::kTransfer};
    return std::find(std::begin(kAll), std::end(kAll), name) != std::end(kAll);
}

std::string toolMessage(const google::protobuf::MessageLite &message)
{
    std::string bytes;
    putBigEndian(bytes, static_cast<uint32_t>(message.ByteSizeLong()));
    message.AppendToString(&bytes);
    return bytes;
}

void ToolMessageReader::add(std::string_view bytes)
{
    if (m_begin == m_bytes.size() || m_begin > kKeepBelow) {
        m_bytes.erase(0, m_begin);
        m_begin = 0;
    }
    m_bytes += bytes;
}

Result<std::optional<std::string_view>> ToolMessageReader::next()
{
    const std::string_view rest = std::string_view(m_bytes).substr(m_begin);
    if (rest.size() < kLengthBytes)
        return std::optional<std::string_view>();
    const size_t length = bigEndianAt<uint32_t>(rest, 0);
    if (length > m_limit) // before its body is awaited
        return makeError(
            errors::kValidation,
            fmt::format("a message of {} bytes is announced; at most {} are taken", length, m_limit));
    if (rest.size() < kLengthBytes + length)
        return std::optional<std::string_view>();
    m_begin += kLengthBytes + length;
    return std::optional(rest.substr(kLengthBytes, length));
}

}
