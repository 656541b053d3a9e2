#pragma once
// Operations of Parameter Store and of its keys. Engine thread.

namespace fb {

class OperationTable;
class ParameterService;

void bindParameters(OperationTable &operations, ParameterService &parameters); // both outlive the table's use

}
