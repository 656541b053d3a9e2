#include "backend/language/interpolation.h"

#include "backend/language/shell_quoting.h"
#include "backend/language/tree_text.h"

#include <functional>

namespace fb {

namespace {
    struct Token {
        size_t start = 0;
        size_t end = 0; // after the braces
        std::string_view name;
    };

    std::string_view trimmed(std::string_view text)
    {
        constexpr std::string_view kBlanks = " \t";
        const size_t first = text.find_first_not_of(kBlanks);
        if (first == std::string_view::npos)
            return {};
        return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
    }

    bool isTokenName(std::string_view name)
    {
        constexpr std::string_view kOther = ":/._-"; // {{ssm:/app/db.url:3}}
        for (const char c : name) {
            const bool isAlphanumeric
                = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!isAlphanumeric && kOther.find(c) == std::string_view::npos)
                return false;
        }
        return !name.empty();
    }

    // The next token at or after `from`. Of "{{{ a }}" the innermost braces count.
    std::optional<Token> nextToken(std::string_view text, size_t from)
    {
        while (true) {
            const size_t close = text.find("}}", from);
            if (close == std::string_view::npos || close < from)
                return std::nullopt;
            const size_t open = text.substr(0, close).rfind("{{");
            if (open != std::string_view::npos && open >= from) {
                const std::string_view name = trimmed(text.substr(open + 2, close - open - 2));
                if (isTokenName(name))
                    return Token {open, close + 2, name};
            }
            from = close + 1;
        }
    }

    class Interpolator
    {
    public:
        Interpolator(const BoundParameters &parameters, ReferenceStyle style, ScriptEnvironment *environment)
            : m_parameters(parameters),
              m_style(style),
              m_environment(environment)
        {
        }

        Tree value(const Tree &tree)
        {
            Tree result = tree;
            switch (tree.kind()) {
            case Tree::Kind::String:
                result = stringValue(tree.text());
                break;
            case Tree::Kind::List:
                result.items().clear();
                for (const Tree &item : tree.items())
                    appendItem(result, item);
                break;
            case Tree::Kind::Map:
                for (TreeMember &member : result.members())
                    member.value = value(member.value);
                break;
            default:
                break;
            }
            result.setMark(tree.mark());
            return result;
        }

        std::string text(std::string_view source)
        {
            std::string out;
            size_t position = 0;
            while (const auto token = nextToken(source, position)) {
                const std::string_view before = source.substr(position, token->start - position);
                out += before;
                m_quoting.read(before);
                position = token->end;
                const auto found = m_parameters.find(std::string(token->name));
                if (found == m_parameters.end()) {
                    const std::string_view asTyped = source.substr(token->start, token->end - token->start);
                    out += asTyped;
                    m_quoting.read(asTyped);
                } else if (isReference(found->second)) {
                    out += reference(found->first, found->second);
                } else {
                    const std::string inserted = found->second.text();
                    out += inserted;
                    m_quoting.read(inserted);
                }
            }
            out += source.substr(position);
            m_quoting.read(source.substr(position));
            return out;
        }

    private:
        Tree stringValue(const std::string &source)
        {
            const std::string_view name = soleToken(source);
            const auto found = name.empty() ? m_parameters.end() : m_parameters.find(std::string(name));
            if (found == m_parameters.end() || isReference(found->second))
                return Tree::string(text(source));
            return found->second.value;
        }

        // An item that is just a list's token makes room for the list's items.
        void appendItem(Tree &list, const Tree &item)
        {
            const std::string_view name = item.isString() ? soleToken(item.text()) : std::string_view();
            const auto found = name.empty() ? m_parameters.end() : m_parameters.find(std::string(name));
            if (found != m_parameters.end() && found->second.type == ParameterType::StringList
                && !isReference(found->second)) {
                for (const Tree &spliced : found->second.value.items()) {
                    m_quoting.read(spliced.text());
                    list.items().push_back(spliced);
                    m_quoting.endLine();
                }
                return;
            }
            list.items().push_back(value(item));
            m_quoting.endLine();
        }

        bool isReference(const BoundParameter &parameter) const
        {
            return m_style != ReferenceStyle::Plain && parameter.interpolation == InterpolationType::EnvVar;
        }

        std::string reference(const std::string &name, const BoundParameter &parameter)
        {
            const std::string variable = "SSM_" + name;
            if (m_environment != nullptr)
                (*m_environment)[variable] = parameter.text();
            if (m_style == ReferenceStyle::PowerShell)
                return "${env:" + variable + "}";
            return m_quoting.reference(variable);
        }

        const BoundParameters &m_parameters;
        ReferenceStyle m_style;
        ScriptEnvironment *m_environment;
        ShellQuoting m_quoting;
    };
}

Tree interpolate(const Tree &value, const BoundParameters &parameters, ReferenceStyle style,
                 ScriptEnvironment *environment)
{
    return Interpolator(parameters, style, environment).value(value);
}

std::string interpolateText(std::string_view text, const BoundParameters &parameters)
{
    return Interpolator(parameters, ReferenceStyle::Plain, nullptr).text(text);
}

std::string_view soleToken(std::string_view text)
{
    const auto token = nextToken(text, 0);
    return token && token->start == 0 && token->end == text.size() ? token->name : std::string_view();
}

std::vector<std::string> tokenNames(std::string_view text)
{
    std::vector<std::string> names;
    size_t position = 0;
    while (const auto token = nextToken(text, position)) {
        names.emplace_back(token->name);
        position = token->end;
    }
    return names;
}

bool isSoleToken(const Tree &value) { return value.isString() && !soleToken(value.text()).empty(); }

}
