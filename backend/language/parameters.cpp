#include "backend/language/parameters.h"

#include "backend/language/interpolation.h"
#include "backend/language/pattern.h"
#include "backend/language/tree_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace fb {

namespace {
    constexpr size_t kMaxNameChars = 255;

    bool isParameterName(std::string_view name)
    {
        return !name.empty() && name.size() <= kMaxNameChars && std::ranges::all_of(name, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        });
    }

    bool equalsIgnoringCase(std::string_view a, std::string_view b)
    {
        const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
        return std::ranges::equal(a, b, {}, lower, lower);
    }

    std::optional<ParameterType> typeNamed(std::string_view name)
    {
        if (equalsIgnoringCase(name, "String"))
            return ParameterType::String;
        constexpr std::array kTypes {ParameterType::StringList, ParameterType::Integer,
                                     ParameterType::Boolean, ParameterType::StringMap,
                                     ParameterType::MapList};
        for (const ParameterType type : kTypes) {
            if (parameterTypeName(type) == name)
                return type;
        }
        return std::nullopt;
    }

    // Reads one definition; each key has its own small rule.
    class DefinitionReader
    {
    public:
        DefinitionReader(std::string name, const Tree &block, std::string path,
                         std::vector<Problem> &problems)
            : m_block(block),
              m_path(std::move(path)),
              m_problems(problems)
        {
            m_definition.name = std::move(name);
        }

        ParameterDefinition read()
        {
            if (!m_block.isMap()) {
                report(m_block.mark(), {}, faultOf(FaultCode::ParameterNotMap, m_block.kindName()));
                return m_definition;
            }
            readType();
            for (const TreeMember &member : m_block.members())
                readKey(member);
            checkRanges();
            checkDefault();
            return m_definition;
        }

    private:
        void report(Mark mark, std::string_view key, Fault fault)
        {
            m_problems.push_back(
                problemAt(key.empty() ? m_path : childPath(m_path, key), mark, std::move(fault)));
        }

        void readType()
        {
            const Tree *type = m_block.find("type");
            if (type == nullptr) {
                report(m_block.mark(), {}, faultOf(FaultCode::ParameterTypeMissing));
                return;
            }
            const auto named = type->isString() ? typeNamed(type->text()) : std::nullopt;
            if (!named) {
                report(type->mark(), "type", faultOf(FaultCode::ParameterTypeUnknown, type->text()));
                return;
            }
            m_hasType = true;
            m_definition.type = *named;
        }

        bool isText() const
        {
            return m_definition.type == ParameterType::String
                || m_definition.type == ParameterType::StringList;
        }
        bool isList() const
        {
            return m_definition.type == ParameterType::StringList
                || m_definition.type == ParameterType::MapList;
        }
        bool isStructured() const
        {
            return m_definition.type == ParameterType::StringMap
                || m_definition.type == ParameterType::MapList;
        }

        void readKey(const TreeMember &member)
        {
            const std::string &key = member.key;
            if (key == "type")
                return;
            if (key == "description")
                m_definition.description = text(member);
            else if (key == "default")
                m_definition.defaultValue = member.value;
            else if (key == "allowedValues")
                readAllowedValues(member);
            else if (key == "allowedPattern")
                readAllowedPattern(member);
            else if (key == "minItems")
                m_definition.minItems = count(member, isList());
            else if (key == "maxItems")
                m_definition.maxItems = count(member, isList());
            else if (key == "minChars")
                m_definition.minChars = count(member, isText());
            else if (key == "maxChars")
                m_definition.maxChars = count(member, isText());
            else if (key == "displayType")
                readDisplayType(member);
            else if (key == "interpolationType")
                readInterpolationType(member);
            else
                report(member.keyMark, key, faultOf(FaultCode::ParameterKeyUnknown));
        }

        std::string text(const TreeMember &member)
        {
            if (!member.value.isScalar())
                report(member.value.mark(), member.key,
                       faultOf(FaultCode::TextExpected, member.value.kindName()));
            return member.value.text();
        }

        std::optional<uint64_t> count(const TreeMember &member, bool applies)
        {
            if (m_hasType && !applies) {
                report(member.keyMark, member.key,
                       faultOf(FaultCode::NotOfType, parameterTypeName(m_definition.type)));
                return std::nullopt;
            }
            const std::string &digits
                = member.value.text(); // a number, or its text: both occur in AWS's own documents
            uint64_t value = 0;
            const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
            if (!member.value.isScalar() || fault != std::errc() || end != digits.data() + digits.size()) {
                report(member.value.mark(), member.key, faultOf(FaultCode::CountExpected));
                return std::nullopt;
            }
            return value;
        }

        void readAllowedValues(const TreeMember &member)
        {
            if (m_hasType && isStructured()) {
                report(member.keyMark, member.key,
                       faultOf(FaultCode::NotOfType, parameterTypeName(m_definition.type)));
                return;
            }
            if (!member.value.isList() || member.value.items().empty()) {
                report(member.value.mark(), member.key, faultOf(FaultCode::ValuesExpected));
                return;
            }
            for (size_t i = 0; i < member.value.items().size(); ++i) {
                const Tree &item = member.value.items()[i];
                if (item.isScalar())
                    m_definition.allowedValues.push_back(item.text());
                else
                    report(item.mark(), childPath(member.key, i),
                           faultOf(FaultCode::ValueExpected, item.kindName()));
            }
        }

        void readAllowedPattern(const TreeMember &member)
        {
            if (m_hasType && !isText() && !isStructured()) {
                report(member.keyMark, member.key,
                       faultOf(FaultCode::NotOfType, parameterTypeName(m_definition.type)));
                return;
            }
            m_definition.allowedPattern = text(member);
            if (const auto compiled = Pattern::compile(m_definition.allowedPattern); !compiled) {
                report(member.value.mark(), member.key, faultOf(FaultCode::PatternWrong, compiled.error()));
                m_definition.allowedPattern.clear();
            }
        }

        void readDisplayType(const TreeMember &member)
        {
            m_definition.displayType = text(member);
            if (m_definition.displayType != "textfield" && m_definition.displayType != "textarea")
                report(member.value.mark(), member.key,
                       faultOf(FaultCode::DisplayType, m_definition.displayType));
        }

        void readInterpolationType(const TreeMember &member)
        {
            const std::string value = text(member);
            if (value != "RAW" && value != "ENV_VAR") {
                report(member.value.mark(), member.key, faultOf(FaultCode::InterpolationType, value));
                return;
            }
            if (value == "ENV_VAR" && m_hasType && !isText()) {
                report(member.value.mark(), member.key, faultOf(FaultCode::EnvVarType));
                return;
            }
            if (value == "ENV_VAR")
                m_definition.interpolation = InterpolationType::EnvVar;
        }

        void checkRanges()
        {
            const auto check = [&](const auto &low, const auto &high, std::string_view lowKey,
                                   std::string_view highKey) {
                if (low && high && *low > *high)
                    report(m_block.mark(), lowKey, faultOf(FaultCode::RangeTurned, *low, highKey, *high));
            };
            check(m_definition.minItems, m_definition.maxItems, "minItems", "maxItems");
            check(m_definition.minChars, m_definition.maxChars, "minChars", "maxChars");
        }

        // A default goes through the same gate as a given value. Exempt: empty ones, and those that hold an {{ssm:...}} reference.
        void checkDefault()
        {
            if (!m_definition.defaultValue || !m_hasType)
                return;
            const Tree asWritten = *m_definition.defaultValue;
            m_definition.defaultValue.reset();
            const auto values = textValues(asWritten);
            if (!values) {
                report(asWritten.mark(), "default",
                       faultOf(FaultCode::DefaultKind, asWritten.kindName(),
                               parameterTypeName(m_definition.type)));
                return;
            }
            if (isEmptyDefault(*values)) {
                m_definition.defaultValue = emptyValue();
                return;
            }
            const auto bound = bindParameters({m_definition}, {{m_definition.name, *values}});
            if (!bound)
                report(asWritten.mark(), "default",
                       faultOf(FaultCode::DefaultRefused, bound.error().message));
            else
                m_definition.defaultValue = bound->at(m_definition.name).value;
        }

        // The default as the wire would carry it.
        std::optional<std::vector<std::string>> textValues(const Tree &value) const
        {
            if (value.isScalar())
                return value.text().empty() && isList() ? std::vector<std::string>()
                                                        : std::vector {value.text()};
            if (isStructured() && (value.isMap() || value.isList()))
                return std::vector {toCompactJson(value)};
            if (m_definition.type != ParameterType::StringList || !value.isList())
                return std::nullopt;
            std::vector<std::string> items;
            for (const Tree &item : value.items()) {
                if (!item.isScalar())
                    return std::nullopt;
                items.push_back(item.text());
            }
            return items;
        }

        bool isEmptyDefault(const std::vector<std::string> &values) const
        {
            if (m_definition.type == ParameterType::Integer || m_definition.type == ParameterType::Boolean)
                return false;
            if (isStructured())
                return values.empty() || values[0].empty() || values[0] == "{}" || values[0] == "[]";
            return values.empty() || (m_definition.type == ParameterType::String && values[0].empty());
        }

        Tree emptyValue() const
        {
            if (m_definition.type == ParameterType::String)
                return Tree::string({});
            return m_definition.type == ParameterType::StringMap ? Tree::map() : Tree::list();
        }

        const Tree &m_block;
        std::string m_path;
        std::vector<Problem> &m_problems;
        ParameterDefinition m_definition;
        bool m_hasType = false;
    };
}

