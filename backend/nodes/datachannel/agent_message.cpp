#include "backend/nodes/datachannel/agent_message.h"

#include "backend/base/qt_text.h"
#include "backend/core/byte_encoding.h"
#include "backend/core/text_safety.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr size_t kTypeBytes = 32;
    constexpr size_t kIdBytes = 16;
    constexpr size_t kDigestBytes = 32;
    // Up to the payload's length, which is not counted.
    constexpr size_t kHeaderBytes = 4 + kTypeBytes + 4 + 8 + 8 + 8 + kIdBytes + kDigestBytes + 4;
    static_assert(kHeaderBytes == 116);
    constexpr size_t kPayloadAt = kHeaderBytes + 4;
    constexpr int kLargestTerminal = 1000;

    template <typename Number>
    Number takeNumber(std::string_view &bytes)
    {
        const auto number = bigEndianAt<Number>(bytes, 0);
        bytes.remove_prefix(sizeof(Number));
        return number;
    }

    std::string_view takeBytes(std::string_view &bytes, size_t count)
    {
        const std::string_view taken = bytes.substr(0, count);
        bytes.remove_prefix(count);
        return taken;
    }

    // The second half of a UUID comes first.
    std::string idBytes(std::string_view uuid)
    {
        std::string digits;
        std::ranges::copy_if(uuid, std::back_inserter(digits), [](char c) { return c != '-'; });
        const auto raw = fromHex(digits);
        if (!raw || raw->size() != kIdBytes)
            return std::string(kIdBytes, '\0');
        return raw->substr(kIdBytes / 2) + raw->substr(0, kIdBytes / 2);
    }

    std::string idText(std::string_view bytes)
    {
        const std::string hex
            = toHex(std::string(bytes.substr(kIdBytes / 2)).append(bytes.substr(0, kIdBytes / 2)));
        return hex.substr(0, 8) + '-' + hex.substr(8, 4) + '-' + hex.substr(12, 4) + '-' + hex.substr(16, 4)
            + '-' + hex.substr(20);
    }

    Error badMessage(const std::string &what) { return makeError(errors::kValidation, what, "Message"); }

    Result<QJsonObject> jsonObject(std::string_view json, const char *what)
    {
        const auto document
            = QJsonDocument::fromJson(QByteArray(json.data(), static_cast<qsizetype>(json.size())));
        if (!document.isObject())
            return badMessage(fmt::format("The {} is no JSON object.", what));
        return document.object();
    }

    std::string jsonText(const QJsonObject &object, const QString &name, size_t most)
    {
        const std::string text = toStd(object[name].toString());
        return std::string(firstCodePoints(text, most));
    }
}

std::string AgentMessage::encoded() const
{
    std::string bytes;
    bytes.reserve(kPayloadAt + payload.size());
    putBigEndian(bytes, static_cast<uint32_t>(kHeaderBytes));
    bytes += messageType.substr(0, kTypeBytes);
    bytes.append(kTypeBytes - std::min(kTypeBytes, messageType.size()), ' ');
    putBigEndian(bytes, schemaVersion);
    putBigEndian(bytes, createdMs);
    putBigEndian(bytes, static_cast<uint64_t>(sequence));
    putBigEndian(bytes, flags);
    bytes += idBytes(messageId);
    bytes += sha256(payload);
    putBigEndian(bytes, static_cast<uint32_t>(payloadType));
    putBigEndian(bytes, static_cast<uint32_t>(payload.size()));
    return bytes + payload;
}

Result<AgentMessage> AgentMessage::decoded(std::string_view bytes)
{
    if (bytes.size() < kPayloadAt)
        return badMessage(
            fmt::format("The message has {} bytes; it must have {} at least.", bytes.size(), kPayloadAt));
    if (const auto header = takeNumber<uint32_t>(bytes); header != kHeaderBytes)
        return badMessage(fmt::format("HeaderLength is {}; it must be {}.", header, kHeaderBytes));
    AgentMessage message;
    std::string_view type = takeBytes(bytes, kTypeBytes);
    type = type.substr(0, type.find_last_not_of(std::string_view(" \0", 2)) + 1);
    if (type.empty() || !std::ranges::all_of(type, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; }))
        return badMessage("MessageType is none that is known.");
    message.messageType = type;
    message.schemaVersion = takeNumber<uint32_t>(bytes);
    message.createdMs = takeNumber<uint64_t>(bytes);
    message.sequence = static_cast<int64_t>(takeNumber<uint64_t>(bytes));
    message.flags = takeNumber<uint64_t>(bytes);
    message.messageId = idText(takeBytes(bytes, kIdBytes));
    const std::string_view digest = takeBytes(bytes, kDigestBytes);
    message.payloadType = static_cast<PayloadType>(takeNumber<uint32_t>(bytes));
    if (const auto length = takeNumber<uint32_t>(bytes); length != bytes.size())
        return badMessage(fmt::format("PayloadLength is {}; {} bytes follow.", length, bytes.size()));
    if (!bytes.empty() && sha256(bytes) != digest)
        return badMessage("PayloadDigest is not the payload's.");
    message.payload = bytes;
    return message;
}

