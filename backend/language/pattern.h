#pragma once
// Regular expressions that operators write (allowedPattern, search): PCRE2 in UTF-8 mode under a match limit, so that one that
// backtracks without end is given up instead of stopping the engine. Any thread.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace fb {

class Pattern
{
public:
    static constexpr uint32_t kMatchLimit = 100'000; // steps of one match
    enum class Match { Yes, No, TooCostly };
    enum class Case { Kept, Ignored };
    struct Span { // bytes
        size_t begin = 0;
        size_t end = 0;
    };

    // The fault's text and place ("missing closing parenthesis at offset 4") where the expression does not compile.
    static tl::expected<Pattern, std::string> compile(std::string_view expression, Case letters = Case::Kept);

    Match
    matchWhole(std::string_view text) const; // anchored at both ends; text that is not UTF-8 does not match
    // The first match at `from` or later; none also when it would be too costly or the text is not UTF-8. `from` above 0 goes on in a text
    // that was looked at from 0, at the begin of a character.
    std::optional<Span> find(std::string_view text, size_t from) const;

private:
    explicit Pattern(std::shared_ptr<const void> code) : m_code(std::move(code)) { }
    std::shared_ptr<const void> m_code;
};

}
