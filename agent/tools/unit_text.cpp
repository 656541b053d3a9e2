#include "agent/tools/unit_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <functional>
#include <map>
#include <set>

namespace fb::agent {

namespace {

    constexpr size_t kMaxNameBytes = 255;
    constexpr size_t kMaxWordBytes = 64;
    constexpr size_t kMaxDescriptionBytes = 512;
    constexpr int64_t kUnitMicros = 1'000'000;
    constexpr std::string_view kTypes[] = {"service", "timer",  "socket", "mount", "automount", "swap",
                                           "path",    "target", "slice",  "scope", "device"};

    using Properties = std::map<std::string_view, std::string_view>;

    // Up to the separator, which is taken away too.
    std::string_view takeTo(std::string_view &rest, char separator)
    {
        const size_t at = rest.find(separator);
        const std::string_view taken = rest.substr(0, at);
        rest = at == std::string_view::npos ? std::string_view() : rest.substr(at + 1);
        return taken;
    }

    std::string_view valueOf(const Properties &properties, std::string_view name)
    {
        const auto found = properties.find(name);
        return found == properties.end() ? std::string_view() : found->second;
    }

    std::string word(const Properties &properties, std::string_view name, size_t most = kMaxWordBytes)
    {
        return std::string(valueOf(properties, name).substr(0, most));
    }

    template <typename Number>
    std::optional<Number> number(std::string_view text)
    {
        Number value {};
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (text.empty() || error != std::errc() || end != text.data() + text.size())
            return std::nullopt;
        return value;
    }

    // Two or more digits at their place in a time.
    std::optional<int> digits(std::string_view text, size_t at, size_t count)
    {
        return at + count <= text.size() ? number<int>(text.substr(at, count)) : std::nullopt;
    }

    // When the state that it is in began: each is kept by itself.
    std::string_view sinceName(std::string_view active)
    {
        if (active == "active" || active == "reloading" || active == "refreshing")
            return "ActiveEnterTimestamp";
        if (active == "inactive" || active == "failed")
            return "InactiveEnterTimestamp";
        return "StateChangeTimestamp";
    }

    wire::ServiceEntry entryOf(const Properties &properties)
    {
        wire::ServiceEntry unit;
        unit.set_unit(std::string(valueOf(properties, "Id")));
        unit.set_description(word(properties, "Description", kMaxDescriptionBytes));
        unit.set_load_state(word(properties, "LoadState"));
        unit.set_active_state(word(properties, "ActiveState"));
        unit.set_sub_state(word(properties, "SubState"));
        unit.set_file_state(word(properties, "UnitFileState"));
        unit.set_result(word(properties, "Result"));
        if (const auto pid = number<uint32_t>(valueOf(properties, "MainPID")); pid && *pid != 0)
            unit.set_main_pid(*pid);
        // "[not set]", or the highest number there is: it is not counted.
        if (const auto bytes = number<uint64_t>(valueOf(properties, "MemoryCurrent"));
            bytes && *bytes != UINT64_MAX)
            unit.set_memory_bytes(*bytes);
        if (const auto since = parseUnitTime(valueOf(properties, sinceName(unit.active_state()))))
            unit.set_since_us(*since);
        if (const auto restarts = number<uint32_t>(valueOf(properties, "NRestarts")))
            unit.set_restarts(*restarts);
        unit.set_can_start(valueOf(properties, "CanStart") == "yes");
        unit.set_can_stop(valueOf(properties, "CanStop") == "yes");
        unit.set_can_reload(valueOf(properties, "CanReload") == "yes");
        unit.set_stale(valueOf(properties, "NeedDaemonReload") == "yes");
        if (const auto next = parseUnitTime(valueOf(properties, "NextElapseUSecRealtime")))
            unit.set_next_us(*next);
        if (const std::string triggers = word(properties, "Triggers", kMaxNameBytes); !triggers.empty())
            unit.set_triggers(triggers);
        return unit;
    }
}

const char *const kUnitProperties
    = "Id,Description,LoadState,ActiveState,SubState,UnitFileState,Result,MainPID,MemoryCurrent,NRestarts,"
      "ActiveEnterTimestamp,InactiveEnterTimestamp,StateChangeTimestamp,CanStart,CanStop,CanReload,"
      "NeedDaemonReload,NextElapseUSecRealtime,Triggers";

bool isUnitType(std::string_view type)
{
    return std::find(std::begin(kTypes), std::end(kTypes), type) != std::end(kTypes);
}

std::string_view typeOfUnit(std::string_view name)
{
    const size_t dot = name.rfind('.');
    return dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
}

bool isUnitName(std::string_view name)
{
    const auto isAllowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || std::string_view(":-_.\\@").find(c) != std::string_view::npos;
    };
    if (name.size() > kMaxNameBytes || name.find('.') == 0 || !isUnitType(typeOfUnit(name)))
        return false;
    if (name.front() == '-' && name != "-.mount" && name != "-.slice") // the root's own names
        return false;
    return std::all_of(name.begin(), name.end(), isAllowed);
}

