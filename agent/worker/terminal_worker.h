#pragma once
// One session's terminal: the pseudo terminal, the shell on it, and its output until the engine has acknowledged it. It lives through the
// loss of link and supervisor (spec/session-manager.md 3.3, 3.6, 3.7). One thread; the whole process is its own.

#include "agent/platform/pseudo_terminal.h"
#include "agent/platform/spawn.h"
#include "agent/platform/user_account.h"
#include "agent/spool/work_folder.h"
#include "agent/worker/supervisor_peer.h"
#include "agent/worker/worker_loop.h"
#include "backend/core/clock.h"
#include "backend/protocol/offset_runs.h"

#include <optional>

namespace fb::agent {

class TerminalWorker
{
public:
    static constexpr size_t kMaxKept
        = 1024 * 1024; // unacknowledged; then the terminal is not read and its writer waits

    TerminalWorker(PrivateFolder folder, StoredSession session, UniqueFd listener, const Clock &clock);
    int run();

private:
    void start();
    Result<void> startShell();
    Result<void> startOnTerminal(SpawnRequest request, const UserAccount &account);
    // terminal_pipes.cpp: without a terminal
    Result<void> startOnPipes(SpawnRequest request);
    void watchPipe(UniqueFd &pipe, bool isError);
    void readPipe(UniqueFd &pipe, bool isError);
    void appendPiped(std::string_view bytes, bool isError);
    void drainPipes();
    void signalProgram(int number);
    std::vector<std::string> environment(const UserAccount &account) const;
    void readTerminal();
    void writeTerminal();
    void setInterest();
    void append(std::string_view bytes);
    void sendOutput();
    void tellState();
    void received(PacketReader &packet);
    void takeInput(uint64_t offset, std::string_view bytes);
    void end(std::string reason); // HUP, and KILL 5 s later
    void reap();
    void ended(int exitCode);
    void linkChanged(bool connected);
    void watchIdle();
    void watchDuration();
    void fail(const Error &error);
    uint64_t nextOffset() const { return m_firstKept + m_kept.size(); }

    PrivateFolder m_folder;
    StoredSession m_session;
    UniqueFd m_inheritedListener;
    const Clock &m_clock;
    WorkerLoop m_loop;
    SupervisorPeer m_peer;
    std::optional<PseudoTerminal> m_terminal; // none: pipes
    UniqueFd m_outPipe;
    UniqueFd m_errorPipe;
    bool m_lineBegins[2] = {true, true}; // of standard output and error, as far as they came
    pid_t m_shell = 0;
    std::string m_note;
    std::string m_failure; // the session never began

    std::string m_kept; // from m_firstKept on
    uint64_t m_firstKept = 0;
    protocol::OffsetRuns m_errors; // of it: standard error's
    uint64_t m_sent = 0; // to this supervisor
    uint64_t m_allowed = 0; // up to here
    bool m_attached = false;

    std::string m_input; // not yet taken by the terminal
    size_t m_profileBytes = 0; // of it: the profile's lines, at its begin
    uint64_t m_received = 0;
    Tick m_lastInput {};
    bool m_idleWarned = false;
    Tick m_startedAt {};
    int m_durationWarnings = 0;

    std::string m_reason;
    bool m_ending = false;
    bool m_ended = false;
    int m_exitCode = 0;
    WorkerLoop::TimerId m_linkTimer = 0;
};

}
