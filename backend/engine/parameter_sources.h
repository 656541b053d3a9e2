#pragma once
// Parameter Store behind the interfaces of the rooms that use it. Engine thread.

#include "backend/applications/parameters/parameter_service.h"
#include "backend/nodes/agentbuilds/agent_build_service.h"
#include "backend/nodes/runcommand/command_sources.h"

namespace fb {

// Values of {{ssm:name}} for Run Command: read when a command is made, and again at each dispatch.
class ParameterReferences final : public CommandParameterValues
{
public:
    explicit ParameterReferences(ParameterService &parameters) : m_parameters(parameters) { }
    Result<QString> parameterValue(const Principal &who, const QString &name,
                                   const QString &selector) override
    {
        return m_parameters.referencedValue(who, name, selector);
    }

private:
    ParameterService &m_parameters;
};

// The builds of the agent as public parameters; the highest version of each first.
QList<OfferedAgent> offeredAgents(const AgentBuildService &builds);

}
