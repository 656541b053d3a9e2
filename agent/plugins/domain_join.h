#pragma once
// aws:domainJoin (spec/documents.md 3.12): joins the node to a directory by realmd. The password goes to realm's standard input, never into
// an argument. One thread.

#include "agent/plugins/plugin.h"

namespace fb::agent {

class DomainJoin final : public StepPlugin
{
public:
    static constexpr std::string_view kName = "aws:domainJoin";
    Result<PreparedProcess> prepare(const StepSetting &setting) const override;
};

}
