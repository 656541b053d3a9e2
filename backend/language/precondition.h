#pragma once
// {"StringEquals": [a, b]}: whether a step runs here (spec/documents.md 3.3). Any thread.

#include "backend/language/fault.h"
#include "backend/language/parameters.h"
#include "backend/language/platform.h"

#include <optional>
#include <string>

#include <tl/expected.hpp>

namespace fb {

// The error is why the precondition is malformed, for the step's result.
tl::expected<bool, std::string> evaluatePrecondition(const Tree &precondition, Platform platform,
                                                     const BoundParameters &parameters);

// What can be said without values: the fault evaluatePrecondition would find, with the parameters declared.
std::optional<Fault> preconditionFault(const Tree &precondition, const ParameterDefinitions &definitions);

// The platforms on which the precondition can hold: the one it names, or all.
PlatformSet preconditionPlatforms(const Tree &precondition);

}
