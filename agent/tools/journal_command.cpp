#include "agent/tools/journal_command.h"

#include "agent/tools/tool.h"
#include "backend/core/text_safety.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <time.h>

namespace fb::agent {

namespace {

    constexpr size_t kMaxUnit = 255;
    constexpr size_t kMaxIdentifier = 256;
    constexpr size_t kMaxCursor = 256;
    // What fillEntry() looks at: the others need not be read for a table.
    constexpr const char *kTableFields
        = "--output-fields=MESSAGE,PRIORITY,SYSLOG_IDENTIFIER,_COMM,_PID,SYSLOG_PID,_SYSTEMD_UNIT,"
          "_SYSTEMD_USER_UNIT,UNIT,USER_UNIT";

    bool isLetterOrDigit(char c)
    {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    std::string shown(std::string_view text)
    {
        return withVisibleEscapes(firstCodePoints(toValidUtf8(text.substr(0, 400)), 80));
    }

    // "@1790000002.000500": seconds since 1970, as systemd takes them.
    std::string timeText(int64_t micros)
    {
        return fmt::format("@{}.{:06}", micros / 1'000'000, micros % 1'000'000);
    }

    Result<void> checkTime(const char *field, int64_t micros)
    {
        constexpr int64_t kMost = int64_t(253'402'300'799) * 1'000'000; // the end of the year 9999
        if (micros >= 0 && micros <= kMost)
            return {};
        return makeError(errors::kValidation,
                         fmt::format("{} is {} us; it must be 0 to {}.", field, micros, kMost), field);
    }

    Result<void> checkCursor(const char *field, std::string_view cursor)
    {
        if (isJournalCursor(cursor))
            return {};
        return makeError(errors::kValidation,
                         fmt::format("{} \"{}\" is no cursor of a journal.", field, shown(cursor)), field);
    }

    Result<void> checkMost(uint32_t most)
    {
        if (most >= 1 && most <= journalLimits::kMostEntries)
            return {};
        return makeError(
            errors::kValidation,
            fmt::format("{} entries are asked for; it must be 1 to {}.", most, journalLimits::kMostEntries),
            "most");
    }

    std::vector<std::string> filterArguments(const wire::JournalFilter &filter)
    {
        std::vector<std::string> arguments {"--output=json", "--all", "--no-pager"};
        for (const std::string &unit : filter.units())
            arguments.push_back("--unit=" + unit);
        for (const std::string &identifier : filter.identifiers())
            arguments.push_back("--identifier=" + identifier);
        if (filter.has_priority())
            arguments.push_back(fmt::format("--priority={}", filter.priority()));
        if (!filter.boot().empty())
            arguments.push_back("--boot=" + filter.boot());
        if (!filter.text().empty()) {
            arguments.push_back("--grep=" + filter.text());
            if (filter.has_match_case())
                arguments.emplace_back(filter.match_case() ? "--case-sensitive=yes" : "--case-sensitive=no");
        }
        return arguments;
    }

    // "2026-11-27 10:00:00" in UTC.
    std::optional<int64_t> readTime(std::string_view text)
    {
        int number[6] {};
        constexpr size_t kAt[] = {0, 5, 8, 11, 14, 17};
        for (int i = 0; i < 6; ++i) {
            const char *begin = text.data() + kAt[i];
            const char *end = begin + (i == 0 ? 4 : 2);
            const auto [stopped, error] = std::from_chars(begin, end, number[i]);
            if (error != std::errc() || stopped != end)
                return std::nullopt;
        }
        tm time {};
        time.tm_year = number[0] - 1900;
        time.tm_mon = number[1] - 1;
        time.tm_mday = number[2];
        time.tm_hour = number[3];
        time.tm_min = number[4];
        time.tm_sec = number[5];
        return int64_t(::timegm(&time)) * 1'000'000;
    }

    bool isDigit(char c) { return c >= '0' && c <= '9'; }

    // Where a time begins at or after `from`.
    std::optional<size_t> findTime(std::string_view line, size_t from)
    {
        constexpr std::string_view kForm = "0000-00-00 00:00:00";
        for (size_t at = from; at + kForm.size() <= line.size(); ++at) {
            bool fits = true;
            for (size_t i = 0; i < kForm.size() && fits; ++i)
                fits = kForm[i] == '0' ? isDigit(line[at + i]) : line[at + i] == kForm[i];
            if (fits)
                return at;
        }
        return std::nullopt;
    }

}

bool isJournalUnit(std::string_view text)
{
    return !text.empty() && text.size() <= kMaxUnit && std::all_of(text.begin(), text.end(), [](char c) {
        return isLetterOrDigit(c) || std::string_view(":-_.\\@").find(c) != std::string_view::npos;
    });
}

bool isJournalCursor(std::string_view text)
{
    return !text.empty() && text.size() <= kMaxCursor && std::all_of(text.begin(), text.end(), [](char c) {
        return isLetterOrDigit(c) || c == '=' || c == ';';
    });
}

Result<void> checkJournalFilter(const wire::JournalFilter &filter)
{
    const auto tooMany = [](const char *field, int count) {
        return makeError(
            errors::kValidation,
            fmt::format("{} has {} names; at most {} are taken.", field, count, journalLimits::kMostNames),
            field);
    };
    if (filter.units_size() > journalLimits::kMostNames)
        return tooMany("units", filter.units_size());
    if (filter.identifiers_size() > journalLimits::kMostNames)
        return tooMany("identifiers", filter.identifiers_size());
    for (const std::string &unit : filter.units()) {
        if (!isJournalUnit(unit))
            return makeError(
                errors::kValidation,
                fmt::format("\"{}\" is no name of a unit: 1 to {} letters, digits and : - _ . \\ @ "
                            "are one; patterns are not taken.",
                            shown(unit), kMaxUnit),
                "units");
    }
    for (const std::string &identifier : filter.identifiers()) {
        if (identifier.empty() || identifier.size() > kMaxIdentifier || !isValidUtf8(identifier)
            || hasControlOrBidi(identifier))
            return makeError(errors::kValidation,
                             fmt::format("\"{}\" is no identifier: 1 to {} bytes of UTF-8 without control "
                                         "characters are one.",
                                         shown(identifier), kMaxIdentifier),
                             "identifiers");
    }
    if (filter.has_priority() && filter.priority() > 7)
        return makeError(
            errors::kValidation,
            fmt::format("priority is {}; it must be 0 (emergency) to 7 (debug).", filter.priority()),
            "priority");
    const bool isBoot = filter.boot().size() == 32
        && std::all_of(filter.boot().begin(), filter.boot().end(),
                       [](char c) { return isDigit(c) || (c >= 'a' && c <= 'f'); });
    if (!filter.boot().empty() && !isBoot)
        return makeError(
            errors::kValidation,
            fmt::format("boot \"{}\" is no boot id: 32 hex digits are one.", shown(filter.boot())), "boot");
    if (filter.text().size() > journalLimits::kMaxText || !isValidUtf8(filter.text())
        || filter.text().find('\0') != std::string::npos)
        return makeError(errors::kValidation,
                         fmt::format("text has {} bytes; it must be UTF-8 of at most {} without NUL.",
                                     filter.text().size(), journalLimits::kMaxText),
                         "text");
    if (auto since = checkTime("since", filter.since_us()); !since)
        return since;
    return checkTime("until", filter.until_us());
}

Result<std::vector<std::string>> queryArguments(const wire::JournalQueryRequest &request)
{
    const wire::JournalFilter &filter = request.filter();
    for (auto checked : {checkJournalFilter(filter), checkMost(request.most())}) {
        if (!checked)
            return checked.error();
    }
    std::vector<std::string> arguments = filterArguments(filter);
    arguments.emplace_back("--reverse");
    arguments.push_back(fmt::format("--lines={}", request.most() + 1)); // one more: whether there are any
    if (!request.whole())
        arguments.emplace_back(kTableFields);
    if (request.before().empty()) {
        if (filter.since_us() > 0)
            arguments.push_back("--since=" + timeText(filter.since_us()));
        if (filter.until_us() > 0)
            arguments.push_back("--until=" + timeText(filter.until_us()));
        return arguments;
    }
    if (auto checked = checkCursor("before", request.before()); !checked)
        return checked.error();
    // Backwards, "after" is what is older. It is not taken together with --since: the reader stops there.
    arguments.push_back("--after-cursor=" + request.before());
    return arguments;
}

Result<std::vector<std::string>> followArguments(const wire::JournalFollowRequest &request)
{
    for (auto checked : {checkJournalFilter(request.filter()), checkMost(request.most()),
                         checkTime("since", request.since_us())}) {
        if (!checked)
            return checked.error();
    }
    std::vector<std::string> arguments = filterArguments(request.filter());
    arguments.emplace_back(kTableFields);
    arguments.emplace_back("--follow");
    arguments.emplace_back("--no-tail");
    if (request.after().empty()) {
        arguments.push_back("--since=" + timeText(request.since_us()));
        return arguments;
    }
    if (auto checked = checkCursor("after", request.after()); !checked)
        return checked.error();
    arguments.push_back("--after-cursor=" + request.after());
    return arguments;
}

Result<std::vector<std::string>> entryArguments(const wire::JournalEntryRequest &request)
{
    if (auto checked = checkCursor("cursor", request.cursor()); !checked)
        return checked.error();
    return std::vector<std::string> {"--output=json", "--all", "--no-pager", "--lines=1",
                                     "--cursor=" + request.cursor()};
}

std::vector<wire::JournalBoot> readBoots(std::string_view text, size_t most)
{
    std::vector<wire::JournalBoot> boots;
    while (!text.empty()) {
        const size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        // " -1 0123456789abcdef0123456789abcdef Mon 2026-09-21 14:13:20 UTC Mon ..."; a heading has no time
        const auto first = findTime(line, 0);
        const auto last = first ? findTime(line, *first + 1) : std::nullopt;
        if (!last)
            continue;
        const auto isHex = [](char c) { return isDigit(c) || (c >= 'a' && c <= 'f'); };
        size_t idEnd = 0;
        for (size_t at = 0, length = 0; at < *first; ++at) {
            length = isHex(line[at]) ? length + 1 : 0;
            if (length == 32) {
                idEnd = at + 1;
                break;
            }
        }
        const auto begin = readTime(line.substr(*first));
        const auto until = readTime(line.substr(*last));
        if (idEnd == 0 || !begin || !until)
            continue;
        wire::JournalBoot boot;
        boot.set_id(std::string(line.substr(idEnd - 32, 32)));
        boot.set_first_us(*begin);
        boot.set_last_us(*until);
        boots.push_back(std::move(boot));
    }
    std::reverse(boots.begin(), boots.end()); // it tells the oldest first
    if (boots.size() > most)
        boots.resize(most);
    return boots;
}

}
