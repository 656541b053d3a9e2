#include "models/nodes/sessions/session_link.h"

#include "models/nodes/sessions/session_row.h"

namespace fb {

using namespace Qt::StringLiterals;

SessionLink::SessionLink(SessionLinksSource &source, const SessionWish &wish, QObject *parent)
    : QObject(parent),
      m_source(source),
      m_wish(wish)
{
    m_news.document = wish.document;
    m_news.reason = wish.reason;
}

SessionLink::~SessionLink() { m_source.close(*this); }

void SessionLink::start()
{
    m_cause.clear();
    m_refusal = {};
    m_takenOver = false;
    m_lastInput = m_source.tick();
    m_source.start(*this, m_wish, m_columns, m_rows);
    setState(State::Connecting);
}

void SessionLink::setLeft(const QString &id)
{
    m_news.id = id;
    setState(State::Left);
}

void SessionLink::resume()
{
    if (!canResume())
        return;
    m_cause.clear();
    m_refusal = {};
    m_takenOver = false;
    m_source.attach(*this, m_news.id, m_columns, m_rows, m_state == State::Left);
    setState(State::Connecting);
}

void SessionLink::reopen()
{
    if (m_state != State::Ended)
        return;
    m_source.close(*this);
    m_news = {};
    m_news.document = m_wish.document;
    m_news.reason = m_wish.reason;
    start();
}

void SessionLink::end(std::function<void(const ShownError &)> done)
{
    if (!m_news.id.isEmpty() && isLive())
        m_source.end(m_news.id, std::move(done));
}

void SessionLink::setEnded(const QString &cause)
{
    m_cause = cause;
    setState(State::Ended);
}

void SessionLink::type(const QByteArray &bytes)
{
    if (m_state == State::Ended || m_state == State::Left || m_takenOver || bytes.isEmpty())
        return;
    m_lastInput = m_source.tick();
    m_source.type(*this, bytes);
}

void SessionLink::consumed(qint64 bytes) { m_source.consumed(*this, bytes); }

void SessionLink::resize(int columns, int rows)
{
    m_columns = columns;
    m_rows = rows;
    if (m_state != State::Ended && m_state != State::Left)
        m_source.resize(*this, columns, rows);
}

QString SessionLink::cause() const
{
    if (!m_cause.isEmpty())
        return m_cause;
    if (m_takenOver) // said anew each time: the language may be another by now
        return tr("Another window or terminal has taken over the session.");
    switch (m_state) {
    case State::Left:
        return tr("It is still running on the node.");
    case State::Disconnected:
        return tr("The connection to the node is lost. The session continues there and is shown again as "
                  "soon as the node is back.");
    case State::Ended:
        return m_news.status.isEmpty() && m_refusal.isEmpty() ? tr("It ended while the console was closed.")
                                                              : SessionTable::causeWord(m_news.details);
    case State::Connecting:
    case State::Connected:
        break;
    }
    return {};
}

QString SessionLink::user() const
{
    // The node says it as a sentence: "runs as deploy".
    const QString said = m_news.runAs.simplified();
    const QString prefix = u"runs as "_s;
    return said.startsWith(prefix) ? said.mid(prefix.size()).section(u' ', 0, 0) : said.section(u' ', 0, 0);
}

std::optional<std::chrono::seconds> SessionLink::idleLeft() const
{
    if (m_state != State::Connected || m_news.idleLimit.count() == 0)
        return std::nullopt;
    const auto since = std::chrono::duration_cast<std::chrono::seconds>(m_source.tick() - m_lastInput);
    return std::max(m_news.idleLimit - since, std::chrono::seconds(0));
}

std::optional<std::chrono::seconds> SessionLink::longestLeft() const
{
    const auto end = endsAt();
    if (!end)
        return std::nullopt;
    return std::max(std::chrono::seconds(0),
                    std::chrono::duration_cast<std::chrono::seconds>(*end - m_source.now()));
}

std::optional<Instant> SessionLink::endsAt() const
{
    if (m_state == State::Ended || m_news.longest.count() == 0)
        return std::nullopt;
    return m_news.started + m_news.longest;
}

void SessionLink::linkChanged(const SessionNews &news)
{
    const bool isFirst = m_news.status.isEmpty();
    m_news = news;
    m_lastInput = std::max(m_lastInput, m_source.tick() - news.sinceInput);
    if (news.status == u"Connecting")
        m_state = State::Connecting;
    else if (news.status == u"Connected")
        m_state = State::Connected;
    else if (news.status == u"Disconnected")
        m_state = State::Disconnected;
    else if (news.status == u"Terminated" || news.status == u"Failed")
        m_state = State::Ended;
    if (isFirst)
        emit began();
    emit changed();
}

void SessionLink::linkOutput(const QByteArray &bytes) { emit outputArrived(bytes); }

void SessionLink::linkTakenOver()
{
    m_takenOver = true;
    setState(State::Disconnected);
}

void SessionLink::linkRefused(const ShownError &problem)
{
    m_refusal = problem;
    m_cause = problem.words();
    setState(State::Ended);
}

void SessionLink::setState(State state)
{
    m_state = state;
    emit changed();
}

QString SessionLink::word(State state)
{
    switch (state) {
    case State::Left:
        return tr("Not shown here");
    case State::Connecting:
        return tr("Connecting");
    case State::Connected:
        return tr("Connected");
    case State::Disconnected:
        return tr("Disconnected");
    case State::Ended:
        break;
    }
    return tr("Ended");
}

StateKind SessionLink::kind(State state)
{
    switch (state) {
    case State::Connected:
        return StateKind::Success;
    case State::Connecting:
        return StateKind::Running;
    case State::Left:
    case State::Disconnected:
        return StateKind::ConnectionLost;
    case State::Ended:
        break;
    }
    return StateKind::Cancelled;
}

}
