#include "agent/plugins/plugin.h"
#include "agent/plugins/run_shell_script.h"

namespace fb::agent {

const StepPlugin *pluginNamed(std::string_view action)
{
    static const RunShellScript runShellScript;
    if (action == RunShellScript::kName)
        return &runShellScript;
    return nullptr;
}

}
