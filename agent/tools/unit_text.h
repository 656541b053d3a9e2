#pragma once
// What systemd's programs print, as messages: hostile text in, bounded fields out (spec/fleet-manager.md 3.8). Any thread.

#include "backend/protocol/tools.pb.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fb::agent {

// 1 to 255 of letters, digits and :-_.\@, with the kind of unit at the end; no pattern, nothing that could be taken for an option.
bool isUnitName(std::string_view name);
bool isUnitType(std::string_view type); // "service", as names end
std::string_view typeOfUnit(std::string_view name); // behind its last dot

// Of `systemctl show --property=...`: blocks with an empty line between. What is no unit, or comes again, is left out.
std::vector<wire::ServiceEntry> parseUnits(std::string_view shown);
extern const char *const kUnitProperties; // that parseUnits knows

// Of `systemctl list-unit-files --no-legend`: names that can be units; templates and second names are none.
std::vector<std::string> parseUnitFiles(std::string_view listed);

// "Fri 2026-11-27 23:32:38 UTC", as systemctl prints times; µs since 1970. Nothing: no such time, or none was set.
std::optional<int64_t> parseUnitTime(std::string_view text);

// The units that this process is in, by /proc/self/cgroup: "flagbridge-agent.service", "system.slice".
std::vector<std::string> unitsOfGroup(std::string_view cgroupFile);

std::string stateOfUnit(const wire::ServiceEntry &unit); // "active (running), enabled, process 812"

}
