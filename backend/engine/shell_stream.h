#pragma once
// Shell of the control socket: a session with a terminal at the other end. Input {"Target", "Columns", "Rows", "Reason", "DocumentName",
// "Parameters": {"name": ["value"]}} starts it; then {"Bytes": base64}, {"Resize": {"Columns", "Rows"}} and {"EndOfInput": true}. Events
// {"SessionId", "SessionType"}, {"Bytes"}, {"ErrorBytes"} (standard error, apart without a terminal), {"Notice"}; the answer is the ended session. A client that goes away leaves the session to its idle time-out. Engine thread.

#include "backend/control/control_server.h"
#include "backend/nodes/sessions/session_service.h"

namespace fb {

class ShellStream : public ControlStream, private SessionClient
{
    Q_OBJECT

public:
    ShellStream(SessionService &sessions, Database &database, Principal who, QJsonObject input);
    ~ShellStream() override;
    void receive(const QJsonObject &input) override; // the first call starts it

private:
    void start();
    void sendInput();
    void passOn();

    struct Piece {
        QByteArray bytes;
        bool isError = false;
    };
    void show(const QByteArray &bytes, bool isError);

    void sessionOutput(const QByteArray &bytes) override { show(bytes, false); }
    void sessionError(const QByteArray &bytes) override { show(bytes, true); }
    void sessionChanged(const Session &session) override;
    void sessionInputWritable() override { sendInput(); }
    void sessionTakenOver() override;

    SessionService &m_sessions;
    Database &m_database;
    Principal m_who;
    QJsonObject m_input;
    SessionId m_session;
    QByteArray m_typed; // not yet taken by the session
    QList<Piece> m_shown; // not yet read by the client
    bool m_endOfInput = false;
    bool m_started = false;
    bool m_attached = false;
};

}
