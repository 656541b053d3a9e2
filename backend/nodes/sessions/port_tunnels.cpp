#include "backend/nodes/sessions/port_tunnels.h"

#include "backend/base/fail.h"
#include "backend/nodes/sessions/local_port.h"

#include <QPointer>

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <unistd.h>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr std::chrono::milliseconds kTellAfter {500};
    constexpr int kAcceptsInATurn = 16;
    constexpr std::chrono::milliseconds kRestFromAccepting {200};

    // Ended by the session's own times or with its node: what is kept open begins again. Ended by somebody: it does not.
    bool mayBeginAgain(const Session &session) { return !session.details.startsWith(u"terminated by "_s); }
}

class PortTunnels::Entry final : private SessionClient
{
public:
    Entry(PortTunnels &tunnels, Principal owner, LocalListener listener)
        : owner(std::move(owner)),
          listener(listener),
          notifier(listener.socket, QSocketNotifier::Read),
          m_tunnels(tunnels)
    {
    }
    ~Entry()
    {
        notifier.setEnabled(false);
        connections.clear();
        release();
        ::close(listener.socket);
    }
    SessionClient *client() { return this; }
    void release()
    {
        if (std::exchange(isAttached, false))
            m_tunnels.m_sessions.detach(tunnel.session, this);
    }

    Tunnel tunnel;
    const Principal owner;
    const LocalListener listener;
    QSocketNotifier notifier;
    bool isAttached = false;
    std::map<quint64, std::unique_ptr<PortConnection>> connections;

private:
    void sessionOutput(const QByteArray &) override { }
    void sessionChanged(const Session &session) override { m_tunnels.sessionNews(*this, session); }
    void sessionInputWritable() override { }
    void sessionTakenOver() override { isAttached = false; }

    PortTunnels &m_tunnels;
};

PortTunnels::PortTunnels(SessionService &sessions, Database &database, const Clock &clock, QObject *parent)
    : QObject(parent),
      m_sessions(sessions),
      m_database(database),
      m_clock(clock)
{
    m_tell.setSingleShot(true);
    m_tell.setInterval(kTellAfter);
    m_tell.callOnTimeout(this, &PortTunnels::tell);
}

PortTunnels::~PortTunnels() { m_entries.clear(); }

// ---- Opening and closing -------------------------------------------------------------------------------------------

Result<quint64> PortTunnels::open(const Principal &who, const TunnelRequest &request)
{
    if (request.port < 1 || request.port > 65535)
        return fail(errors::kValidation, u"portNumber is %1; it must be 1 to 65535."_s.arg(request.port),
                    u"portNumber"_s);
    if (request.localPort < 0 || request.localPort > 65535)
        return fail(errors::kValidation,
                    u"localPortNumber is %1; it must be 0 to 65535."_s.arg(request.localPort),
                    u"localPortNumber"_s);
    if (request.name.size() > 128)
        return fail(errors::kValidation, u"Name has more than 128 characters."_s, u"Name"_s);
    const auto listener = listenOnLocalPort(static_cast<quint16>(request.localPort));
    if (!listener)
        return listener.error();
    auto entry = std::make_unique<Entry>(*this, who, *listener);
    entry->tunnel.number = ++m_lastNumber;
    entry->tunnel.request = request;
    entry->tunnel.localPort = listener->port;
    entry->tunnel.openedAt = m_clock.now();
    Entry *raw = entry.get();
    if (auto begun = begin(*raw); !begun)
        return begun.error();
    connect(&raw->notifier, &QSocketNotifier::activated, this, [this, raw] { accept(*raw); });
    m_entries.emplace(raw->tunnel.number, std::move(entry));
    touch();
    return raw->tunnel.number;
}

