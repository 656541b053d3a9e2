#include "models/nodes/sessions/session_line.h"

#include "backend/nodes/sessions/session_service.h"
#include "models/nodes/sessions/session_news.h"

namespace fb {

void SessionLine::replay(const QByteArray &bytes)
{
    if (!m_listener || bytes.isEmpty())
        return;
    m_replayed += bytes.size();
    m_listener->linkOutput(bytes);
}

bool SessionLine::addConsumed(qint64 bytes)
{
    const qint64 replayed = std::min(bytes, m_replayed);
    m_replayed -= replayed;
    bytes -= replayed;
    const QMutexLocker lock(&m_mutex);
    const bool isFirst = m_consumed == 0;
    m_consumed += bytes;
    return isFirst && bytes > 0;
}

Result<void> SessionLine::attach(SessionService &sessions, const Principal &who, const SessionId &id,
                                 int columns, int rows)
{
    if (const auto session = sessions.session(id);
        session && session->sessionType == QLatin1String(kPlainSessionType)) {
        // A program without a terminal ends lines with a bare line feed: the screen is told to begin a line at it.
        QMetaObject::invokeMethod(
            &m_ui, [self = shared_from_this()] { self->replay(QByteArrayLiteral("\x1b[20h")); },
            Qt::QueuedConnection);
    }
    m_sessions = &sessions; // what it tells while attaching is heard
    m_id = id;
    if (auto attached = sessions.attach(who, id, this, columns, rows); !attached) {
        m_sessions = nullptr;
        return attached;
    }
    if (const auto session = sessions.session(id))
        sessionChanged(*session);
    push();
    return {};
}

void SessionLine::detach()
{
    if (SessionService *sessions = std::exchange(m_sessions, nullptr))
        sessions->detach(m_id, this);
}

void SessionLine::type(const QByteArray &bytes)
{
    m_input += bytes;
    push();
}

void SessionLine::push()
{
    if (m_sessions && !m_input.isEmpty())
        m_input.remove(0, m_sessions->input(m_id, this, m_input));
}

void SessionLine::passConsumed()
{
    qint64 bytes = 0;
    {
        const QMutexLocker lock(&m_mutex);
        bytes = std::exchange(m_consumed, 0);
    }
    if (m_sessions && bytes > 0)
        m_sessions->consumed(m_id, this, bytes);
}

void SessionLine::resize(int columns, int rows)
{
    if (m_sessions)
        m_sessions->resize(m_id, this, columns, rows);
}

void SessionLine::repaint(int columns, int rows)
{
    resize(columns, rows > 1 ? rows - 1 : rows + 1);
    resize(columns, rows);
}

void SessionLine::sessionOutput(const QByteArray &bytes)
{
    const QMutexLocker lock(&m_mutex);
    m_output += bytes;
    if (std::exchange(m_isTold, true))
        return;
    QMetaObject::invokeMethod(
        &m_ui, [self = shared_from_this()] { self->deliver(); }, Qt::QueuedConnection);
}

void SessionLine::deliver()
{
    QByteArray output;
    {
        const QMutexLocker lock(&m_mutex);
        output = std::exchange(m_output, {});
        m_isTold = false;
    }
    if (m_listener && !output.isEmpty())
        m_listener->linkOutput(output);
}

void SessionLine::tell(std::function<void(SessionLinkListener &)> what)
{
    QMetaObject::invokeMethod(
        &m_ui,
        [self = shared_from_this(), what = std::move(what)] {
            self->deliver();
            if (self->m_listener)
                what(*self->m_listener);
        },
        Qt::QueuedConnection);
}

void SessionLine::sessionChanged(const Session &session)
{
    const SessionNews news
        = sessionNewsOf(session, m_sessions ? m_sessions->times(session.sessionId) : std::nullopt);
    if (isEnded(session.status))
        m_sessions = nullptr;
    tell([news](SessionLinkListener &listener) { listener.linkChanged(news); });
}

void SessionLine::sessionTakenOver()
{
    m_sessions = nullptr;
    tell([](SessionLinkListener &listener) { listener.linkTakenOver(); });
}

}
