// Text onto the grid: wrapping, wide characters, marks that join, and the line feeds it leads to.

#include "backend/terminal/terminal.h"
#include "backend/terminal/text_width.h"

#include <algorithm>

namespace fb {

namespace {
    // DEC Special Graphics, 0x5F to 0x7E (VT220 manual, table 2-4).
    constexpr char32_t kGraphics[]
        = U"\u00A0\u25C6\u2592\u2409\u240C\u240D\u240A\u00B0\u00B1\u2424\u240B\u2518\u2510\u250C\u2514"
          U"\u253C\u23BA\u23BB\u2500\u23BC\u23BD\u251C\u2524\u2534\u252C\u2502\u2264\u2265\u03C0\u2260"
          U"\u00A3\u00B7";
}

void Terminal::updatePrinting()
{
    m_isPlain = m_options.usesShortcuts && m_sets[size_t(m_shift)] == Charset::Ascii && m_singleShift < 0
        && !m_insert;
}

void Terminal::printAscii(std::string_view text)
{
    if (!m_isPlain) {
        for (const char c : text) {
            const auto byte = static_cast<uint8_t>(c);
            const Charset set = m_sets[size_t(m_singleShift >= 0 ? m_singleShift : m_shift)];
            if (m_singleShift >= 0) {
                m_singleShift = -1;
                updatePrinting();
            }
            if (set == Charset::Graphics && byte >= 0x5F)
                printOne(kGraphics[byte - 0x5F]);
            else
                printOne(set == Charset::British && byte == '#' ? U'\u00A3' : char32_t(byte));
        }
        return;
    }
    const int columns = m_grid->columns();
    m_stateIsBehind = true;
    while (!text.empty()) {
        if (m_pendingWrap) {
            if (!m_autowrap) { // all of it lands on the last column; the last one stays
                text.remove_prefix(text.size() - 1);
                m_grid->putAscii(m_row, columns - 1, text, m_penId);
                break;
            }
            wrap();
        }
        const auto room = size_t(columns - m_column);
        const std::string_view part = text.substr(0, room);
        m_grid->putAscii(m_row, m_column, part, m_penId);
        m_column += int(part.size());
        if (part.size() == room) {
            m_column = columns - 1;
            m_pendingWrap = true;
        }
        if (part.size() == text.size())
            break;
        text.remove_prefix(part.size());
    }
    m_lastPrinted = static_cast<uint8_t>(text.back());
    m_lastRow = m_row;
    m_lastColumn = m_pendingWrap ? columns - 1 : m_column - 1;
}

void Terminal::print(char32_t codePoint)
{
    if (m_singleShift >= 0) {
        m_singleShift = -1;
        updatePrinting();
    }
    printOne(codePoint);
}

void Terminal::printOne(char32_t codePoint)
{
    const int width = textWidth(codePoint);
    if (width == 0)
        return join(codePoint);
    const int columns = m_grid->columns();
    m_stateIsBehind = true;
    if (m_autowrap && (m_pendingWrap || m_column + width > columns))
        wrap(); // the last column stays as it is when a wide character does not fit
    if (m_column + width > columns) { // it must not wrap and does not fit: xterm and tmux drop it
        m_lastRow = -1;
        return;
    }
    m_pendingWrap = false;
    if (m_insert)
        m_grid->shift(m_row, m_column, width, erasePen());
    m_grid->put(m_row, m_column, codePoint, width, m_penId);
    m_lastPrinted = codePoint;
    m_lastRow = m_row;
    m_lastColumn = m_column;
    m_column += width;
    if (m_column >= columns) {
        m_column = columns - 1;
        m_pendingWrap = true;
    }
}

void Terminal::join(char32_t mark)
{
    // Only to the character that was written last, and only while the cursor stands behind it.
    if (m_lastRow != m_row || m_lastColumn >= m_grid->columns())
        return;
    GridRow &row = m_grid->row(m_row);
    Cell &cell = row.cells[size_t(m_lastColumn)];
    const bool isWide
        = m_lastColumn + 1 < m_grid->columns() && row.cells[size_t(m_lastColumn) + 1].isWideTail();
    const int behind = m_lastColumn + (isWide ? 2 : 1);
    if (cell.isBlank() || cell.isWideTail()
        || (m_pendingWrap ? behind != m_grid->columns() : behind != m_column))
        return;
    std::u32string cluster
        = cell.isCluster() ? m_clusters.cluster(cell.cluster()) : std::u32string(1, char32_t(cell.text));
    if (cluster.size() > ClusterTable::kMostMarks)
        return;
    cluster += mark;
    if (m_clusters.isFull())
        compactTables();
    cell.text = Cell::kCluster | m_clusters.idOf(cluster);
    row.stamp = 0;
}

void Terminal::wrap()
{
    GridRow &row = m_grid->row(m_row);
    row.wraps = true;
    row.stamp = 0;
    m_column = 0;
    m_pendingWrap = false;
    lineFeed();
}

void Terminal::lineFeed()
{
    m_stateIsBehind = true;
    if (m_row == m_bottom - 1)
        scrollUp(1);
    else if (m_row < m_grid->rows() - 1)
        ++m_row;
}

void Terminal::reverseLineFeed()
{
    m_stateIsBehind = true;
    if (m_row == m_top)
        m_grid->scroll(m_top, m_bottom, -1, erasePen());
    else if (m_row > 0)
        --m_row;
}

void Terminal::scrollUp(int lines)
{
    lines = std::min(lines, m_bottom - m_top);
    if (m_top == 0 && !m_modes.alternateScreen) {
        for (int i = 0; i < lines; ++i)
            m_history.push(m_grid->row(i), m_pens, m_clusters);
    }
    m_grid->scroll(m_top, m_bottom, lines, erasePen());
}

void Terminal::repeat(int count)
{
    if (m_lastPrinted == 0)
        return;
    const char32_t glyph = m_lastPrinted;
    const int most = m_grid->columns() * m_grid->rows(); // more of it can't be told apart
    for (int i = std::min(count, most); i > 0; --i)
        printOne(glyph);
}

}
