#pragma once
// Steps that are put together in a form and added to a document's text (spec/documents.md 5). The rest of a YAML text stays as it is, comments
// too; JSON is written anew. Pure functions.

#include "models/shared/documents/document_row.h"

namespace fb {

QList<StepPlugin> stepPlugins(); // those that some platform runs, by name

// The text with the step at the end; nothing where it cannot be read, or has no place for one.
std::optional<QString> withNewStep(const QString &content, const QString &format, const NewStep &step);

}
