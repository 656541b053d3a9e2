#include "agent/tools/process_tool.h"

#include "agent/platform/spawn.h"
#include "agent/platform/unique_fd.h"
#include "agent/platform/user_account.h"
#include "backend/protocol/tool_messages.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <set>
#include <unistd.h>

namespace fb::agent {

namespace {

    constexpr int kMaxArguments = 256;
    constexpr size_t kMaxArgumentBytes = 128 * 1024; // together
    constexpr const char *kSearchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    constexpr int kStartWaitMs = 5'000;
    constexpr int kMaxSnapshots = 64; // of a tree that grows while it is collected

    Error hasEnded() { return makeError(errors::kDoesNotExist, "The process has ended."); }

    Error isGuarded(pid_t pid, std::string_view guard)
    {
        const std::string_view why = guard == "first" ? "it is the first process of the system"
            : guard == "kernel"                       ? "it is a thread of the kernel"
                                                      : "it belongs to a Flagbridge agent";
        return makeError(protocol::kRefusedByNode,
                         fmt::format("Process {} may not be touched: {}.", pid, why));
    }

    // What the starting program says until it is another one; a disk that hangs makes the operator wait so long at most.
    std::string readToEnd(int fd)
    {
        std::string text;
        char bytes[1024];
        pollfd ready {.fd = fd, .events = POLLIN, .revents = 0};
        while (text.size() < 4096 && ::poll(&ready, 1, kStartWaitMs) > 0) {
            const ssize_t got = ::read(fd, bytes, sizeof bytes);
            if (got <= 0)
                break;
            text.append(bytes, static_cast<size_t>(got));
        }
        return text;
    }

    // By a descriptor of the very process, so that a pid that comes round again between look and signal is not hit.
    int sendSignal(const ProcessStat &process, int number)
    {
        const UniqueFd handle(static_cast<int>(::syscall(SYS_pidfd_open, process.pid, 0)));
        if (!handle && errno != ENOSYS && errno != EPERM)
            return errno;
        const auto now = readProcessStat(process.pid);
        if (!now || now->startTicks != process.startTicks)
            return ESRCH;
        if (handle)
            return ::syscall(SYS_pidfd_send_signal, handle.get(), number, nullptr, 0) == 0 ? 0 : errno;
        return ::kill(process.pid, number) == 0 ? 0 : errno;
    }

    std::vector<ProcessStat> childrenOf(const std::set<pid_t> &parents, const std::set<pid_t> &known)
    {
        std::vector<ProcessStat> children;
        for (const pid_t pid : allProcesses()) {
            if (known.contains(pid))
                continue;
            const auto stat = readProcessStat(pid);
            if (stat && parents.contains(stat->parent) && stat->state != 'Z' && stat->state != 'X')
                children.push_back(*stat);
        }
        return children;
    }

    bool hasNul(std::string_view text) { return text.find('\0') != std::string_view::npos; }

