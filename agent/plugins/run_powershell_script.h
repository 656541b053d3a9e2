#pragma once
// aws:runPowerShellScript (spec/documents.md 3.12): the lines in one file, run by PowerShell, which a Linux node has as pwsh. One thread.

#include "agent/plugins/plugin.h"

namespace fb::agent {

class RunPowerShellScript final : public StepPlugin
{
public:
    static constexpr std::string_view kName = "aws:runPowerShellScript";
    Result<PreparedProcess> prepare(const StepSetting &setting) const override;
};

}
