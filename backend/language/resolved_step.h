#pragma once
// The steps of one run: parameters put in, 1.2 property lists unfolded, time-outs known. The agent runs these; the engine uses
// their time-outs and names. Any thread.

#include "backend/language/document.h"
#include "backend/language/interpolation.h"

#include <chrono>

namespace fb {

struct ResolvedStep {
    Step
        step {}; // inputs and timeoutSeconds interpolated; the precondition is left as written (precondition.h)
    ScriptEnvironment environment {}; // SSM_<name> of ENV_VAR parameters that its script uses
};

// InvalidDocumentContent where a 1.2 document's properties are a token whose value is no map or list of maps.
Result<std::vector<ResolvedStep>> resolveSteps(const Document &document, const BoundParameters &parameters);

inline constexpr std::chrono::seconds kDefaultStepTimeout {3600};

// How long one attempt of the step may run: the smaller of the step's own time-out and its plugin's. Unreadable or outside of 5 to
// 172,800 seconds: 3600 (spec 3.12).
std::chrono::seconds executionTimeout(const Step &resolved);
// E of run-command.md 3.5: the sum over the steps and their attempts, and 3600 if no step states a time-out.
std::chrono::seconds totalExecutionTimeout(const std::vector<ResolvedStep> &steps);

// The script of a runShellScript or runPowerShellScript step: its lines joined by newlines.
Result<std::string> scriptText(const Step &resolved);

}
