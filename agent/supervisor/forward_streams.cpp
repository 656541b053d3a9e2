#include "agent/supervisor/forward_streams.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace fb::agent {

using namespace protocol;

namespace {

    constexpr size_t kMaxSessions = 20; // per node, session-manager 3.1
    constexpr size_t kMaxConnections = 200; // of the link's 256 streams: room for shells and orders
    constexpr size_t kMaxTokenBytes = 128;
    constexpr size_t kMaxHostBytes = 253;
    constexpr int kMaxDenied = 100;
    constexpr uint64_t kLeastAllowed = 4 * 1024; // no reading for a few bytes of credit

}

ForwardStreams::~ForwardStreams()
{
    if (m_host)
        m_host->setEvents(nullptr);
}

void ForwardStreams::setHost(ForwardHost *host)
{
    m_host = host;
    if (m_host)
        m_host->setEvents(this);
}

void ForwardStreams::linkDown()
{
    m_link = nullptr;
    for (const auto &[stream, connection] : m_connections)
        m_host->close(connection.number, false);
    m_connections.clear();
    m_byNumber.clear();
    m_sessions.clear();
    m_bySessionStream.clear();
}

// ---- From the engine ---------------------------------------------------------------------------------------------

void ForwardStreams::openReceived(const StreamOpenReceived &received, size_t terminals)
{
    if (!m_host)
        return m_link->refuse(received.stream, "unknown-kind", "this agent forwards no ports");
    if (received.open.forward().is_session())
        openSession(received, terminals);
    else
        openConnection(received);
}

void ForwardStreams::openSession(const StreamOpenReceived &received, size_t terminals)
{
    const wire::ForwardParams &wanted = received.open.forward();
    const std::string token = wanted.session();
    if (token.empty() || token.size() > kMaxTokenBytes)
        return m_link->refuse(received.stream, "denied", "a session needs a token of 1 to 128 bytes");
    if (m_sessions.contains(token))
        return m_link->refuse(received.stream, "busy", "this session is open already");
    if (m_sessions.size() + terminals >= kMaxSessions)
        return m_link->refuse(
            received.stream, "busy",
            fmt::format("{} sessions are open on this node", m_sessions.size() + terminals));
    Session &session = m_sessions[token];
    session.stream = received.stream;
    session.idleTimeout = std::chrono::seconds(wanted.idle_timeout_s());
    session.lastBytes
        = m_clock.tick() - std::chrono::seconds(std::min(wanted.idle_for_s(), wanted.idle_timeout_s()));
    if (wanted.ends_in_s() > 0)
        session.endsAt = m_clock.tick() + std::chrono::seconds(wanted.ends_in_s());
    m_bySessionStream.emplace(received.stream, token);
    m_link->accept(received.stream, 0, 0);
}

void ForwardStreams::openConnection(const StreamOpenReceived &received)
{
    const wire::ForwardParams &wanted = received.open.forward();
    if (!m_sessions.contains(wanted.session()))
        return m_link->refuse(received.stream, "not-found", "the session is not open on this node");
    if (wanted.port() < 1 || wanted.port() > 65535 || wanted.host().size() > kMaxHostBytes
        || wanted.host().find('\0') != std::string::npos || wanted.denied_size() > kMaxDenied)
        return m_link->refuse(received.stream, "denied", "the target is no host and port");
    if (m_connections.size() >= kMaxConnections)
        return m_link->refuse(received.stream, "busy",
                              fmt::format("{} connections are open on this node; at most {} are served",
                                          m_connections.size(), kMaxConnections));
    Connection &connection = m_connections[received.stream];
    connection.number = m_nextNumber++;
    connection.session = wanted.session();
    m_byNumber.emplace(connection.number, received.stream);
    touch(connection);
    m_host->connect(connection.number,
                    {.host = wanted.host(),
                     .port = static_cast<uint16_t>(wanted.port()),
                     .denied = {wanted.denied().begin(), wanted.denied().end()}});
}

void ForwardStreams::dataReceived(StreamNumber stream, std::string_view bytes)
{
    const auto found = m_connections.find(stream);
    if (found == m_connections.end())
        return;
    touch(found->second);
    m_host->write(found->second.number, bytes);
}

void ForwardStreams::finished(StreamNumber stream, const wire::Fin &fin)
{
    if (const auto session = m_bySessionStream.find(stream); session != m_bySessionStream.end())
        return endSession(std::string(session->second), fin.reason().empty() ? "terminated" : fin.reason());
    const auto found = m_connections.find(stream);
    if (found == m_connections.end())
        return;
    found->second.endIn = true;
    m_host->finish(found->second.number);
    flush(stream, found->second);
}

void ForwardStreams::reset(StreamNumber stream)
{
    if (const auto session = m_bySessionStream.find(stream); session != m_bySessionStream.end()) {
        const std::string token = session->second;
        m_bySessionStream.erase(session);
        m_sessions.erase(token);
        return dropConnections(token, "terminated", "the session has ended");
    }
    if (const auto found = m_connections.find(stream); found != m_connections.end()) {
        m_host->close(found->second.number, false);
        forget(stream);
    }
}

