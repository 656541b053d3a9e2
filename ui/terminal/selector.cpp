#include "ui/terminal/selector.h"

#include <QChar>

#include <tuple>

namespace fb {

namespace {
    bool isBefore(const Selector::Place &a, const Selector::Place &b)
    {
        return std::tie(a.row, a.column) < std::tie(b.row, b.column);
    }

    // Letters, digits, and what paths, addresses and options are made of.
    bool isWordCell(const LineCells &line, size_t column)
    {
        if (column >= line.cells.size())
            return false;
        Cell cell = line.cells[column];
        if (cell.isWideTail() && column > 0)
            cell = line.cells[column - 1];
        if (cell.isCluster())
            return true;
        const auto c = char32_t(cell.text);
        return QChar::isLetterOrNumber(c)
            || (c < 0x80 && c != 0 && QStringLiteral("-_./~@%+:?&=#").contains(QChar(char16_t(c))))
            || c >= 0x1F000;
    }
}

Selector::Span Selector::unitAt(const TerminalFrame &frame, const Place &at) const
{
    if (m_unit == Unit::Character)
        return {at, at};
    Span span {at, at};
    const auto wraps = [&frame](RowNumber row) {
        const LineCells *line = frame.line(row);
        return line != nullptr && line->wraps;
    };
    if (m_unit == Unit::Line) {
        span.begin.column = 0;
        while (wraps(span.begin.row - 1))
            --span.begin.row;
        while (wraps(span.end.row) && frame.line(span.end.row + 1) != nullptr)
            ++span.end.row;
        span.end.column = frame.columns;
        return span;
    }
    const auto isWord = [&frame](RowNumber row, int column) {
        const LineCells *line = frame.line(row);
        return line != nullptr && column >= 0 && isWordCell(*line, size_t(column));
    };
    if (!isWord(at.row, at.column)) {
        span.end.column = std::min(at.column + 1, frame.columns);
        return span;
    }
    for (;;) {
        if (span.begin.column > 0 && isWord(span.begin.row, span.begin.column - 1))
            --span.begin.column;
        else if (span.begin.column == 0 && wraps(span.begin.row - 1)
                 && isWord(span.begin.row - 1, frame.columns - 1))
            span.begin = {span.begin.row - 1, frame.columns - 1};
        else
            break;
    }
    for (;;) {
        if (isWord(span.end.row, span.end.column))
            ++span.end.column;
        else if (span.end.column == frame.columns && wraps(span.end.row) && isWord(span.end.row + 1, 0))
            span.end = {span.end.row + 1, 1};
        else
            break;
    }
    return span;
}

void Selector::begin(const TerminalFrame &frame, const Place &at, Unit unit, bool isBlock)
{
    m_unit = unit;
    m_isBlock = isBlock;
    m_origin = at;
    m_anchor = unitAt(frame, at);
    m_selection = {};
    if (unit != Unit::Character)
        extend(frame, at);
}

void Selector::extend(const TerminalFrame &frame, const Place &to)
{
    if (m_isBlock) {
        m_selection = {.firstRow = std::min(m_origin.row, to.row),
                       .firstColumn = std::min(m_origin.column, to.column),
                       .lastRow = std::max(m_origin.row, to.row),
                       .lastColumn = std::max(m_origin.column, to.column),
                       .isBlock = true};
        if (m_selection.firstColumn == m_selection.lastColumn)
            m_selection = {};
        return;
    }
    const Span unit = unitAt(frame, to);
    const Place begin = isBefore(unit.begin, m_anchor.begin) ? unit.begin : m_anchor.begin;
    const Place end = isBefore(m_anchor.end, unit.end) ? unit.end : m_anchor.end;
    m_selection = {.firstRow = begin.row,
                   .firstColumn = begin.column,
                   .lastRow = end.row,
                   .lastColumn = end.column,
                   .isBlock = false};
}

void Selector::selectAll(const TerminalFrame &frame)
{
    m_selection = {.firstRow = frame.firstRow,
                   .firstColumn = 0,
                   .lastRow = frame.screenRow + frame.rows - 1,
                   .lastColumn = frame.columns,
                   .isBlock = false};
}

std::pair<int, int> Selector::columnsOf(RowNumber row, int columns) const
{
    if (m_selection.isEmpty() || row < m_selection.firstRow || row > m_selection.lastRow)
        return {0, 0};
    if (m_selection.isBlock)
        return {m_selection.firstColumn, m_selection.lastColumn};
    return {row == m_selection.firstRow ? m_selection.firstColumn : 0,
            row == m_selection.lastRow ? m_selection.lastColumn : columns};
}

}
