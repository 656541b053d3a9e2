#pragma once
// The rows of one screen, main or alternate. Rows move by pointer, so that scrolling copies no cell. Knows nothing of control functions;
// keeps wide characters whole: whoever overwrites one half of one clears the other. One thread.

#include "backend/terminal/cell.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace fb {

class PenTable;

struct GridRow {
    std::vector<Cell> cells;
    int used = 0; // cells from here on are blank with the default pen
    bool wraps = false;
    bool isPrompt = false;
    uint64_t stamp = 0; // given when it was looked at; 0: changed since
};

class TerminalGrid
{
public:
    TerminalGrid(int columns, int rows);

    int columns() const { return m_columns; }
    int rows() const { return int(m_rows.size()); }
    GridRow &row(int index) { return *m_rows[size_t(index)]; }
    const GridRow &row(int index) const { return *m_rows[size_t(index)]; }

    // Columns [column, column + text.size()) must be within the row `index`.
    void putAscii(int index, int column, std::string_view text, uint32_t pen);
    void put(int index, int column, uint32_t text, int width, uint32_t pen);
    // Rows [top, bottom) move up by `lines` (down: negative); new ones are blank, drawn with `pen`.
    void scroll(int top, int bottom, int lines, uint32_t pen);
    // Columns from `column` on move right (left: negative) by `count`.
    void shift(int index, int column, int count, uint32_t pen);
    void erase(int index, int from, int to, uint32_t pen);
    void eraseUnprotected(int index, int from, int to, uint32_t pen, const PenTable &pens);
    // Without reflow: cut or filled at the right and at the bottom.
    void resize(int columns, int rows);
    // Takes these rows; missing ones are blank.
    void assign(int columns, int rows, std::vector<std::unique_ptr<GridRow>> content);
    std::vector<std::unique_ptr<GridRow>> takeRows();

    static std::unique_ptr<GridRow> blankRow(int columns);

private:
    void splitWide(GridRow &row, int column); // a wide character across this edge is cleared
    static void blank(GridRow &row, uint32_t pen);

    int m_columns;
    std::vector<std::unique_ptr<GridRow>> m_rows;
};

}
