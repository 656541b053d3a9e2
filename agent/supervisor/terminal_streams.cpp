#include "agent/supervisor/terminal_streams.h"

#include <fmt/format.h>

namespace fb::agent {

namespace {

    constexpr size_t kMaxTerminals = 20; // sessions per node, session-manager 3.1
    constexpr uint64_t kInputWindow = 64 * 1024;
    constexpr size_t kMaxTerminalToken = 128;
    constexpr uint64_t kAhead
        = 16 * 1024; // read from the worker beyond the stream's credit, to go out with the next grant

    bool isSessionId(std::string_view id) // it becomes a folder's name: an allow-list (N01)
    {
        if (id.empty() || id.size() > 96 || id.front() == '.')
            return false;
        return std::all_of(id.begin(), id.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                || std::string_view(".@_=+,-").find(c) != std::string_view::npos;
        });
    }

}

void TerminalStreams::start()
{
    for (const TerminalState &state : m_host.findTerminals()) {
        Terminal &terminal = m_terminals[state.token];
        terminal.state = state;
        terminal.started = true;
        terminal.acknowledged = state.firstKept;
        terminal.inputTaken = state.received;
    }
}

void TerminalStreams::linkUp(protocol::Link &link) { m_link = &link; }

void TerminalStreams::linkDown()
{
    m_link = nullptr;
    m_byStream.clear();
    for (auto &[token, terminal] : m_terminals) {
        terminal.stream = 0;
        terminal.finSent = false;
        terminal.waiting.clear(); // the worker keeps it until it is acknowledged
    }
}

void TerminalStreams::fill(wire::Hello &hello) const
{
    for (const auto &[token, terminal] : m_terminals) {
        if (!terminal.started)
            continue;
        wire::StreamState &stream = *hello.add_streams();
        stream.set_token(token);
        stream.set_kind(static_cast<uint32_t>(protocol::StreamKind::Pty));
        stream.set_first_kept(terminal.state.firstKept);
        stream.set_next_offset(terminal.state.nextOffset);
        stream.set_received(terminal.state.received);
        stream.set_session_id(terminal.state.sessionId);
    }
}

// ---- From the engine ---------------------------------------------------------------------------------------------

void TerminalStreams::openReceived(const protocol::StreamOpenReceived &received)
{
    const wire::Open &open = received.open;
    const std::string token = open.token();
    if (token.empty() || token.size() > kMaxTerminalToken)
        return m_link->refuse(received.stream, "denied", "a terminal needs a token of 1 to 128 bytes");
    auto it = m_terminals.find(token);
    if (it == m_terminals.end()) {
        if (received.resumed)
            return m_link->refuse(received.stream, "not-found", "this session no longer exists on the node");
        if (!isSessionId(open.pty().session_id()))
            return m_link->refuse(received.stream, "denied",
                                  "the session id has characters that are not allowed");
        if (m_terminals.size() >= kMaxTerminals)
            return m_link->refuse(received.stream, "busy",
                                  fmt::format("{} sessions are open on this node", m_terminals.size()));
        it = m_terminals.emplace(token, Terminal()).first;
        it->second.state.token = token;
        it->second.state.sessionId = open.pty().session_id();
        it->second.reportsEcho = open.pty().report_echo();
        m_host.startTerminal(token, open.pty());
    }
    Terminal &terminal = it->second;
    if (terminal.stream) {
        m_link->reset(terminal.stream, "taken-over", "another client has resumed this session");
        detach(terminal);
    }
    terminal.stream = received.stream;
    terminal.wantedFrom = open.receive_from();
    m_byStream.emplace(received.stream, token);
    if (terminal.started)
        attach(token, terminal);
}

void TerminalStreams::attach(const std::string &token, Terminal &terminal)
{
    if (terminal.wantedFrom < terminal.state.firstKept || terminal.wantedFrom > terminal.state.nextOffset) {
        m_link->refuse(terminal.stream, "failed",
                       fmt::format("output from offset {} is asked for; kept are {} to {}",
                                   terminal.wantedFrom, terminal.state.firstKept, terminal.state.nextOffset));
        return detach(terminal);
    }
    m_link->accept(terminal.stream, kInputWindow, terminal.state.received, terminal.state.note);
    terminal.waiting.clear();
    terminal.errors = {};
    terminal.finSent = false;
    terminal.receivedUpTo = terminal.wantedFrom;
    const uint64_t room = m_link->writable(terminal.stream) + kAhead;
    terminal.grantedUpTo = terminal.wantedFrom + room;
    m_host.terminalSendFrom(token, terminal.wantedFrom, room);
    finishIfDone(token);
}

