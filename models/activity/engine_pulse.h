#pragma once
// Whether the engine answers (ux.md 9): asked once a second, on the clock of the window. Ui thread.

#include "backend/core/clock.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <functional>

namespace fb {

class EnginePulse : public QObject
{
    Q_OBJECT
public:
    // Asks the engine something quick; `answered` is to be called on the ui thread when it has.
    using Ask = std::function<void(std::function<void()> answered)>;
    enum class State { Answering, Busy, Silent }; // for more than one second, for more than five

    explicit EnginePulse(Ask ask, QObject *parent = nullptr);
    void start();

    State state() const { return m_state; }
    int silentSeconds() const; // since the question that is not answered
    Instant asOf() const { return m_asOf; } // of the newest answer: what is shown is as of then

    static constexpr int kBusyMs = 1000;
    static constexpr int kSilentMs = 5000;

signals:
    void changed(); // state, or the seconds while it is not Answering

private:
    void beat();
    void setState(State state);

    Ask m_ask;
    QTimer m_second;
    QElapsedTimer m_asked;
    bool m_waiting = false;
    State m_state = State::Answering;
    Instant m_asOf {};
};

}
