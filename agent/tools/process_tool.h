#pragma once
// The tool "processes" (spec/fleet-manager.md 3.5): list, signal, tree, priority, start. One thread.

#include "agent/tools/process_table.h"
#include "agent/tools/tool.h"

namespace fb::agent {

class ProcessTool final : public Tool
{
public:
    ProcessTool(const Clock &clock, std::string stateFolder) : m_table(clock, std::move(stateFolder)) { }
    Result<wire::ToolAnswer> answer(const wire::ToolRequest &request) override;

private:
    Result<ProcessStat>
    target(const wire::ProcessStampMessage &stamp) const; // exists, is meant, may be touched
    Result<wire::ToolAnswer> signal(const wire::ProcessSignalRequest &request) const;
    Result<wire::ToolAnswer> signalTree(const ProcessStat &root, int number) const;
    Result<wire::ToolAnswer> setPriority(const wire::ProcessPriorityRequest &request) const;
    Result<wire::ToolAnswer> start(const wire::ProcessStartRequest &request) const;

    ProcessTable m_table;
};

}
