#pragma once
// The document operations under their AWS names. Engine thread.

namespace fb {

class DocumentService;
class OperationTable;

// `documents` must outlive the table's calls. Tags of documents are bound by bindTagOperations of the fleet, which asks
// DocumentService for ResourceType Document.
void bindDocumentOperations(OperationTable &table, DocumentService &documents);

}
