#include "models/terminal/terminal_search.h"

#include <algorithm>
#include <chrono>
#include <tuple>

namespace fb {

namespace {
    constexpr auto kPiece = std::chrono::milliseconds(4);

    std::string escaped(const std::string &text)
    {
        std::string pattern;
        for (const char c : text) {
            const bool isWord
                = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c < 0;
            if (!isWord)
                pattern += '\\';
            pattern += c;
        }
        return pattern;
    }
}

void TerminalSearch::setWish(const SearchWish &wish)
{
    if (wish == m_wish)
        return;
    m_wish = wish;
    m_pattern.reset();
    m_fault.clear();
    restart();
    if (wish.text.empty())
        return;
    auto compiled = Pattern::compile(wish.isPattern ? wish.text : escaped(wish.text),
                                     wish.ignoresCase ? Pattern::Case::Ignored : Pattern::Case::Kept);
    if (compiled)
        m_pattern = std::move(*compiled);
    else
        m_fault = compiled.error();
}

void TerminalSearch::restart()
{
    m_older.clear();
    m_newer.clear();
    m_screen.clear();
    m_olderEnd = -1;
    m_currentRow.reset();
    m_isComplete = false;
}

void TerminalSearch::findIn(const LineCells &cells, const Line &line, std::vector<Place> &found) const
{
    std::string text;
    std::vector<uint32_t> columns; // of each byte
    for (size_t column = 0; column < cells.cells.size(); ++column) {
        cells.appendText(text, column, column + 1);
        columns.resize(text.size(), uint32_t(column));
    }
    const auto placeOf = [&line](size_t column) {
        const auto after = std::upper_bound(line.starts.begin(), line.starts.end() - 1, column);
        const auto row = after - line.starts.begin() - 1;
        return std::pair(line.firstRow + row, int(column - line.starts[size_t(row)]));
    };
    size_t at = 0;
    while (at <= text.size() && found.size() < kMostMatches) {
        const auto match = m_pattern->find(text, at);
        if (!match)
            return;
        const bool isEmpty = match->end <= std::max(match->begin, at);
        at = isEmpty ? at + 1 : match->end;
        while (at < text.size() && (static_cast<uint8_t>(text[at]) & 0xC0) == 0x80)
            ++at; // not into a character
        if (isEmpty)
            continue;
        size_t last = columns[match->end - 1];
        if (last + 1 < cells.cells.size() && cells.cells[last + 1].isWideTail())
            ++last;
        const auto [row, from] = placeOf(columns[match->begin]);
        const auto [lastRow, to] = placeOf(last);
        found.push_back({row, from, lastRow, to + 1});
    }
}

bool TerminalSearch::advance(Terminal &terminal)
{
    m_isAlone = terminal.modes().alternateScreen;
    if (m_isAlone) {
        searchScreen(terminal);
        m_isComplete = true;
        return false;
    }
    const History &history = terminal.history();
    const int columns = terminal.size().columns;
    const auto begun = std::chrono::steady_clock::now();
    const auto hasTime = [begun] { return std::chrono::steady_clock::now() - begun < kPiece; };
    // A line that still goes on is the screen's.
    const int64_t newEnd = history.endLine() - (history.endsOpen() ? 1 : 0);
    if (m_olderEnd < 0)
        m_olderEnd = m_newerEnd = newEnd;
    const RowNumber first = history.droppedRows();
    LineCells cells;
    std::vector<Place> found;
    Line line;
    const auto readLine = [&](int64_t number) {
        history.readLine(number, cells);
        History::layOut(cells, columns, line.starts);
        found.clear();
        return RowNumber(line.starts.size()) - 1;
    };
    m_newerEnd = std::max(m_newerEnd, history.firstLine()); // what a flood has pushed out is not looked at
    if (m_newerEnd < newEnd) {
        line.firstRow = first + history.rowOfLine(m_newerEnd);
        do {
            const RowNumber rows = readLine(m_newerEnd++);
            findIn(cells, line, found);
            m_newer.insert(m_newer.end(), found.begin(), found.end());
            line.firstRow += rows;
        } while (m_newerEnd < newEnd && hasTime());
    }
    m_olderEnd = std::max(m_olderEnd, history.firstLine());
    if (m_olderEnd > history.firstLine() && hasTime()) {
        line.firstRow = first + history.rowOfLine(m_olderEnd);
        do {
            line.firstRow -= readLine(--m_olderEnd);
            findIn(cells, line, found);
            m_older.insert(m_older.end(), found.rbegin(), found.rend());
        } while (m_olderEnd > history.firstLine() && m_older.size() < kMostMatches && hasTime());
    }
    if (m_older.size() >= kMostMatches)
        m_olderEnd = history.firstLine();
    // What has left the history is no match any more.
    while (!m_older.empty() && m_older.back().row < first)
        m_older.pop_back();
    const auto alive
        = std::find_if(m_newer.begin(), m_newer.end(), [first](const Place &p) { return p.row >= first; });
    m_newer.erase(m_newer.begin(), alive);
    if (m_newer.size() > kMostMatches)
        m_newer.erase(m_newer.begin(), m_newer.end() - std::ptrdiff_t(kMostMatches));
    searchScreen(terminal);
    m_isComplete = m_olderEnd <= history.firstLine() && m_newerEnd >= newEnd;
    return !m_isComplete;
}

void TerminalSearch::searchScreen(Terminal &terminal)
{
    m_screen.clear();
    const History &history = terminal.history();
    const RowNumber screenRow = history.droppedRows() + history.rows();
    LineCells cells;
    LineCells row;
    Line line {.firstRow = screenRow, .starts = {}};
    if (history.endsOpen() && !m_isAlone) {
        history.readLine(history.endLine() - 1, cells);
        History::layOut(cells, terminal.size().columns, line.starts);
        line.starts.pop_back(); // its end
        line.firstRow = screenRow - RowNumber(line.starts.size());
    }
    for (int i = 0; i < terminal.size().rows; ++i) {
        if (line.starts.empty())
            line.firstRow = screenRow + i;
        terminal.readRow(i, row);
        line.starts.push_back(cells.cells.size());
        for (Cell cell : row.cells) {
            if (cell.isCluster())
                cell.text = Cell::kCluster | uint32_t(cells.clusters.size() + cell.cluster());
            cells.cells.push_back(cell);
        }
        cells.clusters.insert(cells.clusters.end(), row.clusters.begin(), row.clusters.end());
        if (row.wraps && i + 1 < terminal.size().rows)
            continue;
        line.starts.push_back(cells.cells.size());
        findIn(cells, line, m_screen);
        cells.clear();
        line.starts.clear();
    }
}

const TerminalSearch::Place &TerminalSearch::place(size_t index) const
{
    if (index < m_screen.size())
        return m_screen[m_screen.size() - 1 - index];
    index -= m_screen.size();
    if (index < m_newer.size())
        return m_newer[m_newer.size() - 1 - index];
    return m_older[index - m_newer.size()];
}

size_t TerminalSearch::count() const
{
    return m_screen.size() + (m_isAlone ? 0 : m_newer.size() + m_older.size());
}

std::optional<size_t> TerminalSearch::currentIndex() const
{
    if (!m_currentRow)
        return std::nullopt;
    // Newest first, they go down.
    size_t low = 0;
    for (size_t high = count(); low < high;) {
        const size_t middle = low + (high - low) / 2;
        const Place &p = place(middle);
        if (std::tie(p.row, p.from) > std::tie(*m_currentRow, m_currentFrom))
            low = middle + 1;
        else
            high = middle;
    }
    if (low < count() && place(low).row == *m_currentRow && place(low).from == m_currentFrom)
        return low;
    return std::nullopt;
}

SearchState TerminalSearch::state() const
{
    SearchState state {.wish = m_wish};
    state.matches = int(count());
    state.isCapped = m_older.size() >= kMostMatches;
    state.isComplete = m_isComplete;
    state.fault = m_fault;
    if (const auto current = currentIndex()) {
        state.current = int(*current) + 1;
        state.currentRow = *m_currentRow;
    }
    return state;
}

void TerminalSearch::step(bool older)
{
    const size_t matches = count();
    if (matches == 0) {
        m_currentRow.reset();
        return;
    }
    const auto now = currentIndex();
    const size_t next = now ? (*now + (older ? 1 : matches - 1)) % matches : 0;
    m_currentRow = place(next).row;
    m_currentFrom = place(next).from;
}

void TerminalSearch::matchesIn(Terminal &terminal, RowNumber top, int rows,
                               std::vector<FrameMatch> &matches) const
{
    const int columns = terminal.size().columns;
    const auto add = [&](const Place &p) {
        for (RowNumber row = std::max(p.row, top); row <= std::min(p.lastRow, top + rows - 1); ++row)
            matches.push_back({row, row == p.row ? p.from : 0, row == p.lastRow ? p.to : columns,
                               m_currentRow == p.row && m_currentFrom == p.from});
    };
    const auto isBefore = [](const Place &p, RowNumber row) { return p.lastRow < row; };
    for (const std::vector<Place> *places : {&m_newer, &m_screen}) {
        for (auto it = std::lower_bound(places->begin(), places->end(), top, isBefore);
             it != places->end() && it->row < top + rows; ++it)
            add(*it);
    }
    for (auto it = std::lower_bound(m_older.rbegin(), m_older.rend(), top, isBefore);
         it != m_older.rend() && it->row < top + rows; ++it)
        add(*it);
}

}
