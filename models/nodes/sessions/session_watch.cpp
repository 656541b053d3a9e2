#include "models/nodes/sessions/session_watch.h"

namespace fb {

SessionWatch::SessionWatch(SessionLinksSource &source, TerminalModel &terminal, const QString &id,
                           QObject *parent)
    : QObject(parent),
      m_source(source),
      m_terminal(terminal),
      m_id(id)
{
    connect(&m_terminal, &TerminalModel::consumed, this,
            [this](qint64 bytes) { m_source.consumed(*this, bytes); });
}

SessionWatch::~SessionWatch() { m_source.close(*this); }

void SessionWatch::start()
{
    m_refusal = {};
    m_state = State::Opening;
    m_terminal.clear(m_terminal.columns(), m_terminal.rows());
    m_source.watch(*this, m_id);
    emit changed();
}

void SessionWatch::linkChanged(const SessionNews &news)
{
    m_news = news;
    const bool isEnded = news.status == u"Terminated" || news.status == u"Failed";
    const bool wasEnded = m_state == State::Ended;
    m_state = isEnded ? State::Ended : State::Watching;
    if (isEnded && !wasEnded)
        m_terminal.programEnded();
    emit changed();
}

void SessionWatch::linkOutput(const QByteArray &bytes) { m_terminal.write(bytes); }

void SessionWatch::linkResized(int columns, int rows)
{
    m_terminal.resizeNow(columns, rows);
    emit sizeChanged(columns, rows);
}

void SessionWatch::linkRefused(const ShownError &problem)
{
    m_refusal = problem;
    m_state = State::Refused;
    emit changed();
}

}
