#pragma once
// Operations on node profiles, and UpdateManagedInstanceRole. Engine thread.

namespace fb {

class NodeProfileService;
class OperationTable;

void bindNodeProfiles(OperationTable &operations,
                      NodeProfileService &profiles); // both outlive the table's use

}
