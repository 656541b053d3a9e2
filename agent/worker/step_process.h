#pragma once
// One attempt of one step: its process, its two pipes, its time-out, and the end of everything it started. One thread.

#include "agent/platform/spawn.h"
#include "agent/worker/descendants.h"
#include "agent/worker/output_file.h"
#include "agent/worker/worker_loop.h"

#include <functional>

namespace fb::agent {

class StepProcess
{
public:
    enum class End { Exited, TimedOut, Cancelled };
    struct Outcome {
        End end = End::Exited;
        int code = 0; // of the process; 128 + signal; 137 after our KILL or TERM
        uint32_t killed = 0;
        uint32_t survived = 0;
    };

    StepProcess(WorkerLoop &loop, Descendants &descendants, OutputFile &out, OutputFile &err,
                std::function<void()> grew, std::function<void(Outcome)> done);
    ~StepProcess();
    StepProcess(const StepProcess &) = delete;
    StepProcess &operator=(const StepProcess &) = delete;

    Result<pid_t> start(SpawnRequest request, std::chrono::seconds timeout);
    void cancel();
    void reaped(pid_t pid, int status);

private:
    struct Pipe {
        UniqueFd fd;
        OutputFile *file = nullptr;
    };
    void watch(Pipe &pipe);
    void read(Pipe &pipe, bool untilEmpty);
    void wrote();
    void flushAndGather();
    void stop(End why);
    void finishIfDone();
    void finish();

    WorkerLoop &m_loop;
    Descendants &m_descendants;
    Pipe m_out;
    Pipe m_err;
    std::function<void()> m_grew;
    std::function<void(Outcome)> m_done;
    pid_t m_pid = 0;
    bool m_exited = false;
    bool m_stopping = false;
    bool m_finished = false;
    Outcome m_outcome;
    WorkerLoop::TimerId m_timeout = 0;
    WorkerLoop::TimerId m_gathering = 0;
};

}
