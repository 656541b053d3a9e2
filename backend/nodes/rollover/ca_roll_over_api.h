#pragma once
// Binds the roll-over of the fleet's CA to the wire. Engine thread.

namespace fb {

class CaRollOverService;
class OperationTable;

void bindCaRollOver(OperationTable &operations, CaRollOverService &rollOver);

}
