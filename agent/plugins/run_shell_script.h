#pragma once
// aws:runShellScript (spec/documents.md 3.12): the lines in one file, run by the shell. One thread.

#include "agent/plugins/plugin.h"

namespace fb::agent {

class RunShellScript final : public StepPlugin
{
public:
    static constexpr std::string_view kName = "aws:runShellScript";
    Result<PreparedProcess> prepare(const StepSetting &setting) const override;
};

}
