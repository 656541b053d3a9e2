#pragma once
// Hybrid Activation's operations by their AWS names. Engine thread.

namespace fb {

class ActivationService;
class ApprovalService;
class FleetService;
class OperationTable;

// All outlive the table's use. `fleet` knows the nodes that tokens are made for.
void bindActivations(OperationTable &operations, ActivationService &activations, ApprovalService &approvals,
                     const FleetService &fleet);

}
