#pragma once
// How one step's end steers the rest of the document: exit modifiers, codes 168, 169 and 194, the finally step (spec/documents.md
// 3.4). The agent keeps one Flow per document and, after a restart, gives it the results in its journal again. Any thread.

#include "backend/language/document.h"
#include "backend/language/platform.h"
#include "backend/language/roll_up.h"

namespace fb {

inline constexpr int kExitSuccess = 168; // a script's code for "this step succeeded, end the document"
inline constexpr int kExitFailure = 169; // the same for "failed"
inline constexpr int kExitReboot = 194;
inline constexpr int kExitRebootWindows = 3010;
inline constexpr int kExitKilled = 137;

// The result to report for a step whose process ended by itself with this code, flow modifiers applied.
StepResult resultOfExit(const Step &step, int exitCode, Platform platform);
// The same for a step that failed without an exit code of its own (no such folder, unknown plugin): code is the one to report.
StepResult resultOfFailure(const Step &step, int code = 1);

// The same for a process that is no script: its codes steer nothing, so that one of those three is reported as 1.
StepResult resultOfPlainExit(const Step &step, int exitCode);

class Flow
{
public:
    explicit Flow(std::vector<Step> steps) : m_steps(std::move(steps)) { }

    // Takes a reported result in the steps' order.
    void settled(size_t index, const StepResult &result);

    bool hasEnded() const { return m_ended; } // the rest is Skipped, but for the finally step
    bool isWaitingForReboot() const { return m_rebooting; } // nothing runs until the step ran again
    bool mustSkip(size_t index) const; // because the document has ended
    size_t endedBy() const { return m_endedBy; } // which step ended it

private:
    std::vector<Step> m_steps;
    bool m_ended = false;
    bool m_rebooting = false;
    size_t m_endedBy = 0;
};

}
