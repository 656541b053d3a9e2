#include "agent/tools/service_tool.h"

#include "agent/tools/program_run.h"
#include "agent/tools/unit_text.h"
#include "backend/protocol/tool_messages.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace fb::agent {

namespace {

    using namespace std::chrono_literals;
    using ServiceWatch = std::chrono::steady_clock;

    constexpr auto kTime = 27s; // of kRequestTime, so that there is an answer
    constexpr auto kLookTime = 4s; // of it, for what has become of a unit
    constexpr size_t kMostUnits = 5000;
    constexpr size_t kMostListBytes = 12 * 1024 * 1024;
    constexpr size_t kMostTextBytes = 256 * 1024;
    constexpr size_t kMostLogBytes = 256 * 1024;
    constexpr size_t kMostLineBytes = 4096;
    constexpr const char *kLogLines = "--lines=60";

    struct Action {
        const char *verb;
        bool endsUnit; // now or at the next start of the machine
    };
    constexpr Action kActions[]
        = {{"start", false},  {"stop", true}, {"restart", false}, {"reload", false},      {"enable", false},
           {"disable", true}, {"mask", true}, {"unmask", false},  {"reset-failed", false}};
    constexpr std::string_view kChangeable[]
        = {"service", "timer", "socket", "path", "mount", "automount", "swap"};

    bool runsSystemd()
    {
        struct stat status {
        };
        return ::lstat("/run/systemd/system", &status) == 0 && S_ISDIR(status.st_mode);
    }

    Error wrongName(const std::string &name)
    {
        return wrongRequest(
            fmt::format("The unit's name has {} bytes or a character that none has; it must be 1 to "
                        "255 of letters, digits and :-_.\\@ and end in a kind such as .service.",
                        name.size()));
    }

    // In the program's own words; its first line, the rest says where to look on the node.
    Error serviceRefusal(const std::string &program, const ProgramEnd &end)
    {
        const std::string told = end.told.substr(0, end.told.find('\n'));
        return makeError(protocol::kRefusedByNode,
                         end.isLate         ? fmt::format("{} did not answer in time.", program)
                             : told.empty() ? fmt::format("{} ended with {}.", program, end.code)
                                            : told);
    }

    std::vector<std::string> ownUnits()
    {
        std::ifstream file("/proc/self/cgroup");
        std::string text(std::istreambuf_iterator<char>(file), {});
        return unitsOfGroup(text);
    }

    bool contains(const std::vector<std::string> &names, const std::string &name)
    {
        return std::find(names.begin(), names.end(), name) != names.end();
    }

    bool hasJournal()
    {
        for (const char *folder : {"/run/log/journal", "/var/log/journal"}) {
            std::error_code ignored;
            const std::filesystem::directory_iterator machines(folder, ignored);
            if (!ignored && machines != std::filesystem::directory_iterator())
                return true;
        }
        return false;
    }

    void addLog(wire::ServiceDetail &detail, std::string_view text)
    {
        while (!text.empty()) {
            const size_t end = std::min(text.find('\n'), text.size());
            detail.add_log(std::string(text.substr(0, std::min(end, kMostLineBytes))));
            text.remove_prefix(std::min(end + 1, text.size()));
        }
    }
}

std::chrono::milliseconds ServiceTool::timeLeft() const
{
    return std::max<std::chrono::milliseconds>(
        1ms, std::chrono::duration_cast<std::chrono::milliseconds>(m_until - ServiceWatch::now()));
}

Result<wire::ToolAnswer> ServiceTool::answer(const wire::ToolRequest &request)
{
    m_until = ServiceWatch::now() + kTime;
    const bool isKnown
        = request.has_service_list() || request.has_service_detail() || request.has_service_action();
    if (!isKnown)
        return wrongRequest("This is not a request to the tool \"services\".");
    if (!runsSystemd())
        return makeError(errors::kUnsupportedPlatformType,
                         "This node was not started by systemd, so it has no units.");
    if (request.has_service_list())
        return list(request.service_list());
    return request.has_service_detail() ? detail(request.service_detail()) : act(request.service_action());
}

Result<wire::ToolAnswer> ServiceTool::list(const wire::ServiceListRequest &request) const
{
    if (!isUnitType(request.type()))
        return wrongRequest("The kind of unit is none of service, timer, socket, mount, path, target, ....");
    const std::string type = "--type=" + request.type();
    const auto files
        = runProgram({.name = "systemctl",
                      .arguments = {"list-unit-files", "--no-legend", "--no-pager", "--full", type},
                      .limit = timeLeft(),
                      .mostBytes = kMostListBytes});
    if (!files)
        return files.error();
    // The manager knows by itself only those that are loaded: the others are named.
    std::vector<std::string> arguments {
        "show", "--no-pager", "--all", std::string("--property=") + kUnitProperties, type, "--", "*"};
    std::vector<std::string> names
        = files->isLate ? std::vector<std::string>() : parseUnitFiles(files->output);
    if (names.size() > kMostUnits)
        names.resize(kMostUnits);
    arguments.insert(arguments.end(), names.begin(), names.end());
    const auto shown = runProgram({.name = "systemctl",
                                   .arguments = std::move(arguments),
                                   .limit = timeLeft(),
                                   .mostBytes = kMostListBytes});
    if (!shown)
        return shown.error();
    std::vector<wire::ServiceEntry> units = parseUnits(shown->output);
    if (units.empty() && (shown->code != 0 || shown->isLate))
        return serviceRefusal("systemctl", *shown);
    std::erase_if(units, [&request](const wire::ServiceEntry &unit) {
        return typeOfUnit(unit.unit()) != request.type()
            || (unit.load_state() == "not-found"
                && unit.active_state() == "inactive"); // only named by others
    });
    std::sort(units.begin(), units.end(),
              [](const wire::ServiceEntry &a, const wire::ServiceEntry &b) { return a.unit() < b.unit(); });
    const std::vector<std::string> own = ownUnits();
    wire::ToolAnswer answer;
    wire::ServiceList &list = *answer.mutable_service_list();
    list.set_total(static_cast<uint32_t>(units.size()));
    for (wire::ServiceEntry &unit : units) {
        if (list.units_size() == static_cast<int>(kMostUnits))
            break;
        if (contains(own, unit.unit()))
            unit.set_own(true);
        *list.add_units() = std::move(unit);
    }
    return answer;
}

