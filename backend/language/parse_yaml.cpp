#include "backend/language/tree_text.h"

#include "backend/core/text_safety.h"
#include "backend/language/number_text.h"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <sstream>
#include <unordered_set>

namespace fb {

namespace {
    // Thrown through yaml-cpp and caught in parseYaml, the only way to stop its parser early.
    struct Refused {
        Problem problem;
    };

    [[noreturn]] void refuse(Mark mark, Fault fault)
    {
        throw Refused {problemAt({}, mark, std::move(fault))};
    }

    Mark markOf(const YAML::Mark &mark)
    {
        return mark.is_null() ? Mark {} : Mark {mark.line + 1, mark.column + 1};
    }

    bool isDigits(std::string_view text, std::string_view digits = "0123456789")
    {
        return !text.empty() && text.find_first_not_of(digits) == std::string_view::npos;
    }

    bool fitsUnsigned(std::string_view digits, int base)
    {
        uint64_t value = 0;
        return std::from_chars(digits.data(), digits.data() + digits.size(), value, base).ec == std::errc();
    }

    // [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?
    bool isDecimalNumber(std::string_view text)
    {
        if (text.starts_with('-') || text.starts_with('+'))
            text.remove_prefix(1);
        if (const size_t e = text.find_first_of("eE"); e != std::string_view::npos) {
            std::string_view exponent = text.substr(e + 1);
            if (exponent.starts_with('-') || exponent.starts_with('+'))
                exponent.remove_prefix(1);
            if (!isDigits(exponent))
                return false;
            text = text.substr(0, e);
        }
        const size_t point = text.find('.');
        if (point == std::string_view::npos)
            return isDigits(text);
        const std::string_view whole = text.substr(0, point);
        const std::string_view fraction = text.substr(point + 1);
        return (whole.empty() || isDigits(whole)) && (fraction.empty() || isDigits(fraction))
            && !(whole.empty() && fraction.empty());
    }

    bool isSpecialFloat(std::string_view text)
    {
        if (text.starts_with('-') || text.starts_with('+'))
            return text.substr(1) == ".inf" || text.substr(1) == ".Inf" || text.substr(1) == ".INF";
        return text == ".inf" || text == ".Inf" || text == ".INF" || text == ".nan" || text == ".NaN"
            || text == ".NAN";
    }

    // A plain scalar by the rules of YAML 1.2's core schema.
    Tree plainScalar(const std::string &text, Mark mark)
    {
        if (text == "true" || text == "True" || text == "TRUE")
            return Tree::boolean(true, text);
        if (text == "false" || text == "False" || text == "FALSE")
            return Tree::boolean(false, text);
        const std::string_view view = text;
        const bool isHex = view.starts_with("0x") && isDigits(view.substr(2), "0123456789abcdefABCDEF");
        const bool isOctal = view.starts_with("0o") && isDigits(view.substr(2), "01234567");
        if (isHex || isOctal) {
            if (!fitsUnsigned(view.substr(2), isHex ? 16 : 8))
                refuse(mark, faultOf(FaultCode::NumberTooLarge, text));
            return Tree::number(text);
        }
        if (isDecimalNumber(view)) {
            if (hasHugeExponent(view))
                refuse(mark, hugeExponentFault(text));
            return Tree::number(text);
        }
        if (isSpecialFloat(view))
            refuse(mark, faultOf(FaultCode::NumberSpecial, text));
        return Tree::string(text);
    }

    // yaml-cpp gives the escapes \N (U+0085) and \_ (U+00A0) as bare Latin-1 bytes. The text around them is valid UTF-8, so a
    // continuation byte where a character should begin can be nothing else.
    std::string withWholeEscapes(const std::string &value)
    {
        if (isValidUtf8(value))
            return value;
        std::string whole;
        for (size_t i = 0; i < value.size();) {
            const auto lead = static_cast<unsigned char>(value[i]);
            if (lead >= 0x80 && lead < 0xc0) {
                whole += {'\xc2', value[i++]};
                continue;
            }
            const size_t length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
            whole += value.substr(i, length);
            i += length;
        }
        return whole;
    }

