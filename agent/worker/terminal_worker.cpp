#include "agent/worker/terminal_worker.h"

#include "agent/platform/process_tree.h"
#include "agent/platform/spawn.h"
#include "agent/plugins/script_environment.h"

#include <fmt/format.h>

#include <cerrno>
#include <csignal>
#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>

namespace fb::agent {

namespace {

    constexpr std::chrono::seconds kHupToKill {5};
    constexpr std::chrono::seconds kDefaultSurviveLink {15 * 60};
    constexpr size_t kReadBytes = 16 * 1024;
    constexpr size_t kPacketPayload = 32 * 1024;
    constexpr std::chrono::seconds kIdleWarning {60};
    constexpr std::chrono::seconds kStartWithin {60}; // without a supervisor

}

TerminalWorker::TerminalWorker(PrivateFolder folder, StoredSession session, UniqueFd listener,
                               const Clock &clock)
    : m_folder(std::move(folder)),
      m_session(std::move(session)),
      m_inheritedListener(std::move(listener)),
      m_clock(clock),
      m_loop(clock),
      m_peer(m_loop,
             {.connected = [this] { tellState(); },
              .received = [this](PacketReader &packet) { received(packet); },
              .disconnected =
                  [this] {
                      m_attached = false;
                      linkChanged(false);
                  },
              .writable = [this] { sendOutput(); }})
{
}

int TerminalWorker::run()
{
    if (auto listening = m_peer.listen(m_folder, std::move(m_inheritedListener)); !listening)
        return 1;
    m_loop.watchSignals({SIGCHLD, SIGTERM, SIGINT, SIGHUP}, [this](int number) {
        if (number == SIGCHLD)
            reap();
    });
    m_loop.after(Microseconds(0), [this] { start(); });
    return m_loop.run();
}

// ---- Shell -------------------------------------------------------------------------------------------------------

void TerminalWorker::start()
{
    if (const auto own = stampOf(::getpid()))
        (void)m_folder.write(workNames::kPid, own->text() + " " + currentBootId(), Durability::WhenWritten);
    if (auto started = startShell(); !started)
        return fail(started.error());
    m_startedAt = m_lastInput = m_clock.tick();
    linkChanged(m_peer.isConnected());
    if (m_session.parameters.idle_timeout_s() > 0)
        watchIdle();
    if (m_session.parameters.max_duration_s() > 0)
        watchDuration();
    setInterest();
    tellState();
}

std::vector<std::string> TerminalWorker::environment(const UserAccount &account) const
{
    std::map<std::string, std::string> variables {
        {"HOME", account.home},
        {"USER", account.name},
        {"LOGNAME", account.name},
        {"SHELL", "/bin/sh"},
        {"PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"},
        {"LANG", "C.UTF-8"},
        {"TERM", "xterm-256color"},
        {"COLORTERM", "truecolor"},
    };
    if (const char *language = ::getenv("LANG"); language && *language)
        variables["LANG"] = language;
    for (const wire::EnvEntry &entry : m_session.parameters.environment())
        if (isVariableName(entry.name()) && entry.value().find('\0') == std::string::npos)
            variables[entry.name()] = entry.value();
    variables["AWS_SSM_INSTANCE_ID"] = m_session.nodeId;
    std::vector<std::string> list;
    for (const auto &[name, value] : variables)
        list.push_back(name + "=" + value);
    return list;
}

Result<void> TerminalWorker::startShell()
{
    const wire::PtyParams &parameters = m_session.parameters;
    const auto account = parameters.elevated() ? elevatedAccount() : sessionAccount(parameters.run_as_user());
    if (!account)
        return account.error();
    for (const std::string &part : parameters.command())
        if (part.find('\0') != std::string::npos) // the system would take what is before it
            return makeError(errors::kValidation, "the session's command holds a NUL");
    SpawnRequest request {.program = "/bin/sh", .arguments = {"sh"}, .environment = environment(*account)};
    if (parameters.command_size() == 1)
        request.arguments = {"sh", "-c", parameters.command(0)};
    else if (parameters.command_size() > 1) {
        request.arguments = {"sh", "-c", "exec \"$@\"", "sh"};
        for (const std::string &part : parameters.command())
            request.arguments.push_back(part);
    }
    if (account->uid != ownAccount().uid) {
        // Our own program in between gives up root before the shell begins.
        request.arguments.insert(request.arguments.begin(),
                                 {"flagbridge-agent", "run-as", account->name, "", "/bin/sh"});
        request.program = ownProgramPath();
    } else {
        struct stat status {
        };
        request.workingDirectory
            = ::stat(account->home.c_str(), &status) == 0 && S_ISDIR(status.st_mode) ? account->home : "/";
    }
    ::umask(022);
    auto started = parameters.no_pty() ? startOnPipes(std::move(request))
                                       : startOnTerminal(std::move(request), *account);
    if (!started)
        return started;
    m_note = "runs as " + account->name;
    if (const auto stamp = stampOf(m_shell))
        (void)m_folder.write(workNames::kShell, stamp->text(), Durability::WhenWritten);
    for (const std::string &line : parameters.profile_lines())
        m_input += line + "\n"; // typed, not sourced: "exec /bin/bash" works
    m_profileBytes = m_input.size();
    return {};
}

Result<void> TerminalWorker::startOnTerminal(SpawnRequest request, const UserAccount &account)
{
    auto terminal = PseudoTerminal::make(m_session.parameters.columns(), m_session.parameters.rows());
    if (!terminal)
        return terminal.error();
    m_terminal = *std::move(terminal);
    request.terminal = m_terminal->slavePath();
    if (account.uid != ownAccount().uid && !m_terminal->giveTo(account.uid, account.gid))
        return makeError(errors::kInternal, fmt::format("cannot give the terminal to {}", account.name));
    const auto pid = spawnProgram(request);
    if (!pid)
        return pid.error();
    m_shell = *pid;
    return {};
}

void TerminalWorker::fail(const Error &error)
{
    m_failure = error.message.empty() ? "the session could not be started" : error.message;
    tellState();
    m_loop.after(kStartWithin, [this] { m_loop.stop(1); });
}

void TerminalWorker::setInterest()
{
    if (!m_terminal) {
        watchPipe(m_outPipe, false);
        watchPipe(m_errorPipe, true);
        return;
    }
    short events = 0;
    if (!m_ended && m_kept.size() < kMaxKept)
        events |= POLLIN; // beyond, the kernel makes the program wait: nothing is dropped
    if (!m_input.empty())
        events |= POLLOUT;
    if (events == 0) // POLLHUP would come without being asked for, again and again
        return m_loop.unwatch(m_terminal->master());
    m_loop.watch(m_terminal->master(), events, [this](short ready) {
        if (ready & POLLOUT)
            writeTerminal();
        if (ready & (POLLIN | POLLHUP | POLLERR))
            readTerminal();
    });
}

void TerminalWorker::readTerminal()
{
    char chunk[kReadBytes];
    const ssize_t got = ::read(m_terminal->master(), chunk,
                               std::min(sizeof chunk, kMaxKept - std::min(kMaxKept, m_kept.size())));
    if (got > 0)
        append({chunk, static_cast<size_t>(got)});
    else if (got < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    else if (!m_ended) {
        // EIO: nobody has the other end open. The shell's end follows; until then there is nothing to poll for.
        m_loop.unwatch(m_terminal->master());
        return;
    }
    setInterest();
}

void TerminalWorker::writeTerminal()
{
    const bool echo = m_terminal->echoes(); // before the program can see them
    const ssize_t written = ::write(m_terminal->master(), m_input.data(), m_input.size());
    if (written > 0) {
        m_input.erase(0, static_cast<size_t>(written));
        const auto ours
            = std::min(m_profileBytes, static_cast<size_t>(written)); // typed by us, not by the engine
        m_profileBytes -= ours;
        const uint64_t typed = static_cast<size_t>(written) - ours;
        if (typed > 0)
            m_peer.send(Packet(WorkerMessage::TerminalInputTaken).u64(typed).u32(echo ? 1 : 0).bytes);
    } else if (written < 0 && errno != EAGAIN && errno != EINTR) {
        m_input.clear();
    }
    setInterest();
}

void TerminalWorker::append(std::string_view bytes)
{
    m_kept += bytes;
    sendOutput();
}

// ---- Supervisor --------------------------------------------------------------------------------------------------

void TerminalWorker::tellState()
{
    if (!m_failure.empty()) {
        m_peer.send(Packet(WorkerMessage::TerminalFailed).text(m_failure).bytes);
        return;
    }
    if (!m_shell)
        return; // start() tells it
    m_peer.send(Packet(WorkerMessage::TerminalState)
                    .u64(m_firstKept)
                    .u64(nextOffset())
                    .u64(m_received)
                    .text(m_note)
                    .bytes);
    if (m_ended)
        m_peer.send(Packet(WorkerMessage::TerminalEnded)
                        .u64(nextOffset())
                        .u32(static_cast<uint32_t>(m_exitCode))
                        .text(m_reason)
                        .bytes);
}

void TerminalWorker::sendOutput()
{
    while (m_attached && m_sent < std::min(m_allowed, nextOffset())) {
        const auto from = static_cast<size_t>(m_sent - m_firstKept);
        const auto alike = m_errors.at(m_sent, std::min(m_allowed, nextOffset()));
        const auto size = std::min<uint64_t>(kPacketPayload, alike.size);
        const std::string_view piece(m_kept.data() + from, static_cast<size_t>(size));
        const WorkerMessage kind
            = alike.isMarked ? WorkerMessage::TerminalError : WorkerMessage::TerminalOutput;
        if (!m_peer.send(Packet(kind).u64(m_sent).text(piece).bytes))
            return;
        m_sent += size;
    }
}

void TerminalWorker::received(PacketReader &packet)
{
    switch (packet.kind()) {
    case WorkerMessage::TerminalSendFrom: {
        const uint64_t from = packet.u64();
        const uint64_t bytes = packet.u64();
        if (!packet.isSound() || from < m_firstKept || from > nextOffset())
            return;
        m_attached = true;
        m_sent = from;
        m_allowed = from + bytes;
        return sendOutput();
    }
    case WorkerMessage::TerminalGrant:
        m_allowed += packet.u64();
        return sendOutput();
    case WorkerMessage::TerminalAcknowledge: {
        const uint64_t below = packet.u64();
        if (below > m_firstKept && below <= nextOffset()) {
            m_kept.erase(0, static_cast<size_t>(below - m_firstKept));
            m_firstKept = below;
            m_errors.dropBelow(below);
            m_sent = std::max(m_sent, below);
            setInterest();
        }
        return;
    }
    case WorkerMessage::TerminalInput: {
        const uint64_t offset = packet.u64();
        return takeInput(offset, packet.rest());
    }
    case WorkerMessage::TerminalResize: {
        const uint32_t columns = packet.u32();
        const uint32_t rows = packet.u32();
        if (m_terminal && packet.isSound())
            m_terminal->resize(columns, rows);
        return;
    }
    case WorkerMessage::TerminalSignal:
        if (m_terminal)
            m_terminal->signalForeground(static_cast<int>(packet.u32()));
        else
            signalProgram(static_cast<int>(packet.u32()));
        return;
    case WorkerMessage::TerminalEnd:
        return end(std::string(packet.rest()));
    case WorkerMessage::TerminalDiscard:
        if (m_ended || !m_failure.empty())
            return m_loop.stop(0);
        end("terminated"); // and then go
        m_loop.after(kHupToKill + std::chrono::seconds(1), [this] { m_loop.stop(0); });
        return;
    case WorkerMessage::LinkChanged:
        return linkChanged(packet.u32() != 0);
    default:
        return;
    }
}

void TerminalWorker::takeInput(uint64_t offset, std::string_view bytes)
{
    if (offset > m_received || offset + bytes.size() <= m_received)
        return; // a gap cannot be; what came before came twice
    bytes.remove_prefix(static_cast<size_t>(m_received - offset));
    m_received += bytes.size();
    m_lastInput = m_clock.tick();
    m_idleWarned = false;
    if (!m_terminal) { // it reads nothing; Ctrl+C is all that there is to say
        if (bytes.find('\x03') != std::string_view::npos)
            signalProgram(SIGINT);
        m_peer.send(Packet(WorkerMessage::TerminalInputTaken).u64(bytes.size()).bytes);
        return;
    }
    if (m_ended)
        return;
    m_input += bytes;
    writeTerminal();
}

// ---- The end -----------------------------------------------------------------------------------------------------

void TerminalWorker::end(std::string reason)
{
    if (m_ended || m_ending || !m_shell)
        return;
    m_ending = true;
    m_reason = std::move(reason);
    const pid_t inFront
        = m_terminal ? m_terminal->foreground() : 0; // with job control it has a group of its own
    if (m_terminal)
        m_terminal->signalForeground(SIGHUP);
    ::kill(-m_shell, SIGHUP);
    ::kill(-m_shell, SIGCONT);
    m_loop.after(kHupToKill, [this, inFront] {
        if (inFront > 1)
            ::kill(-inFront, SIGKILL);
        if (m_terminal)
            m_terminal->signalForeground(SIGKILL);
        ::kill(-m_shell, SIGKILL);
    });
}

void TerminalWorker::reap()
{
    for (;;) {
        int status = 0;
        const pid_t pid = ::waitpid(-1, &status, WNOHANG);
        if (pid <= 0)
            return;
        if (pid == m_shell && !m_ended)
            ended(WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    }
}

void TerminalWorker::ended(int exitCode)
{
    // What it wrote last is still in the terminal; the kept size may pass its bound by what one terminal holds.
    char chunk[kReadBytes];
    for (ssize_t got = 0; m_terminal && (got = ::read(m_terminal->master(), chunk, sizeof chunk)) > 0;)
        m_kept.append(chunk, static_cast<size_t>(got));
    drainPipes();
    m_ended = true;
    m_exitCode = exitCode;
    if (m_reason.empty())
        m_reason = "exited";
    // Those of its group that are left: HUP, then KILL. Who left the group (nohup, setsid) lives on.
    ::kill(-m_shell, SIGHUP);
    m_loop.after(kHupToKill, [group = m_shell] { ::kill(-group, SIGKILL); });
    if (m_terminal)
        m_loop.unwatch(m_terminal->master());
    m_folder.remove(workNames::kShell);
    m_peer.send(Packet(WorkerMessage::TerminalEnded)
                    .u64(nextOffset())
                    .u32(static_cast<uint32_t>(exitCode))
                    .text(m_reason)
                    .bytes);
    sendOutput();
    // The last bytes wait for the engine, but not for ever.
    m_loop.after(kDefaultSurviveLink, [this] { m_loop.stop(0); });
}

void TerminalWorker::linkChanged(bool connected)
{
    m_loop.cancel(m_linkTimer);
    m_linkTimer = 0;
    if (connected || m_ended)
        return;
    const std::chrono::seconds survive = m_session.parameters.survive_link_s() > 0
        ? std::chrono::seconds(m_session.parameters.survive_link_s())
        : kDefaultSurviveLink;
    m_linkTimer = m_loop.after(survive, [this] {
        end("node connection lost");
        m_loop.after(kHupToKill + kDefaultSurviveLink, [this] { m_loop.stop(0); });
    });
}

void TerminalWorker::watchIdle()
{
    if (m_ended || m_ending)
        return;
    const std::chrono::seconds limit(m_session.parameters.idle_timeout_s());
    const Tick endAt = m_lastInput + limit;
    const Tick now = m_clock.tick();
    if (now >= endAt)
        return end("idle");
    const Tick warnAt = limit > kIdleWarning ? endAt - kIdleWarning : endAt;
    if (now >= warnAt && !m_idleWarned && limit > kIdleWarning && m_terminal) {
        m_idleWarned = true;
        append("\r\n[no input: this session ends in 60 s]\r\n");
    }
    m_loop.after((now < warnAt ? warnAt : endAt) - now, [this] { watchIdle(); });
}

void TerminalWorker::watchDuration()
{
    if (m_ended || m_ending)
        return;
    const Tick endAt = m_startedAt + std::chrono::seconds(m_session.parameters.max_duration_s());
    const Tick now = m_clock.tick();
    if (now >= endAt)
        return end("maximum duration");
    constexpr std::chrono::seconds kWarnings[] = {std::chrono::minutes(5), std::chrono::minutes(1)};
    Tick next = endAt;
    for (int i = m_durationWarnings; i < 2; ++i) {
        const Tick at = endAt - kWarnings[i];
        if (at <= m_startedAt) { // the session is shorter than that
            m_durationWarnings = i + 1;
        } else if (now >= at) {
            m_durationWarnings = i + 1;
            if (m_terminal) // what has none writes to a program that reads it
                append(fmt::format("\r\n[this session ends in {} s: its maximum duration]\r\n",
                                   kWarnings[i].count()));
        } else {
            next = at;
            break;
        }
    }
    m_loop.after(next - now, [this] { watchDuration(); });
}

}
