#pragma once
// Makes frames of a terminal, taking over the rows of the frame before that are still the same. Terminal's thread.

#include "models/terminal/terminal_frame.h"

#include <unordered_map>

namespace fb {

class Terminal;

class FrameBuilder
{
public:
    // `top`: the view's first row; negative: it follows the screen.
    std::shared_ptr<TerminalFrame> build(Terminal &terminal, RowNumber top, quint64 layout);

private:
    using Line = std::shared_ptr<const LineCells>;
    std::unordered_map<quint64, Line> m_screen; // by stamp
    std::unordered_map<RowNumber, Line> m_history;
    quint64 m_layout = 0;
};

}
