#pragma once
// A line that has left the screen, packed: about one byte a column for plain text, with its pens and combining marks, by itself. Any thread.

#include "backend/terminal/line_cells.h"

#include <string>
#include <string_view>

namespace fb {

class ClusterTable;
class PenTable;

struct CellSpan { // cells whose numbers are of these tables
    const Cell *cells = nullptr;
    size_t count = 0;
    const PenTable *pens = nullptr;
    const ClusterTable *clusters = nullptr;
};

struct PackedShape {
    bool hasWide = false; // its rows can't be told from its columns alone
};

PackedShape packLine(const CellSpan &line, std::string &packed); // appends
// Appends to `line`; bytes that packLine() did not make give what can be read of them.
void unpackLine(std::string_view packed, LineCells &line);

}
