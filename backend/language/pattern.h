#pragma once
// Regular expressions that operators write (allowedPattern): PCRE2 in UTF-8 mode under a match limit, so that one that
// backtracks without end is given up instead of stopping the engine. Any thread.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace fb {

class Pattern
{
public:
    static constexpr uint32_t kMatchLimit = 100'000; // steps of one match
    enum class Match { Yes, No, TooCostly };

    // The fault's text and place ("missing closing parenthesis at offset 4") where the expression does not compile.
    static tl::expected<Pattern, std::string> compile(std::string_view expression);

    Match
    matchWhole(std::string_view text) const; // anchored at both ends; text that is not UTF-8 does not match

private:
    explicit Pattern(std::shared_ptr<const void> code) : m_code(std::move(code)) { }
    std::shared_ptr<const void> m_code;
};

}
