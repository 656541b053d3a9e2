#include "backend/terminal/terminal.h"

#include "backend/terminal/sgr.h"

#include <algorithm>
#include <utility>

namespace fb {

namespace {
    TerminalSize within(TerminalSize size)
    {
        return {std::clamp(size.columns, TerminalSize::kLeastColumns, TerminalSize::kMost),
                std::clamp(size.rows, 1, TerminalSize::kMost)};
    }
}

Terminal::Terminal(TerminalSize size, TerminalOptions options)
    : m_options(std::move(options)),
      m_scanner(*this),
      m_state(*this, within(size).columns, within(size).rows),
      m_main(within(size).columns, within(size).rows),
      m_alternate(within(size).columns, within(size).rows),
      m_grid(&m_main),
      m_history(within(size).columns, m_options.historyRows, m_options.spillFolder),
      m_bottom(within(size).rows)
{
    updatePrinting();
}

Terminal::~Terminal() = default;

void Terminal::write(std::string_view bytes) { m_scanner.write(bytes); }

void Terminal::setCellPixels(int width, int height)
{
    m_options.cellWidth = std::clamp(width, 0, 1000);
    m_options.cellHeight = std::clamp(height, 0, 1000);
}

std::string Terminal::takeReplies() { return std::exchange(m_replies, {}); }

TerminalNews Terminal::takeNews() { return std::exchange(m_news, {}); }

void Terminal::clearHistory() { m_history.clear(); }

void Terminal::resize(TerminalSize size)
{
    size = within(size);
    if (size == this->size())
        return;
    if (m_modes.alternateScreen) {
        // The main screen is reflowed around its own cursor, which was kept when it went away.
        std::swap(m_saved[0].cursor.row, m_row);
        std::swap(m_saved[0].cursor.column, m_column);
        resizeMain(size);
        std::swap(m_saved[0].cursor.row, m_row);
        std::swap(m_saved[0].cursor.column, m_column);
        m_row = std::min(m_row, size.rows - 1);
        m_column = std::min(m_column, size.columns - 1);
    } else {
        resizeMain(size);
    }
    m_alternate.resize(size.columns, size.rows);
    for (SavedCursor &saved : m_saved) {
        saved.cursor.row = std::min(saved.cursor.row, size.rows - 1);
        saved.cursor.column = std::min(saved.cursor.column, size.columns - 1);
    }
    m_pendingWrap = false;
    m_lastRow = -1;
    m_top = 0;
    m_bottom = size.rows;
    m_state.resize(size.columns, size.rows);
    m_state.applyQuietly("\033[r");
    m_stateIsBehind = true;
}

void Terminal::setPen(const Pen &pen)
{
    if (m_pens.isFull())
        compactTables();
    m_pen = pen;
    m_penId = m_pens.idOf(pen);
}

uint32_t Terminal::erasePen()
{
    if (m_pen.background.isDefault())
        return PenTable::kDefault;
    Pen pen;
    pen.background = m_pen.background;
    return m_pens.idOf(pen);
}

void Terminal::compactTables()
{
    std::vector<bool> usedPens(m_pens.size());
    std::vector<bool> usedClusters(m_clusters.size());
    usedPens[m_penId] = true;
    const auto forEachCell = [this](auto &&visit) {
        for (TerminalGrid *grid : {&m_main, &m_alternate}) {
            for (int row = 0; row < grid->rows(); ++row) {
                for (Cell &cell : grid->row(row).cells)
                    visit(cell);
            }
        }
    };
    forEachCell([&](const Cell &cell) {
        usedPens[cell.pen] = true;
        if (cell.isCluster())
            usedClusters[cell.cluster()] = true;
    });
    const std::vector<uint32_t> pens = m_pens.compact(usedPens);
    const std::vector<uint32_t> clusters = m_clusters.compact(usedClusters);
    forEachCell([&](Cell &cell) {
        cell.pen = pens[cell.pen];
        if (cell.isCluster())
            cell.text = Cell::kCluster | clusters[cell.cluster()];
    });
    m_penId = pens[m_penId];
}

// ---- Reading -------------------------------------------------------------------------------------------------------

uint64_t Terminal::stampOf(int row)
{
    GridRow &gridRow = m_grid->row(row);
    if (gridRow.stamp == 0)
        gridRow.stamp = ++m_lastStamp;
    return gridRow.stamp;
}

void Terminal::readRow(int64_t row, LineCells &line) const
{
    if (row < 0) {
        m_history.readRow(m_history.rows() + row, line);
        return;
    }
    line.clear();
    if (row >= m_grid->rows())
        return;
    const GridRow &from = m_grid->row(int(row));
    line.wraps = from.wraps;
    line.isPrompt = from.isPrompt;
    line.cells.assign(from.cells.begin(), from.cells.begin() + from.used);
    std::vector<uint32_t> known; // numbers in the terminal's table of the pens in the line's
    for (Cell &cell : line.cells) {
        auto at = known.empty() || known.back() != cell.pen ? std::find(known.begin(), known.end(), cell.pen)
                                                            : known.end() - 1;
        if (at == known.end()) {
            known.push_back(cell.pen);
            line.pens.push_back(m_pens.pen(cell.pen));
            at = known.end() - 1;
        }
        cell.pen = uint32_t(at - known.begin());
        if (cell.isCluster()) {
            line.clusters.push_back(m_clusters.cluster(cell.cluster()));
            cell.text = Cell::kCluster | uint32_t(line.clusters.size() - 1);
        }
    }
}

std::string Terminal::text(int64_t firstRow, int64_t count, bool joined) const
{
    std::string text;
    LineCells line;
    for (int64_t row = firstRow; row < firstRow + count; ++row) {
        readRow(row, line);
        const bool goesOn = joined && line.wraps && row + 1 < firstRow + count;
        line.appendText(text, 0, goesOn ? line.cells.size() : line.textEnd());
        if (!goesOn)
            text += '\n';
    }
    return text;
}

std::string Terminal::screenAnsi() const
{
    std::string text;
    LineCells line;
    Pen pen;
    for (int row = 0; row < m_grid->rows(); ++row) {
        readRow(row, line);
        size_t end = line.cells.size();
        while (end > 0 && line.cells[end - 1].isBlank() && line.pens[line.cells[end - 1].pen] == Pen())
            --end;
        for (size_t column = 0; column < end; ++column) {
            const Pen &next = line.pens[line.cells[column].pen];
            if (next != pen) {
                text += sgrOf(next);
                pen = next;
            }
            line.appendText(text, column, column + 1);
        }
        text += '\n';
    }
    return text;
}

}
