#include "backend/terminal/line_cells.h"

#include <algorithm>

namespace fb {

void appendUtf8(std::string &text, char32_t c)
{
    const auto byte = [&text](char32_t value) { text += static_cast<char>(value); };
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
}

void LineCells::appendText(std::string &text, size_t from, size_t to) const
{
    to = std::min(to, cells.size());
    for (size_t column = from; column < to; ++column) {
        const Cell &cell = cells[column];
        if (cell.isWideTail())
            continue;
        if (cell.isCluster()) {
            for (const char32_t c : clusters[cell.cluster()])
                appendUtf8(text, c);
        } else {
            appendUtf8(text, cell.isBlank() ? U' ' : char32_t(cell.text));
        }
    }
}

size_t LineCells::textEnd() const
{
    size_t end = cells.size();
    while (end > 0 && (cells[end - 1].isBlank() || cells[end - 1].text == U' '))
        --end;
    return end;
}

}