TerminalStreams::Terminal *TerminalStreams::at(protocol::StreamNumber stream)
{
    const auto it = m_byStream.find(stream);
    return it == m_byStream.end() ? nullptr : &m_terminals.at(it->second);
}

void TerminalStreams::dataReceived(protocol::StreamNumber stream, uint64_t offset, std::string_view bytes)
{
    if (Terminal *terminal = at(stream)) {
        terminal->state.received = offset + bytes.size();
        m_host.terminalInput(terminal->state.token, offset, bytes);
    }
}

void TerminalStreams::acknowledged(protocol::StreamNumber stream, uint64_t offset)
{
    Terminal *terminal = at(stream);
    if (!terminal || offset > terminal->state.nextOffset || offset <= terminal->acknowledged)
        return;
    terminal->acknowledged = offset;
    terminal->state.firstKept = offset;
    m_host.terminalAcknowledge(terminal->state.token, offset);
    finishIfDone(std::string(terminal->state.token));
}

void TerminalStreams::resized(protocol::StreamNumber stream, uint32_t columns, uint32_t rows)
{
    if (Terminal *terminal = at(stream))
        m_host.terminalResize(terminal->state.token, columns, rows);
}

void TerminalStreams::signalled(protocol::StreamNumber stream, int number)
{
    if (Terminal *terminal = at(stream))
        m_host.terminalSignal(terminal->state.token, number);
}

void TerminalStreams::finished(protocol::StreamNumber stream, const wire::Fin &fin)
{
    if (Terminal *terminal = at(stream))
        m_host.terminalEnd(terminal->state.token, fin.reason().empty() ? "terminated" : fin.reason());
}

void TerminalStreams::reset(protocol::StreamNumber stream, const std::string &code)
{
    Terminal *terminal = at(stream);
    if (!terminal)
        return;
    const std::string token = terminal->state.token;
    detach(*terminal);
    giveUp(token, code.empty() ? "terminated" : code);
    m_terminals.erase(token);
}

void TerminalStreams::endAll(std::string_view reason)
{
    for (const auto &[token, terminal] : m_terminals)
        giveUp(token, reason);
    m_terminals.clear();
    m_byStream.clear();
}

void TerminalStreams::giveUp(const std::string &token, std::string_view reason)
{
    m_host.terminalEnd(token, reason);
    m_host.terminalDiscard(token); // nobody takes its last bytes
}

void TerminalStreams::detach(Terminal &terminal)
{
    m_byStream.erase(terminal.stream);
    terminal.stream = 0;
    terminal.waiting.clear();
}

// ---- From the workers --------------------------------------------------------------------------------------------

void TerminalStreams::terminalStarted(const TerminalState &state)
{
    const auto it = m_terminals.find(state.token);
    if (it == m_terminals.end())
        return;
    it->second.state = state;
    it->second.started = true;
    if (it->second.stream)
        attach(state.token, it->second);
}

void TerminalStreams::terminalFailed(const std::string &token, const Error &error)
{
    const auto it = m_terminals.find(token);
    if (it == m_terminals.end())
        return;
    if (it->second.stream && m_link) {
        m_link->refuse(it->second.stream, "failed", error.message);
        detach(it->second);
    }
    m_terminals.erase(it);
}

void TerminalStreams::terminalOutput(const std::string &token, uint64_t offset, std::string_view bytes,
                                     bool isError)
{
    const auto it = m_terminals.find(token);
    if (it == m_terminals.end())
        return;
    Terminal &terminal = it->second;
    terminal.state.nextOffset = std::max(terminal.state.nextOffset, offset + bytes.size());
    if (!terminal.stream || !m_link)
        return; // sent again when the stream is resumed
    // What was on its way for an earlier attachment may overlap; a gap means that it is stale.
    if (offset > terminal.receivedUpTo || offset + bytes.size() <= terminal.receivedUpTo)
        return;
    bytes.remove_prefix(static_cast<size_t>(terminal.receivedUpTo - offset));
    if (isError)
        terminal.errors.add(terminal.receivedUpTo, terminal.receivedUpTo + bytes.size());
    terminal.receivedUpTo += bytes.size();
    terminal.waiting.append(bytes);
    flush(token, terminal);
}

