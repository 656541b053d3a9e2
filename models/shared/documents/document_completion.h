#pragma once
// What may stand where one writes in a document: plugin names, their inputs and values, the keys of a step, parameters in {{ }} (spec/documents.md
// 5). By the lines around, not by a parse: a text that is being written is mostly broken. Pure functions.

#include "models/shared/documents/document_row.h"

namespace fb {

// `position`: of the cursor, in characters from the begin.
DocumentCompletions documentCompletions(const QString &content, qsizetype position);

}
