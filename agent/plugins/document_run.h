#pragma once
// A document that runs in the place of a step: what the step's plugin hands to the process that runs it, and what that one leaves. Files
// below the step's own folder, mode 0600. One thread.

#include "agent/platform/private_folder.h"
#include "backend/core/result.h"
#include "backend/language/roll_up.h"
#include "backend/language/wire_document.h"

#include <string>

namespace fb::agent {

struct DocumentRun {
    WireDocument document;
    int depth = 1; // of the document that runs
    std::string place; // of its steps (plugin.h)
};

struct DocumentVerdict {
    StepResult result; // rolled up from the document's steps
    std::string note; // the reason of a failure before its first step
};

inline constexpr std::string_view kVerdictName = "verdict";

Result<void> writeDocumentRun(const PrivateFolder &folder, const DocumentRun &run);
Result<DocumentRun> readDocumentRun(const PrivateFolder &folder);
Result<void> writeVerdict(const PrivateFolder &folder, const DocumentVerdict &verdict);
// Of a process that has ended; one that left none was ended from outside: Failed.
DocumentVerdict readVerdict(const std::string &path);

}
