#include "backend/core/text_safety.h"
#include "backend/language/parameters.h"
#include "backend/language/pattern.h"
#include "backend/language/tree_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

namespace fb {

namespace {
    // One environment entry must stay below the kernel's MAX_ARG_STRLEN, 128 KiB with name and NUL.
    constexpr size_t kMaxEnvironmentValue = 131'072 - 300;
    constexpr TreeLimits kValueLimits {.bytes = 262'144, .depth = 32};

    std::string items(size_t count) { return count == 1 ? "1 item is" : fmt::format("{} items are", count); }

    // Long values are shown by their beginning only.
    std::string shown(std::string_view value)
    {
        constexpr size_t kShownChars = 80;
        const std::string_view begin = firstCodePoints(value, kShownChars);
        return jsonQuoted(std::string(begin) + (begin.size() < value.size() ? "..." : ""));
    }

    // Checks one parameter's values and turns them into a tree.
    class Binder
    {
    public:
        Binder(const ParameterDefinition &definition, ErrorCode code) : m_definition(definition), m_code(code)
        {
        }

        Result<Tree> bind(const std::vector<std::string> &values)
        {
            for (const std::string &value : values) {
                if (value.find('\0') != std::string::npos || !isValidUtf8(value))
                    return refuse("a value must be UTF-8 text without NUL characters.");
                if (m_definition.interpolation == InterpolationType::EnvVar
                    && value.size() > kMaxEnvironmentValue)
                    return refuse(fmt::format("{} bytes do not fit an environment variable (at most {}).",
                                              value.size(), kMaxEnvironmentValue));
            }
            if (m_definition.type == ParameterType::StringList)
                return bindList(values);
            if (values.size() != 1)
                return refuse(fmt::format("exactly 1 item is required (got {}).", values.size()));
            switch (m_definition.type) {
            case ParameterType::Integer:
                return bindInteger(values[0]);
            case ParameterType::Boolean:
                return bindBoolean(values[0]);
            case ParameterType::StringMap:
            case ParameterType::MapList:
                return bindJson(values[0]);
            default:
                break;
            }
            if (!ssmReferences(values[0]).empty())
                return Tree::string(values[0]);
            if (auto checked = checkText(values[0], {}); !checked)
                return checked.error();
            return Tree::string(values[0]);
        }

    private:
        Error refuse(std::string_view message) const
        {
            return makeError(m_code, fmt::format("Parameter \"{}\": {}", m_definition.name, message),
                             "Parameters." + m_definition.name);
        }

        Result<Tree> bindList(const std::vector<std::string> &values)
        {
            Tree list = Tree::list();
            bool holdsReference = false;
            for (const std::string &value : values) {
                holdsReference = holdsReference || !ssmReferences(value).empty();
                list.items().push_back(Tree::string(value));
            }
            if (holdsReference)
                return list;
            if (auto checked = checkCount(values.size()); !checked)
                return checked.error();
            for (size_t i = 0; i < values.size(); ++i) {
                if (auto checked = checkText(values[i], fmt::format("item {}: ", i + 1)); !checked)
                    return checked.error();
            }
            if (m_definition.interpolation == InterpolationType::EnvVar
                && toCompactJson(list).size() > kMaxEnvironmentValue)
                return refuse(fmt::format("the list does not fit an environment variable (at most {} bytes).",
                                          kMaxEnvironmentValue));
            return list;
        }

        Result<Tree> bindInteger(const std::string &value)
        {
            int64_t number = 0;
            const auto [end, fault] = std::from_chars(value.data(), value.data() + value.size(), number);
            if (value.empty() || fault != std::errc() || end != value.data() + value.size())
                return refuse(fmt::format("{} is not a whole number of 64 bits.", shown(value)));
            if (auto checked = checkAllowed(value, {}); !checked)
                return checked.error();
            return Tree::number(number);
        }

        Result<Tree> bindBoolean(const std::string &value)
        {
            const bool isTrue = value == "true" || value == "True" || value == "TRUE";
            if (!isTrue && value != "false" && value != "False" && value != "FALSE")
                return refuse(fmt::format("{} is neither true nor false.", shown(value)));
            if (auto checked = checkAllowed(value, {}); !checked)
                return checked.error();
            return Tree::boolean(isTrue);
        }

        Result<Tree> bindJson(const std::string &value)
        {
            const auto parsed = parseJson(value, kValueLimits);
            if (!parsed)
                return refuse(fmt::format("the value must be JSON; {}.", parsed.error().text()));
            const bool isMapList = m_definition.type == ParameterType::MapList;
            if (isMapList && !(parsed->isList() && std::ranges::all_of(parsed->items(), [](const Tree &item) {
                                   return item.isMap();
                               })))
                return refuse("a JSON list of maps is required.");
            if (!isMapList && !parsed->isMap())
                return refuse(fmt::format("a JSON map is required, not {}.", parsed->kindName()));
            if (isMapList) {
                if (auto checked = checkCount(parsed->items().size()); !checked)
                    return checked.error();
            }
            if (auto checked = checkPattern(value, {}); !checked)
                return checked.error();
            return *parsed;
        }

        Result<void> checkCount(size_t count) const
        {
            if (m_definition.minItems && count < *m_definition.minItems)
                return refuse(
                    fmt::format("at least {} required (got {}).", items(*m_definition.minItems), count));
            if (m_definition.maxItems && count > *m_definition.maxItems)
                return refuse(
                    fmt::format("at most {} allowed (got {}).", items(*m_definition.maxItems), count));
            return {};
        }

        Result<void> checkText(const std::string &value, std::string_view item) const
        {
            const size_t length = codePointCount(value);
            if (m_definition.minChars && length < *m_definition.minChars)
                return refuse(fmt::format("{}at least {} characters are required (got {}).", item,
                                          *m_definition.minChars, length));
            if (m_definition.maxChars && length > *m_definition.maxChars)
                return refuse(fmt::format("{}at most {} characters are allowed (got {}).", item,
                                          *m_definition.maxChars, length));
            if (auto checked = checkAllowed(value, item); !checked)
                return checked;
            return checkPattern(value, item);
        }

        Result<void> checkAllowed(const std::string &value, std::string_view item) const
        {
            const auto &allowed = m_definition.allowedValues;
            if (allowed.empty() || std::ranges::find(allowed, value) != allowed.end())
                return {};
            return refuse(fmt::format("{}{} is not one of the allowed values: {}.", item, shown(value),
                                      fmt::join(allowed, ", ")));
        }

        Result<void> checkPattern(const std::string &value, std::string_view item) const
        {
            if (m_definition.allowedPattern.empty())
                return {};
            const auto pattern = Pattern::compile(m_definition.allowedPattern);
            if (!pattern)
                return refuse(fmt::format("allowedPattern does not compile: {}.", pattern.error()));
            switch (pattern->matchWhole(value)) {
            case Pattern::Match::Yes:
                return {};
            case Pattern::Match::No:
                return refuse(fmt::format("{}{} does not match the pattern {}.", item, shown(value),
                                          m_definition.allowedPattern));
            case Pattern::Match::TooCostly:
                break;
            }
            return refuse(
                fmt::format("{}pattern too costly: {} needs more than {} steps to judge this value.", item,
                            m_definition.allowedPattern, Pattern::kMatchLimit));
        }

        const ParameterDefinition &m_definition;
        ErrorCode m_code;
    };

    Error unknownParameter(const ParameterDefinitions &definitions, const std::string &name, ErrorCode code)
    {
        std::vector<std::string_view> known;
        for (const ParameterDefinition &definition : definitions)
            known.push_back(definition.name);
        const std::string declared
            = known.empty() ? "it declares none" : fmt::format("it declares {}", fmt::join(known, ", "));
        return makeError(
            code, fmt::format("Parameter {}: the document does not declare it; {}.", shown(name), declared),
            "Parameters." + name);
    }
}

std::string BoundParameter::text() const
{
    if (value.isString() || value.isBool())
        return value.text();
    return value.isNumber() ? value.numberText() : toCompactJson(value);
}

Result<BoundParameters> bindParameters(const ParameterDefinitions &definitions, const ParameterValues &given,
                                       ErrorCode code)
{
    for (const auto &[name, values] : given) {
        if (std::ranges::find(definitions, name, &ParameterDefinition::name) == definitions.end())
            return unknownParameter(definitions, name, code);
    }
    BoundParameters bound;
    for (const ParameterDefinition &definition : definitions) {
        const auto found = given.find(definition.name);
        BoundParameter parameter {definition.type, definition.interpolation, {}, found == given.end()};
        if (found != given.end()) {
            auto value = Binder(definition, code).bind(found->second);
            if (!value)
                return value.error();
            parameter.value = std::move(*value);
        } else if (definition.defaultValue) {
            parameter.value = *definition.defaultValue;
        } else {
            return makeError(code, fmt::format("Parameter \"{}\": a value is required.", definition.name),
                             "Parameters." + definition.name);
        }
        bound.emplace(definition.name, std::move(parameter));
    }
    return bound;
}

}
