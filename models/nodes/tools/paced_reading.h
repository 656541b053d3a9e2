#pragma once
// When a tool's list is read: at the first look, then so long after each answer while somebody looks; one reading at a time, and once more after
// something was changed while one was on its way. Ui thread.

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>

namespace fb {

class PacedReading : public QObject
{
    Q_OBJECT
public:
    // `ask` begins a reading; its owner calls answered() when it is over.
    PacedReading(std::chrono::milliseconds interval, std::function<void()> ask);

    void setLooking(bool looking); // each look reads
    void setInterval(std::chrono::milliseconds interval);
    void readNow();
    void answered();

private:
    std::function<void()> m_ask;
    bool m_isLooking = false;
    bool m_isAsking = false;
    bool m_isStale = false; // asked for again while one was on its way
    QTimer m_pace;
};

}
