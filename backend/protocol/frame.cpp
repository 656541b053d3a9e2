#include "backend/protocol/frame.h"

#include "backend/core/byte_encoding.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/message_lite.h>

#include <fmt/format.h>

namespace fb::protocol {

namespace {
    constexpr int kMaxNesting = 8;
    constexpr size_t kMaxFields = 4096; // of one message: a repeated field costs far more memory than wire

    // Walks the outermost fields without building anything. False: not well formed.
    bool countFields(std::string_view bytes, size_t &fields)
    {
        google::protobuf::io::CodedInputStream in(reinterpret_cast<const uint8_t *>(bytes.data()),
                                                  static_cast<int>(bytes.size()));
        while (const uint32_t tag = in.ReadTag()) {
            ++fields;
            uint64_t varint = 0;
            uint32_t length = 0;
            switch (tag & 7) {
            case 0:
                if (!in.ReadVarint64(&varint))
                    return false;
                break;
            case 1:
                if (!in.Skip(8))
                    return false;
                break;
            case 2:
                if (!in.ReadVarint32(&length) || length > bytes.size() || !in.Skip(static_cast<int>(length)))
                    return false;
                break;
            case 5:
                if (!in.Skip(4))
                    return false;
                break;
            default: // groups are not part of this protocol
                return false;
            }
        }
        return in.ConsumedEntireMessage();
    }

