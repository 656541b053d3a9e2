#pragma once
// The documents that a command's steps call by name, and those that these call (spec/documents.md 3.12): they go with the order, so that a
// node asks for nothing and what it runs is signed with the rest. They are what they were when the command was sent, as its sender may
// read them: later edits do not affect it (spec 2.3). Engine thread.

#include "backend/language/called_document.h"
#include "backend/nodes/runcommand/command_sources.h"
#include "backend/protocol/flagbridge.pb.h"

namespace fb {

inline constexpr size_t kMaxCalledDocuments = 524'288; // bytes of all of them

// Adds them to the order: those that are `kept` from when it was sent, others as the store has them. One that can't be had goes as its
// reason: the step that calls it fails with it, the others run. InvalidParameters beyond the bound.
Result<void> addCalledDocuments(const Document &document, const BoundParameters &parameters,
                                const Principal &who, CommandDocuments &documents,
                                const std::vector<wire::CalledDocument> &kept, wire::OrderBody &body);

// As they are kept with the command's own document: a line of JSON.
QString calledDocumentsToJson(const wire::OrderBody &body);
std::vector<wire::CalledDocument> calledDocumentsFromJson(QStringView json); // none for a text that is none

}
