#pragma once
// What the mouse has selected: characters, words, lines or a block (spec/session-manager.md 5). Words and lines are found in the rows that
// are shown. Ui thread.

#include "models/terminal/terminal_model.h"

namespace fb {

class Selector
{
public:
    enum class Unit { Character, Word, Line };
    struct Place {
        RowNumber row = 0;
        int column = 0; // of the edge before it: 0 to columns
    };

    void begin(const TerminalFrame &frame, const Place &at, Unit unit, bool isBlock);
    void extend(const TerminalFrame &frame, const Place &to);
    void selectAll(const TerminalFrame &frame);
    void clear() { m_selection = {}; }

    const TerminalSelection &selection() const { return m_selection; }
    bool isEmpty() const { return m_selection.isEmpty(); }
    // Columns of a row, from..to.
    std::pair<int, int> columnsOf(RowNumber row, int columns) const;

private:
    struct Span {
        Place begin;
        Place end;
    };
    Span unitAt(const TerminalFrame &frame, const Place &at) const;

    Unit m_unit = Unit::Character;
    bool m_isBlock = false;
    Place m_origin;
    Span m_anchor;
    TerminalSelection m_selection;
};

}
