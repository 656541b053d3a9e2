#include "backend/dispatch/rate_control.h"

#include <fmt/format.h>

#include <algorithm>

namespace fb {

namespace {
    constexpr size_t kMaxCharacters = 7;

    bool isWholeNumber(std::string_view digits)
    {
        return !digits.empty() && std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; })
            && (digits.size() == 1 || digits.front() != '0'); // no leading zeros
    }

    int64_t valueOf(std::string_view digits)
    {
        int64_t value = 0;
        for (const char c : digits)
            value = value * 10 + (c - '0');
        return value;
    }

    Result<RateLimit> parse(std::string_view text, std::string_view field, int64_t least)
    {
        const bool isPercent = text.ends_with('%');
        const std::string_view digits = isPercent ? text.substr(0, text.size() - 1) : text;
        if (text.size() <= kMaxCharacters && isWholeNumber(digits)) {
            const int64_t value = valueOf(digits);
            if (value >= least && (!isPercent || value <= 100))
                return RateLimit {isPercent ? RateLimit::Unit::Percent : RateLimit::Unit::Count, value};
        }
        // the text is echoed in part only: it can be of any length
        return makeError(
            errors::kValidation,
            fmt::format("{}: \"{}\" is neither a whole number from {} nor a percentage from {}% to "
                        "100%, in at most {} characters.",
                        field, text.substr(0, 20), least, least, kMaxCharacters),
            std::string(field));
    }
}

Result<RateLimit> parseMaxConcurrency(std::string_view text) { return parse(text, "MaxConcurrency", 1); }

Result<RateLimit> parseMaxErrors(std::string_view text) { return parse(text, "MaxErrors", 0); }

std::string toText(RateLimit limit)
{
    return fmt::format("{}{}", limit.value, limit.unit == RateLimit::Unit::Percent ? "%" : "");
}

int64_t concurrencyOf(RateLimit limit, int64_t rows)
{
    if (limit.unit == RateLimit::Unit::Count)
        return limit.value;
    return std::max<int64_t>(1, (rows * limit.value + 99) / 100);
}

int64_t errorLimitOf(RateLimit limit, int64_t rows)
{
    if (limit.unit == RateLimit::Unit::Count)
        return limit.value;
    return rows * limit.value / 100;
}

}
