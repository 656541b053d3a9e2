#include "models/nodes/sessions/session_terminal.h"

#include <algorithm>

namespace fb {

using State = SessionLink::State;

SessionTerminal::SessionTerminal(SessionLinksSource &source, TerminalThread &thread, const SessionWish &wish,
                                 const TerminalSetup &setup, QObject *parent)
    : QObject(parent),
      m_link(source, wish),
      m_terminal(thread, setup),
      m_state(m_link.state())
{
    connect(&m_link, &SessionLink::outputArrived, this, &SessionTerminal::takeOutput);
    connect(&m_link, &SessionLink::changed, this, &SessionTerminal::followState);
    connect(&m_terminal, &TerminalModel::typed, this, [this] { m_isByHand = true; }); // its input follows
    connect(&m_terminal, &TerminalModel::input, this, &SessionTerminal::takeInput);
    connect(&m_terminal, &TerminalModel::sizeChanged, &m_link, &SessionLink::resize);
    // What is not parsed yet holds the node's program back.
    connect(&m_terminal, &TerminalModel::consumed, this, [this](qint64 bytes) {
        m_replayed = std::max<qint64>(0, m_replayed - bytes);
        m_link.consumed(bytes);
    });
}

void SessionTerminal::takeOutput(const QByteArray &bytes)
{
    if (m_isReplaying)
        m_replayed += bytes.size();
    m_terminal.write(bytes);
}

void SessionTerminal::takeInput(const QByteArray &bytes)
{
    // What programs asked of an earlier console was answered by that one: a second answer would be typed into the shell.
    if (!std::exchange(m_isByHand, false) && m_replayed > 0)
        return;
    m_link.type(bytes);
}

void SessionTerminal::followState()
{
    const State before = std::exchange(m_state, m_link.state());
    if (before == m_state)
        return;
    m_isReplaying = m_state == State::Connecting && before == State::Left;
    if (m_state != State::Ended || before == State::Left || m_link.id().isEmpty())
        return;
    const QString cause = m_link.cause();
    m_terminal.programEnded();
    m_terminal.say(cause.isEmpty() ? tr("Session ended.") : tr("Session ended: %1").arg(cause));
}

}
