#pragma once
// Takes the control sequences out of what a program wrote to its terminal: valid UTF-8, which may come in pieces, and stays it. Any thread.

#include <QByteArray>

namespace fb {

class PlainOutput
{
public:
    // Appends the text of `bytes` to `text`. Backspaces take back at most down to `floor`.
    void add(QByteArrayView bytes, QByteArray &text, qsizetype floor);

private:
    enum class State { Ground, Escape, EscapeMore, Csi, String, StringEscape };
    void ground(char byte, QByteArray &text, qsizetype floor);
    void endEscape(char byte, QByteArray &text, qsizetype floor);

    State m_state = State::Ground;
    bool m_isReturned = false; // a carriage return came last
};

}
