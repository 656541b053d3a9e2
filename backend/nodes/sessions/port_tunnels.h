#pragma once
// Tunnels whose local end is in this process: a port of loopback each, which begins port sessions as their client
// (spec/session-manager.md 3.5, 5). Engine thread.
//
//     const auto number = tunnels.open(who, {.node = node, .host = u"db.lan"_s, .port = 5432});
//     tunnels.tunnel(*number)->localPort   // connect there
//     tunnels.close(who, *number);         // ends its session

#include "backend/nodes/sessions/port_connection.h"
#include "backend/nodes/sessions/port_tunnel.h"
#include "backend/nodes/sessions/session_service.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <memory>

namespace fb {

class PortTunnels : public QObject
{
    Q_OBJECT

public:
    static constexpr int kMostConnections = 200; // of one tunnel; further ones are turned away

    PortTunnels(SessionService &sessions, Database &database, const Clock &clock, QObject *parent = nullptr);
    ~PortTunnels() override; // ends their sessions as far as the service still runs

    // It listens when this returns, and its session is begun. What StartSession refuses, ValidationException for a port that is none, and
    // ServiceUnavailable naming who has the local port (then no session was begun).
    Result<quint64> open(const Principal &who, const TunnelRequest &request);
    Result<void> close(const Principal &who, quint64 number); // DoesNotExistException
    QList<Tunnel> tunnels() const; // in the order they were opened; closed ones are gone
    std::optional<Tunnel> tunnel(quint64 number) const;

signals:
    // Something of them, or bytes have passed: at most twice a second. Closed ones stand in it once, at the end.
    void tunnelsChanged(const QList<fb::Tunnel> &tunnels);

private:
    class Entry; // one tunnel, and the client of its session
    Result<void> begin(Entry &entry); // a session for it
    void accept(Entry &entry);
    void restFromAccepting(Entry &entry, int cause);
    void sessionNews(Entry &entry, const Session &session);
    void serveWaiting(Entry &entry);
    void cutAll(Entry &entry, const QString &cause);
    void remove(quint64 number, const QString &cause);
    void touch();
    void tell();

    SessionService &m_sessions;
    Database &m_database;
    const Clock &m_clock;
    std::map<quint64, std::unique_ptr<Entry>> m_entries;
    QList<Tunnel> m_closed; // not told yet
    QTimer m_tell;
    quint64 m_lastNumber = 0;
    quint64 m_lastConnection = 0;
};

}
