#pragma once
// A recording as the engine writes one, and a screen that notes what is played to it.

#include "models/nodes/sessions/recording_player.h"

namespace fb::test {

QByteArray castHeader(); // 80x24, of web-1
QByteArray castLine(double at, const char *code, const QString &text);
QByteArray sampleCast(); // 65 seconds: 8 events, a mark, a gap
std::shared_ptr<const Recording> recordingOf(const QByteArray &cast); // null: it is none

// Notes what it is given; takes it at once or when told.
class NotingScreen final : public PlayerScreen
{
public:
    explicit NotingScreen(RecordingPlayer &player) : m_player(player) { }
    void restart(int columns, int rows) override;
    void resize(int columns, int rows) override;
    void write(const QByteArray &bytes) override;
    void take() { m_player.consumed(std::exchange(waiting, 0)); }

    QByteArray shown;
    QString said;
    qint64 waiting = 0;
    int restarts = 0;
    bool takesAtOnce = true;

private:
    RecordingPlayer &m_player;
};

void pass(RecordingPlayer &player,
          std::chrono::milliseconds time); // ticks of real time, as the timer gives them

}
