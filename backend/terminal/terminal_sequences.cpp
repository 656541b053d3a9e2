// Control characters, escape and control sequences. Names and meanings: ECMA-48, the VT220 and VT510 manuals, xterm's ctlseqs.

#include "backend/terminal/sgr.h"
#include "backend/terminal/terminal.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace fb {

namespace {
    constexpr int kLargestCount = 10'000; // of cells or rows that one function can mean
}

// ---- libvterm's part -----------------------------------------------------------------------------------------------

void Terminal::byState(std::string_view function)
{
    if (std::exchange(m_stateIsBehind, false))
        m_state.placeCursor(m_row, m_column, m_origin ? m_top : 0);
    m_state.apply(function);
}

void Terminal::byState(const ControlSequence &sequence)
{
    std::array<char, 64> text;
    auto *at = text.data();
    *at++ = '\033';
    *at++ = '[';
    if (sequence.leader != 0)
        *at++ = sequence.leader;
    for (int i = 0; i < std::min(sequence.count, 4); ++i) {
        if (i > 0)
            *at++ = ';';
        if (sequence.parameters[size_t(i)] != ControlSequence::kMissing)
            at = fmt::format_to(at, "{}", std::min(sequence.parameters[size_t(i)], kLargestCount));
    }
    if (sequence.intermediate != 0)
        *at++ = sequence.intermediate;
    *at++ = sequence.final;
    byState({text.data(), size_t(at - text.data())});
}

void Terminal::cursorMoved(int row, int column)
{
    m_row = row;
    m_column = column;
    m_pendingWrap = false;
}

void Terminal::rowsScrolled(int top, int bottom, int lines)
{
    m_grid->scroll(top, bottom, lines, erasePen());
}

void Terminal::columnsShifted(int row, int column, int count)
{
    m_grid->shift(row, column, count, erasePen());
}

void Terminal::areaErased(int top, int left, int bottom, int right, bool selective)
{
    for (int row = top; row < bottom; ++row) {
        // With the wrap pending, what EL and ED erase from here on begins behind the last column: grep's "match, EL" keeps its letter.
        // So do tmux, VTE, kitty and Alacritty; xterm takes it.
        if (m_pendingWrap && m_autowrap && row == m_row && left == m_grid->columns() - 1)
            continue;
        if (row > 0 && left == 0
            && right >= m_grid->columns()) { // what went on here is gone: zsh erases before its prompt
            m_grid->row(row - 1).wraps = false;
            m_grid->row(row - 1).stamp = 0;
        }
        if (selective)
            m_grid->eraseUnprotected(row, left, right, erasePen(), m_pens);
        else
            m_grid->erase(row, left, right, erasePen());
    }
}

void Terminal::glyphPut(int row, int column, char32_t glyph)
{
    m_grid->put(row, column, glyph, 1, PenTable::kDefault);
}

// ---- Cursor --------------------------------------------------------------------------------------------------------

void Terminal::placeAt(int row, int column)
{
    m_row = std::clamp(row, 0, m_grid->rows() - 1);
    m_column = std::clamp(column, 0, m_grid->columns() - 1);
    m_pendingWrap = false;
    m_stateIsBehind = true;
}

void Terminal::moveTo(int row, int column)
{
    if (m_origin)
        placeAt(std::clamp(row + m_top, m_top, m_bottom - 1), column);
    else
        placeAt(row, column);
}

void Terminal::saveCursor()
{
    m_saved[m_modes.alternateScreen ? 1 : 0] = {cursor(), m_pen, m_sets, m_shift, m_origin};
}

void Terminal::restoreCursor()
{
    const SavedCursor saved = m_saved[m_modes.alternateScreen ? 1 : 0];
    setPrivateMode(6, saved.origin);
    placeAt(saved.cursor.row, saved.cursor.column);
    m_pendingWrap = saved.cursor.pendingWrap && m_column == m_grid->columns() - 1;
    setPen(saved.pen);
    m_sets = saved.sets;
    m_shift = saved.shift;
    updatePrinting();
}

