#pragma once
// MaxConcurrency and MaxErrors: one parser and one arithmetic for everything that fans out (spec/run-command.md 3.3). Whole numbers
// only, so that 7 nodes at 10 % never depend on a rounding mode. Any thread.

#include "backend/core/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace fb {

struct RateLimit {
    enum class Unit { Count, Percent };
    Unit unit = Unit::Count;
    int64_t value = 0;

    friend bool operator==(const RateLimit &, const RateLimit &) = default;
};

// `[1-9]\d*` or `1%` to `100%`, at most 7 characters. ValidationException naming MaxConcurrency otherwise.
Result<RateLimit> parseMaxConcurrency(std::string_view text);
// `0`, `[1-9]\d*` or `0%` to `100%`, at most 7 characters. ValidationException naming MaxErrors otherwise.
Result<RateLimit> parseMaxErrors(std::string_view text);
std::string toText(RateLimit limit); // 50, 10%

// `rows` is TargetCount: all invocations, those that ended at once included.
int64_t concurrencyOf(RateLimit limit, int64_t rows); // C: c, or max(1, ceil(N p / 100))
int64_t errorLimitOf(RateLimit limit, int64_t rows); // M: m, or floor(N p / 100)
constexpr bool stopsAt(int64_t errors, int64_t errorLimit) { return errors > errorLimit; } // the M+1-th error

}
