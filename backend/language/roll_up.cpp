#include "backend/language/roll_up.h"

#include <algorithm>
#include <array>

namespace fb {

namespace {
    constexpr std::array kStatuses {StepStatus::Pending, StepStatus::InProgress,      StepStatus::Success,
                                    StepStatus::Failed,  StepStatus::TimedOut,        StepStatus::Cancelled,
                                    StepStatus::Skipped, StepStatus::SuccessAndReboot};
}

std::string_view stepStatusName(StepStatus status)
{
    switch (status) {
    case StepStatus::Pending:
        return "Pending";
    case StepStatus::InProgress:
        return "InProgress";
    case StepStatus::Success:
        return "Success";
    case StepStatus::Failed:
        return "Failed";
    case StepStatus::TimedOut:
        return "TimedOut";
    case StepStatus::Cancelled:
        return "Cancelled";
    case StepStatus::Skipped:
        return "Skipped";
    case StepStatus::SuccessAndReboot:
        return "SuccessAndReboot";
    }
    return {};
}

std::optional<StepStatus> stepStatusNamed(std::string_view name)
{
    const auto found = std::ranges::find(kStatuses, name, stepStatusName);
    return found == kStatuses.end() ? std::nullopt : std::optional(*found);
}

StepStatus documentStatus(const std::vector<StepResult> &steps)
{
    constexpr std::array kOrder {StepStatus::SuccessAndReboot, StepStatus::Failed, StepStatus::TimedOut,
                                 StepStatus::Cancelled};
    for (const StepStatus status : kOrder) {
        if (std::ranges::find(steps, status, &StepResult::status) != steps.end())
            return status;
    }
    const bool isAllDone = std::ranges::all_of(steps, [](const StepResult &step) {
        return step.status == StepStatus::Success || step.status == StepStatus::Skipped;
    });
    return isAllDone ? StepStatus::Success : StepStatus::InProgress;
}

int responseCode(const std::vector<StepResult> &steps)
{
    for (const StepStatus status : {StepStatus::Failed, StepStatus::TimedOut}) {
        const auto found = std::ranges::find(steps, status, &StepResult::status);
        if (found != steps.end())
            return found->code;
    }
    const bool isUntouched = std::ranges::all_of(
        steps, [](const StepResult &step) { return step.status == StepStatus::Pending; });
    return isUntouched ? -1 : 0;
}

}
