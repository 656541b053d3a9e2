#pragma once
// The bodies of Command and Policy documents: mainSteps (2.0, 2.2) and runtimeConfig (1.2). Used by checkDocument() and resolveSteps().

#include "backend/language/document.h"

namespace fb {

// Fill document.steps and document.platforms; faults go to check.problems, doubts to check.warnings.
void readMainSteps(const Tree &mainSteps, const DocumentRules &rules, Document &document,
                   DocumentCheck &check);
void readRuntimeConfig(const Tree &runtimeConfig, const DocumentRules &rules, Document &document,
                       DocumentCheck &check);

// One step of a 1.2 document from one of its plugin's `count` properties objects (spec 3.2).
Step propertyStep(const std::string &plugin, const Tree &properties, size_t index, size_t count);

}
