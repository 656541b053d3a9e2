#pragma once
// A parameter as a document defines it, for the form that asks for it. Pure; any thread.

#include "backend/language/document.h"
#include "models/nodes/runcommand/document_form.h"

namespace fb {

DocumentParameter documentParameterOf(const ParameterDefinition &definition);

}
