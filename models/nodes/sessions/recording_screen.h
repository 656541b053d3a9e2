#pragma once
// A recording's screen that is a TerminalModel. What a recorded program asked for is answered to nobody: its queries, its wish for the clipboard and
// its bell were for who sat there. Ui thread.

#include "models/nodes/sessions/recording_player.h"
#include "models/terminal/terminal_model.h"

namespace fb {

class RecordingScreen : public QObject, public PlayerScreen
{
    Q_OBJECT
public:
    RecordingScreen(TerminalModel &terminal, RecordingPlayer &player, QObject *parent = nullptr);
    ~RecordingScreen() override;

    void restart(int columns, int rows) override;
    void resize(int columns, int rows) override;
    void write(const QByteArray &bytes) override;

signals:
    void sizeChanged(int columns, int rows);

private:
    TerminalModel &m_terminal;
    RecordingPlayer &m_player;
    qint64 m_unread = 0; // bytes of this start that were not consumed
    qint64 m_stale = 0; // bytes of the starts before it that were not
};

}
