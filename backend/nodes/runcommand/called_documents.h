#pragma once
// The documents that a command's steps call by name, and those that these call (spec/documents.md 3.12): they go with the order, so that a
// node asks for nothing and what it runs is signed with the rest. As they are when the order is made, and as the command's sender may read
// them. Engine thread.

#include "backend/language/called_document.h"
#include "backend/nodes/runcommand/command_sources.h"
#include "backend/protocol/flagbridge.pb.h"

namespace fb {

inline constexpr size_t kMaxCalledDocuments = 524'288; // bytes of all of them

// Adds them to the order. One that can't be had goes as its reason: the step that calls it fails with it, the others run. InvalidParameters
// beyond the bound.
Result<void> addCalledDocuments(const Document &document, const BoundParameters &parameters,
                                const Principal &who, CommandDocuments &documents, wire::OrderBody &body);

}
