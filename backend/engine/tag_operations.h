#pragma once
// AddTagsToResource, RemoveTagsFromResource and ListTagsForResource, which belong to the resource's own service. Engine thread.

namespace fb {

class DocumentService;
class FleetService;
class OperationTable;
class ParameterService;

void bindTags(OperationTable &operations, FleetService &fleet, DocumentService &documents,
              ParameterService &parameters); // all outlive the table's use

}