std::string_view parameterTypeName(ParameterType type)
{
    switch (type) {
    case ParameterType::String:
        return "String";
    case ParameterType::StringList:
        return "StringList";
    case ParameterType::Integer:
        return "Integer";
    case ParameterType::Boolean:
        return "Boolean";
    case ParameterType::StringMap:
        return "StringMap";
    case ParameterType::MapList:
        return "MapList";
    }
    return {};
}

std::string ParameterDefinition::defaultText() const
{
    if (!defaultValue)
        return {};
    return defaultValue->isScalar() ? defaultValue->text() : toCompactJson(*defaultValue);
}

ParameterDefinitions readParameterDefinitions(const Tree &block, std::string_view path,
                                              std::vector<Problem> &problems)
{
    ParameterDefinitions definitions;
    if (!block.isMap()) {
        problems.push_back(problemAt(std::string(path), block.mark(),
                                     faultOf(FaultCode::ParametersNotMap, block.kindName())));
        return definitions;
    }
    for (const TreeMember &member : block.members()) {
        const std::string memberPath = childPath(path, member.key);
        if (!isParameterName(member.key))
            problems.push_back(
                problemAt(memberPath, member.keyMark, faultOf(FaultCode::ParameterName, kMaxNameChars)));
        else if (member.key == "platformType")
            problems.push_back(
                problemAt(memberPath, member.keyMark, faultOf(FaultCode::PlatformTypeReserved)));
        definitions.push_back(DefinitionReader(member.key, member.value, memberPath, problems).read());
    }
    return definitions;
}

std::vector<SsmReference> ssmReferences(std::string_view text)
{
    constexpr std::string_view kPrefix = "ssm:";
    std::vector<SsmReference> references;
    size_t position = 0;
    while (true) {
        const size_t open = text.find("{{", position);
        if (open == std::string_view::npos)
            return references;
        const size_t close = text.find("}}", open);
        if (close == std::string_view::npos)
            return references;
        const std::vector<std::string> names = tokenNames(text.substr(open, close + 2 - open));
        if (names.size() == 1 && names[0].starts_with(kPrefix)) {
            const std::string_view name = std::string_view(names[0]).substr(kPrefix.size());
            const size_t colon = std::min(name.find(':'), name.size());
            const size_t start = text.substr(0, close).rfind("{{");
            if (colon > 0)
                references.push_back({std::string(text.substr(start, close + 2 - start)),
                                      std::string(name.substr(0, colon)),
                                      std::string(name.substr(std::min(colon + 1, name.size())))});
        }
        position = close + 2;
    }
}

bool holdsSsmReference(const Tree &value)
{
    if (value.isString())
        return !ssmReferences(value.text()).empty();
    return std::ranges::any_of(value.items(), holdsSsmReference);
}

}
