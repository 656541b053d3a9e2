#pragma once
// {{ name }} becomes the parameter's value: one pass, inserted text is never scanned again (spec/documents.md 3.6). Any thread.

#include "backend/language/parameters.h"
#include "backend/language/tree.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace fb {

// How a parameter with interpolationType ENV_VAR is referred to where its token stood. Plain: not a script, the value itself.
enum class ReferenceStyle { Plain, Shell, PowerShell };

using ScriptEnvironment = std::map<std::string, std::string>; // SSM_<name> -> value

// `value` with its tokens replaced. Names that are no parameter stay as typed. With a script style, parameters of type ENV_VAR
// become references and are added to `environment`.
Tree interpolate(const Tree &value, const BoundParameters &parameters,
                 ReferenceStyle style = ReferenceStyle::Plain, ScriptEnvironment *environment = nullptr);
std::string interpolateText(std::string_view text, const BoundParameters &parameters);

// The name, if the text is exactly one token: "{{ commands }}" -> commands.
std::string_view soleToken(std::string_view text);
// The names of all tokens, parameters or not, in order: "{{ a }} {{ssm:b}}" -> a, ssm:b.
std::vector<std::string> tokenNames(std::string_view text);
// True where an interpolation may still change the value's kind, so that its shape can't be judged yet.
bool isSoleToken(const Tree &value);

}