std::vector<wire::ServiceEntry> parseUnits(std::string_view shown)
{
    std::vector<wire::ServiceEntry> units;
    std::set<std::string, std::less<>> known;
    Properties properties;
    const auto finish = [&] {
        const std::string_view id = valueOf(properties, "Id");
        if (isUnitName(id) && known.emplace(id).second)
            units.push_back(entryOf(properties));
        properties.clear();
    };
    while (!shown.empty()) {
        std::string_view line = takeTo(shown, '\n');
        if (line.empty()) {
            finish();
            continue;
        }
        const std::string_view name = takeTo(line, '=');
        properties.emplace(name, line); // the first of a name stays
    }
    finish();
    return units;
}

std::vector<std::string> parseUnitFiles(std::string_view listed)
{
    std::vector<std::string> names;
    while (!listed.empty()) {
        std::string_view line = takeTo(listed, '\n');
        const std::string_view name = takeTo(line, ' ');
        line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
        const std::string_view state = takeTo(line, ' ');
        if (isUnitName(name) && name.find("@.") == std::string_view::npos && state != "alias")
            names.emplace_back(name);
    }
    return names;
}

std::optional<int64_t> parseUnitTime(std::string_view text)
{
    // The weekday first; a fraction of the second is left out.
    if (text.size() < 24 || text[3] != ' ' || !text.ends_with(" UTC"))
        return std::nullopt;
    const auto year = digits(text, 4, 4);
    const auto month = digits(text, 9, 2);
    const auto day = digits(text, 12, 2);
    const auto hour = digits(text, 15, 2);
    const auto minute = digits(text, 18, 2);
    const auto second = digits(text, 21, 2);
    if (!year || !month || !day || !hour || !minute || !second || *year < 1970 || *month < 1 || *month > 12
        || *day < 1 || *day > 31 || *hour < 0 || *hour > 23 || *minute < 0 || *minute > 59 || *second < 0
        || *second > 60)
        return std::nullopt;
    std::tm civil {};
    civil.tm_year = *year - 1900;
    civil.tm_mon = *month - 1;
    civil.tm_mday = *day;
    civil.tm_hour = *hour;
    civil.tm_min = *minute;
    civil.tm_sec = *second;
    return static_cast<int64_t>(::timegm(&civil)) * kUnitMicros;
}

std::vector<std::string> unitsOfGroup(std::string_view cgroupFile)
{
    std::vector<std::string> units;
    while (!cgroupFile.empty()) {
        std::string_view line = takeTo(cgroupFile, '\n'); // "1:name=systemd:/a/b", "0::/a/b"
        takeTo(line, ':');
        const std::string_view controllers = takeTo(line, ':');
        if (!controllers.empty() && controllers != "name=systemd")
            continue;
        while (!line.empty()) {
            const std::string_view part = takeTo(line, '/');
            if (!isUnitName(part))
                continue;
            if (std::find(units.begin(), units.end(), part) == units.end())
                units.emplace_back(part);
            const std::string_view type = typeOfUnit(part);
            if (type == "service" || type == "scope")
                break; // what is below is its own business: a user's manager has units too
        }
    }
    return units;
}

std::string stateOfUnit(const wire::ServiceEntry &unit)
{
    std::string text = fmt::format("{} ({})", unit.active_state(), unit.sub_state());
    if (!unit.file_state().empty())
        text += fmt::format(", {}", unit.file_state());
    if (unit.has_main_pid())
        text += fmt::format(", process {}", unit.main_pid());
    return text;
}

}
