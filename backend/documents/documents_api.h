#pragma once
// The document operations under their AWS names. Engine thread.

namespace fb {

class DocumentService;
class OperationTable;

// `documents` must outlive the table's calls. AddTagsToResource and its relatives serve several resource types, so they are bound
// elsewhere; for ResourceType Document they ask DocumentService.
void bindDocumentOperations(OperationTable &table, DocumentService &documents);

}
