#pragma once
// Finds a pattern in all that a terminal holds, newest first, in short pieces. Matches lie in whole lines, so also across the end of a row
// and the upper edge of the screen. While another screen is shown, in that alone. TerminalThread.

#include "backend/language/pattern.h"
#include "backend/terminal/terminal.h"
#include "models/terminal/search_state.h"
#include "models/terminal/terminal_frame.h"

#include <optional>
#include <vector>

namespace fb {

class TerminalSearch
{
public:
    static constexpr size_t kMostMatches = 100'000;

    void setWish(const SearchWish &wish);
    void restart(); // the rows' numbers have changed
    bool isActive() const { return m_pattern.has_value(); }
    bool isComplete() const { return m_isComplete; }
    // For a few milliseconds at what has not been searched; false: all is. Looks at the screen's rows anew.
    bool advance(Terminal &terminal);
    void step(bool older); // to the next match; wraps
    SearchState state() const;
    void matchesIn(Terminal &terminal, RowNumber top, int rows, std::vector<FrameMatch> &matches) const;

private:
    struct Place { // of a match: from a column of a row to a column (exclusive) of a later or the same one
        RowNumber row = 0;
        int from = 0;
        RowNumber lastRow = 0;
        int to = 0;
    };
    struct Line {
        RowNumber firstRow = 0;
        std::vector<size_t> starts; // of its rows
    };

    void findIn(const LineCells &cells, const Line &line, std::vector<Place> &found) const;
    void searchScreen(Terminal &terminal);
    const Place &place(size_t index) const; // newest first
    std::optional<size_t> currentIndex() const;
    size_t count() const;

    SearchWish m_wish;
    std::optional<Pattern> m_pattern;
    std::string m_fault;
    std::vector<Place> m_older; // of the history when it began, newest first
    std::vector<Place> m_newer; // of what came into the history since, oldest first
    std::vector<Place> m_screen; // oldest first; with the line that goes on from the history into the screen
    int64_t m_olderEnd = -1; // lines of the history from here on are searched; -1: not begun
    int64_t m_newerEnd = 0; // up to here
    std::optional<RowNumber> m_currentRow; // of the current match
    int m_currentFrom = 0;
    bool m_isComplete = false;
    bool m_isAlone = false; // the history is not to be seen
};

}
