// A session without a terminal (NonInteractiveCommands, spec/session-manager.md 3.5): standard output and error by pipes, nothing to read.

#include "agent/worker/terminal_worker.h"

#include <fmt/format.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace fb::agent {

namespace {

    constexpr size_t kPipeReadBytes = 16 * 1024;

    struct PipeEnds {
        UniqueFd ours;
        UniqueFd theirs;
    };

    Result<PipeEnds> makePipe()
    {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0)
            return makeError(errors::kInternal, fmt::format("cannot make a pipe: {}", std::strerror(errno)));
        PipeEnds made {UniqueFd(ends[0]), UniqueFd(ends[1])};
        ::fcntl(made.ours.get(), F_SETFL, O_NONBLOCK);
        return made;
    }

}

Result<void> TerminalWorker::startOnPipes(SpawnRequest request)
{
    auto output = makePipe();
    auto error = makePipe();
    if (!output || !error)
        return output ? error.error() : output.error();
    request.output = output->theirs.get();
    request.error = m_session.parameters.joins_output() ? request.output : error->theirs.get();
    const auto pid = spawnProgram(request);
    if (!pid)
        return pid.error();
    m_shell = *pid;
    m_outPipe = std::move(output->ours);
    if (!m_session.parameters.joins_output())
        m_errorPipe = std::move(error->ours);
    return {};
}

void TerminalWorker::watchPipe(UniqueFd &pipe, bool isError)
{
    if (!pipe)
        return;
    if (m_ended || m_kept.size() >= kMaxKept) // beyond, the kernel makes the program wait: nothing is dropped
        return m_loop.unwatch(pipe.get());
    m_loop.watch(pipe.get(), POLLIN, [this, &pipe, isError](short) { readPipe(pipe, isError); });
}

void TerminalWorker::readPipe(UniqueFd &pipe, bool isError)
{
    char chunk[kPipeReadBytes];
    const ssize_t got = ::read(pipe.get(), chunk, sizeof chunk);
    if (got > 0) {
        appendPiped({chunk, static_cast<size_t>(got)}, isError);
    } else if (got == 0 || (errno != EAGAIN && errno != EINTR)) { // the program's end follows
        m_loop.unwatch(pipe.get());
        pipe.reset();
    }
    setInterest();
}

void TerminalWorker::appendPiped(std::string_view bytes, bool isError)
{
    const wire::PtyParams &parameters = m_session.parameters;
    const std::string &prefix = isError ? parameters.stderr_prefix() : parameters.stdout_prefix();
    const uint64_t from = nextOffset();
    if (std::exchange(m_lineBegins[isError ? 1 : 0], bytes.back() == '\n'))
        m_kept += prefix;
    m_kept += bytes;
    if (isError)
        m_errors.add(from, nextOffset());
    sendOutput();
}

// What the program wrote last. Others that hold the pipes open are not waited for.
void TerminalWorker::drainPipes()
{
    for (UniqueFd *pipe : {&m_outPipe, &m_errorPipe}) {
        if (!*pipe)
            continue;
        char chunk[kPipeReadBytes];
        constexpr int kMostReads = 8; // more than a pipe holds: somebody goes on writing
        ssize_t got = 0;
        for (int i = 0; i < kMostReads && (got = ::read(pipe->get(), chunk, sizeof chunk)) > 0; ++i)
            appendPiped({chunk, static_cast<size_t>(got)}, pipe == &m_errorPipe);
        m_loop.unwatch(pipe->get());
        pipe->reset();
    }
}

void TerminalWorker::signalProgram(int number)
{
    if (m_shell && !m_ended && number > 0 && number < NSIG)
        ::kill(-m_shell, number);
}

}
