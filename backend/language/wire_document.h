#pragma once
// A document on its way to a node: its text and the values given for it, both as JSON. The agent parses and checks them with the
// same code as the engine did. Any thread.

#include "backend/language/document.h"

#include <string>

namespace fb {

struct WireDocument {
    std::string document {}; // JSON
    std::string parameters {}; // JSON: map of name to list of text, without the defaults
    friend bool operator==(const WireDocument &, const WireDocument &) = default;
};

// `given` has its {{ssm:...}} references replaced, those of defaults included. Over kMaxWireDocument: InvalidParameters.
Result<WireDocument> toWire(const Document &document, const ParameterValues &given);

struct ReceivedDocument {
    Document document {};
    BoundParameters parameters {};
};
Result<ReceivedDocument> fromWire(std::string_view document, std::string_view parameters,
                                  const DocumentRules &rules = {});

inline constexpr size_t kMaxWireDocument = 262'144; // text and parameters together (run-command.md 3.8)

Result<ParameterValues> parseParameterValues(std::string_view json); // {"commands":["id"]}
std::string parameterValuesToJson(const ParameterValues &values);

}
