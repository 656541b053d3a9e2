#pragma once
// The parameters of a document: their definitions, and the values given for one run (spec/documents.md 3.5). The engine binds
// values when a command is sent, the agent binds them again with the same rules. Any thread.

#include "backend/core/result.h"
#include "backend/language/tree.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fb {

enum class ParameterType { String, StringList, Integer, Boolean, StringMap, MapList };
enum class InterpolationType {
    Raw,
    EnvVar
}; // EnvVar: the value reaches scripts as SSM_<name>, never as text

std::string_view parameterTypeName(ParameterType type);

struct ParameterDefinition {
    std::string name {};
    ParameterType type = ParameterType::String;
    std::string description {};
    std::optional<Tree> defaultValue {}; // in the shape of `type`; none: the parameter is required
    std::vector<std::string> allowedValues {};
    std::string allowedPattern {};
    std::optional<uint64_t> minItems {};
    std::optional<uint64_t> maxItems {};
    std::optional<uint64_t> minChars {}; // code points
    std::optional<uint64_t> maxChars {};
    std::string displayType {}; // textfield, textarea or empty
    InterpolationType interpolation = InterpolationType::Raw;

    std::string defaultText() const; // as DescribeDocument shows it: lists and maps as compact JSON
};
using ParameterDefinitions = std::vector<ParameterDefinition>; // in the order of the text

// The `parameters` block of a document. Faults are added to `problems`; what could be read is returned.
ParameterDefinitions readParameterDefinitions(const Tree &block, std::string_view path,
                                              std::vector<Problem> &problems);

// What the wire carries: all values are lists of text.
using ParameterValues = std::map<std::string, std::vector<std::string>>;

struct BoundParameter {
    ParameterType type = ParameterType::String;
    InterpolationType interpolation = InterpolationType::Raw;
    Tree value {}; // in the shape of `type`
    bool isDefault = false;

    std::string text() const; // as it is inserted into other text
};
using BoundParameters = std::map<std::string, BoundParameter>;

// Checks the given values against the definitions and adds the defaults. Errors carry `code` and name parameter, value and limit:
// Parameter "commands": at least 1 item is required (got 0). Values that hold a {{ssm:...}} reference are checked when it has been
// replaced (bind the replaced values then).
Result<BoundParameters> bindParameters(const ParameterDefinitions &definitions, const ParameterValues &given,
                                       ErrorCode code = errors::kInvalidParameters);

// {{ssm:name}}, {{ssm:name:selector}} in a text.
struct SsmReference {
    std::string token {}; // as written, braces included
    std::string name {};
    std::string selector {}; // version or label; may be empty
    friend bool operator==(const SsmReference &, const SsmReference &) = default;
};
std::vector<SsmReference> ssmReferences(std::string_view text);
bool holdsSsmReference(const Tree &value);

}
