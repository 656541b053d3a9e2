#pragma once
// aws:runDocument (spec/documents.md 3.12): another document in this step's place, from the node's disk or as it came with the order. It runs
// in a process of its own (agent/worker/document_worker.h), whose output is the step's. One thread.

#include "agent/plugins/plugin.h"

namespace fb::agent {

class RunDocument final : public StepPlugin
{
public:
    static constexpr std::string_view kName = "aws:runDocument";
    Result<PreparedProcess> prepare(const StepSetting &setting) const override;
};

}