    class YamlTreeBuilder : public YAML::EventHandler
    {
    public:
        explicit YamlTreeBuilder(const TreeLimits &limits) : m_limits(limits) { }

        void OnDocumentStart(const YAML::Mark &mark) override
        {
            if (m_hasDocument)
                refuse(markOf(mark), faultOf(FaultCode::SecondYaml));
            m_hasDocument = true;
        }
        void OnDocumentEnd() override { }
        void OnNull(const YAML::Mark &mark, YAML::anchor_t anchor) override
        {
            place(Tree(), markOf(mark), anchor);
        }
        void OnAlias(const YAML::Mark &mark, YAML::anchor_t anchor) override
        {
            placeAlias(markOf(mark), anchor);
        }
        void OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                      const std::string &value) override
        {
            const Mark at = markOf(mark);
            refuseTag(tag, at);
            const bool isPlain = tag == "?";
            if (value.find('\0') != std::string::npos)
                refuse(at, faultOf(FaultCode::NulCharacter));
            if (isPlain && value == "<<" && isAtKey())
                refuse(at, faultOf(FaultCode::MergeKey));
            place(isPlain ? plainScalar(value, at) : Tree::string(withWholeEscapes(value)), at, anchor);
        }
        void OnSequenceStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value) override
        {
            open(Tree::list(), mark, tag, anchor);
        }
        void OnMapStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                        YAML::EmitterStyle::value) override
        {
            open(Tree::map(), mark, tag, anchor);
        }
        void OnSequenceEnd() override { close(); }
        void OnMapEnd() override { close(); }

        Tree root;

    private:
        struct Level {
            Tree tree;
            YAML::anchor_t anchor = YAML::NullAnchor;
            size_t expansionsBefore = 0;
            std::string key;
            Mark keyMark;
            bool hasKey = false;
            std::unordered_set<std::string> seen;
        };
        struct Anchor {
            Tree tree;
            size_t expansions = 0; // what one alias of it costs
            size_t bytes = 0;
            int depth = 0;
        };

        static void refuseTag(const std::string &tag, Mark mark)
        {
            if (!tag.empty() && tag != "?" && tag != "!")
                refuse(mark, faultOf(FaultCode::YamlTag, tag));
        }

        bool isAtKey() const
        {
            return !m_levels.empty() && m_levels.back().tree.isMap() && !m_levels.back().hasKey;
        }

        void open(Tree tree, const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor)
        {
            const Mark at = markOf(mark);
            refuseTag(tag, at);
            if (isAtKey())
                refuse(at, faultOf(FaultCode::KeyNotText, tree.kindName()));
            if (static_cast<int>(m_levels.size()) >= m_limits.depth)
                refuse(at, faultOf(FaultCode::TooDeep, m_limits.depth));
            tree.setMark(at);
            Level level;
            level.tree = std::move(tree);
            level.anchor = anchor;
            level.expansionsBefore = m_expansions;
            m_levels.push_back(std::move(level));
        }

        void close()
        {
            Level done = std::move(m_levels.back());
            m_levels.pop_back();
            const Mark mark = done.tree.mark();
            place(std::move(done.tree), mark, done.anchor, m_expansions - done.expansionsBefore);
        }

        void placeAlias(Mark mark, YAML::anchor_t anchor)
        {
            const auto found = m_anchors.find(anchor);
            if (found == m_anchors.end())
                refuse(mark, faultOf(FaultCode::AliasInItself));
            const Anchor &source = found->second;
            m_expansions += source.expansions + 1;
            m_expandedBytes += source.bytes;
            if (m_expansions > m_limits.aliasExpansions)
                refuse(mark, faultOf(FaultCode::AliasCount, m_limits.aliasExpansions));
            if (m_expandedBytes > m_limits.expandedBytes)
                refuse(mark, faultOf(FaultCode::AliasBytes, m_limits.expandedBytes));
            if (static_cast<int>(m_levels.size()) + source.depth > m_limits.depth)
                refuse(mark, faultOf(FaultCode::TooDeep, m_limits.depth));
            place(source.tree, mark, YAML::NullAnchor);
        }

        void place(Tree value, Mark mark, YAML::anchor_t anchor, size_t expansionsInside = 0)
        {
            value.setMark(mark);
            if (anchor != YAML::NullAnchor)
                m_anchors.insert_or_assign(anchor, measured(value, expansionsInside));
            if (m_levels.empty()) {
                root = std::move(value);
                return;
            }
            Level &level = m_levels.back();
            if (level.tree.isList()) {
                level.tree.items().push_back(std::move(value));
            } else if (!level.hasKey) {
                takeKey(level, value, mark);
            } else {
                level.tree.members().push_back({std::move(level.key), std::move(value), level.keyMark});
                level.hasKey = false;
            }
        }

        static void takeKey(Level &level, const Tree &key, Mark mark)
        {
            if (!key.isScalar())
                refuse(mark, faultOf(FaultCode::KeyNotText, key.kindName()));
            if (!level.seen.insert(key.text()).second)
                refuse(mark, faultOf(FaultCode::KeyTwice, key.text()));
            level.key = key.text();
            level.keyMark = mark;
            level.hasKey = true;
        }

        // What an alias of this tree will cost: the expansions made inside of it, and its text. Every node costs some bytes too, so
        // that a list of a thousand empty items is not free.
        static Anchor measured(const Tree &tree, size_t expansions)
        {
            Anchor anchor {tree, expansions, 0, 0};
            measure(tree, 1, anchor);
            return anchor;
        }

        static void measure(const Tree &tree, int depth, Anchor &into)
        {
            constexpr size_t kNodeBytes = 64;
            into.bytes += kNodeBytes + tree.text().size();
            if (tree.isList() || tree.isMap())
                into.depth = std::max(into.depth, depth);
            for (const Tree &item : tree.items())
                measure(item, depth + 1, into);
            for (const TreeMember &member : tree.members()) {
                into.bytes += member.key.size();
                measure(member.value, depth + 1, into);
            }
        }

        const TreeLimits &m_limits;
        std::vector<Level> m_levels;
        std::map<YAML::anchor_t, Anchor> m_anchors;
        bool m_hasDocument = false;
        size_t m_expansions = 0;
        size_t m_expandedBytes = 0;
    };
}

TreeResult parseYaml(std::string_view text, const TreeLimits &limits)
{
    if (text.size() > limits.bytes)
        return tl::unexpected(problemAt({}, {}, faultOf(FaultCode::TextTooLarge, text.size(), limits.bytes)));
    if (text.find('\0') != std::string_view::npos)
        return tl::unexpected(problemAt({}, {}, faultOf(FaultCode::NulByte)));
    if (!isValidUtf8(text))
        return tl::unexpected(problemAt({}, {}, faultOf(FaultCode::NotUtf8)));
    try {
        std::istringstream stream {std::string(text)};
        YAML::Parser parser(stream);
        YamlTreeBuilder builder(limits);
        while (parser.HandleNextDocument(builder)) { }
        return std::move(builder.root);
    } catch (const Refused &refused) {
        return tl::unexpected(refused.problem);
    } catch (const YAML::Exception &fault) {
        return tl::unexpected(problemAt({}, markOf(fault.mark), faultOf(FaultCode::NotYaml, fault.msg)));
    } catch (const std::exception &fault) { // yaml-cpp lets standard exceptions out for some broken texts
        return tl::unexpected(problemAt({}, {}, faultOf(FaultCode::NotYaml, fault.what())));
    }
}

}
