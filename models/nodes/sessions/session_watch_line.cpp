#include "models/nodes/sessions/session_watch_line.h"

#include "backend/nodes/sessions/session_service.h"
#include "models/nodes/sessions/session_news.h"

namespace fb {

using namespace Qt::StringLiterals;

Result<QFuture<Result<QByteArray>>> SessionWatchLine::watch(SessionService &sessions, const Principal &who,
                                                            const SessionId &id)
{
    const auto watched = sessions.watch(who, id, this);
    if (!watched)
        return watched.error();
    m_sessions = &sessions;
    m_id = id;
    watchedResized(watched->columns, watched->rows);
    if (const auto session = sessions.session(id))
        watchedChanged(*session);
    return watched->before;
}

void SessionWatchLine::unwatch()
{
    if (SessionService *sessions = std::exchange(m_sessions, nullptr))
        sessions->unwatch(m_id, this);
}

void SessionWatchLine::begin(const QByteArray &before)
{
    if (!m_listener)
        return;
    m_hasBegun = true;
    const auto early = std::exchange(m_early, {});
    if (!early.isEmpty())
        early.first()(*m_listener); // its window, which is told first of all
    if (m_listener && !before.isEmpty()) {
        {
            const QMutexLocker lock(&m_mutex);
            m_behind += before.size();
        }
        m_listener->linkOutput(before);
    }
    for (qsizetype i = 1; i < early.size() && m_listener; ++i)
        early[i](*m_listener);
}

void SessionWatchLine::addConsumed(qint64 bytes)
{
    const QMutexLocker lock(&m_mutex);
    m_behind = std::max<qint64>(0, m_behind - bytes);
}

void SessionWatchLine::watchedOutput(const QByteArray &bytes)
{
    bool isTooFar = false;
    {
        const QMutexLocker lock(&m_mutex);
        isTooFar = m_behind + bytes.size() > kMostBehind;
        if (!isTooFar) {
            m_output += bytes;
            m_behind += bytes.size();
            if (std::exchange(m_isTold, true))
                return;
        }
    }
    if (!isTooFar) {
        QMetaObject::invokeMethod(
            &m_ui, [self = shared_from_this()] { self->deliver(); }, Qt::QueuedConnection);
        return;
    }
    // Not from within the call: the service is telling its watchers.
    if (SessionService *sessions = std::exchange(m_sessions, nullptr))
        QMetaObject::invokeMethod(
            sessions, [self = shared_from_this(), sessions] { sessions->unwatch(self->m_id, self.get()); },
            Qt::QueuedConnection);
    tell([](SessionLinkListener &listener) {
        listener.linkRefused({.kind = ShownError::Kind::Limit,
                              .code = u"TooFarBehind"_s,
                              .message = u"The session writes faster than it can be shown here."_s,
                              .field = {}});
    });
}

void SessionWatchLine::watchedResized(int columns, int rows)
{
    tell([columns, rows](SessionLinkListener &listener) { listener.linkResized(columns, rows); });
}

void SessionWatchLine::watchedChanged(const Session &session)
{
    const SessionNews news
        = sessionNewsOf(session, m_sessions ? m_sessions->times(session.sessionId) : std::nullopt);
    if (isEnded(session.status))
        m_sessions = nullptr;
    tell([news](SessionLinkListener &listener) { listener.linkChanged(news); });
}

void SessionWatchLine::tell(std::function<void(SessionLinkListener &)> what)
{
    QMetaObject::invokeMethod(
        &m_ui,
        [self = shared_from_this(), what = std::move(what)] {
            self->deliver();
            if (!self->m_listener)
                return;
            if (self->m_hasBegun)
                what(*self->m_listener);
            else
                self->m_early << what;
        },
        Qt::QueuedConnection);
}

void SessionWatchLine::deliver()
{
    QByteArray output;
    {
        const QMutexLocker lock(&m_mutex);
        output = std::exchange(m_output, {});
        m_isTold = false;
    }
    if (!m_listener || output.isEmpty())
        return;
    if (m_hasBegun)
        m_listener->linkOutput(output);
    else
        m_early << [output](SessionLinkListener &listener) { listener.linkOutput(output); };
}

}
