#pragma once
// Hybrid Activation's operations by their AWS names. Engine thread.

namespace fb {

class ActivationService;
class OperationTable;

void bindActivations(OperationTable &operations,
                     ActivationService &activations); // both outlive the table's use

}
