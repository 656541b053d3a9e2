#pragma once
// Rows as HTML with the colours they have on the screen. Everything that a program wrote is escaped, marks that turn text round too; links are text. Pure.

#include "backend/terminal/line_cells.h"
#include "backend/terminal/terminal_palette.h"

#include <string>
#include <vector>

namespace fb {

// One <pre>; a row that wraps goes on in the same line.
std::string htmlOfLines(const std::vector<LineCells> &lines, const TerminalPalette &palette);

// The same in parts, for what is too long for memory. Between two parts stands a line's end, unless the first one's last row wraps.
std::string htmlBegin(const TerminalPalette &palette);
std::string htmlRows(const std::vector<LineCells> &lines, const TerminalPalette &palette);
std::string htmlEnd();

}
