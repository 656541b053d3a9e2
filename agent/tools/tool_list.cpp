// Which tools there are, and the words they share.
#include "agent/tools/account_tool.h"
#include "agent/tools/file_tool.h"
#include "agent/tools/journal_tool.h"
#include "agent/tools/performance_reader.h"
#include "agent/tools/process_tool.h"
#include "agent/tools/service_tool.h"
#include "agent/tools/tool.h"
#include "agent/tools/transfer_tool.h"
#include "backend/protocol/tool_messages.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

namespace fb::agent {

Result<std::unique_ptr<Tool>> makeTool(std::string_view name, const ToolPlaces &places, const Clock &clock)
{
    if (name == protocol::toolNames::kProcesses)
        return std::unique_ptr<Tool>(std::make_unique<ProcessTool>(clock, places.state));
    if (name == protocol::toolNames::kFiles)
        return std::unique_ptr<Tool>(std::make_unique<FileTool>(clock, places.own));
    if (name == protocol::toolNames::kAccounts)
        return std::unique_ptr<Tool>(std::make_unique<AccountTool>());
    if (name == protocol::toolNames::kPerformance)
        return std::unique_ptr<Tool>(std::make_unique<PerformanceTool>(clock));
    if (name == protocol::toolNames::kServices)
        return std::unique_ptr<Tool>(std::make_unique<ServiceTool>());
    if (name == protocol::toolNames::kJournal)
        return std::unique_ptr<Tool>(std::make_unique<JournalTool>(clock, places.journal));
    if (name == protocol::toolNames::kTransfer)
        return std::unique_ptr<Tool>(std::make_unique<TransferTool>(places.own));
    return makeError(errors::kUnsupportedPlatformType, fmt::format("{} is not supported on Linux", name));
}

wire::ToolAnswer problemAnswer(const Error &error)
{
    wire::ToolAnswer answer;
    answer.mutable_problem()->set_code(std::string(error.code.name()));
    answer.mutable_problem()->set_text(error.message);
    return answer;
}

Error nodeError(std::string_view doing, std::string_view what, int errorNumber)
{
    const ErrorCode code
        = errorNumber == ENOENT || errorNumber == ESRCH ? errors::kDoesNotExist : protocol::kRefusedByNode;
    return makeError(code, fmt::format("cannot {} {}: {}", doing, what, std::strerror(errorNumber)));
}

Error wrongRequest(std::string text) { return makeError(errors::kValidation, std::move(text)); }

}
