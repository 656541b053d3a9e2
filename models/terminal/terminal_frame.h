#pragma once
// What a terminal shows at one moment: the rows of its view, shared from frame to frame while they do not change. Plain values; any thread.

#include "backend/terminal/line_cells.h"
#include "backend/terminal/terminal_modes.h"

#include <QByteArray>

#include <memory>
#include <unordered_map>
#include <vector>

namespace fb {

// Rows are counted from the terminal's first one on, and keep their number while they scroll into the history. Another width counts anew.
using RowNumber = int64_t;

struct FrameMatch { // of the search; columns [from, to) of a row
    RowNumber row = 0;
    int from = 0;
    int to = 0;
    bool isCurrent = false;
    bool operator==(const FrameMatch &) const = default;
};

struct TerminalFrame {
    int columns = 80;
    int rows = 24;
    RowNumber firstRow = 0; // the oldest one in the history
    RowNumber screenRow = 0; // the first one of the screen
    RowNumber topRow = 0; // the first one of the view; it is the screen's when the view follows
    std::vector<std::shared_ptr<const LineCells>> lines; // `rows` of them
    RowNumber cursorRow = 0;
    int cursorColumn = 0;
    TerminalModes modes;
    std::vector<FrameMatch> matches; // in the view
    std::unordered_map<quint32, QByteArray> links; // addresses of the links in the view
    quint64 layout = 0; // another one: the width has changed, and with it the rows' numbers

    bool follows() const { return topRow == screenRow; }
    const LineCells *line(RowNumber row) const
    {
        const RowNumber at = row - topRow;
        return at >= 0 && at < RowNumber(lines.size()) ? lines[size_t(at)].get() : nullptr;
    }
};

}
