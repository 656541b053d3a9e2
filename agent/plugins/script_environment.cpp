#include "agent/plugins/script_environment.h"

#include "backend/language/tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unistd.h>

namespace fb::agent {

namespace {

    // The kernel's limit for one string of an environment.
    constexpr size_t kMaxVariableBytes = 128 * 1024 - 1;

    // Of the service manager, for the agent alone; and the names that only we may set.
    bool isWithheld(std::string_view name)
    {
        constexpr std::array kOurs = {"NOTIFY_SOCKET", "CREDENTIALS_DIRECTORY", "LISTEN_FDS",   "LISTEN_PID",
                                      "WATCHDOG_USEC", "WATCHDOG_PID",          "INVOCATION_ID"};
        return name.starts_with("AWS_SSM_") || name.starts_with("FLAGBRIDGE_")
            || std::find(kOurs.begin(), kOurs.end(), name) != kOurs.end();
    }

}

bool isVariableName(std::string_view name)
{
    return !name.empty() && name.size() <= 256 && !(name.front() >= '0' && name.front() <= '9')
        && std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
           });
}

Result<std::vector<std::string>> scriptEnvironment(const StepSetting &setting)
{
    std::map<std::string, std::string> all;
    for (char **entry = environ; entry && *entry; ++entry) {
        const std::string_view text(*entry);
        const size_t equals = text.find('=');
        if (equals != std::string_view::npos && !isWithheld(text.substr(0, equals)))
            all[std::string(text.substr(0, equals))] = text.substr(equals + 1);
    }
    all.try_emplace("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");

    std::map<std::string, std::string> added = setting.environment;
    for (const auto &[name, value] : setting.step.environment)
        added[name] = value;
    if (const Tree *given = setting.step.step.inputs.find("environment"); given && given->isMap()) {
        for (const TreeMember &member : given->members())
            added[member.key] = member.value.text();
    }
    for (const auto &[name, value] : added) {
        if (!isVariableName(name))
            return makeError(errors::kInvalidParameters,
                             fmt::format("\"{}\" cannot be the name of an environment variable", name));
        if (value.find('\0') != std::string::npos)
            return makeError(
                errors::kInvalidParameters,
                fmt::format("the value of {} holds a NUL, which no environment variable can", name));
        if (name.size() + 1 + value.size() > kMaxVariableBytes)
            return makeError(
                errors::kInvalidParameters,
                fmt::format("the value of {} has {} bytes; an environment variable holds at most {}", name,
                            value.size(), kMaxVariableBytes - name.size() - 1));
        all[name] = value;
    }
    std::vector<std::string> list;
    for (const auto &[name, value] : all)
        list.push_back(name + "=" + value);
    return list;
}

}