std::string acknowledgementOf(const AgentMessage &message)
{
    return QJsonDocument(QJsonObject {{u"AcknowledgedMessageType"_s, toQString(message.messageType)},
                                      {u"AcknowledgedMessageId"_s, toQString(message.messageId)},
                                      {u"AcknowledgedMessageSequenceNumber"_s, qint64(message.sequence)},
                                      {u"IsSequentialMessage"_s, true}})
        .toJson(QJsonDocument::Compact)
        .toStdString();
}

Result<Acknowledgement> readAcknowledgement(std::string_view json)
{
    const auto object = jsonObject(json, "acknowledgement");
    if (!object)
        return object.error();
    const qint64 sequence = (*object)[u"AcknowledgedMessageSequenceNumber"_s].toInteger(-1);
    if (sequence < 0)
        return badMessage("AcknowledgedMessageSequenceNumber is no sequence number.");
    return Acknowledgement {.messageType = jsonText(*object, u"AcknowledgedMessageType"_s, 32),
                            .messageId = jsonText(*object, u"AcknowledgedMessageId"_s, 40),
                            .sequence = sequence};
}

Result<ChannelSize> readTerminalSize(std::string_view json)
{
    const auto object = jsonObject(json, "size");
    if (!object)
        return object.error();
    const ChannelSize size {.columns = (*object)[u"cols"_s].toInt(), .rows = (*object)[u"rows"_s].toInt()};
    const auto fits = [](int count) { return count >= 1 && count <= kLargestTerminal; };
    if (!fits(size.columns) || !fits(size.rows))
        return badMessage(fmt::format("A terminal of {} columns and {} rows; each must be 1 to {}.",
                                      size.columns, size.rows, kLargestTerminal));
    return size;
}

std::string flagPayload(ChannelFlag flag)
{
    std::string bytes;
    putBigEndian(bytes, static_cast<uint32_t>(flag));
    return bytes;
}

std::optional<ChannelFlag> readFlag(std::string_view payload)
{
    if (payload.size() != sizeof(uint32_t))
        return std::nullopt;
    const auto number = takeNumber<uint32_t>(payload);
    return number >= 1 && number <= 3 ? std::optional(static_cast<ChannelFlag>(number)) : std::nullopt;
}

Result<ChannelOpening> readChannelOpening(std::string_view json)
{
    const auto object = jsonObject(json, "first message");
    if (!object)
        return object.error();
    ChannelOpening opening {.token = jsonText(*object, u"TokenValue"_s, 300),
                            .clientId = jsonText(*object, u"ClientId"_s, 128),
                            .clientVersion = jsonText(*object, u"ClientVersion"_s, 40)};
    if (opening.token.empty() || opening.clientId.empty())
        return badMessage("TokenValue or ClientId is missing.");
    return opening;
}

Result<HandshakeAnswer> readHandshakeAnswer(std::string_view json)
{
    constexpr int kSuccess = 1;
    const auto object = jsonObject(json, "handshake's answer");
    if (!object)
        return object.error();
    HandshakeAnswer answer {.clientVersion = jsonText(*object, u"ClientVersion"_s, 40), .refusal = {}};
    bool isDone = false;
    for (const QJsonValue &each : (*object)[u"ProcessedClientActions"_s].toArray()) {
        const QJsonObject action = each.toObject();
        if (action[u"ActionType"_s] != u"SessionType"_s)
            continue;
        isDone = action[u"ActionStatus"_s].toInt() == kSuccess;
        answer.refusal = jsonText(action, u"Error"_s, 200);
    }
    if (!isDone && answer.refusal.empty())
        answer.refusal = "it does not know this type of session";
    else if (isDone)
        answer.refusal.clear();
    return answer;
}

bool isVersionBelow(std::string_view version, std::string_view other)
{
    const auto next = [](std::string_view &rest) {
        const std::string_view part = rest.substr(0, rest.find('.'));
        rest.remove_prefix(std::min(rest.size(), part.size() + 1));
        uint32_t number = 0;
        std::from_chars(part.data(), part.data() + part.size(), number);
        return number;
    };
    while (!version.empty() || !other.empty()) {
        const uint32_t left = next(version);
        const uint32_t right = next(other);
        if (left != right)
            return left < right;
    }
    return false;
}

}
