#pragma once
// aws:updateSsmAgent (spec/documents.md 3.12). One thread.

#include "agent/plugins/plugin.h"

namespace fb::agent {

class UpdateSsmAgent final : public StepPlugin
{
public:
    static constexpr std::string_view kName = "aws:updateSsmAgent";
    Result<std::vector<NeededFile>> neededFiles(const StepSetting &setting) const override;
    Result<PreparedProcess> prepare(const StepSetting &setting) const override;
    bool takesUp() const override { return true; }
};

}
