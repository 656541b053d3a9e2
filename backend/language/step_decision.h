#pragma once
// Run, skip or fail a step before it starts: the table of spec/documents.md 3.3. Any thread.

#include "backend/language/document.h"
#include "backend/language/platform.h"

#include <functional>
#include <string>

namespace fb {

struct StepDecision {
    enum class Kind { Run, Skip, Fail };
    Kind kind = Kind::Run;
    std::string reason {}; // for Skip and Fail; the step's output says it
};

struct StepContext {
    Platform platform = Platform::Linux;
    std::string agentVersion {};
    std::function<bool(std::string_view action)> implements; // the plugins this agent can run
};

StepDecision decideStep(SchemaVersion schema, const Step &step, const StepContext &context,
                        const BoundParameters &parameters, bool documentEnded);

}
