#pragma once
// The body of a Session document, schema 1.0 (spec/documents.md 3.11, session-manager.md 2.2). Used by checkDocument() alone.

#include "backend/language/document.h"

namespace fb {

void readSession(const Tree &root, Document &document, DocumentCheck &check);

}
