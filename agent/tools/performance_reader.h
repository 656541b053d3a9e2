#pragma once
// The counters of this machine for live charts (spec/fleet-manager.md 3.6), as /proc has them: nothing is worked out here. One thread.

#include "agent/tools/tool.h"

#include <functional>

namespace fb::agent {

// Each takes the content of a file of /proc, whatever is in it: a line that is not understood is left out.
void readCpus(std::string_view stat, double ticksPerSecond, wire::PerformanceSample &sample);
void readMemory(std::string_view meminfo, wire::PerformanceSample &sample);
void readLoad(std::string_view loadavg, wire::PerformanceSample &sample);
// `isWhole`: a device, not a part of one.
void readDisks(std::string_view diskstats, const std::function<bool(const std::string &name)> &isWhole,
               wire::PerformanceSample &sample);
void readNetworks(std::string_view netDev, wire::PerformanceSample &sample);

class PerformanceTool final : public Tool
{
public:
    explicit PerformanceTool(const Clock &clock) : m_clock(clock) { }
    Result<wire::ToolAnswer> answer(const wire::ToolRequest &request) override;

private:
    const Clock &m_clock;
};

}
