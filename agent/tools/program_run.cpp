#include "agent/tools/program_run.h"

#include "agent/platform/spawn.h"
#include "agent/platform/unique_fd.h"
#include "agent/tools/tool.h"
#include "backend/protocol/tool_messages.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace fb::agent {

namespace {

    using Watch = std::chrono::steady_clock;
    constexpr size_t kMostTold = 4000;
    constexpr const char *kFolders[] = {"/usr/sbin", "/usr/bin", "/sbin", "/bin"};

    struct Pipe {
        UniqueFd ours;
        UniqueFd theirs;
    };

    bool open(Pipe &pipe)
    {
        int ends[2] {};
        if (::pipe2(ends, O_CLOEXEC) != 0)
            return false;
        pipe.ours.reset(ends[0]);
        pipe.theirs.reset(ends[1]);
        return true;
    }

    void send(int channel, std::string_view text)
    {
        while (!text.empty()) {
            const ssize_t sent = ::send(channel, text.data(), text.size(), MSG_NOSIGNAL);
            if (sent < 0 && errno == EINTR)
                continue;
            if (sent <= 0)
                return; // it has ended, and says why
            text.remove_prefix(static_cast<size_t>(sent));
        }
    }

    // False: it is at its end.
    bool take(int channel, std::string &kept, size_t most, bool &isCut)
    {
        char chunk[16 * 1024];
        const ssize_t got = ::read(channel, chunk, sizeof chunk);
        if (got < 0)
            return errno == EINTR;
        const size_t fits = std::min(static_cast<size_t>(got), most - kept.size());
        kept.append(chunk, fits);
        isCut = isCut || fits < static_cast<size_t>(got);
        return got > 0;
    }
}

std::string systemProgram(const std::string &name)
{
    for (const char *folder : kFolders) {
        std::string path = fmt::format("{}/{}", folder, name);
        if (::access(path.c_str(), X_OK) == 0)
            return path;
    }
    return {};
}

Result<ProgramEnd> runProgram(const ProgramWish &wish)
{
    const std::string path = systemProgram(wish.name);
    if (path.empty())
        return makeError(errors::kUnsupportedPlatformType,
                         fmt::format("There is no {} on this node, which this needs.", wish.name));
    Pipe output;
    Pipe told;
    int input[2] {-1, -1};
    if (!open(output) || !open(told)
        || (!wish.input.empty() && ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, input) != 0))
        return nodeError("talk to", wish.name, errno);
    const UniqueFd theirInput(input[0]);
    UniqueFd ourInput(input[1]);
    ::signal(SIGCHLD, SIG_DFL); // its end is waited for
    std::vector<std::string> arguments {wish.name};
    arguments.insert(arguments.end(), wish.arguments.begin(), wish.arguments.end());
    const auto pid = spawnProgram({.program = path,
                                   .arguments = std::move(arguments),
                                   .environment = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8",
                                                   "TZ=UTC", "SYSTEMD_COLORS=0", "SYSTEMD_URLIFY=0"},
                                   .workingDirectory = "/",
                                   .input = theirInput.get(),
                                   .output = output.theirs.get(),
                                   .error = told.theirs.get()});
    if (!pid)
        return makeError(protocol::kRefusedByNode, pid.error().message);
    output.theirs.reset();
    told.theirs.reset();
    if (ourInput)
        send(ourInput.get(), wish.input);
    ourInput.reset();
    ProgramEnd end;
    bool isToldCut = false;
    const auto until = Watch::now() + wish.limit;
    while (output.ours || told.ours) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Watch::now()).count();
        if (left <= 0)
            break;
        pollfd channels[] {{output.ours.get(), POLLIN, 0}, {told.ours.get(), POLLIN, 0}};
        const int ready = ::poll(channels, 2, static_cast<int>(left));
        if (ready < 0 && errno != EINTR)
            break;
        if (ready <= 0)
            continue;
        if (channels[0].revents != 0 && !take(output.ours.get(), end.output, wish.mostBytes, end.isCut))
            output.ours.reset();
        if (channels[1].revents != 0 && !take(told.ours.get(), end.told, kMostTold, isToldCut))
            told.ours.reset();
    }
    if (output.ours || told.ours) { // whoever still holds them
        end.isLate = true;
        ::kill(*pid, SIGKILL);
    }
    int status = 0;
    while (::waitpid(*pid, &status, 0) < 0 && errno == EINTR) { }
    end.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    while (!end.told.empty() && (end.told.back() == '\n' || end.told.back() == ' '))
        end.told.pop_back();
    return end;
}

}
