// Answers to what programs ask. None of them holds text that a program chose: it would arrive as if it had been typed (security U02).

#include "backend/terminal/terminal.h"

#include <fmt/format.h>

#include <optional>

namespace fb {

void Terminal::reply(std::string_view answer)
{
    if (m_replies.size() + answer.size() <= kMostReplies)
        m_replies += answer;
}

void Terminal::report(const ControlSequence &sequence)
{
    if (sequence.final == 'c') {
        if (sequence.value(0, 0) == 0)
            reply(sequence.leader == '>' ? "\033[>41;354;0c" : "\033[?62;22c"); // VT220 with colours
        return;
    }
    const int what = sequence.value(0, 0);
    const char *mark = sequence.leader == '?' ? "?" : "";
    if (what == 5 && sequence.leader == 0)
        reply("\033[0n");
    else if (what == 6)
        reply(fmt::format("\033[{}{};{}R", mark, m_row + 1 - (m_origin ? m_top : 0), m_column + 1));
}

void Terminal::reportSize(int what)
{
    if ((what == 14 || what == 16) && m_options.cellWidth > 0
        && m_options.cellHeight > 0) { // in pixels: of the text, of a cell
        const int columns = what == 14 ? m_grid->columns() : 1;
        const int rows = what == 14 ? m_grid->rows() : 1;
        return reply(fmt::format("\033[{};{};{}t", what - 10, rows * m_options.cellHeight,
                                 columns * m_options.cellWidth));
    }
    if (what == 18 || what == 19) // in characters. Titles are never told (security U02).
        reply(fmt::format("\033[{};{};{}t", what - 10, m_grid->rows(), m_grid->columns()));
}

void Terminal::reportMode(const ControlSequence &sequence)
{
    const int mode = sequence.value(0, 0);
    const auto isMouse = [this](MouseTracking tracking) { return m_modes.mouse == tracking; };
    const auto isEncoding = [this](MouseEncoding encoding) { return m_modes.mouseEncoding == encoding; };
    std::optional<bool> isOn;
    if (sequence.leader == 0) {
        if (mode == 4)
            isOn = m_insert;
        else if (mode == 20)
            isOn = m_modes.newline;
        return reply(fmt::format("\033[{};{}$y", mode, !isOn ? 0 : *isOn ? 1 : 2));
    }
    switch (mode) {
    case 1:
        isOn = m_modes.applicationCursor;
        break;
    case 5:
        isOn = m_modes.reverseVideo;
        break;
    case 6:
        isOn = m_origin;
        break;
    case 7:
        isOn = m_autowrap;
        break;
    case 9:
        isOn = isMouse(MouseTracking::Press);
        break;
    case 12:
        isOn = m_modes.cursorBlinks;
        break;
    case 25:
        isOn = m_modes.cursorVisible;
        break;
    case 47:
    case 1047:
    case 1049:
        isOn = m_modes.alternateScreen;
        break;
    case 1000:
        isOn = isMouse(MouseTracking::Click);
        break;
    case 1002:
        isOn = isMouse(MouseTracking::Drag);
        break;
    case 1003:
        isOn = isMouse(MouseTracking::Motion);
        break;
    case 1004:
        isOn = m_modes.focusEvents;
        break;
    case 1005:
        isOn = isEncoding(MouseEncoding::Utf8);
        break;
    case 1006:
        isOn = isEncoding(MouseEncoding::Sgr);
        break;
    case 1007:
        isOn = m_modes.alternateScroll;
        break;
    case 1015:
        isOn = isEncoding(MouseEncoding::Urxvt);
        break;
    case 2004:
        isOn = m_modes.bracketedPaste;
        break;
    case 2026:
        isOn = m_modes.synchronizedOutput;
        break;
    default:
        break;
    }
    reply(fmt::format("\033[?{};{}$y", mode, !isOn ? 0 : *isOn ? 1 : 2));
}

}
