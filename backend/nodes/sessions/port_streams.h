#pragma once
// The connections of port sessions (spec/session-manager.md 3.5): each is a forward-tcp stream of its own, with its own window, so that a slow one
// holds up no other; each is audited when it opens and when it ends. Part of SessionService. Engine thread.

#include "backend/nodes/sessions/session_sources.h"
#include "backend/protocol/forward_window.h"
#include "backend/security/audit_log.h"

#include <QHash>

#include <functional>

namespace fb {

struct PortTarget {
    QString host; // resolved on the node; empty: its loopback
    quint16 port = 0;
    quint16 localPort = 0; // where the client is to listen; 0: any free one
    bool isRaw = false; // ssh: one stream, no listener
    bool operator==(const PortTarget &) const = default;

    QString text() const; // "localhost:8080", "db.lan:5432", "[fd00::1]:22"
};

// The client's end of one connection. Calls come later than the calls they answer; after portRefused(), portReset() and both ends nothing more
// comes.
class PortStreamClient
{
public:
    virtual void portOpened() = 0; // the node is connected to the target
    virtual void portRefused(const Error &why) = 0; // this connection only: the session stays
    virtual void portReceived(const QByteArray &bytes) = 0; // answer with consumed() once they are passed on
    virtual void portFinished() = 0; // the target sends no more
    virtual void portWritable() = 0; // after write() had taken nothing
    virtual void portReset(const QString &cause) = 0; // broken in the middle

protected:
    ~PortStreamClient() = default;
};

class PortStreams
{
public:
    struct Session { // whose connection it is
        SessionId id;
        NodeId node;
        QString token;
        Principal who; // started it
        PortTarget target;
        QStringList denied; // the setting, beyond what agents refuse by themselves
    };
    // `moved`: payload of a session has passed, to the node or from it.
    using Moved = std::function<void(const SessionId &session, qint64 toNode, qint64 fromNode)>;

    PortStreams(SessionChannel &channel, AuditLog &audit, const FleetIdentity &fleet, Moved moved)
        : m_channel(channel),
          m_audit(audit),
          m_fleet(fleet),
          m_moved(std::move(moved))
    {
    }

    Result<SessionStream> open(const Session &session, PortStreamClient *client);
    bool write(SessionStream stream,
               const QByteArray &bytes); // false: nothing was taken, until portWritable()
    void finish(SessionStream stream); // no more will be written
    void consumed(SessionStream stream, qint64 bytes); // of portReceived()
    void close(SessionStream stream); // the client is gone; it hears no more
    void endAll(const SessionId &session, const QString &cause); // they are reset, and their clients told

    bool owns(SessionStream stream) const { return m_streams.contains(stream); }
    void opened(SessionStream stream, const wire::Opened &opened);
    void refused(SessionStream stream, const QString &code, const QString &text);
    void received(SessionStream stream, const QByteArray &bytes);
    void writable(SessionStream stream);
    void finished(SessionStream stream);
    void reset(SessionStream stream, const QString &text);

private:
    struct Stream {
        Session session;
        PortStreamClient *client = nullptr;
        protocol::ForwardWindow window;
        bool isOpened = false;
        bool endOut = false; // ours
        bool endIn = false; // the node's
        qint64 toNode = 0;
        qint64 fromNode = 0;
    };
    Stream take(SessionStream stream, const QString &cause); // removed and audited
    void forgetIfDone(SessionStream stream);
    void audit(const Stream &stream, const QString &action, const QString &result, QJsonObject facts);

    SessionChannel &m_channel;
    AuditLog &m_audit;
    const FleetIdentity &m_fleet;
    Moved m_moved;
    QHash<SessionStream, Stream> m_streams;
};

}
