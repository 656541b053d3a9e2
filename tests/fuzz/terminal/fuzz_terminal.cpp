// The whole terminal against a hostile program: what it shows holds together after every resize and at the end, what it answers can't be input, and
// with short cuts or without, whole or byte by byte, it is the same. [U02] [U03]
//
// The input is what a program writes, so that recorded streams are seeds; FF and two bytes resize the terminal, FE ends a write.

#include "backend/terminal/terminal.h"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace fb;

void require(bool holds)
{
    if (!holds)
        std::abort();
}

void checkRow(const LineCells &line, size_t columns, bool isOfScreen)
{
    require(isOfScreen ? line.cells.size() <= columns : line.cells.size() <= columns + 1);
    for (size_t i = 0; i < line.cells.size(); ++i) {
        const Cell &cell = line.cells[i];
        require(cell.pen < line.pens.size());
        if (cell.isCluster())
            require(cell.cluster() < line.clusters.size());
        else
            require(cell.text <= Cell::kWideTail);
        if (cell.isWideTail())
            require(i > 0 && !line.cells[i - 1].isBlank() && !line.cells[i - 1].isWideTail());
    }
}

void checkScreen(const Terminal &terminal, int64_t firstRow)
{
    const TerminalSize size = terminal.size();
    const TerminalCursor cursor = terminal.cursor();
    require(cursor.row >= 0 && cursor.row < size.rows);
    require(cursor.column >= 0 && cursor.column < size.columns);
    LineCells line;
    for (int64_t row = firstRow; row < size.rows; ++row) {
        terminal.readRow(row, line);
        checkRow(line, size_t(size.columns), row >= 0);
    }
}

void checkAnswers(Terminal &terminal)
{
    const std::string replies = terminal.takeReplies();
    require(replies.size() <= Terminal::kMostReplies);
    for (const char c : replies)
        require(c == '\033' || (c >= '0' && c <= '9')
                || std::string_view("[;?>$cnRyt").find(c) != std::string_view::npos);
    const TerminalNews news = terminal.takeNews();
    require(!news.title || news.title->size() <= 256 * 4);
}

class Pair
{
public:
    Pair() : m_quick({80, 24}, options(true)), m_slow({80, 24}, options(false)) { }

    void write(std::string_view bytes)
    {
        m_quick.write(bytes);
        for (const char &byte : bytes)
            m_slow.write(std::string_view(&byte, 1));
    }
    void resize(TerminalSize size)
    {
        m_quick.resize(size);
        m_slow.resize(size);
        require(m_quick.cursor() == m_slow.cursor());
        require(m_quick.historyRows() == m_slow.historyRows());
        checkScreen(m_quick, 0);
    }
    void compare()
    {
        require(m_quick.screenAnsi() == m_slow.screenAnsi());
        require(m_quick.cursor() == m_slow.cursor());
        require(m_quick.modes() == m_slow.modes());
        require(m_quick.historyRows() == m_slow.historyRows());
        const int64_t rows = m_quick.historyRows();
        require(m_quick.text(-rows, rows, true) == m_slow.text(-rows, rows, true));
        checkScreen(m_quick, -rows);
        checkAnswers(m_quick);
    }

private:
    static TerminalOptions options(bool usesShortcuts)
    {
        return {.historyRows = 40, .spillFolder = {}, .usesShortcuts = usesShortcuts};
    }

    Terminal m_quick;
    Terminal m_slow;
};

}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    Pair pair;
    std::string_view rest(reinterpret_cast<const char *>(bytes), size);
    while (!rest.empty()) {
        const size_t end = rest.find_first_of("\xFE\xFF");
        pair.write(rest.substr(0, end));
        if (end == std::string_view::npos)
            break;
        const bool resizes = rest[end] == '\xFF';
        rest.remove_prefix(end + 1);
        if (!resizes || rest.size() < 2)
            continue;
        pair.resize({1 + static_cast<uint8_t>(rest[0]) % 140, 1 + static_cast<uint8_t>(rest[1]) % 60});
        rest.remove_prefix(2);
    }
    pair.compare();
    return 0;
}