// ---- Control characters and escapes --------------------------------------------------------------------------------

void Terminal::control(uint8_t character)
{
    switch (character) {
    case 0x07:
        m_news.bell = true;
        break;
    case 0x08: // BS
        placeAt(m_row, m_column - 1);
        break;
    case 0x09: // HT
        byState("\t");
        break;
    case 0x0A: // LF
    case 0x0B: // VT
    case 0x0C: // FF
        m_pendingWrap = false;
        lineFeed();
        if (m_modes.newline)
            m_column = 0;
        break;
    case 0x0D: // CR
        m_column = 0;
        m_pendingWrap = false;
        m_stateIsBehind = true;
        break;
    case 0x0E: // SO
    case 0x0F: // SI
        m_shift = character == 0x0E ? 1 : 0;
        updatePrinting();
        break;
    default:
        break;
    }
}

void Terminal::designate(int set, char final)
{
    m_sets[size_t(set)] = final == '0' ? Charset::Graphics : final == 'A' ? Charset::British : Charset::Ascii;
    updatePrinting();
}

void Terminal::escape(char intermediate, char final)
{
    if (intermediate >= '(' && intermediate <= '+')
        return designate(intermediate - '(', final);
    if (intermediate == '#' && final == '8') { // DECALN
        m_top = 0;
        m_bottom = m_grid->rows();
        setPrivateMode(6, false);
        m_state.applyQuietly("\033[r");
        byState("\033#8");
        return placeAt(0, 0);
    }
    if (intermediate != 0)
        return;
    switch (final) {
    case '7':
        return saveCursor();
    case '8':
        return restoreCursor();
    case '=':
    case '>':
        m_modes.applicationKeypad = final == '=';
        break;
    case 'D': // IND
    case 'E': // NEL
        m_pendingWrap = false;
        lineFeed();
        if (final == 'E')
            m_column = 0;
        break;
    case 'H': // HTS
        return byState("\033H");
    case 'M': // RI
        m_pendingWrap = false;
        return reverseLineFeed();
    case 'N': // SS2
    case 'O': // SS3
        m_singleShift = final == 'N' ? 2 : 3;
        return updatePrinting();
    case 'n': // LS2
    case 'o': // LS3
        m_shift = final == 'n' ? 2 : 3;
        return updatePrinting();
    case 'Z': // DECID
        return report({.final = 'c'});
    case 'c':
        return hardReset();
    default:
        break;
    }
}

// ---- Control sequences ---------------------------------------------------------------------------------------------

