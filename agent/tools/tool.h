#pragma once
// One tool of Fleet Manager as its process runs it: requests in, answers out. What it is asked comes from the network: every tool checks its
// requests itself. One thread.

#include "backend/core/clock.h"
#include "backend/core/result.h"
#include "backend/protocol/tools.pb.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fb::agent {

class Tool
{
public:
    virtual ~Tool() = default;
    // The answer without its id; an error becomes a ToolProblem. Within kRequestTime.
    virtual Result<wire::ToolAnswer> answer(const wire::ToolRequest &request) = 0;
};

inline constexpr std::chrono::seconds kRequestTime {
    30}; // then the process is ended: spec/fleet-manager.md 3.3

struct ToolPlaces {
    std::vector<std::string> own; // the agent's folders and program, which tools leave alone
    std::string state {}; // the agent's folder
    std::string journal {}; // folder of the journal's files; empty: the system's
};

// UnsupportedPlatformType for one that this system has not.
Result<std::unique_ptr<Tool>> makeTool(std::string_view name, const ToolPlaces &places, const Clock &clock);

wire::ToolAnswer problemAnswer(const Error &error);
// "cannot read /etc/shadow: Permission denied", with RefusedByNode, or DoesNotExistException where there is no such thing.
Error nodeError(std::string_view doing, std::string_view what, int errorNumber);
Error wrongRequest(std::string text); // ValidationException

}
