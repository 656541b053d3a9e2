#include "agent/tools/journal_program.h"

#include "agent/platform/spawn.h"
#include "agent/tools/program_run.h"
#include "agent/tools/tool.h"

#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>

namespace fb::agent {

namespace {

    constexpr size_t kChunk = 64 * 1024;

    bool makePipe(UniqueFd &ours, UniqueFd &theirs)
    {
        int ends[2] {};
        if (::pipe2(ends, O_CLOEXEC) != 0)
            return false;
        ours = UniqueFd(ends[0]);
        theirs = UniqueFd(ends[1]);
        return ::fcntl(ours.get(), F_SETFL, O_NONBLOCK) == 0;
    }
}

Result<JournalProgram> JournalProgram::start(std::vector<std::string> arguments)
{
    const std::string path = systemProgram("journalctl");
    if (path.empty())
        return makeError(errors::kUnsupportedPlatformType,
                         "There is no journalctl on this node, which this needs.");
    JournalProgram program;
    UniqueFd theirOutput;
    UniqueFd theirError;
    if (!makePipe(program.m_output, theirOutput) || !makePipe(program.m_error, theirError))
        return nodeError("talk to", path, errno);
    ::signal(SIGCHLD, SIG_DFL); // its end is waited for
    arguments.insert(arguments.begin(), "journalctl");
    const auto pid = spawnProgram({.program = path,
                                   .arguments = std::move(arguments),
                                   .environment = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8",
                                                   "SYSTEMD_COLORS=0", "SYSTEMD_LOG_COLOR=0", "TZ=UTC"},
                                   .workingDirectory = "/",
                                   .output = theirOutput.get(),
                                   .error = theirError.get()});
    if (!pid)
        return makeError(errors::kInternal, pid.error().message);
    program.m_pid = *pid;
    return program;
}

JournalProgram::JournalProgram(JournalProgram &&other) noexcept { *this = std::move(other); }

JournalProgram &JournalProgram::operator=(JournalProgram &&other) noexcept
{
    if (this != &other) {
        end();
        m_pid = std::exchange(other.m_pid, -1);
        m_output = std::move(other.m_output);
        m_error = std::move(other.m_error);
        m_chunk = std::move(other.m_chunk);
        m_words = std::move(other.m_words);
        m_isOver = other.m_isOver;
    }
    return *this;
}

std::string_view JournalProgram::read(std::chrono::milliseconds wait)
{
    const auto until = std::chrono::steady_clock::now() + wait;
    m_chunk.resize(kChunk);
    while (!m_isOver) {
        const ssize_t got = ::read(m_output.get(), m_chunk.data(), m_chunk.size());
        if (got > 0)
            return {m_chunk.data(), static_cast<size_t>(got)};
        if (got == 0 || (errno != EAGAIN && errno != EINTR)) {
            m_isOver = true;
            break;
        }
        hear();
        const auto left
            = std::chrono::duration_cast<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
        if (left.count() <= 0)
            break;
        pollfd wanted[] = {{m_output.get(), POLLIN, 0}, {m_error.get(), POLLIN, 0}};
        ::poll(wanted, m_error ? 2 : 1, static_cast<int>(left.count()));
    }
    if (m_isOver)
        hear();
    return {};
}

void JournalProgram::hear()
{
    char text[1024];
    while (m_error) {
        const ssize_t got = ::read(m_error.get(), text, sizeof text);
        if (got < 0 && errno == EINTR)
            continue;
        if (got > 0) {
            m_words.append(text, std::min(static_cast<size_t>(got), kMaxWords - m_words.size()));
            continue;
        }
        if (got == 0)
            m_error.reset();
        break;
    }
    while (!m_words.empty() && (m_words.back() == '\n' || m_words.back() == ' '))
        m_words.pop_back();
}

int JournalProgram::code()
{
    if (m_pid <= 0)
        return 0;
    int status = 0;
    while (::waitpid(m_pid, &status, 0) < 0 && errno == EINTR) { }
    m_pid = -1;
    hear();
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void JournalProgram::end()
{
    if (m_pid <= 0)
        return;
    ::kill(m_pid, SIGKILL);
    (void)code();
}

}
