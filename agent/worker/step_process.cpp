#include "agent/worker/step_process.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>

namespace fb::agent {

namespace {
    constexpr std::chrono::milliseconds kGather {100}; // after the first bytes, which go at once
    constexpr int kKilledCode = 137;
    constexpr int kMaxRounds = 256; // reads in one go; a process that could not be ended may write for ever
}

StepProcess::StepProcess(WorkerLoop &loop, Descendants &descendants, OutputFile &out, OutputFile &err,
                         std::function<void()> grew, std::function<void(Outcome)> done)
    : m_loop(loop),
      m_descendants(descendants),
      m_grew(std::move(grew)),
      m_done(std::move(done))
{
    m_out.file = &out;
    m_err.file = &err;
}

StepProcess::~StepProcess()
{
    for (Pipe *pipe : {&m_out, &m_err})
        if (pipe->fd)
            m_loop.unwatch(pipe->fd.get());
    m_loop.cancel(m_timeout);
    m_loop.cancel(m_gathering);
}

Result<pid_t> StepProcess::start(SpawnRequest request, std::chrono::seconds timeout)
{
    UniqueFd writeEnds[2];
    for (int i = 0; i < 2; ++i) {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0)
            return systemError("open a pipe for", request.program, errno);
        Pipe &pipe = i == 0 ? m_out : m_err;
        pipe.fd.reset(ends[0]);
        ::fcntl(ends[0], F_SETFL, O_NONBLOCK);
        writeEnds[i].reset(ends[1]);
    }
    request.output = writeEnds[0].get();
    request.error = writeEnds[1].get();
    const Result<pid_t> pid = spawnProgram(request);
    if (!pid)
        return pid;
    m_pid = *pid;
    watch(m_out);
    watch(m_err);
    m_timeout = m_loop.after(timeout, [this] { stop(End::TimedOut); });
    return pid;
}

void StepProcess::watch(Pipe &pipe)
{
    m_loop.watch(pipe.fd.get(), POLLIN, [this, &pipe](short) { read(pipe, false); });
}

void StepProcess::read(Pipe &pipe, bool untilEmpty)
{
    char chunk[64 * 1024];
    bool any = false;
    for (int rounds = 0; pipe.fd && rounds < kMaxRounds; ++rounds) {
        const ssize_t got = ::read(pipe.fd.get(), chunk, sizeof chunk);
        if (got < 0 && errno == EINTR)
            continue;
        if (got > 0) {
            pipe.file->add({chunk, static_cast<size_t>(got)});
            any = true;
            if (!untilEmpty)
                break; // the other pipe, timers and the supervisor have their turn
            continue;
        }
        if (got == 0 || errno != EAGAIN) {
            m_loop.unwatch(pipe.fd.get());
            pipe.fd.reset();
        }
        break;
    }
    if (any)
        wrote();
    if (!untilEmpty)
        finishIfDone();
}

// The first bytes are on their way at once; then what has gathered every 100 ms, or 32 KiB at once (OutputFile).
void StepProcess::wrote()
{
    if (m_gathering)
        m_grew(); // OutputFile may have written a full piece
    else
        flushAndGather();
}

void StepProcess::flushAndGather()
{
    m_out.file->flush();
    m_err.file->flush();
    m_grew();
    m_gathering = m_loop.after(kGather, [this] {
        m_gathering = 0;
        if (m_out.file->hasWaiting() || m_err.file->hasWaiting())
            flushAndGather();
    });
}

void StepProcess::cancel() { stop(End::Cancelled); }

void StepProcess::stop(End why)
{
    if (m_stopping || m_finished)
        return;
    m_stopping = true;
    m_outcome.end = why;
    m_descendants.end([this](uint32_t killed, uint32_t survived) {
        m_outcome.killed = killed;
        m_outcome.survived = survived;
        m_outcome.code = kKilledCode;
        read(m_out, true); // what they had written before they went
        read(m_err, true);
        finish();
    });
}

void StepProcess::reaped(pid_t pid, int status)
{
    if (pid == m_pid && !m_exited) {
        m_exited = true;
        m_outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    finishIfDone();
}

// A child that holds a pipe open belongs to the step still: it goes on until it closes it, or until the time-out.
void StepProcess::finishIfDone()
{
    if (m_exited && !m_stopping && !m_out.fd && !m_err.fd)
        finish();
}

void StepProcess::finish()
{
    if (m_finished)
        return;
    m_finished = true;
    m_loop.cancel(m_timeout);
    m_loop.cancel(m_gathering);
    m_out.file->flush();
    m_err.file->flush();
    m_done(m_outcome); // may destroy this
}

}
