#pragma once
// Rows as HTML with the colours they have on the screen. Everything that a program wrote is escaped; links are text. Pure.

#include "backend/terminal/line_cells.h"
#include "backend/terminal/terminal_palette.h"

#include <string>
#include <vector>

namespace fb {

// One <pre>; a row that wraps goes on in the same line.
std::string htmlOfLines(const std::vector<LineCells> &lines, const TerminalPalette &palette);

}