    Result<std::string> programPath(const std::string &program)
    {
        if (program.empty() || hasNul(program) || program.size() > 4096)
            return wrongRequest("The program's name is missing or too long.");
        if (program.find('/') != std::string::npos) {
            if (program.front() != '/')
                return wrongRequest("The program is a path that does not begin at /.");
            return ::access(program.c_str(), X_OK) == 0
                ? Result<std::string>(program)
                : Result<std::string>(nodeError("run", program, errno));
        }
        std::string_view path = kSearchPath;
        while (!path.empty()) {
            const size_t end = std::min(path.find(':'), path.size());
            std::string candidate = fmt::format("{}/{}", path.substr(0, end), program);
            if (::access(candidate.c_str(), X_OK) == 0)
                return candidate;
            path.remove_prefix(std::min(end + 1, path.size()));
        }
        return makeError(errors::kDoesNotExist, fmt::format("There is no program {} on this node.", program));
    }

}

Result<wire::ToolAnswer> ProcessTool::answer(const wire::ToolRequest &request)
{
    m_table.findAgent();
    switch (request.what_case()) {
    case wire::ToolRequest::kProcessList: {
        wire::ToolAnswer answer;
        *answer.mutable_process_list() = m_table.read();
        return answer;
    }
    case wire::ToolRequest::kProcessSignal:
        return signal(request.process_signal());
    case wire::ToolRequest::kProcessPriority:
        return setPriority(request.process_priority());
    case wire::ToolRequest::kProcessStart:
        return start(request.process_start());
    default:
        return wrongRequest("This is not a request to the tool \"processes\".");
    }
}

Result<ProcessStat> ProcessTool::target(const wire::ProcessStampMessage &stamp) const
{
    if (stamp.pid() == 0 || stamp.pid() > 0x7fffffff)
        return wrongRequest(fmt::format("{} is not a process id.", stamp.pid()));
    const auto stat = readProcessStat(static_cast<pid_t>(stamp.pid()));
    if (!stat || stat->startTicks != stamp.start_ticks() || stat->state == 'Z' || stat->state == 'X')
        return hasEnded();
    if (const std::string guard = m_table.guardOf(*stat); !guard.empty())
        return isGuarded(stat->pid, guard);
    return *stat;
}

Result<wire::ToolAnswer> ProcessTool::signal(const wire::ProcessSignalRequest &request) const
{
    const int number = request.number();
    if (number < 1 || number > SIGRTMAX)
        return wrongRequest(fmt::format("{} is not a signal; they are 1 to {}.", number, SIGRTMAX));
    const auto process = target(request.target());
    if (!process)
        return process.error();
    if (request.tree())
        return signalTree(*process, number);
    if (const int failed = sendSignal(*process, number))
        return failed == ESRCH
            ? hasEnded()
            : nodeError("send a signal to process", fmt::format("{}", process->pid), failed);
    wire::ToolAnswer answer;
    answer.mutable_process_signalled()->set_sent(1);
    answer.mutable_process_signalled()->set_name(process->name);
    return answer;
}

// Each one is stopped before its children are looked for: what stands still starts no further ones.
Result<wire::ToolAnswer> ProcessTool::signalTree(const ProcessStat &root, int number) const
{
    std::vector<ProcessStat> tree;
    std::set<pid_t> known;
    std::vector<ProcessStat> fresh {root};
    std::optional<Error> refused;
    for (int round = 0; round < kMaxSnapshots && !fresh.empty() && !refused; ++round) {
        for (const ProcessStat &process : fresh) {
            if (const std::string guard = m_table.guardOf(process); !guard.empty()) {
                refused = isGuarded(process.pid, guard);
                break;
            }
            if (const int failed = sendSignal(process, SIGSTOP); failed && failed != ESRCH) {
                refused = nodeError("stop process", fmt::format("{}", process.pid), failed);
                break;
            }
            tree.push_back(process);
            known.insert(process.pid);
        }
        if (!refused)
            fresh = childrenOf(known, known);
    }
    wire::ToolAnswer answer;
    wire::ProcessSignalled &result = *answer.mutable_process_signalled();
    result.set_name(root.name);
    if (!refused) {
        // The deepest first; those that handle the signal do so when they go on.
        for (auto process = tree.rbegin(); process != tree.rend(); ++process) {
            const int failed = sendSignal(*process, number);
            if (failed == 0) {
                result.set_sent(result.sent() + 1);
            } else if (failed != ESRCH) {
                *result.add_failures() = problemAnswer(nodeError("send a signal to process",
                                                                 fmt::format("{}", process->pid), failed))
                                             .problem();
            }
        }
    }
    if (refused || (number != SIGSTOP && number != SIGTSTP)) {
        for (const ProcessStat &process : tree)
            (void)sendSignal(process, SIGCONT);
    }
    if (refused)
        return *refused;
    return answer;
}

Result<wire::ToolAnswer> ProcessTool::setPriority(const wire::ProcessPriorityRequest &request) const
{
    if (request.nice() < -20 || request.nice() > 19)
        return wrongRequest(fmt::format("Priority {} is not -20 to 19.", request.nice()));
    const auto process = target(request.target());
    if (!process)
        return process.error();
    // Linux keeps it for each thread.
    DIR *threads = ::opendir(fmt::format("/proc/{}/task", process->pid).c_str());
    if (!threads)
        return hasEnded();
    int failed = 0;
    while (const dirent *entry = ::readdir(threads)) {
        const std::string_view name = entry->d_name;
        id_t thread = 0;
        if (std::from_chars(name.data(), name.data() + name.size(), thread).ptr != name.data() + name.size())
            continue;
        if (::setpriority(PRIO_PROCESS, thread, request.nice()) != 0 && errno != ESRCH)
            failed = errno;
    }
    ::closedir(threads);
    if (failed)
        return nodeError("set the priority of process", fmt::format("{}", process->pid), failed);
    wire::ToolAnswer answer;
    answer.mutable_done()->set_object(fmt::format("{} ({})", process->pid, process->name));
    answer.mutable_done()->set_before(fmt::format("{}", process->nice));
    answer.mutable_done()->set_after(fmt::format("{}", request.nice()));
    return answer;
}

Result<wire::ToolAnswer> ProcessTool::start(const wire::ProcessStartRequest &request) const
{
    size_t bytes = 0;
    for (const std::string &argument : request.arguments()) {
        bytes += argument.size();
        if (hasNul(argument))
            return wrongRequest("An argument has a NUL in it.");
    }
    if (request.arguments_size() > kMaxArguments || bytes > kMaxArgumentBytes)
        return wrongRequest(fmt::format("There are {} arguments of {} bytes; at most {} of {} are taken.",
                                        request.arguments_size(), bytes, kMaxArguments, kMaxArgumentBytes));
    const auto program = programPath(request.program());
    if (!program)
        return program.error();
    const UserAccount own = ownAccount();
    auto account = request.user().empty() ? std::optional(own) : findAccount(request.user());
    if (!account)
        return makeError(errors::kDoesNotExist,
                         fmt::format("There is no user {} on this node.", request.user()));
    if (account->uid != own.uid && !runsAsRoot())
        return makeError(
            protocol::kRefusedByNode,
            fmt::format("The agent runs as {} and cannot start a process as {}.", own.name, account->name));
    SpawnRequest spawn {.program = *program, .arguments = {*program}};
    spawn.arguments.insert(spawn.arguments.end(), request.arguments().begin(), request.arguments().end());
    spawn.environment = {fmt::format("PATH={}", kSearchPath), "LANG=C.UTF-8", "HOME=" + account->home,
                         "USER=" + account->name, "LOGNAME=" + account->name};
    spawn.workingDirectory = request.folder().empty() ? "/" : request.folder();
    struct stat status {
    };
    if (hasNul(spawn.workingDirectory) || spawn.workingDirectory.front() != '/')
        return wrongRequest("The folder does not begin at /.");
    if (::stat(spawn.workingDirectory.c_str(), &status) != 0)
        return nodeError("enter", spawn.workingDirectory, errno);
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC) != 0)
        return nodeError("open a pipe for", *program, errno);
    const UniqueFd reasons(ends[0]);
    UniqueFd told(ends[1]);
    if (account->uid != own.uid) {
        // Our own program in between gives up root before the other one begins, and says why when that does not.
        std::vector<std::string> words {"flagbridge-agent", "run-as"};
        words.push_back(account->name);
        words.push_back(spawn.workingDirectory);
        words.push_back(*program);
        words.insert(words.end(), spawn.arguments.begin(), spawn.arguments.end());
        spawn.arguments = std::move(words);
        spawn.program = ownProgramPath();
        spawn.workingDirectory = std::string("/"); // root may enter what the user may not
        spawn.descriptors = {{told.get(), 3}};
    }
    ::signal(SIGCHLD, SIG_IGN); // it is nobody's child to wait for
    const auto pid = spawnProgram(spawn);
    if (!pid)
        return makeError(protocol::kRefusedByNode, pid.error().message);
    told.reset();
    if (const std::string reason = readToEnd(reasons.get()); !reason.empty())
        return makeError(protocol::kRefusedByNode, reason);
    wire::ToolAnswer answer;
    wire::ProcessStampMessage &stamp = *answer.mutable_process_started()->mutable_process();
    stamp.set_pid(static_cast<uint32_t>(*pid));
    if (const auto stat = readProcessStat(*pid))
        stamp.set_start_ticks(stat->startTicks);
    return answer;
}

}
