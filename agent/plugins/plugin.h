#pragma once
// What a plugin is to a worker: something that turns one step into a process to run, or says why it can't. One file a plugin; those the
// agent has are listed in plugin_list.cpp. One thread.

#include "agent/platform/private_folder.h"
#include "agent/platform/spawn.h"
#include "backend/core/result.h"
#include "backend/language/resolved_step.h"

#include <map>
#include <string>
#include <string_view>

namespace fb::agent {

struct StepSetting {
    const ResolvedStep &step;
    uint32_t index = 0;
    const PrivateFolder &invocation; // its folder: default working directory, `downloads` below it
    std::map<std::string, std::string> environment; // what every script of this order gets
};

struct PreparedProcess {
    SpawnRequest request; // its input, output and error are the worker's to fill
    std::string note {}; // something the reader of the output should know
};

class StepPlugin
{
public:
    virtual ~StepPlugin() = default;
    virtual Result<PreparedProcess> prepare(const StepSetting &setting) const = 0;
};

// Null for a name this agent does not have.
const StepPlugin *pluginNamed(std::string_view action);

}
