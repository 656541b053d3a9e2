// The terminals of ProcessWorkerHost; its other file has the orders.
#include "agent/supervisor/process_worker_host.h"

#include "agent/platform/process_tree.h"
#include "agent/spool/work_folder.h"
#include "backend/core/byte_encoding.h"

#include <boost/asio/post.hpp>

#include <csignal>
#include <utility>

#include <poll.h>

namespace fb::agent {

std::string ProcessWorkerHost::sessionFolderName(const std::string &token)
{
    return sha256Hex(token).substr(0, 32);
}

void ProcessWorkerHost::listenToTerminal(const std::string &token, Terminal &terminal)
{
    listenTo(
        terminal.peer, [this, token](PacketReader &packet) { terminalPacket(token, packet); },
        [this, token] { terminalGone(token); });
}

void ProcessWorkerHost::startTerminal(const std::string &token, const wire::PtyParams &parameters)
{
    const auto fail = [this, token](Error error) {
        boost::asio::post(m_context, [this, token, error = std::move(error)] {
            if (m_events)
                m_events->terminalFailed(token, error);
            afterEvent();
        });
    };
    const std::string name = sessionFolderName(token);
    m_sessions.removeTree(name); // of an ended session with the same token: none, tokens are not used twice
    auto folder = m_sessions.subfolder(name);
    if (!folder)
        return fail(folder.error());
    if (auto written = writeSession(*folder, {token, m_options.nodeId, parameters}); !written)
        return fail(written.error());
    auto peer = launch(*folder, "session");
    if (!peer)
        return fail(peer.error());
    Terminal terminal {.folder = *std::move(folder), .folderName = name, .peer = *peer};
    terminal.state.token = token;
    terminal.state.sessionId = parameters.session_id();
    const auto it = m_terminals.insert_or_assign(token, std::move(terminal)).first;
    listenToTerminal(token, it->second);
    sendToTerminal(token, Packet(WorkerMessage::LinkChanged).u32(1).bytes);
}

std::vector<TerminalState> ProcessWorkerHost::findTerminals()
{
    std::vector<TerminalState> all;
    for (const std::string &name : m_sessions.entries()) {
        auto folder = m_sessions.existingSubfolder(name);
        if (!folder)
            continue;
        const auto session = readSession(*folder);
        auto socket = connectIn(*folder);
        std::optional<TerminalState> state;
        if (session && socket) {
            pollfd wait {socket->get(), POLLIN, 0};
            ::poll(&wait, 1, kGreetingMilliseconds);
            const Received received = receivePacket(socket->get());
            PacketReader packet(received.packet);
            if (received.any && packet.kind() == WorkerMessage::TerminalState) {
                state.emplace();
                state->token = session->token;
                state->sessionId = session->parameters.session_id();
                state->firstKept = packet.u64();
                state->nextOffset = packet.u64();
                state->received = packet.u64();
                state->note = std::string(packet.rest());
            }
        }
        if (!state) { // dead: what its shell left in the terminal's group goes with it
            if (const auto pid = folder->read(workNames::kShell, 100)) {
                if (const auto stamp = ProcessStamp::fromText(*pid); stamp && isRunning(*stamp))
                    ::kill(-stamp->pid, SIGHUP);
            }
            m_sessions.removeTree(name);
            continue;
        }
        Terminal terminal {
            .folder = *std::move(folder), .folderName = name, .peer = std::make_shared<Peer>()};
        terminal.peer->socket
            = std::make_unique<boost::asio::posix::stream_descriptor>(m_context, socket->release());
        terminal.state = *state;
        terminal.started = true;
        const auto it = m_terminals.insert_or_assign(state->token, std::move(terminal)).first;
        listenToTerminal(state->token, it->second);
        all.push_back(*state);
    }
    return all;
}

void ProcessWorkerHost::terminalPacket(const std::string &token, PacketReader &packet)
{
    const auto it = m_terminals.find(token);
    if (it == m_terminals.end() || !m_events)
        return;
    Terminal &terminal = it->second;
    switch (packet.kind()) {
    case WorkerMessage::TerminalState:
        terminal.state.firstKept = packet.u64();
        terminal.state.nextOffset = packet.u64();
        terminal.state.received = packet.u64();
        terminal.state.note = std::string(packet.rest());
        if (std::exchange(terminal.started, true))
            return;
        return m_events->terminalStarted(TerminalState(terminal.state));
    case WorkerMessage::TerminalOutput:
    case WorkerMessage::TerminalError: {
        const uint64_t offset = packet.u64();
        return m_events->terminalOutput(token, offset, packet.rest(),
                                        packet.kind() == WorkerMessage::TerminalError);
    }
    case WorkerMessage::TerminalInputTaken: {
        const uint64_t bytes = packet.u64();
        return m_events->terminalInputTaken(token, bytes, packet.u32() != 0);
    }
    case WorkerMessage::TerminalEnded: {
        if (std::exchange(terminal.ended, true))
            return;
        const uint64_t finalOffset = packet.u64();
        const auto exitCode = static_cast<int>(packet.u32());
        return m_events->terminalEnded(token, finalOffset, exitCode, std::string(packet.rest()));
    }
    case WorkerMessage::TerminalFailed: {
        const Error error = makeError(errors::kInternal, std::string(packet.rest()));
        terminalDiscard(std::string(token));
        return m_events->terminalFailed(token, error);
    }
    default:
        return;
    }
}

void ProcessWorkerHost::terminalGone(const std::string &token)
{
    const auto it = m_terminals.find(token);
    if (it == m_terminals.end())
        return;
    const bool started = it->second.started;
    it->second.peer->socket.reset();
    m_sessions.removeTree(it->second.folderName);
    m_terminals.erase(it);
    if (!m_events)
        return;
    if (started)
        m_events->terminalEnded(token, 0, 137, "interrupted"); // what it had not given is lost
    else
        m_events->terminalFailed(token,
                                 makeError(errors::kInternal, "the session's worker ended at its start"));
}

void ProcessWorkerHost::sendToTerminal(const std::string &token, std::string packet)
{
    if (const auto it = m_terminals.find(token); it != m_terminals.end())
        send(it->second.peer, std::move(packet));
}

void ProcessWorkerHost::terminalSendFrom(const std::string &token, uint64_t offset, uint64_t bytes)
{
    sendToTerminal(token, Packet(WorkerMessage::TerminalSendFrom).u64(offset).u64(bytes).bytes);
}
void ProcessWorkerHost::terminalGrant(const std::string &token, uint64_t bytes)
{
    sendToTerminal(token, Packet(WorkerMessage::TerminalGrant).u64(bytes).bytes);
}
void ProcessWorkerHost::terminalAcknowledge(const std::string &token, uint64_t below)
{
    sendToTerminal(token, Packet(WorkerMessage::TerminalAcknowledge).u64(below).bytes);
}
void ProcessWorkerHost::terminalInput(const std::string &token, uint64_t offset, std::string_view bytes)
{
    while (!bytes.empty()) {
        const std::string_view piece = bytes.substr(0, 32 * 1024);
        sendToTerminal(token, Packet(WorkerMessage::TerminalInput).u64(offset).text(piece).bytes);
        offset += piece.size();
        bytes.remove_prefix(piece.size());
    }
}
void ProcessWorkerHost::terminalResize(const std::string &token, uint32_t columns, uint32_t rows)
{
    sendToTerminal(token, Packet(WorkerMessage::TerminalResize).u32(columns).u32(rows).bytes);
}
void ProcessWorkerHost::terminalSignal(const std::string &token, int number)
{
    sendToTerminal(token, Packet(WorkerMessage::TerminalSignal).u32(static_cast<uint32_t>(number)).bytes);
}
void ProcessWorkerHost::terminalEnd(const std::string &token, std::string_view reason)
{
    sendToTerminal(token, Packet(WorkerMessage::TerminalEnd).text(reason.substr(0, 200)).bytes);
}
void ProcessWorkerHost::terminalDiscard(const std::string &token)
{
    sendToTerminal(token, Packet(WorkerMessage::TerminalDiscard).bytes);
    if (const auto it = m_terminals.find(token); it != m_terminals.end()) {
        // The socket stays until the packet is read: close() does not take back what was sent.
        it->second.peer->socket.reset();
        m_sessions.removeTree(it->second.folderName);
        m_terminals.erase(it);
    }
}

void ProcessWorkerHost::linkChanged(bool connected)
{
    for (const auto &[token, terminal] : m_terminals)
        sendToTerminal(token, Packet(WorkerMessage::LinkChanged).u32(connected ? 1 : 0).bytes);
}

}
