#pragma once
// From step results to a document's result (spec/documents.md 3.4, run-command.md 3.6). Any thread.

#include <optional>
#include <string_view>
#include <vector>

namespace fb {

enum class StepStatus {
    Pending,
    InProgress,
    Success,
    Failed,
    TimedOut,
    Cancelled,
    Skipped,
    SuccessAndReboot
};

std::string_view stepStatusName(StepStatus status);
std::optional<StepStatus> stepStatusNamed(std::string_view name);
constexpr bool isFinal(StepStatus status)
{
    return status != StepStatus::Pending && status != StepStatus::InProgress
        && status != StepStatus::SuccessAndReboot;
}

struct StepResult {
    StepStatus status = StepStatus::Pending;
    int code = -1; // the process's exit code; -1 before it has run; 137 after a kill
    friend bool operator==(const StepResult &, const StepResult &) = default;
};

// First that holds: SuccessAndReboot, Failed, TimedOut, Cancelled, all Success or Skipped, else InProgress.
StepStatus documentStatus(const std::vector<StepResult> &steps);
// The code of the first Failed step, else of the first TimedOut one, else 0; -1 while nothing has started.
int responseCode(const std::vector<StepResult> &steps);

}
