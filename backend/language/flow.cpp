#include "backend/language/flow.h"

namespace fb {

namespace {
    bool isReboot(int exitCode, Platform platform)
    {
        return exitCode == (platform == Platform::Windows ? kExitRebootWindows : kExitReboot);
    }
}

StepResult resultOfExit(const Step &step, int exitCode, Platform platform)
{
    if (isReboot(exitCode, platform))
        return {StepStatus::SuccessAndReboot, exitCode};
    if (exitCode == 0 || exitCode == kExitSuccess)
        return {StepStatus::Success, exitCode};
    if (exitCode == kExitFailure) // ends the document as Failed, whatever the modifiers
        return {StepStatus::Failed, exitCode};
    return resultOfFailure(step, exitCode);
}

StepResult resultOfFailure(const Step &step, int code)
{
    if (step.onFailure == OnFailure::SuccessAndExit)
        return {StepStatus::Success, kExitSuccess};
    return {StepStatus::Failed, code};
}

StepResult resultOfPlainExit(const Step &step, int exitCode)
{
    if (exitCode == 0)
        return {StepStatus::Success, 0};
    const bool wouldSteer = exitCode == kExitSuccess || exitCode == kExitFailure || exitCode == kExitReboot;
    return resultOfFailure(step, wouldSteer ? 1 : exitCode);
}

void Flow::settled(size_t index, const StepResult &result)
{
    m_rebooting = result.status == StepStatus::SuccessAndReboot;
    if (m_ended || index >= m_steps.size())
        return;
    const Step &step = m_steps[index];
    const bool hasFailed = result.status == StepStatus::Failed;
    const bool hasSucceeded = result.status == StepStatus::Success;
    m_ended = (hasFailed && (result.code == kExitFailure || step.onFailure == OnFailure::Exit))
        || (hasSucceeded && (result.code == kExitSuccess || step.exitOnSuccess));
    if (m_ended)
        m_endedBy = index;
}

bool Flow::mustSkip(size_t index) const
{
    return m_ended && !(index < m_steps.size() && m_steps[index].isFinally);
}

}
