#include "backend/terminal/terminal_grid.h"

#include "backend/terminal/pen_table.h"

#include <algorithm>
#include <utility>

namespace fb {

TerminalGrid::TerminalGrid(int columns, int rows) : m_columns(columns)
{
    for (int i = 0; i < rows; ++i)
        m_rows.push_back(blankRow(columns));
}

std::unique_ptr<GridRow> TerminalGrid::blankRow(int columns)
{
    auto row = std::make_unique<GridRow>();
    row->cells.resize(size_t(columns));
    return row;
}

inline void TerminalGrid::splitWide(GridRow &row, int column)
{
    if (column <= 0 || column >= m_columns || !row.cells[size_t(column)].isWideTail())
        return;
    row.cells[size_t(column)].text = U' ';
    row.cells[size_t(column - 1)].text = U' ';
}

void TerminalGrid::putAscii(int index, int column, std::string_view text, uint32_t pen)
{
    GridRow &row = *m_rows[size_t(index)];
    const int end = column + int(text.size());
    splitWide(row, column);
    splitWide(row, end);
    Cell *to = row.cells.data() + column;
    for (size_t i = 0; i < text.size(); ++i)
        to[i] = {static_cast<uint8_t>(text[i]), pen};
    row.used = std::max(row.used, end);
    row.stamp = 0;
}

void TerminalGrid::put(int index, int column, uint32_t text, int width, uint32_t pen)
{
    GridRow &row = *m_rows[size_t(index)];
    splitWide(row, column);
    splitWide(row, column + width);
    row.cells[size_t(column)] = {text, pen};
    if (width == 2)
        row.cells[size_t(column) + 1] = {Cell::kWideTail, pen};
    row.used = std::max(row.used, column + width);
    row.stamp = 0;
}

void TerminalGrid::blank(GridRow &row, uint32_t pen)
{
    if (pen == PenTable::kDefault) {
        std::fill_n(row.cells.begin(), row.used, Cell());
        row.used = 0;
    } else {
        std::fill(row.cells.begin(), row.cells.end(), Cell {Cell::kBlank, pen});
        row.used = int(row.cells.size());
    }
    row.wraps = row.isPrompt = false;
    row.stamp = 0;
}

void TerminalGrid::scroll(int top, int bottom, int lines, uint32_t pen)
{
    const int height = bottom - top;
    const int count = std::min(std::abs(lines), height);
    if (count == 0)
        return;
    const auto first = m_rows.begin() + top;
    const auto last = m_rows.begin() + bottom;
    if (lines > 0) {
        std::rotate(first, first + count, last);
        for (int i = bottom - count; i < bottom; ++i)
            blank(*m_rows[size_t(i)], pen);
    } else {
        std::rotate(first, last - count, last);
        for (int i = top; i < top + count; ++i)
            blank(*m_rows[size_t(i)], pen);
    }
    // A row that lost its neighbour goes on nowhere.
    if (top > 0)
        m_rows[size_t(top - 1)]->wraps = false;
    if (lines < 0)
        m_rows[size_t(bottom - 1)]->wraps = false;
}

void TerminalGrid::shift(int index, int column, int count, uint32_t pen)
{
    GridRow &row = *m_rows[size_t(index)];
    const int room = m_columns - column;
    const int distance = std::min(std::abs(count), room);
    if (distance == 0)
        return;
    splitWide(row, column);
    const auto at = row.cells.begin() + column;
    const Cell empty {Cell::kBlank, pen};
    if (count > 0) {
        splitWide(row, m_columns - distance);
        std::move_backward(at, row.cells.end() - distance, row.cells.end());
        std::fill_n(at, distance, empty);
        row.used = row.used > column ? std::min(m_columns, row.used + distance) : row.used;
        if (pen != PenTable::kDefault)
            row.used = std::max(row.used, column + distance);
    } else {
        splitWide(row, column + distance);
        std::move(at + distance, row.cells.end(), at);
        std::fill(row.cells.end() - distance, row.cells.end(), empty);
        row.used = pen != PenTable::kDefault ? m_columns
                                             : std::max(std::min(row.used, column), row.used - distance);
    }
    row.wraps = false;
    row.stamp = 0;
}

void TerminalGrid::erase(int index, int from, int to, uint32_t pen)
{
    GridRow &row = *m_rows[size_t(index)];
    to = std::min(to, m_columns);
    if (from >= to)
        return;
    splitWide(row, from);
    splitWide(row, to);
    std::fill(row.cells.begin() + from, row.cells.begin() + to, Cell {Cell::kBlank, pen});
    if (pen != PenTable::kDefault)
        row.used = std::max(row.used, to);
    else if (row.used <= to)
        row.used = std::min(row.used, from);
    if (to == m_columns)
        row.wraps = false;
    row.stamp = 0;
}

void TerminalGrid::eraseUnprotected(int index, int from, int to, uint32_t pen, const PenTable &pens)
{
    const GridRow &row = *m_rows[size_t(index)];
    to = std::min(to, m_columns);
    for (int begin = from; begin < to;) {
        if (pens.pen(row.cells[size_t(begin)].pen).has(Pen::Protected)) {
            ++begin;
            continue;
        }
        int end = begin;
        while (end < to && !pens.pen(row.cells[size_t(end)].pen).has(Pen::Protected))
            ++end;
        erase(index, begin, end, pen);
        begin = end;
    }
}

void TerminalGrid::resize(int columns, int rows)
{
    for (const auto &row : m_rows) {
        if (columns < m_columns)
            splitWide(*row, columns);
        row->cells.resize(size_t(columns));
        row->used = std::min(row->used, columns);
        row->stamp = 0;
        if (columns != m_columns)
            row->wraps = false;
    }
    m_columns = columns;
    while (int(m_rows.size()) < rows)
        m_rows.push_back(blankRow(columns));
    m_rows.resize(size_t(rows));
}

void TerminalGrid::assign(int columns, int rows, std::vector<std::unique_ptr<GridRow>> content)
{
    m_columns = columns;
    m_rows = std::move(content);
    while (int(m_rows.size()) < rows)
        m_rows.push_back(blankRow(columns));
    m_rows.resize(size_t(rows));
}

std::vector<std::unique_ptr<GridRow>> TerminalGrid::takeRows() { return std::exchange(m_rows, {}); }

}
