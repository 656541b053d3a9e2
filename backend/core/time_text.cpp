#include "backend/core/time_text.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <charconv>

namespace fb {

namespace {
    std::string civil(Instant instant)
    {
        const auto seconds = std::chrono::floor<std::chrono::seconds>(instant);
        const auto day = std::chrono::floor<std::chrono::days>(seconds);
        const std::chrono::year_month_day date(day);
        const std::chrono::hh_mm_ss time(seconds - day);
        return fmt::format("{:04d}-{:02d}-{:02d}T{:02d}:{:02d}:{:02d}", int(date.year()),
                           unsigned(date.month()), unsigned(date.day()), time.hours().count(),
                           time.minutes().count(), time.seconds().count());
    }
}

std::string toIso8601(Instant instant) { return civil(instant) + 'Z'; }

std::string toIso8601Millis(Instant instant)
{
    const auto millis = std::chrono::floor<std::chrono::milliseconds>(instant);
    const auto part = (millis - std::chrono::floor<std::chrono::seconds>(millis)).count();
    return civil(instant) + fmt::format(".{:03d}Z", part);
}

Result<std::chrono::seconds> parseDuration(std::string_view text)
{
    int64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string_view unit(end, static_cast<size_t>(text.data() + text.size() - end));
    int64_t scale = 0;
    if (unit.empty() || unit == "s")
        scale = 1;
    else if (unit == "m")
        scale = 60;
    else if (unit == "h")
        scale = 3600;
    else if (unit == "d")
        scale = 86400;
    if (failure != std::errc() || scale == 0 || number < 0 || number > 10'000'000'000 / scale)
        return makeError(
            errors::kValidation,
            fmt::format("\"{}\" is not a duration; write a number with s, m, h or d, such as 24h.", text));
    return std::chrono::seconds(number * scale);
}

}
