#pragma once
// Binds the chores with operators and access keys to their names. Not of AWS: reachable over the control socket alone. Engine thread.

namespace fb {

class OperationTable;
class OperatorService;

void bindOperators(OperationTable &operations, OperatorService &operators);

}