void TerminalStreams::writeWaiting(Terminal &terminal)
{
    size_t written = 0;
    while (written < terminal.waiting.size()) {
        const uint64_t at = terminal.receivedUpTo - (terminal.waiting.size() - written);
        const protocol::OffsetRuns::Stretch alike = terminal.errors.at(at, terminal.receivedUpTo);
        const std::string_view piece(terminal.waiting.data() + written, static_cast<size_t>(alike.size));
        const size_t taken = m_link->write(terminal.stream, piece, alike.isMarked);
        written += taken;
        if (taken < piece.size())
            break;
    }
    terminal.waiting.erase(0, written);
    terminal.errors.dropBelow(terminal.receivedUpTo - terminal.waiting.size());
}

void TerminalStreams::flush(const std::string &token, Terminal &terminal)
{
    writeWaiting(terminal);
    finishIfDone(token);
}

void TerminalStreams::passCredit()
{
    for (auto &[token, terminal] : m_terminals) {
        if (!terminal.stream || !terminal.started
            || (terminal.ended && terminal.receivedUpTo >= terminal.finalOffset))
            continue;
        writeWaiting(terminal);
        // What the worker was allowed, beyond what the link could still take, must never exceed kAhead.
        const uint64_t onTheWay
            = terminal.grantedUpTo - std::min(terminal.grantedUpTo, terminal.receivedUpTo);
        const uint64_t allowed = m_link->writable(terminal.stream) + kAhead;
        const uint64_t used = onTheWay + terminal.waiting.size();
        if (allowed > used && allowed - used >= kAhead / 2) {
            terminal.grantedUpTo += allowed - used;
            m_host.terminalGrant(token, allowed - used);
        }
    }
    std::vector<std::string> ended;
    for (auto &[token, terminal] : m_terminals)
        if (terminal.stream && terminal.ended && !terminal.finSent)
            ended.push_back(token);
    for (const std::string &token : ended)
        flush(token, m_terminals.at(token));
}

void TerminalStreams::inputTaken(const std::string &token, uint64_t bytes, bool echo)
{
    const auto it = m_terminals.find(token);
    if (it == m_terminals.end())
        return;
    Terminal &terminal = it->second;
    terminal.inputTaken = std::min(terminal.inputTaken + bytes, terminal.state.received);
    if (!terminal.stream || !m_link)
        return;
    m_link->grant(terminal.stream, bytes);
    if (terminal.reportsEcho)
        m_link->inputGiven(terminal.stream, terminal.inputTaken, echo);
}

void TerminalStreams::terminalEnded(const std::string &token, uint64_t finalOffset, int exitCode,
                                    const std::string &reason)
{
    const auto it = m_terminals.find(token);
    if (it == m_terminals.end())
        return;
    Terminal &terminal = it->second;
    terminal.ended = true;
    terminal.finalOffset = finalOffset;
    terminal.exitCode = exitCode;
    terminal.reason = reason;
    finishIfDone(token);
}

void TerminalStreams::finishIfDone(const std::string &token)
{
    const auto it = m_terminals.find(token);
    if (it == m_terminals.end() || !it->second.ended || !it->second.stream || !m_link)
        return;
    Terminal &terminal = it->second;
    if (!terminal.finSent && terminal.waiting.empty() && terminal.receivedUpTo >= terminal.finalOffset) {
        wire::Fin fin;
        fin.set_final_offset(terminal.finalOffset);
        fin.set_exit_code(terminal.exitCode);
        fin.set_reason(terminal.reason);
        m_link->finish(terminal.stream, fin);
        terminal.finSent = true;
    }
    if (terminal.finSent && terminal.acknowledged >= terminal.finalOffset) {
        m_byStream.erase(terminal.stream);
        m_host.terminalDiscard(token);
        m_terminals.erase(it);
    }
}

}
