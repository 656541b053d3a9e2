#pragma once
// The files of one order or session, as supervisor and worker share them (design 8):
//   work/<order>-<attempt>/  order.pb  <n>.stdout  <n>.stderr  <n>.result.pb  result.pb  sock  pid  <n>.begun  <n>.tries  files/<SHA-256>
//   sessions/<hash of token>/  session.pb  sock  pid
// n is the step's index from 0. Results appear whole. Any thread.

#include "agent/platform/private_folder.h"
#include "backend/core/result.h"
#include "backend/protocol/flagbridge.pb.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace fb::agent {

namespace workNames {
    inline constexpr std::string_view kOrder = "order.pb";
    inline constexpr std::string_view kSession = "session.pb";
    inline constexpr std::string_view kResult = "result.pb";
    inline constexpr std::string_view kPid = "pid"; // of the worker: number, start time, boot
    inline constexpr std::string_view kShell = "shell"; // of a session's shell: number, start time
    std::string stdoutOf(uint32_t step);
    std::string stderrOf(uint32_t step);
    std::string resultOf(uint32_t step);
    std::string begunOf(
        uint32_t step); // made before its process is started: with it and without a result it was interrupted
    std::string triesOf(uint32_t step);
    inline constexpr std::string_view kFiles = "files"; // that came from the engine, by their hash in hex
}

// order.pb: what was received, whole, and where.
struct StoredOrder {
    wire::OrderHead head;
    wire::OrderBody body;
    std::string nodeId;
};
Result<void> writeOrder(const PrivateFolder &folder, std::string_view head, std::string_view body,
                        std::string_view nodeId);
Result<StoredOrder> readOrder(const PrivateFolder &folder);

// session.pb
struct StoredSession {
    std::string token;
    std::string nodeId;
    wire::PtyParams parameters;
};
Result<void> writeSession(const PrivateFolder &folder, const StoredSession &session);
Result<StoredSession> readSession(const PrivateFolder &folder);

std::optional<wire::OrderStep> readStepResult(const PrivateFolder &folder, uint32_t step);
std::optional<wire::OrderResult> readResult(const PrivateFolder &folder);
std::vector<wire::OrderStep> readStepResults(const PrivateFolder &folder); // from 0 on, without gaps
uint64_t fileSize(const PrivateFolder &folder, std::string_view name); // 0 if there is none

inline constexpr size_t kMaxResultFileBytes = 16 * 1024 * 1024;

}