    Error refusal(std::string_view field, std::string message)
    {
        return makeError(errors::kValidation, std::move(message), fmt::format("frame.{}", field));
    }
}

std::string encodeFrame(const Frame &frame)
{
    std::string message;
    message.reserve(kPrefixBytes + frame.header.size() + frame.payload.size());
    message.resize(kPrefixBytes);
    putPrefix(message, frame);
    message += frame.header;
    message += frame.payload;
    return message;
}

void putPrefix(std::string &message, const Frame &frame)
{
    std::string prefix;
    prefix.reserve(kPrefixBytes);
    prefix.push_back(static_cast<char>(kFrameVersion));
    prefix.push_back(static_cast<char>(frame.type));
    putBigEndian<uint16_t>(prefix, frame.flags);
    putBigEndian<uint32_t>(prefix, frame.stream);
    putBigEndian<uint64_t>(prefix, frame.offset);
    putBigEndian<uint16_t>(prefix, static_cast<uint16_t>(frame.header.size()));
    putBigEndian<uint16_t>(prefix, 0);
    message.replace(0, kPrefixBytes, prefix);
}

Result<Frame> decodeFrame(std::string_view message)
{
    if (message.size() < kPrefixBytes)
        return refusal(
            "prefix",
            fmt::format("A frame has {} bytes; its prefix takes {}.", message.size(), kPrefixBytes));
    if (message.size() > kMaxMessageBytes)
        return refusal(
            "size",
            fmt::format("A frame has {} bytes; at most {} are taken.", message.size(), kMaxMessageBytes));
    const uint8_t version = bigEndianAt<uint8_t>(message, 0);
    if (version != kFrameVersion)
        return refusal(
            "ver",
            fmt::format("Frame version {} is not known; this program speaks {}.", version, kFrameVersion));
    const uint8_t type = bigEndianAt<uint8_t>(message, 1);
    if (!isKnownFrameType(type))
        return refusal("type", fmt::format("Frame type {} is not known.", type));
    Frame frame;
    frame.type = static_cast<FrameType>(type);
    frame.flags = bigEndianAt<uint16_t>(message, 2);
    if ((frame.flags & ~frameFlags::kIgnorable) != 0)
        return refusal("flags",
                       fmt::format("Frame flags {:#06x} hold a bit above {:#06x}.", frame.flags,
                                   frameFlags::kIgnorable));
    frame.flags &= frameFlags::kKnown;
    frame.stream = bigEndianAt<uint32_t>(message, 4);
    frame.offset = bigEndianAt<uint64_t>(message, 8);
    const size_t headerSize = bigEndianAt<uint16_t>(message, 16);
    if (headerSize > kMaxHeaderBytes)
        return refusal(
            "hdrLen",
            fmt::format("A frame header has {} bytes; at most {} are taken.", headerSize, kMaxHeaderBytes));
    if (bigEndianAt<uint16_t>(message, 18) != 0)
        return refusal("crc", "The reserved field of the frame prefix is not 0.");
    if (headerSize > message.size() - kPrefixBytes)
        return refusal("hdrLen",
                       fmt::format("A frame announces a header of {} bytes, but {} follow.", headerSize,
                                   message.size() - kPrefixBytes));
    const std::string_view payload = message.substr(kPrefixBytes + headerSize);
    if (payload.size() > kMaxPayloadBytes)
        return refusal("payload",
                       fmt::format("A frame payload has {} bytes; at most {} are taken.", payload.size(),
                                   kMaxPayloadBytes));
    frame.header = message.substr(kPrefixBytes, headerSize);
    frame.payload = payload;
    return frame;
}

bool isKnownFrameType(uint8_t type) { return frameTypeName(static_cast<FrameType>(type)) != "unknown"; }

std::string_view frameTypeName(FrameType type)
{
    switch (type) {
    case FrameType::Hello:
        return "HELLO";
    case FrameType::Welcome:
        return "WELCOME";
    case FrameType::Ping:
        return "PING";
    case FrameType::Pong:
        return "PONG";
    case FrameType::GoAway:
        return "GOAWAY";
    case FrameType::Error:
        return "ERROR";
    case FrameType::Order:
        return "ORDER";
    case FrameType::OrderSeen:
        return "ORDER_SEEN";
    case FrameType::OrderStarted:
        return "ORDER_STARTED";
    case FrameType::OrderStep:
        return "ORDER_STEP";
    case FrameType::OrderResult:
        return "ORDER_RESULT";
    case FrameType::OrderSettled:
        return "ORDER_SETTLED";
    case FrameType::Cancel:
        return "CANCEL";
    case FrameType::CancelResult:
        return "CANCEL_RESULT";
    case FrameType::Open:
        return "OPEN";
    case FrameType::Opened:
        return "OPENED";
    case FrameType::Refused:
        return "REFUSED";
    case FrameType::Data:
        return "DATA";
    case FrameType::Ack:
        return "ACK";
    case FrameType::Credit:
        return "CREDIT";
    case FrameType::Fin:
        return "FIN";
    case FrameType::Reset:
        return "RESET";
    case FrameType::Resize:
        return "RESIZE";
    case FrameType::Signal:
        return "SIGNAL";
    case FrameType::InputGiven:
        return "INPUT_GIVEN";
    case FrameType::Renew:
        return "RENEW";
    case FrameType::Renewed:
        return "RENEWED";
    case FrameType::CrlDelta:
        return "CRL_DELTA";
    case FrameType::Endpoints:
        return "ENDPOINTS";
    case FrameType::EndpointsKept:
        return "ENDPOINTS_KEPT";
    case FrameType::Inventory:
        return "INVENTORY";
    case FrameType::Compliance:
        return "COMPLIANCE";
    case FrameType::Metrics:
        return "METRICS";
    case FrameType::Event:
        return "EVENT";
    case FrameType::Config:
        return "CONFIG";
    case FrameType::Logs:
        return "LOGS";
    }
    return "unknown";
}

Result<void> parseMessage(google::protobuf::MessageLite &message, std::string_view bytes, size_t limit)
{
    if (bytes.size() > limit)
        return makeError(
            errors::kValidation,
            fmt::format("{} has {} bytes; at most {} are taken.", message.GetTypeName(), bytes.size(), limit),
            message.GetTypeName());
    size_t fields = 0;
    if (!countFields(bytes, fields))
        return makeError(errors::kValidation, fmt::format("{} is not well formed.", message.GetTypeName()),
                         message.GetTypeName());
    if (fields > kMaxFields)
        return makeError(
            errors::kValidation,
            fmt::format("{} has {} fields; at most {} are taken.", message.GetTypeName(), fields, kMaxFields),
            message.GetTypeName());
    google::protobuf::io::CodedInputStream in(reinterpret_cast<const uint8_t *>(bytes.data()),
                                              static_cast<int>(bytes.size()));
    in.SetRecursionLimit(kMaxNesting);
    if (!message.ParseFromCodedStream(&in) || !in.ConsumedEntireMessage())
        return makeError(
            errors::kValidation,
            fmt::format("{} is not well formed or nests deeper than {}.", message.GetTypeName(), kMaxNesting),
            message.GetTypeName());
    return {};
}

}
