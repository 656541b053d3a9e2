// Reflow: lines that wrapped are broken anew at the new width, and the cursor stays on its character.

#include "backend/terminal/terminal.h"

#include <algorithm>
#include <utility>

namespace fb {

namespace {
    struct Line { // as it would stand in one endless row
        std::vector<Cell> cells;
        bool isPrompt = false;
        int cursorAt = -1; // column of the cursor in it
    };

    // Rows of one line at a width.
    void breakUp(const Line &line, int columns, std::vector<std::unique_ptr<GridRow>> &rows, int &cursorRow,
                 int &cursorColumn)
    {
        size_t at = 0;
        const auto width = size_t(columns);
        const size_t length = line.cells.size();
        bool isFirst = true;
        for (;;) {
            size_t end = std::min(at + width, length);
            if (end < length && line.cells[end].isWideTail())
                --end;
            auto row = TerminalGrid::blankRow(columns);
            std::copy(line.cells.begin() + std::ptrdiff_t(at), line.cells.begin() + std::ptrdiff_t(end),
                      row->cells.begin());
            row->used = int(end - at);
            row->isPrompt = std::exchange(isFirst, false) && line.isPrompt;
            row->wraps = end < length;
            const auto cursor = size_t(std::max(line.cursorAt, 0));
            if (line.cursorAt >= 0 && cursor >= at && (cursor < end || end == length)) {
                cursorRow = int(rows.size());
                cursorColumn = int(std::min(cursor - at, width - 1));
            }
            rows.push_back(std::move(row));
            if (end == length)
                return;
            at = end;
        }
    }
}

void Terminal::resizeMain(TerminalSize size)
{
    const int oldRows = m_main.rows();
    int last = m_row; // the last row that has something
    for (int row = m_row; row < oldRows; ++row) {
        if (m_main.row(row).used > 0)
            last = row;
    }
    const int blankBelow = oldRows - 1 - last;

    // Cells of the history, in the numbers of the screen's tables.
    const auto fromHistory = [this](Line &line) {
        LineCells cells;
        if (!m_history.popLine(cells))
            return false;
        line.isPrompt = cells.isPrompt;
        line.cells = std::move(cells.cells);
        std::vector<uint32_t> pens;
        for (const Pen &pen : cells.pens)
            pens.push_back(m_pens.idOf(pen));
        for (Cell &cell : line.cells) {
            cell.pen = pens[cell.pen];
            if (cell.isCluster())
                cell.text = Cell::kCluster | m_clusters.idOf(cells.clusters[cell.cluster()]);
        }
        return true;
    };

    std::vector<Line> lines;
    const bool wasOpen = m_history.endsOpen();
    lines.emplace_back();
    if (wasOpen)
        fromHistory(lines.back());
    auto rows = m_main.takeRows();
    for (int row = 0; row <= last; ++row) {
        GridRow &from = *rows[size_t(row)];
        Line &line = lines.back();
        if (row == m_row)
            line.cursorAt = int(line.cells.size()) + m_column;
        line.isPrompt = line.isPrompt || from.isPrompt;
        line.cells.insert(line.cells.end(), from.cells.begin(), from.cells.begin() + from.used);
        if (row < last && !from.wraps)
            lines.emplace_back();
    }

    std::vector<std::unique_ptr<GridRow>> content;
    int cursorRow = 0;
    int cursorColumn = 0;
    for (const Line &line : lines)
        breakUp(line, size.columns, content, cursorRow, cursorColumn);

    // What was at the bottom stays there: rows come back from the history, or go to it.
    m_history.setColumns(size.columns);
    const int wanted = std::max(1, size.rows - blankBelow);
    while (int(content.size()) < wanted) {
        Line line;
        if (!fromHistory(line))
            break;
        std::vector<std::unique_ptr<GridRow>> above;
        int ignored = 0;
        breakUp(line, size.columns, above, ignored, ignored);
        cursorRow += int(above.size());
        std::move(content.begin(), content.end(), std::back_inserter(above));
        content = std::move(above);
    }
    const int surplus = std::min(int(content.size()) - size.rows, cursorRow);
    for (int row = 0; row < surplus; ++row)
        m_history.push(*content[size_t(row)], m_pens, m_clusters);
    if (surplus > 0) {
        content.erase(content.begin(), content.begin() + surplus);
        cursorRow -= surplus;
    }
    m_main.assign(size.columns, size.rows, std::move(content));
    m_row = std::min(cursorRow, size.rows - 1);
    m_column = std::min(cursorColumn, size.columns - 1);
}

}
