#pragma once
// The environment of scripts (spec/documents.md 3.12): the agent's own, without what belongs to the agent, and what the order adds. Hostile
// names and values are refused by name (spec/security N07). One thread.

#include "agent/plugins/plugin.h"

#include <vector>

namespace fb::agent {

// "NAME=value" each. InvalidParameters naming a variable whose name or value can't be one.
Result<std::vector<std::string>> scriptEnvironment(const StepSetting &setting);

bool isVariableName(std::string_view name);

}