Result<void> PortTunnels::begin(Entry &entry)
{
    const TunnelRequest &wanted = entry.tunnel.request;
    StartSessionRequest start;
    start.target = toQString(wanted.node);
    start.reason = wanted.reason;
    start.documentName = wanted.host.isEmpty() ? u"AWS-StartPortForwardingSession"_s
                                               : u"AWS-StartPortForwardingSessionToRemoteHost"_s;
    start.parameters = {{u"portNumber"_s, {QString::number(wanted.port)}},
                        {u"localPortNumber"_s, {QString::number(entry.tunnel.localPort)}}};
    if (!wanted.host.isEmpty())
        start.parameters.insert(u"host"_s, {wanted.host});
    const auto session = m_sessions.startSession(entry.owner, start);
    if (!session)
        return session.error();
    entry.release();
    entry.tunnel.session = *session;
    entry.tunnel.state = TunnelState::Opening;
    entry.tunnel.cause.clear();
    entry.isAttached = true; // what is told while attaching is heard
    if (auto attached = m_sessions.attach(entry.owner, *session, entry.client(), 80, 24); !attached) {
        entry.isAttached = false;
        (void)m_sessions.terminateSession(entry.owner, *session);
        return attached.error();
    }
    m_database.whenCommitted(
        [self = QPointer(this), number = entry.tunnel.number, id = *session](const Result<void> &committed) {
            if (!self || committed)
                return;
            const auto found = self->m_entries.find(number);
            if (found != self->m_entries.end() && found->second->tunnel.session == id)
                self->remove(number, toQString(committed.error().message));
        });
    return {};
}

Result<void> PortTunnels::close(const Principal &who, quint64 number)
{
    const auto found = m_entries.find(number);
    if (found == m_entries.end())
        return fail(errors::kDoesNotExist, u"There is no such tunnel; it may have ended."_s);
    const Entry &entry = *found->second;
    if (who.name != entry.owner.name && who.role != Role::Administrator)
        return accessDenied(who, actions::kTerminateSession,
                            {.resource = u"tunnel %1"_s.arg(entry.tunnel.localPort)});
    const SessionId session = entry.tunnel.session;
    const bool hasSession = entry.isAttached;
    const QString cause = u"terminated by %1"_s.arg(who.name);
    remove(number, cause);
    if (hasSession) {
        if (auto ended = m_sessions.terminateSession(who, session); !ended)
            return ended.error();
    }
    return {};
}

void PortTunnels::remove(quint64 number, const QString &cause)
{
    const auto found = m_entries.find(number);
    if (found == m_entries.end())
        return;
    // We may be in a call of its own.
    std::shared_ptr<Entry> entry(std::move(found->second));
    m_entries.erase(found);
    entry->notifier.setEnabled(false);
    cutAll(*entry, cause);
    entry->tunnel.state = TunnelState::Closed;
    entry->tunnel.cause = cause;
    entry->tunnel.connections.clear();
    m_closed.append(entry->tunnel);
    entry->release();
    QMetaObject::invokeMethod(
        this, [entry]() mutable { entry.reset(); }, Qt::QueuedConnection);
    touch();
}

// ---- Its session ---------------------------------------------------------------------------------------------------

void PortTunnels::sessionNews(Entry &entry, const Session &session)
{
    if (session.sessionId != entry.tunnel.session)
        return;
    switch (session.status) {
    case SessionStatus::Connected:
        entry.tunnel.state = TunnelState::Open;
        entry.tunnel.cause.clear();
        serveWaiting(entry);
        break;
    case SessionStatus::Disconnected:
        entry.tunnel.state = TunnelState::Away;
        entry.tunnel.cause = u"the link to the node is lost"_s;
        cutAll(entry, entry.tunnel.cause);
        break;
    case SessionStatus::Terminated:
    case SessionStatus::Failed: {
        entry.isAttached = false; // it hears no more
        if (!entry.tunnel.request.keepOpen || !mayBeginAgain(session))
            return remove(entry.tunnel.number, session.details);
        entry.tunnel.state = TunnelState::Resting;
        entry.tunnel.cause = session.details;
        cutAll(entry, session.details);
        break;
    }
    default:
        break;
    }
    touch();
}

void PortTunnels::serveWaiting(Entry &entry)
{
    for (auto &[number, connection] : entry.connections) {
        if (!connection->hasBegun())
            connection->begin(m_sessions.ports(),
                              [this, id = entry.tunnel.session](PortStreamClient *client) {
                                  return m_sessions.openPort(id, client);
                              });
    }
}

// ---- Its connections -----------------------------------------------------------------------------------------------

