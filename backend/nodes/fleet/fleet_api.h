#pragma once
// Fleet Manager's operations by their AWS names; tags of every resource type are bound by the engine. Engine thread.

namespace fb {

class FleetService;
class OperationTable;

void bindFleet(OperationTable &operations, FleetService &fleet); // both outlive the table's use

}