void Terminal::sequence(const ControlSequence &sequence)
{
    if (sequence.leader == 0 && sequence.intermediate == 0) {
        switch (sequence.final) {
        case 'm': {
            Pen pen = m_pen;
            applySgr(sequence, pen);
            if (pen != m_pen)
                setPen(pen);
            return;
        }
        case 'H': // CUP
        case 'f': // HVP
            if (m_options.usesShortcuts)
                return moveTo(sequence.number(0, 1) - 1, sequence.number(1, 1) - 1);
            m_pendingWrap = false;
            return byState(sequence);
        case 'A': // CUU stops at the margin
        case 'F': {
            const int least = m_row >= m_top ? m_top : 0;
            return placeAt(std::max(least, m_row - sequence.number(0, 1)),
                           sequence.final == 'F' ? 0 : m_column);
        }
        case 'B': // CUD likewise
        case 'E': {
            const int most = m_row < m_bottom ? m_bottom - 1 : m_grid->rows() - 1;
            return placeAt(std::min(most, m_row + sequence.number(0, 1)),
                           sequence.final == 'E' ? 0 : m_column);
        }
        case 'e': // VPR knows margins in origin mode only
            return placeAt(
                std::min((m_origin ? m_bottom : m_grid->rows()) - 1, m_row + sequence.number(0, 1)),
                m_column);
        case 'C': // CUF
        case 'D': // CUB
        case 'G': // CHA
        case '`': // HPA
        case 'a': // HPR
        case 'd': // VPA
        case 'j': // HPB
        case 'k': // VPB
        case 'Z': // CBT
            m_pendingWrap = false;
            return byState(sequence);
        case 'I': // CHT
            return m_pendingWrap ? void() : byState(sequence); // as TAB
        case 'L': // IL
        case 'M': // DL
            if (m_row < m_top || m_row >= m_bottom)
                return;
            byState(sequence);
            return placeAt(m_row, 0);
        case '@': // ICH
        case 'P': // DCH
        case 'X': // ECH
            m_pendingWrap = false;
            if (sequence.final == 'X' || (m_row >= m_top && m_row < m_bottom))
                return byState(sequence);
            m_grid->shift(m_row, m_column,
                          (sequence.final == '@' ? 1 : -1) * std::min(sequence.number(0, 1), kLargestCount),
                          erasePen()); // libvterm would not: it is outside the scrolling region
            return;
        case 'J': // ED
            if (sequence.value(0, 0) == 3)
                return clearHistory();
            return byState(sequence);
        case 'K': // EL
        case 'g': // TBC
            return byState(sequence);
        case 'S': // SU
            return scrollUp(sequence.number(0, 1));
        case 'T': // SD
            if (sequence.count <= 1) // five parameters: highlight tracking, which is not offered
                m_grid->scroll(m_top, m_bottom, -std::min(sequence.number(0, 1), m_bottom - m_top),
                               erasePen());
            return;
        case 'b': // REP
            return repeat(sequence.number(0, 1));
        case 'c': // DA
        case 'n': // DSR
            return report(sequence);
        case 'h':
        case 'l':
            for (int i = 0; i < sequence.count; ++i)
                setMode(sequence.value(i, 0), sequence.final == 'h');
            return;
        case 'r':
            return setMargins(sequence);
        case 's':
            return saveCursor();
        case 'u':
            return restoreCursor();
        case 't':
            return reportSize(sequence.value(0, 0));
        default:
            return;
        }
    }
    const auto is = [&sequence](char leader, char intermediate, char final) {
        return sequence.leader == leader && sequence.intermediate == intermediate && sequence.final == final;
    };
    if (is('?', 0, 'h') || is('?', 0, 'l')) {
        for (int i = 0; i < sequence.count; ++i)
            setPrivateMode(sequence.value(i, 0), sequence.final == 'h');
    } else if (is('?', 0, 'J') || is('?', 0, 'K')) {
        byState(sequence);
    } else if (is('?', 0, 'n') || is('>', 0, 'c')) {
        report(sequence);
    } else if (is('?', '$', 'p') || is(0, '$', 'p')) {
        reportMode(sequence);
    } else if (is(0, ' ', 'q')) {
        setCursorStyle(sequence.value(0, 0));
    } else if (is(0, '"', 'q')) { // DECSCA
        Pen pen = m_pen;
        pen.set(Pen::Protected, sequence.value(0, 0) == 1);
        setPen(pen);
    } else if (is(0, '!', 'p')) {
        softReset();
    }
}

void Terminal::setMargins(const ControlSequence &sequence)
{
    const int rows = m_grid->rows();
    const int top = sequence.number(0, 1) - 1;
    const int bottom = std::min(sequence.number(1, rows), rows);
    if (top >= bottom - 1)
        return;
    m_top = top;
    m_bottom = bottom;
    m_state.applyQuietly(fmt::format("\033[{};{}r", top + 1, bottom));
    moveTo(0, 0);
}

void Terminal::setCursorStyle(int style)
{
    if (style < 0 || style > 6)
        return;
    m_modes.cursorBlinks = style == 0 || style % 2 == 1;
    m_modes.cursorShape = style <= 2 ? CursorShape::Block
        : style <= 4                 ? CursorShape::Underline
                                     : CursorShape::Bar;
}

