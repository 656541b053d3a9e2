#pragma once
// The one thread that parses for all terminals of the program, in short turns, so that fifty that pour keep one core at most and none waits
// long. Owned by the program; outlives every TerminalModel.

#include <QThread>

namespace fb {

class TerminalThread
{
public:
    TerminalThread();
    ~TerminalThread(); // waits
    TerminalThread(const TerminalThread &) = delete;
    TerminalThread &operator=(const TerminalThread &) = delete;

    QThread *thread() { return &m_thread; }

private:
    QThread m_thread;
};

}