// Who waits for a connection stays ready to be read: without descriptors that would be a turn without end.
void PortTunnels::restFromAccepting(Entry &entry, int cause)
{
    entry.tunnel.lastRefusal
        = u"A connection was not taken: %1."_s.arg(QString::fromLocal8Bit(std::strerror(cause)));
    entry.notifier.setEnabled(false);
    QTimer::singleShot(kRestFromAccepting, &entry.notifier,
                       [notifier = &entry.notifier] { notifier->setEnabled(true); });
    touch();
}

void PortTunnels::accept(Entry &entry)
{
    for (int i = 0; i < kAcceptsInATurn; ++i) {
        sockaddr_in from {};
        socklen_t size = sizeof from;
        const int socket = ::accept4(entry.listener.socket, reinterpret_cast<sockaddr *>(&from), &size,
                                     SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (socket < 0) {
            if (errno != EAGAIN && errno != EINTR && errno != ECONNABORTED)
                restFromAccepting(entry, errno);
            break;
        }
        if (entry.tunnel.state == TunnelState::Resting) {
            if (auto begun = begin(entry); !begun)
                entry.tunnel.cause = toQString(begun.error().message);
        }
        const bool isTaken
            = (entry.tunnel.state == TunnelState::Open || entry.tunnel.state == TunnelState::Opening)
            && entry.connections.size() < static_cast<size_t>(kMostConnections);
        if (!isTaken) {
            ::close(socket);
            continue;
        }
        char text[INET_ADDRSTRLEN] = {};
        ::inet_ntop(AF_INET, &from.sin_addr, text, sizeof text);
        const quint64 number = ++m_lastConnection;
        ++entry.tunnel.connectionsSoFar;
        const auto added = entry.connections.emplace(
            number,
            std::make_unique<PortConnection>(
                socket, u"%1:%2"_s.arg(QString::fromLatin1(text)).arg(ntohs(from.sin_port)), m_clock.now(),
                nullptr));
        PortConnection *connection = added.first->second.get();
        connect(connection, &PortConnection::ended, this,
                [this, tunnel = entry.tunnel.number, number](const QString &cause) {
                    const auto found = m_entries.find(tunnel);
                    if (found == m_entries.end())
                        return;
                    Entry &owner = *found->second;
                    const auto over = owner.connections.find(number);
                    if (over == owner.connections.end())
                        return;
                    if (!cause.isEmpty() && !over->second->isConnected())
                        owner.tunnel.lastRefusal = cause;
                    owner.tunnel.toNode += over->second->toNode();
                    owner.tunnel.fromNode += over->second->fromNode();
                    over->second.release()->deleteLater(); // we are in its signal
                    owner.connections.erase(over);
                    touch();
                });
    }
    if (entry.tunnel.state == TunnelState::Open)
        serveWaiting(entry);
    touch();
}

void PortTunnels::cutAll(Entry &entry, const QString &cause)
{
    for (auto &[number, connection] : entry.connections)
        connection->abort(cause);
}

// ---- What is shown -------------------------------------------------------------------------------------------------

std::optional<Tunnel> PortTunnels::tunnel(quint64 number) const
{
    const auto found = m_entries.find(number);
    if (found == m_entries.end())
        return std::nullopt;
    Tunnel shown = found->second->tunnel;
    for (const auto &[id, connection] : found->second->connections) {
        shown.connections.append({.number = id,
                                  .peer = connection->peer(),
                                  .openedAt = connection->openedAt(),
                                  .isConnected = connection->isConnected(),
                                  .toNode = connection->toNode(),
                                  .fromNode = connection->fromNode()});
        shown.toNode += connection->toNode();
        shown.fromNode += connection->fromNode();
    }
    return shown;
}

QList<Tunnel> PortTunnels::tunnels() const
{
    QList<Tunnel> all;
    for (const auto &[number, entry] : m_entries)
        all.append(*tunnel(number));
    return all;
}

void PortTunnels::touch()
{
    if (!m_tell.isActive())
        m_tell.start();
}

void PortTunnels::tell()
{
    QList<Tunnel> all = tunnels();
    all += std::exchange(m_closed, {});
    emit tunnelsChanged(all);
    // While connections are open their bytes are told too.
    for (const auto &[number, entry] : m_entries) {
        if (!entry->connections.empty())
            return touch();
    }
}

}
