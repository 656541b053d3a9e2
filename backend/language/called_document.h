#pragma once
// Documents that steps of a document call: aws:runDocument runs one in the step's place, aws:downloadContent writes one to disk (spec/
// documents.md 3.12). The engine sends along what will be called; the agent reads it with the same code. Any thread.

#include "backend/language/resolved_step.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fb {

inline constexpr int kMaxDocumentDepth = 3; // documents within the one that was sent; the fourth level fails

// "Name", "Name:3", "arn:aws:ssm:region:account:document/Name:3".
struct DocumentCallName {
    std::string name {}; // or ARN, without the version
    std::string version {}; // empty: the default one
};
DocumentCallName splitDocumentCall(std::string_view reference);

struct DocumentCall {
    std::string reference {}; // as the step writes it
    bool runs = false; // else it is only written to disk
    ParameterValues
        parameters {}; // of aws:runDocument; empty where they can't be read, which the step says itself
};
// The SSMDocument call of a step whose parameters are put in; nothing for other steps.
std::optional<DocumentCall> documentCall(const Step &resolved);

// documentParameters of an aws:runDocument step: a map, or the JSON or YAML text of one; in the shape of the wire. InvalidParameters.
Result<ParameterValues> calledParameters(const Step &resolved);

// sourceInfo of an aws:downloadContent step: a map, or the JSON text of one. InvalidParameters.
Result<Tree> downloadSourceInfo(const Step &resolved);

// A document somebody calls: what it holds must be of type Command and may not update the agent below it. InvalidDocumentContent.
Result<Document> parseCalledDocument(std::string_view content, DocumentFormat format);

}
