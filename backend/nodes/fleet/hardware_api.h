#pragma once
// Operations on possible clones and changed hardware. Engine thread.

namespace fb {

class HardwareService;
class OperationTable;

void bindHardware(OperationTable &operations, HardwareService &hardware); // both outlive the table's use

}
