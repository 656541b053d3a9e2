#pragma once
// The engine's end of a session that is watched: a SessionWatcher that hands its output to the ui thread in batches. Made on the ui thread, shared
// with the engine thread; each part says whose it is.

#include "backend/nodes/sessions/session_client.h"
#include "backend/security/principal.h"
#include "models/nodes/sessions/session_links_source.h"

#include <QMutex>
#include <QObject>

#include <memory>

namespace fb {

class SessionService;

class SessionWatchLine : public SessionWatcher, public std::enable_shared_from_this<SessionWatchLine>
{
public:
    static constexpr qsizetype kMostBehind = 16 << 20; // bytes that the ui has not taken; then it is let go

    // `ui` lives until the engine has stopped.
    SessionWatchLine(SessionLinkListener &listener, QObject &ui) : m_ui(ui), m_listener(&listener) { }

    // Ui thread.
    void forget() { m_listener = nullptr; } // nothing is told any more
    SessionLinkListener *listener() const { return m_listener; }
    void begin(const QByteArray &before); // what was shown before is here: what came meanwhile follows
    void addConsumed(qint64 bytes);

    // Engine thread. The answer: what its terminal wrote before.
    Result<QFuture<Result<QByteArray>>> watch(SessionService &sessions, const Principal &who,
                                              const SessionId &id);
    void unwatch();

private:
    void watchedOutput(const QByteArray &bytes) override;
    void watchedResized(int columns, int rows) override;
    void watchedChanged(const Session &session) override;
    void tell(std::function<void(SessionLinkListener &)> what); // after the output before it
    void deliver(); // ui thread

    QObject &m_ui;
    SessionLinkListener *m_listener; // of the ui thread
    bool m_hasBegun = false; // likewise
    QList<std::function<void(SessionLinkListener &)>> m_early; // likewise: until it has begun

    SessionService *m_sessions = nullptr; // of the engine thread; null: does not watch
    SessionId m_id;

    QMutex m_mutex;
    QByteArray m_output; // for the ui
    qint64 m_behind = 0; // bytes told and not consumed
    bool m_isTold = false; // the ui is on its way
};

}
