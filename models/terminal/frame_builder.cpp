#include "models/terminal/frame_builder.h"

#include "backend/terminal/terminal.h"

#include <algorithm>

namespace fb {

std::shared_ptr<TerminalFrame> FrameBuilder::build(Terminal &terminal, RowNumber top, quint64 layout)
{
    auto frame = std::make_shared<TerminalFrame>();
    const TerminalSize size = terminal.size();
    const History &history = terminal.history();
    frame->columns = size.columns;
    frame->rows = size.rows;
    frame->screenRow = history.droppedRows() + history.rows();
    frame->firstRow = frame->screenRow - terminal.historyRows();
    frame->topRow = top < 0 ? frame->screenRow : std::clamp(top, frame->firstRow, frame->screenRow);
    const TerminalCursor cursor = terminal.cursor();
    frame->cursorRow = frame->screenRow + cursor.row;
    frame->cursorColumn = cursor.column;
    frame->modes = terminal.modes();
    frame->layout = layout;
    if (layout != m_layout) {
        m_history.clear();
        m_screen.clear(); // another terminal numbers its rows' states anew
        m_layout = layout;
    }

    decltype(m_screen) screen;
    decltype(m_history) older;
    LineCells cells;
    frame->lines.reserve(size_t(size.rows));
    for (RowNumber row = frame->topRow; row < frame->topRow + size.rows; ++row) {
        Line line;
        const auto read = [&] {
            terminal.readRow(row - frame->screenRow, cells);
            return std::make_shared<const LineCells>(cells);
        };
        if (row < frame->screenRow) {
            const auto known = m_history.find(row);
            line = known != m_history.end() ? known->second : read();
            older.emplace(row, line);
        } else {
            const quint64 stamp = terminal.stampOf(int(row - frame->screenRow));
            const auto known = m_screen.find(stamp);
            line = known != m_screen.end() ? known->second : read();
            screen.emplace(stamp, line);
        }
        for (const Pen &pen : line->pens) {
            if (pen.link != 0)
                frame->links.emplace(pen.link, QByteArray::fromStdString(terminal.linkAddress(pen.link)));
        }
        frame->lines.push_back(std::move(line));
    }
    m_screen = std::move(screen);
    m_history = std::move(older);
    return frame;
}

}