void ForwardStreams::endSession(const std::string &token, const std::string &reason)
{
    const auto found = m_sessions.find(token);
    if (found == m_sessions.end())
        return;
    const StreamNumber stream = found->second.stream;
    m_bySessionStream.erase(stream);
    m_sessions.erase(found);
    dropConnections(token, "terminated", "the session has ended: " + reason);
    wire::Fin fin;
    fin.set_reason(reason);
    m_link->finish(stream, fin);
}

void ForwardStreams::dropConnections(const std::string &session, std::string_view code,
                                     const std::string &text)
{
    std::vector<StreamNumber> streams;
    for (const auto &[stream, connection] : m_connections)
        if (connection.session == session)
            streams.push_back(stream);
    for (const StreamNumber stream : streams) {
        const Connection &connection = m_connections.at(stream);
        m_host->close(connection.number, false);
        if (connection.connected)
            m_link->reset(stream, code, text);
        else
            m_link->refuse(stream, code, text);
        forget(stream);
    }
}

void ForwardStreams::forget(StreamNumber stream)
{
    const auto found = m_connections.find(stream);
    m_byNumber.erase(found->second.number);
    m_connections.erase(found);
}

void ForwardStreams::touch(const Connection &connection)
{
    if (const auto session = m_sessions.find(connection.session); session != m_sessions.end())
        session->second.lastBytes = m_clock.tick();
}

// ---- From the network --------------------------------------------------------------------------------------------

std::optional<StreamNumber> ForwardStreams::streamOf(ForwardNumber number) const
{
    const auto found = m_byNumber.find(number);
    return found == m_byNumber.end() || !m_link ? std::nullopt : std::optional(found->second);
}

void ForwardStreams::forwardConnected(ForwardNumber number, const std::string &address)
{
    const auto stream = streamOf(number);
    if (!stream)
        return;
    m_connections.at(*stream).connected = true;
    m_link->accept(*stream, ForwardWindow::kFirst, 0, address);
    passCredit();
}

void ForwardStreams::forwardFailed(ForwardNumber number, std::string_view code, const std::string &text)
{
    const auto stream = streamOf(number);
    if (!stream)
        return;
    m_link->refuse(*stream, code, text);
    forget(*stream);
}

void ForwardStreams::forwardReceived(ForwardNumber number, std::string_view bytes)
{
    const auto stream = streamOf(number);
    if (!stream)
        return;
    Connection &connection = m_connections.at(*stream);
    touch(connection);
    connection.allowed -= std::min<uint64_t>(connection.allowed, bytes.size());
    if (connection.waiting.empty())
        bytes.remove_prefix(m_link->write(*stream, bytes));
    connection.waiting.append(bytes);
}

void ForwardStreams::forwardTaken(ForwardNumber number, uint64_t bytes)
{
    if (const auto stream = streamOf(number))
        m_link->grant(*stream, m_connections.at(*stream).window.passed(bytes));
}

void ForwardStreams::forwardEnded(ForwardNumber number)
{
    const auto stream = streamOf(number);
    if (!stream)
        return;
    Connection &connection = m_connections.at(*stream);
    connection.endOut = true;
    flush(*stream, connection);
}

void ForwardStreams::forwardBroken(ForwardNumber number, const std::string &text)
{
    const auto stream = streamOf(number);
    if (!stream)
        return;
    m_link->reset(*stream, "reset", text);
    forget(*stream);
}

void ForwardStreams::flush(StreamNumber stream, Connection &connection)
{
    if (!connection.waiting.empty())
        connection.waiting.erase(0, m_link->write(stream, connection.waiting));
    if (connection.endOut && !connection.finSent && connection.waiting.empty()) {
        connection.finSent = true;
        m_link->finish(stream);
    }
    if (connection.finSent && connection.endIn) { // both halves: what was written still goes out
        m_host->close(connection.number, true);
        forget(stream);
    }
}

void ForwardStreams::passCredit()
{
    if (!m_link)
        return;
    std::vector<StreamNumber> waiting; // flush() may forget one
    for (auto &[stream, connection] : m_connections) {
        if (!connection.connected)
            continue;
        if (!connection.waiting.empty())
            waiting.push_back(stream);
        if (connection.endOut)
            continue;
        const uint64_t most = m_link->writable(stream);
        const uint64_t used = connection.waiting.size() + connection.allowed;
        if (most > used && most - used >= kLeastAllowed) {
            connection.allowed += most - used;
            m_host->allow(connection.number, most - used);
        }
    }
    for (const StreamNumber stream : waiting)
        flush(stream, m_connections.at(stream));
}

// ---- Time --------------------------------------------------------------------------------------------------------

Tick ForwardStreams::deadlineOf(const Session &session) const
{
    const Tick idle = session.idleTimeout.count() > 0 ? session.lastBytes + session.idleTimeout : Tick::max();
    return std::min(idle, session.endsAt.value_or(Tick::max()));
}

Tick ForwardStreams::nextDeadline() const
{
    Tick next = Tick::max();
    for (const auto &[token, session] : m_sessions)
        next = std::min(next, deadlineOf(session));
    return next;
}

void ForwardStreams::onTime()
{
    const Tick now = m_clock.tick();
    std::vector<std::pair<std::string, std::string>> over;
    for (const auto &[token, session] : m_sessions) {
        if (deadlineOf(session) <= now)
            over.emplace_back(token, session.endsAt && *session.endsAt <= now ? "maximum duration" : "idle");
    }
    for (const auto &[token, reason] : over)
        endSession(token, reason);
}

}
