#pragma once
// The messages of a tool's channel on its stream: a length of four bytes (big-endian), then one protobuf message. Used by engine and agent.
// One thread at a time.

#include "backend/core/result.h"
#include "backend/protocol/tools.pb.h"

#include <optional>
#include <string>
#include <string_view>

namespace fb::protocol {

inline constexpr size_t kMaxToolRequestBytes = 2 * 1024 * 1024;
inline constexpr size_t kMaxToolAnswerBytes = 16 * 1024 * 1024;

// Of a ToolProblem, beside the names in core/error.h: the node's system or the agent's own rules do not allow it.
inline constexpr ErrorCode kRefusedByNode {"RefusedByNode"};

// What may stand in RpcParams.method.
namespace toolNames {
    inline constexpr std::string_view kProcesses = "processes";
    inline constexpr std::string_view kFiles = "files";
    inline constexpr std::string_view kAccounts = "accounts";
    inline constexpr std::string_view kPerformance = "performance";
    inline constexpr std::string_view kServices = "services";
    inline constexpr std::string_view kJournal = "journal";
    inline constexpr std::string_view kTransfer = "transfer"; // over streams of kind file-get and file-put
}
bool isToolName(std::string_view name);

std::string toolMessage(const google::protobuf::MessageLite &message); // with its length

// Puts the messages together again from bytes as they come.
class ToolMessageReader
{
public:
    explicit ToolMessageReader(size_t limit) : m_limit(limit) { }

    void add(std::string_view bytes);
    // The next whole message's bytes, there until the next add(); nothing: more has to come. ValidationException for one over the limit: the
    // channel is lost.
    Result<std::optional<std::string_view>> next();

private:
    size_t m_limit;
    std::string m_bytes;
    size_t m_begin = 0; // of what is not taken yet
};

}
