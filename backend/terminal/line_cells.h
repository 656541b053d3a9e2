#pragma once
// One row with all that is needed to draw, copy or search it, apart from the terminal it came from. Plain value; any thread.

#include "backend/terminal/cell.h"
#include "backend/terminal/pen.h"

#include <cstdint>
#include <string>
#include <vector>

namespace fb {

struct LineCells {
    std::vector<Cell> cells; // text and pen are of the two tables below
    std::vector<Pen> pens;
    std::vector<std::u32string> clusters;
    bool wraps = false; // goes on in the next row
    bool isPrompt = false; // a shell said that its prompt begins here (OSC 133)

    void clear()
    {
        cells.clear();
        pens.clear();
        clusters.clear();
        wraps = isPrompt = false;
    }
    // Appends the text of columns [from, to) as UTF-8; blanks as spaces. A wide character whole, when its first half is within.
    void appendText(std::string &text, size_t from, size_t to) const;
    size_t textEnd() const; // the column after the last one that is not blank or a space
};

// At most four bytes; answers the place behind them.
inline char *putUtf8(char *to, char32_t c)
{
    const auto byte = [&to](char32_t value) { *to++ = static_cast<char>(value); };
    if (c < 0x80) {
        byte(c);
    } else if (c < 0x800) {
        byte(0xC0 | (c >> 6));
        byte(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        byte(0xE0 | (c >> 12));
        byte(0x80 | ((c >> 6) & 0x3F));
        byte(0x80 | (c & 0x3F));
    } else {
        byte(0xF0 | (c >> 18));
        byte(0x80 | ((c >> 12) & 0x3F));
        byte(0x80 | ((c >> 6) & 0x3F));
        byte(0x80 | (c & 0x3F));
    }
    return to;
}
void appendUtf8(std::string &text, char32_t codePoint);

}
