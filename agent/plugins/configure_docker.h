#pragma once
// aws:configureDocker (spec/documents.md 3.12): the distribution's container package installed and its service enabled, or removed. One
// thread.

#include "agent/plugins/plugin.h"

namespace fb::agent {

class ConfigureDocker final : public StepPlugin
{
public:
    static constexpr std::string_view kName = "aws:configureDocker";
    Result<PreparedProcess> prepare(const StepSetting &setting) const override;
};

}
