#pragma once
// ListAgentBuilds, RemoveAgentBuild and SetReleaseKey on the wire. A build is published over the control socket (AddAgentBuild), since it
// brings bytes.

namespace fb {

class AgentBuildService;
class OperationTable;

void bindAgentBuilds(OperationTable &operations, AgentBuildService &builds);

}
