#include "backend/language/tree_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace fb {

namespace {
    void quoteInto(std::string &out, std::string_view text)
    {
        out.push_back('"');
        for (const char character : text) {
            switch (character) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\t':
                out += "\\t";
                break;
            default:
                if (static_cast<unsigned char>(character) < 0x20 || character == 0x7f)
                    out += fmt::format("\\u{:04x}", static_cast<unsigned>(character));
                else
                    out.push_back(character);
            }
        }
        out.push_back('"');
    }

    class JsonWriter
    {
    public:
        explicit JsonWriter(bool isPretty) : m_isPretty(isPretty) { }

        void write(const Tree &tree)
        {
            switch (tree.kind()) {
            case Tree::Kind::Null:
                out += "null";
                return;
            case Tree::Kind::Bool:
                out += tree.boolean() ? "true" : "false";
                return;
            case Tree::Kind::Number:
                out += tree.numberText();
                return;
            case Tree::Kind::String:
                quoteInto(out, tree.text());
                return;
            case Tree::Kind::List:
                block('[', ']', tree.items().size(), [&](size_t i) { write(tree.items()[i]); });
                return;
            case Tree::Kind::Map:
                block('{', '}', tree.members().size(), [&](size_t i) {
                    quoteInto(out, tree.members()[i].key);
                    out += m_isPretty ? ": " : ":";
                    write(tree.members()[i].value);
                });
                return;
            }
        }

        std::string out;

    private:
        template <typename WriteItem>
        void block(char begin, char end, size_t count, const WriteItem &writeItem)
        {
            out.push_back(begin);
            ++m_depth;
            for (size_t i = 0; i < count; ++i) {
                if (i > 0)
                    out.push_back(',');
                newLine();
                writeItem(i);
            }
            --m_depth;
            if (count > 0)
                newLine();
            out.push_back(end);
        }

        void newLine()
        {
            if (!m_isPretty)
                return;
            out.push_back('\n');
            out.append(static_cast<size_t>(m_depth) * 2, ' ');
        }

        bool m_isPretty;
        int m_depth = 0;
    };

    bool isPlainSafe(std::string_view text)
    {
        constexpr std::string_view kIndicators = "-?:,[]{}#&*!|>'\"%@`";
        if (text.empty() || kIndicators.find(text.front()) != std::string_view::npos || text.front() == ' '
            || text.back() == ' ' || text.back() == ':')
            return false;
        if (text.starts_with("\xef\xbb\xbf")) // a byte order mark, which a reader would swallow
            return false;
        if (text.find(": ") != std::string_view::npos || text.find(" #") != std::string_view::npos)
            return false;
        const bool isPrintable = std::ranges::all_of(text, [](char character) {
            return static_cast<unsigned char>(character) >= 0x20 && character != 0x7f;
        });
        // A word that the core schema would read as something else: true, null, 12, .5, 0x1f, <<
        constexpr std::string_view kWords[]
            = {"null", "Null", "NULL", "~",  "true", "True", "TRUE", "false", "False", "FALSE",
               "<<",   "=",    "yes",  "no", "on",   "off",  "Yes",  "No",    "On",    "Off"};
        return isPrintable && std::ranges::find(kWords, text) == std::end(kWords)
            && std::string_view("0123456789+.").find(text.front()) == std::string_view::npos;
    }

    // A literal block can hold it: several lines, none of them only blanks at the start, printable.
    bool fitsLiteralBlock(std::string_view text)
    {
        if (text.find('\n') == std::string_view::npos || text.front() == '\n' || text.front() == ' ')
            return false;
        return std::ranges::all_of(text,
                                   [](char character) {
                                       return static_cast<unsigned char>(character) >= 0x20
                                           || character == '\n' || character == '\t';
                                   })
            && text.find('\x7f') == std::string_view::npos;
    }

    class YamlWriter
    {
    public:
        void document(const Tree &tree)
        {
            if (isBlock(tree)) {
                block(tree, 0);
            } else {
                scalar(tree);
                out.push_back('\n');
            }
        }

        std::string out;

    private:
        static bool isBlock(const Tree &tree) { return !tree.items().empty() || !tree.members().empty(); }

        void indent(int depth) { out.append(static_cast<size_t>(depth) * 2, ' '); }

        void block(const Tree &tree, int depth, bool isFirstLineOpen = false)
        {
            bool isOpen = isFirstLineOpen; // the indentation of the first line is there already
            const auto startLine = [&] {
                if (!isOpen)
                    indent(depth);
                isOpen = false;
            };
            for (const Tree &item : tree.items()) {
                startLine();
                out += "- ";
                if (isBlock(item))
                    block(item, depth + 1, true);
                else
                    scalarLine(item, depth);
            }
            for (const TreeMember &member : tree.members()) {
                startLine();
                key(member.key, depth);
                if (isBlock(member.value)) {
                    out.push_back('\n');
                    block(member.value, depth + 1);
                } else {
                    out.push_back(' ');
                    scalarLine(member.value, depth);
                }
            }
        }

        void scalarLine(const Tree &tree, int depth)
        {
            if (tree.isString() && fitsLiteralBlock(tree.text())) {
                literal(tree.text(), depth + 1);
                return;
            }
            scalar(tree);
            out.push_back('\n');
        }

        void scalar(const Tree &tree)
        {
            switch (tree.kind()) {
            case Tree::Kind::Null:
                out += "null";
                return;
            case Tree::Kind::Bool:
                out += tree.boolean() ? "true" : "false";
                return;
            case Tree::Kind::Number:
                out += tree.numberText();
                return;
            case Tree::Kind::List:
                out += "[]";
                return;
            case Tree::Kind::Map:
                out += "{}";
                return;
            case Tree::Kind::String:
                text(tree.text());
                return;
            }
        }

        void text(const std::string &value)
        {
            if (isPlainSafe(value))
                out += value;
            else
                quoteInto(out, value);
        }

        // A reader looks for the colon in 1,024 characters only; a longer key says by a question mark that it is one.
        void key(const std::string &name, int depth)
        {
            constexpr size_t kLongestSimpleKey = 1000;
            std::string written;
            if (isPlainSafe(name))
                written = name;
            else
                quoteInto(written, name);
            if (written.size() > kLongestSimpleKey) {
                out += "? " + written + "\n";
                indent(depth);
            } else {
                out += written;
            }
            out.push_back(':');
        }

        // The chomping mark says how many newlines end the text: none, one or as they stand.
        void literal(std::string_view value, int depth)
        {
            const size_t lastText = value.find_last_not_of('\n');
            const size_t newlines = value.size() - 1 - lastText;
            out += newlines == 0 ? "|-\n" : newlines == 1 ? "|\n" : "|+\n";
            if (newlines > 0)
                value.remove_suffix(1);
            while (true) {
                const size_t end = std::min(value.find('\n'), value.size());
                if (end > 0) {
                    indent(depth);
                    out += value.substr(0, end);
                }
                out.push_back('\n');
                if (end == value.size())
                    return;
                value.remove_prefix(end + 1);
            }
        }
    };
}

std::string jsonQuoted(std::string_view text)
{
    std::string out;
    quoteInto(out, text);
    return out;
}

std::string toCompactJson(const Tree &tree)
{
    JsonWriter writer(false);
    writer.write(tree);
    return std::move(writer.out);
}

std::string toPrettyJson(const Tree &tree)
{
    JsonWriter writer(true);
    writer.write(tree);
    return std::move(writer.out) + '\n';
}

std::string toYaml(const Tree &tree)
{
    YamlWriter writer;
    writer.document(tree);
    return std::move(writer.out);
}

}