void Terminal::setMode(int mode, bool on)
{
    if (mode == 4) {
        m_insert = on;
        updatePrinting();
    } else if (mode == 20) {
        m_modes.newline = on;
    }
}

void Terminal::setPrivateMode(int mode, bool on)
{
    const auto track
        = [this, on](MouseTracking tracking) { m_modes.mouse = on ? tracking : MouseTracking::None; };
    const auto encode = [this, on](MouseEncoding encoding) {
        m_modes.mouseEncoding = on ? encoding : MouseEncoding::Bytes;
    };
    switch (mode) {
    case 1:
        m_modes.applicationCursor = on;
        break;
    case 5:
        m_modes.reverseVideo = on;
        break;
    case 6:
        m_origin = on;
        m_state.applyQuietly(on ? "\033[?6h" : "\033[?6l");
        moveTo(0, 0);
        break;
    case 7:
        m_autowrap = on;
        break;
    case 9:
        track(MouseTracking::Press);
        break;
    case 12:
        m_modes.cursorBlinks = on;
        break;
    case 25:
        m_modes.cursorVisible = on;
        break;
    case 47:
    case 1047:
        showAlternate(on, mode == 1047 && !on);
        break;
    case 1000:
        track(MouseTracking::Click);
        break;
    case 1002:
        track(MouseTracking::Drag);
        break;
    case 1003:
        track(MouseTracking::Motion);
        break;
    case 1004:
        m_modes.focusEvents = on;
        break;
    case 1005:
        encode(MouseEncoding::Utf8);
        break;
    case 1006:
        encode(MouseEncoding::Sgr);
        break;
    case 1007:
        m_modes.alternateScroll = on;
        break;
    case 1015:
        encode(MouseEncoding::Urxvt);
        break;
    case 1048:
        on ? saveCursor() : restoreCursor();
        break;
    case 1049: // all of it, whichever screen is shown: programs clean up twice
        if (on)
            saveCursor();
        showAlternate(on, on);
        if (!on)
            restoreCursor();
        break;
    case 2004:
        m_modes.bracketedPaste = on;
        break;
    case 2026:
        m_modes.synchronizedOutput = on;
        break;
    default:
        break;
    }
}

void Terminal::showAlternate(bool on, bool clears)
{
    // 1047 clears when it leaves, 1049 when it comes; 47 never does.
    if (clears && (on || m_modes.alternateScreen)) {
        for (int row = 0; row < m_alternate.rows(); ++row)
            m_alternate.erase(row, 0, m_alternate.columns(), erasePen());
    }
    if (on == m_modes.alternateScreen)
        return;
    m_modes.alternateScreen = on;
    m_grid = on ? &m_alternate : &m_main;
    m_lastRow = -1;
    for (int row = 0; row < m_grid->rows(); ++row)
        m_grid->row(row).stamp = 0;
}

// ---- Resets --------------------------------------------------------------------------------------------------------

void Terminal::softReset() // DECSTR
{
    m_top = 0;
    m_bottom = m_grid->rows();
    m_origin = false;
    m_autowrap = true;
    m_insert = false;
    m_sets = {};
    m_shift = 0;
    m_singleShift = -1;
    m_modes.applicationCursor = m_modes.applicationKeypad = false;
    m_modes.cursorVisible = true;
    setPen({});
    m_saved = {};
    updatePrinting();
    m_state.applyQuietly("\033[?6l\033[r");
    m_stateIsBehind = true;
}

void Terminal::hardReset() // RIS
{
    showAlternate(false, false);
    m_modes = {};
    softReset();
    m_state.reset();
    for (TerminalGrid *grid : {&m_main, &m_alternate}) {
        for (int row = 0; row < grid->rows(); ++row)
            grid->erase(row, 0, grid->columns(), PenTable::kDefault);
    }
    placeAt(0, 0);
    m_lastPrinted = 0;
    m_lastRow = -1;
    m_news.title = std::string();
}

}
