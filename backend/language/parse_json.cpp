#include "backend/language/tree_text.h"

#include "backend/core/text_safety.h"
#include "backend/language/number_text.h"

#include <boost/json/basic_parser_impl.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace fb {

namespace {
    namespace json = boost::json;

    class LineTable
    {
    public:
        explicit LineTable(std::string_view text) : m_text(text) { }

        Mark at(size_t offset) const
        {
            const std::string_view before = m_text.substr(0, offset);
            const auto line = std::ranges::count(before, '\n') + 1;
            const size_t lineStart = before.rfind('\n') + 1; // npos + 1 is 0
            return {static_cast<int>(line), static_cast<int>(offset - lineStart) + 1};
        }

        // For offsets that only grow: counts on from the last one.
        Mark next(size_t offset)
        {
            for (; m_offset < offset; ++m_offset) {
                if (m_text[m_offset] == '\n') {
                    ++m_line;
                    m_lineStart = m_offset + 1;
                }
            }
            return {m_line, static_cast<int>(offset - m_lineStart) + 1};
        }

    private:
        std::string_view m_text;
        size_t m_offset = 0;
        size_t m_lineStart = 0;
        int m_line = 1;
    };

    // Boost.JSON tells its handler no places. This one finds the start of each token by itself: events come in the text's order,
    // and every event but the ends of lists and maps is the next token.
    class TokenStarts
    {
    public:
        explicit TokenStarts(std::string_view text) : m_text(text), m_lines(text) { }

        Mark next()
        {
            m_offset = std::min(m_text.find_first_not_of(" \t\r\n,:]}", m_offset), m_text.size());
            const size_t start = m_offset;
            m_start = start;
            if (start < m_text.size())
                skipToken();
            return m_lines.next(start);
        }
        std::string_view token() const { return m_text.substr(m_start, m_offset - m_start); }

    private:
        void skipToken()
        {
            const char first = m_text[m_offset++];
            if (first == '{' || first == '[')
                return;
            if (first == '"') {
                while (m_offset < m_text.size() && m_text[m_offset] != '"')
                    m_offset += m_text[m_offset] == '\\' ? 2 : 1;
                m_offset = std::min(m_offset + 1, m_text.size());
                return;
            }
            m_offset = std::min(m_text.find_first_of(" \t\r\n,:]}", m_offset), m_text.size());
        }

        std::string_view m_text;
        LineTable m_lines;
        size_t m_offset = 0;
        size_t m_start = 0;
    };

    struct JsonTreeBuilder {
        static constexpr size_t max_object_size = static_cast<size_t>(-1);
        static constexpr size_t max_array_size = static_cast<size_t>(-1);
        static constexpr size_t max_key_size = static_cast<size_t>(-1);
        static constexpr size_t max_string_size = static_cast<size_t>(-1);

        explicit JsonTreeBuilder(std::string_view text) : tokens(text) { }

        bool on_document_begin(json::error_code &) { return true; }
        bool on_document_end(json::error_code &) { return true; }
        bool on_object_begin(json::error_code &) { return open(Tree::map()); }
        bool on_array_begin(json::error_code &) { return open(Tree::list()); }
        bool on_object_end(size_t, json::error_code &) { return close(); }
        bool on_array_end(size_t, json::error_code &) { return close(); }
        bool on_key_part(std::string_view part, size_t, json::error_code &)
        {
            buffer += part;
            return true;
        }
        bool on_key(std::string_view part, size_t, json::error_code &fault)
        {
            buffer += part;
            Level &level = levels.back();
            level.keyMark = tokens.next();
            level.key = std::exchange(buffer, {});
            if (!level.seen.insert(level.key).second)
                return refuse(fault, level.keyMark, faultOf(FaultCode::KeyTwice, level.key));
            if (level.key.find('\0') != std::string::npos)
                return refuse(fault, level.keyMark, faultOf(FaultCode::NulInKey));
            return true;
        }
        bool on_string_part(std::string_view part, size_t, json::error_code &)
        {
            buffer += part;
            return true;
        }
        bool on_string(std::string_view part, size_t, json::error_code &fault)
        {
            buffer += part;
            const Mark mark = tokens.next();
            if (buffer.find('\0') != std::string::npos)
                return refuse(fault, mark, faultOf(FaultCode::NulCharacter));
            return add(Tree::string(std::exchange(buffer, {})), mark);
        }
        bool on_number_part(std::string_view, json::error_code &) { return true; }
        bool on_int64(int64_t, std::string_view, json::error_code &fault) { return addNumber(fault); }
        bool on_uint64(uint64_t, std::string_view, json::error_code &fault) { return addNumber(fault); }
        bool on_double(double, std::string_view, json::error_code &fault) { return addNumber(fault); }
        bool on_bool(bool value, json::error_code &)
        {
            const Mark mark = tokens.next();
            return add(Tree::boolean(value), mark);
        }
        bool on_null(json::error_code &)
        {
            const Mark mark = tokens.next();
            return add(Tree(), mark);
        }
        bool on_comment_part(std::string_view, json::error_code &) { return true; }
        bool on_comment(std::string_view, json::error_code &) { return true; }

