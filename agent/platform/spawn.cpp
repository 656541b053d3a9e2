#include "agent/platform/spawn.h"

#include <fmt/format.h>

#include <cerrno>
#include <climits>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

namespace fb::agent {

namespace {

    std::vector<char *> pointersTo(const std::vector<std::string> &texts)
    {
        std::vector<char *> pointers;
        for (const std::string &text : texts)
            pointers.push_back(
                const_cast<char *>(text.c_str())); // posix_spawn takes char *const[] and changes nothing
        pointers.push_back(nullptr);
        return pointers;
    }

    class FileActions
    {
    public:
        FileActions() { ::posix_spawn_file_actions_init(&m_actions); }
        ~FileActions() { ::posix_spawn_file_actions_destroy(&m_actions); }
        FileActions(const FileActions &) = delete;
        FileActions &operator=(const FileActions &) = delete;
        posix_spawn_file_actions_t *get() { return &m_actions; }

        void standard(int number, int ours, int flags)
        {
            if (ours >= 0)
                ::posix_spawn_file_actions_adddup2(&m_actions, ours, number);
            else
                ::posix_spawn_file_actions_addopen(&m_actions, number, "/dev/null", flags, 0);
        }

    private:
        posix_spawn_file_actions_t m_actions {};
    };

}

Result<pid_t> spawnProgram(const SpawnRequest &request)
{
    FileActions actions;
    if (!request.terminal.empty()) {
        ::posix_spawn_file_actions_addopen(actions.get(), 0, request.terminal.c_str(), O_RDWR, 0);
        ::posix_spawn_file_actions_adddup2(actions.get(), 0, 1);
        ::posix_spawn_file_actions_adddup2(actions.get(), 0, 2);
    } else {
        actions.standard(0, request.input, O_RDONLY);
        actions.standard(1, request.output, O_WRONLY);
        actions.standard(2, request.error, O_WRONLY);
    }
    for (const auto &[ours, theirs] : request.descriptors)
        ::posix_spawn_file_actions_adddup2(actions.get(), ours, theirs);
    if (!request.workingDirectory.empty())
        ::posix_spawn_file_actions_addchdir_np(actions.get(), request.workingDirectory.c_str());

    posix_spawnattr_t attributes {};
    ::posix_spawnattr_init(&attributes);
    sigset_t none;
    sigset_t all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setsigdefault(&attributes, &all); // SIGPIPE above all: scripts rely on it
    int flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    if (request.newSession || !request.terminal.empty())
        flags |= POSIX_SPAWN_SETSID;
    ::posix_spawnattr_setflags(&attributes, static_cast<short>(flags));

    const std::vector<char *> arguments = pointersTo(request.arguments);
    const std::vector<char *> environment = pointersTo(request.environment);
    pid_t pid = 0;
    const int failed = ::posix_spawn(&pid, request.program.c_str(), actions.get(), &attributes,
                                     arguments.data(), environment.data());
    ::posix_spawnattr_destroy(&attributes);
    if (failed)
        return makeError(errors::kInternal,
                         fmt::format("cannot start {}: {}", request.program, std::strerror(failed)));
    return pid;
}

std::string ownProgramPath() { return "/proc/self/exe"; }

}
