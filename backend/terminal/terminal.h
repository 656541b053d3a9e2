#pragma once
// A VT220/xterm terminal without a screen: what a program writes goes in, rows of cells come out (spec/session-manager.md 5). Sessions show
// it, players feed recordings to it, tests compare it. Never larger than its grid and its history, whatever the program writes; nothing
// that it answers can be mistaken for what an operator types. One thread at a time.
//
//     Terminal terminal({80, 24});
//     terminal.write("\033[1mhello");
//     terminal.screenText();          // "hello"

#include "backend/terminal/cluster_table.h"
#include "backend/terminal/escape_scanner.h"
#include "backend/terminal/history.h"
#include "backend/terminal/line_cells.h"
#include "backend/terminal/link_table.h"
#include "backend/terminal/pen_table.h"
#include "backend/terminal/terminal_grid.h"
#include "backend/terminal/terminal_modes.h"
#include "backend/terminal/vterm_state.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace fb {

struct TerminalSize {
    static constexpr int kLeastColumns = 2; // a wide character must fit
    static constexpr int kMost = 1000; // columns or rows

    int columns = 80;
    int rows = 24;
    bool operator==(const TerminalSize &) const = default;
};

struct TerminalOptions {
    int64_t historyRows = 10'000; // 0 to 1,000,000
    std::string
        spillFolder; // for what memory should not hold, encrypted; empty: the system's temporary folder
    int cellWidth = 0; // pixels of a cell, for programs that ask; 0: they are not told
    int cellHeight = 0;
    bool usesShortcuts = true; // false: one character at a time and by the parser, to compare with
};

struct TerminalCursor {
    int row = 0;
    int column = 0;
    bool pendingWrap = false; // the next character goes to the next row
    bool operator==(const TerminalCursor &) const = default;
};

// What happened since it was last taken. Of each kind only the newest is kept.
struct TerminalNews {
    std::optional<std::string> title; // without control characters, at most 256 characters
    std::optional<std::string> clipboard; // OSC 52: what a program would put there; ask first
    bool bell = false;
};

class Terminal : private ScannerSink, private VtermSink
{
public:
    static constexpr size_t kMostReplies = 4096; // bytes that wait; a flood of queries is not answered

    explicit Terminal(TerminalSize size, TerminalOptions options = {});
    ~Terminal() override;

    void write(std::string_view bytes);
    void resize(TerminalSize size); // reflows; out of range: the nearest that is within
    void clearHistory();
    void setCellPixels(int width, int height); // as in the options

    std::string takeReplies(); // for the program
    TerminalNews takeNews();
    const TerminalModes &modes() const { return m_modes; }
    void endSynchronizedOutput() { m_modes.synchronizedOutput = false; } // it took too long

    // ---- What there is to see. Rows: 0 is the screen's first one, -1 the one above it in the history.
    TerminalSize size() const { return {m_grid->columns(), m_grid->rows()}; }
    TerminalCursor cursor() const { return {m_row, m_column, m_pendingWrap}; }
    int64_t historyRows() const { return m_modes.alternateScreen ? 0 : m_history.rows(); }
    const History &history() const { return m_history; }
    void readRow(int64_t row, LineCells &line) const;
    // Of a screen row: another number when anything in it has changed.
    uint64_t stampOf(int row);
    const std::string &linkAddress(uint32_t link) const { return m_links.address(link); }

    // ---- As text, UTF-8, rows ended by "\n", trailing blanks cut; a row that wraps goes on in the same line when `joined`.
    std::string screenText() const { return text(0, size().rows, false); }
    std::string text(int64_t firstRow, int64_t count, bool joined) const;
    std::string screenAnsi() const; // rows with their pens: a reset and the whole pen where it changes

private:
    enum class Charset : uint8_t { Ascii, British, Graphics };
    struct SavedCursor {
        TerminalCursor cursor;
        Pen pen;
        std::array<Charset, 4> sets {};
        int shift = 0;
        bool origin = false;
    };

    // ScannerSink
    void printAscii(std::string_view text) override;
    void print(char32_t codePoint) override;
    void control(uint8_t character) override;
    void escape(char intermediate, char final) override;
    void sequence(const ControlSequence &sequence) override;
    void string(StringKind kind, std::string_view content) override;
    // VtermSink
    void cursorMoved(int row, int column) override;
    void rowsScrolled(int top, int bottom, int lines) override;
    void columnsShifted(int row, int column, int count) override;
    void areaErased(int top, int left, int bottom, int right, bool selective) override;
    void glyphPut(int row, int column, char32_t glyph) override;

    // terminal_print.cpp
    void printOne(char32_t codePoint);
    void join(char32_t mark);
    void wrap();
    void lineFeed();
    void reverseLineFeed();
    void scrollUp(int lines);
    void repeat(int count);

    // terminal_sequences.cpp
    void byState(std::string_view function); // through libvterm
    void byState(const ControlSequence &sequence);
    void moveTo(int row, int column); // within the margins in origin mode
    void placeAt(int row, int column);
    void setMargins(const ControlSequence &sequence);
    void setMode(int mode, bool on);
    void setPrivateMode(int mode, bool on);
    void showAlternate(bool on, bool clears);
    void setCursorStyle(int style);
    void saveCursor();
    void restoreCursor();
    void softReset();
    void hardReset();
    void designate(int set, char final);
    void updatePrinting();

    // terminal_reports.cpp
    void report(const ControlSequence &sequence);
    void reportMode(const ControlSequence &sequence);
    void reportSize(int what);
    void reply(std::string_view answer);

    // terminal_strings.cpp
    void setTitle(std::string_view title);
    void setLink(std::string_view content);
    void setClipboard(std::string_view content);
    void promptMark(std::string_view content);

    void setPen(const Pen &pen);
    uint32_t erasePen(); // the pen's background alone
    void compactTables();
    void resizeMain(TerminalSize size);

    TerminalOptions m_options;
    EscapeScanner m_scanner;
    VtermState m_state;
    bool m_stateIsBehind = false; // libvterm's cursor is not where ours is

    PenTable m_pens;
    ClusterTable m_clusters;
    LinkTable m_links;
    TerminalGrid m_main;
    TerminalGrid m_alternate;
    TerminalGrid *m_grid; // the one that is shown
    History m_history;
    uint64_t m_lastStamp = 0;

    int m_row = 0;
    int m_column = 0;
    bool m_pendingWrap = false;
    int m_top = 0; // scrolling region: rows [m_top, m_bottom)
    int m_bottom;
    Pen m_pen;
    uint32_t m_penId = 0;
    std::array<Charset, 4> m_sets {};
    int m_shift = 0; // G0 to G3, the one in use
    int m_singleShift = -1; // for one character
    bool m_autowrap = true;
    bool m_insert = false;
    bool m_origin = false;
    bool m_isPlain = true; // ASCII means itself and overwrites
    char32_t m_lastPrinted = 0;
    int m_lastRow = -1; // where it stands; -1: what comes next joins nothing
    int m_lastColumn = 0;
    std::array<SavedCursor, 2> m_saved; // main, alternate

    TerminalModes m_modes;
    TerminalNews m_news;
    std::string m_replies;
};

}
