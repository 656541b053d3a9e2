#pragma once
// SshProxy of the control socket: one raw connection to a port of a node, for ssh's ProxyCommand (spec/session-manager.md 3.5). Input {"Target",
// "PortNumber"} starts it; then {"Bytes": base64}, at most kSshProxyWindow of them before {"Taken": count} came for them, and
// {"EndOfInput": true}. Events {"SessionId"}, {"Bytes"}, {"Taken"}, {"EndOfOutput": true}; the answer is the ended session. A client that goes
// away ends it. Engine thread.

#include "backend/control/control_server.h"
#include "backend/nodes/sessions/session_service.h"

namespace fb {

inline constexpr qsizetype kSshProxyWindow = 256 * 1024;

class SshProxyStream : public ControlStream, private SessionClient, private PortStreamClient
{
    Q_OBJECT

public:
    SshProxyStream(SessionService &sessions, Database &database, Principal who, QJsonObject input);
    ~SshProxyStream() override;
    void receive(const QJsonObject &input) override; // the first call starts it

private:
    void start();
    void sendInput();
    void passOn();
    void end(const std::optional<Error> &failure);

    void sessionOutput(const QByteArray &) override { }
    void sessionChanged(const Session &session) override;
    void sessionInputWritable() override { }
    void sessionTakenOver() override { m_isAttached = false; }

    void portOpened() override;
    void portRefused(const Error &why) override;
    void portReceived(const QByteArray &bytes) override;
    void portFinished() override;
    void portWritable() override { sendInput(); }
    void portReset(const QString &cause) override;

    SessionService &m_sessions;
    Database &m_database;
    Principal m_who;
    QJsonObject m_input;
    SessionId m_session;
    SessionStream m_stream = 0;
    QByteArray m_toNode;
    QByteArray m_toClient;
    bool m_isStarted = false;
    bool m_isAttached = false;
    bool m_isOpened = false;
    bool m_endIn = false; // the client's
    bool m_endInTold = false;
    bool m_endOut = false; // the node's
    bool m_endOutTold = false;
    bool m_isOver = false;
};

}