        Tree root;
        std::optional<Problem> problem;

    private:
        struct Level {
            Tree tree;
            std::string key;
            Mark keyMark;
            std::unordered_set<std::string> seen;
        };

        bool addNumber(json::error_code &fault)
        {
            const Mark mark = tokens.next();
            if (hasHugeExponent(tokens.token()))
                return refuse(fault, mark, hugeExponentFault(tokens.token()));
            return add(Tree::number(std::string(tokens.token())), mark);
        }

        bool refuse(json::error_code &fault, Mark mark, Fault why)
        {
            problem = problemAt({}, mark, std::move(why));
            fault = json::make_error_code(json::error::syntax);
            return false;
        }

        bool open(Tree tree)
        {
            tree.setMark(tokens.next());
            levels.push_back({std::move(tree), {}, {}, {}});
            return true;
        }

        bool close()
        {
            Tree done = std::move(levels.back().tree);
            levels.pop_back();
            const Mark mark = done.mark();
            return add(std::move(done), mark);
        }

        bool add(Tree value, Mark mark)
        {
            value.setMark(mark);
            if (levels.empty()) {
                root = std::move(value);
                return true;
            }
            Level &level = levels.back();
            if (level.tree.isMap())
                level.tree.members().push_back({std::move(level.key), std::move(value), level.keyMark});
            else
                level.tree.items().push_back(std::move(value));
            return true;
        }

        TokenStarts tokens;
        std::vector<Level> levels;
        std::string buffer;
    };

    Fault faultText(const json::error_code &fault, int maxDepth)
    {
        if (fault == json::error::too_deep)
            return faultOf(FaultCode::TooDeep, maxDepth);
        if (fault == json::error::incomplete)
            return faultOf(FaultCode::JsonTooShort);
        if (fault == json::error::extra_data)
            return faultOf(FaultCode::JsonTooLong);
        return faultOf(FaultCode::NotJson, fault.message());
    }
}

TreeResult parseJson(std::string_view text, const TreeLimits &limits)
{
    if (text.size() > limits.bytes)
        return tl::unexpected(problemAt({}, {}, faultOf(FaultCode::TextTooLarge, text.size(), limits.bytes)));
    if (const size_t nul = text.find('\0'); nul != std::string_view::npos)
        return tl::unexpected(problemAt({}, LineTable(text).at(nul), faultOf(FaultCode::NulByte)));
    if (!isValidUtf8(text))
        return tl::unexpected(problemAt({}, {}, faultOf(FaultCode::NotUtf8)));

    json::parse_options options;
    options.max_depth = static_cast<size_t>(limits.depth);
    json::basic_parser<JsonTreeBuilder> parser(options, text);
    json::error_code fault;
    const size_t consumed = parser.write_some(false, text.data(), text.size(), fault);
    if (!fault && consumed < text.size())
        fault = json::make_error_code(json::error::extra_data);
    if (!fault)
        return std::move(parser.handler().root);
    if (parser.handler().problem)
        return tl::unexpected(*parser.handler().problem);
    return tl::unexpected(
        problemAt({}, LineTable(text).at(std::min(consumed, text.size())), faultText(fault, limits.depth)));
}

}
