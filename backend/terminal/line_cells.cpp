#include "backend/terminal/line_cells.h"

#include <algorithm>

namespace fb {

void appendUtf8(std::string &text, char32_t codePoint)
{
    char bytes[4];
    text.append(bytes, size_t(putUtf8(bytes, codePoint) - bytes));
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
