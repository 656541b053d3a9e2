#include "models/nodes/sessions/recording_screen.h"

namespace fb {

RecordingScreen::RecordingScreen(TerminalModel &terminal, RecordingPlayer &player, QObject *parent)
    : QObject(parent),
      m_terminal(terminal),
      m_player(player)
{
    connect(&m_terminal, &TerminalModel::consumed, this, [this](qint64 bytes) {
        const qint64 stale = std::min(bytes, m_stale);
        m_stale -= stale;
        m_unread -= bytes - stale;
        if (bytes > stale)
            m_player.consumed(bytes - stale);
    });
    m_player.setScreen(this);
}

RecordingScreen::~RecordingScreen() { m_player.setScreen(nullptr); }

void RecordingScreen::restart(int columns, int rows)
{
    m_stale += std::exchange(m_unread, 0);
    m_terminal.clear(columns, rows);
    emit sizeChanged(columns, rows);
}

void RecordingScreen::resize(int columns, int rows)
{
    m_terminal.resizeNow(columns, rows);
    emit sizeChanged(columns, rows);
}

void RecordingScreen::write(const QByteArray &bytes)
{
    m_unread += bytes.size();
    m_terminal.write(bytes);
}

}
