#pragma once
// Plays a recording into a terminal: its clock, its place, and what goes to the screen when. Seeking back begins anew and runs through what came
// before; the terminal takes it in slices off this thread, and a newer wish takes the place of one that is still under way. Ui thread.

#include "models/nodes/sessions/recording.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace fb {

// The terminal that a recording plays into.
class PlayerScreen
{
public:
    virtual ~PlayerScreen() = default;
    virtual void restart(int columns, int rows)
        = 0; // new and empty; what was written before is dropped or done with
    virtual void resize(int columns, int rows) = 0;
    virtual void write(const QByteArray &bytes)
        = 0; // RecordingPlayer::consumed() tells when it is on the screen
};

class RecordingPlayer : public QObject
{
    Q_OBJECT
public:
    explicit RecordingPlayer(QObject *parent = nullptr);

    static const QList<double> &speeds(); // 0.25 to 16
    static constexpr qint64 kMostUnread = 1
        << 20; // bytes that the screen has not taken: then playing waits for it

    void setScreen(PlayerScreen *screen); // borrowed; nullptr before it goes
    void setRecording(std::shared_ptr<const Recording>
                          recording); // at its start; the place is kept if it is the same one, grown
    const Recording &recording() const { return *m_recording; }

    Microseconds position() const { return m_position; }
    Microseconds length() const { return m_recording->length(); }
    bool isPlaying() const { return m_playing; }
    bool isSeeking() const { return m_isSeeking; } // the screen does not show the place yet
    bool isAtEnd() const { return m_position >= length(); }
    double speed() const { return m_speed; }
    Microseconds idleLimit() const { return m_idleLimit; } // zero: idle time is not skipped

    void play(); // from the start when it is at the end
    void pause();
    void toggle() { m_playing ? pause() : play(); }
    void setSpeed(double speed); // the nearest of speeds()
    void changeSpeed(int steps);
    void setIdleLimit(Microseconds most); // longer times without output are cut to this
    void seek(Microseconds to); // bounded; goes on playing if it played
    void step(int by); // to the next (1) or the previous (-1) output; pauses
    void goToMark(int by); // the next or previous mark; stays if there is none
    void consumed(qint64 bytes); // of PlayerScreen::write()

    void tick(Microseconds passed); // of real time; by itself while playing

signals:
    void recordingChanged();
    void positionChanged();
    void stateChanged(); // playing, seeking, speed, idle limit
    void idleSkipped(std::chrono::microseconds length);

private:
    void moveTo(Microseconds to);
    void pump();
    void restartScreen();
    void setSeeking(bool seeking);

    std::shared_ptr<const Recording> m_recording;
    PlayerScreen *m_screen = nullptr;
    QTimer m_timer;
    QElapsedTimer m_real;
    Microseconds m_position {};
    Microseconds m_idleLimit {};
    double m_speed = 1;
    size_t m_target = 0; // events that belong on the screen
    size_t m_written = 0; // events that were written to it
    qint64 m_unread = 0; // bytes written that it has not taken
    bool m_playing = false;
    bool m_isSeeking = false;
};

}
