#pragma once
// Run Command's operations by their AWS names, and the AWS shapes of a command and of a node's run. Engine thread.

#include "backend/nodes/runcommand/command_queries.h"

#include <QJsonObject>

namespace fb {

class OperationTable;
class RunCommandService;

void bindRunCommand(OperationTable &operations,
                    RunCommandService &runCommand); // both outlive the table's use

QJsonObject commandJson(const Command &command); // AWS's Command, and the engine's own fields
QJsonObject invocationJson(const InvocationDetails &invocation); // AWS's CommandInvocation
QJsonObject invocationResultJson(const InvocationResult &result); // AWS's GetCommandInvocationResult

}