Result<wire::ServiceEntry> ServiceTool::unit(const std::string &name) const
{
    const auto shown = runProgram({.name = "systemctl",
                                   .arguments = {"show", "--no-pager", "--all",
                                                 std::string("--property=") + kUnitProperties, "--", name},
                                   .limit = timeLeft()});
    if (!shown)
        return shown.error();
    std::vector<wire::ServiceEntry> units = parseUnits(shown->output);
    if (units.empty())
        return serviceRefusal("systemctl", *shown);
    wire::ServiceEntry &unit = units.front();
    if (unit.load_state() == "not-found" && unit.active_state() == "inactive")
        return makeError(errors::kDoesNotExist, fmt::format("There is no unit {} on this node.", name));
    if (contains(ownUnits(), unit.unit()))
        unit.set_own(true);
    return std::move(unit);
}

Result<wire::ToolAnswer> ServiceTool::detail(const wire::ServiceDetailRequest &request) const
{
    if (!isUnitName(request.unit()))
        return wrongName(request.unit());
    auto entry = unit(request.unit());
    if (!entry)
        return entry.error();
    wire::ToolAnswer answer;
    wire::ServiceDetail &detail = *answer.mutable_service_detail();
    const std::string name = entry->unit();
    *detail.mutable_entry() = *std::move(entry);
    const auto text = runProgram({.name = "systemctl",
                                  .arguments = {"cat", "--no-pager", "--", name},
                                  .limit = timeLeft(),
                                  .mostBytes = kMostTextBytes});
    if (!text)
        return text.error();
    detail.set_text(text->output);
    detail.set_text_cut(text->isCut);
    if (text->output.empty())
        detail.set_text_problem(serviceRefusal("systemctl", *text).message);
    detail.set_has_journal(hasJournal());
    if (!detail.has_journal())
        return answer;
    const auto log = runProgram(
        {.name = "journalctl",
         .arguments = {"--no-pager", "--quiet", "--utc", "--output=short-iso", kLogLines, "--unit=" + name},
         .limit = timeLeft(),
         .mostBytes = kMostLogBytes});
    if (!log)
        detail.set_log_problem(log.error().message);
    else if (log->code != 0 || log->isLate)
        detail.set_log_problem(serviceRefusal("journalctl", *log).message);
    else
        addLog(detail, log->output);
    return answer;
}

Result<wire::ToolAnswer> ServiceTool::act(const wire::ServiceActionRequest &request) const
{
    if (!isUnitName(request.unit()))
        return wrongName(request.unit());
    if (request.action() < 1 || request.action() > std::size(kActions))
        return wrongRequest(
            fmt::format("The action is {}; it must be 1 to {}.", request.action(), std::size(kActions)));
    const Action &action = kActions[request.action() - 1];
    const std::string_view type = typeOfUnit(request.unit());
    if (std::find(std::begin(kChangeable), std::end(kChangeable), type) == std::end(kChangeable))
        return makeError(protocol::kRefusedByNode,
                         fmt::format("Units of the kind {} are only looked at here.", type));
    const auto before = unit(request.unit());
    if (!before)
        return before.error();
    const std::string &name = before->unit();
    if (before->own() && action.endsUnit)
        return makeError(
            protocol::kRefusedByNode,
            fmt::format("{} is the unit that this agent runs in: it may be restarted, but a {} would cut "
                        "the node off.",
                        name, action.verb));
    wire::ToolAnswer answer;
    wire::ServiceChanged &changed = *answer.mutable_service_changed();
    changed.set_unit(name);
    changed.set_before(stateOfUnit(*before));
    const bool isOwnRestart = before->own() && std::string_view(action.verb) == "restart";
    // A moment later and by systemd itself, so that this answer is out before the agent ends.
    const auto end = isOwnRestart
        ? runProgram({.name = "systemd-run",
                      .arguments = {"--no-ask-password", "--quiet", "--collect", "--on-active=1s",
                                    "--timer-property=AccuracySec=100ms", "--", systemProgram("systemctl"),
                                    "--no-block", "restart", "--", name},
                      .limit = timeLeft() - kLookTime})
        : runProgram({.name = "systemctl",
                      .arguments = {"--no-ask-password", "--no-pager", action.verb, "--", name},
                      .limit = timeLeft() - kLookTime});
    if (!end)
        return end.error();
    if (end->code != 0 && !end->isLate)
        return serviceRefusal("systemctl", *end);
    changed.set_goes_on(end->isLate || isOwnRestart);
    const auto after = unit(name);
    changed.set_after(after ? stateOfUnit(*after) : std::string("not known"));
    return answer;
}

}
