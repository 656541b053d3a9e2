#pragma once
// The tool "services" (spec/fleet-manager.md 3.8): systemd's units, looked at and changed by its own programs (systemctl, journalctl), each with
// its arguments one by one. The unit that the agent runs in may be restarted, but not stopped, disabled or masked. One thread.

#include "agent/tools/tool.h"

#include <chrono>

namespace fb::agent {

class ServiceTool final : public Tool
{
public:
    Result<wire::ToolAnswer> answer(const wire::ToolRequest &request) override;

private:
    Result<wire::ToolAnswer> list(const wire::ServiceListRequest &request) const;
    Result<wire::ToolAnswer> detail(const wire::ServiceDetailRequest &request) const;
    Result<wire::ToolAnswer> act(const wire::ServiceActionRequest &request) const;
    Result<wire::ServiceEntry> unit(const std::string &name) const;
    std::chrono::milliseconds timeLeft() const; // of the request

    std::chrono::steady_clock::time_point m_until {};
};

}
