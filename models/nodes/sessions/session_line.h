#pragma once
// The engine's end of one open session: a SessionClient that hands its output to the ui thread in batches, and keeps what was typed until the node
// takes it. Made on the ui thread, shared with the engine thread; each part says whose it is.

#include "backend/nodes/sessions/session_client.h"
#include "backend/security/principal.h"
#include "models/nodes/sessions/session_links_source.h"

#include <QMutex>
#include <QObject>

#include <memory>

namespace fb {

class SessionService;

class SessionLine : public SessionClient, public std::enable_shared_from_this<SessionLine>
{
public:
    // `ui` lives until the engine has stopped.
    SessionLine(SessionLinkListener &listener, QObject &ui) : m_ui(ui), m_listener(&listener) { }

    // Ui thread.
    void forget() { m_listener = nullptr; } // nothing is told any more
    SessionLinkListener *listener() const { return m_listener; }
    bool addConsumed(qint64 bytes); // true: the engine has to be told
    void replay(const QByteArray &bytes); // what went before; the engine gives no credit for it

    // Engine thread.
    Result<void> attach(SessionService &sessions, const Principal &who, const SessionId &id, int columns,
                        int rows);
    void detach();
    void type(const QByteArray &bytes);
    void passConsumed();
    void resize(int columns, int rows);
    void repaint(int columns, int rows); // a program draws anew when its window changes: smaller, and back

private:
    void sessionOutput(const QByteArray &bytes) override;
    void sessionChanged(const Session &session) override;
    void sessionInputWritable() override { push(); }
    void sessionTakenOver() override;
    void push();
    void tell(std::function<void(SessionLinkListener &)> what); // after the output before it
    void deliver(); // ui thread

    QObject &m_ui;
    SessionLinkListener *m_listener; // of the ui thread
    qint64 m_replayed = 0; // likewise: not consumed yet

    SessionService *m_sessions = nullptr; // of the engine thread; null: not attached
    SessionId m_id;
    QByteArray m_input; // typed, not taken yet

    QMutex m_mutex;
    QByteArray m_output; // for the ui; at most the window of the session
    qint64 m_consumed = 0; // for the engine
    bool m_isTold = false; // the ui is on its way
};

}
