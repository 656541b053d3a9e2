#pragma once
// The caller's own terminal in raw mode while a shell on a node uses it; restored at the end, whatever the end.

#include <termios.h>

#include <optional>
#include <utility>

namespace fb {

class RawTerminal
{
public:
    RawTerminal(); // does nothing when standard input is no terminal
    ~RawTerminal();
    RawTerminal(const RawTerminal &) = delete;
    RawTerminal &operator=(const RawTerminal &) = delete;

private:
    std::optional<termios> m_before;
};

std::pair<int, int> terminalSize(); // columns, rows; 80 x 24 when unknown

}
