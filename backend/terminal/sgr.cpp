#include "backend/terminal/sgr.h"

#include <algorithm>

namespace fb {

namespace {
    bool takeIndexed(const ControlSequence &sequence, int at, TerminalColor &color)
    {
        const int index = sequence.value(at, 0);
        if (index > 255)
            return false;
        color = TerminalColor::indexed(uint8_t(index));
        return true;
    }

    bool takeRgb(const ControlSequence &sequence, int at, TerminalColor &color)
    {
        const int red = sequence.value(at, 0);
        const int green = sequence.value(at + 1, 0);
        const int blue = sequence.value(at + 2, 0);
        if (std::max({red, green, blue}) > 255)
            return false;
        color = TerminalColor::rgb(uint8_t(red), uint8_t(green), uint8_t(blue));
        return true;
    }

    // 38;5;n  38;2;r;g;b  38:5:n  38:2:r:g:b  38:2:space:r:g:b. `at` is left at the last parameter that was taken.
    bool takeColor(const ControlSequence &sequence, int &at, TerminalColor &color)
    {
        const bool hasSubs = at + 1 < sequence.count && sequence.isSub[size_t(at) + 1];
        if (!hasSubs) {
            const int kind = sequence.value(at + 1, 0);
            if (kind == 5 && at + 2 < sequence.count) {
                at += 2;
                return takeIndexed(sequence, at, color);
            }
            if (kind == 2 && at + 4 < sequence.count) {
                at += 4;
                return takeRgb(sequence, at - 2, color);
            }
            at = sequence.count; // what follows can't be told apart from its numbers
            return false;
        }
        const int first = at + 1;
        int end = first;
        while (end < sequence.count && sequence.isSub[size_t(end)])
            ++end;
        at = end - 1;
        const int kind = sequence.value(first, 0);
        if (kind == 5 && end - first >= 2)
            return takeIndexed(sequence, first + 1, color);
        if (kind == 2 && end - first >= 4) // a colour space may come before
            return takeRgb(sequence, end - first >= 5 ? first + 2 : first + 1, color);
        return false;
    }

    void takeUnderline(const ControlSequence &sequence, int &at, Pen &pen)
    {
        if (at + 1 >= sequence.count || !sequence.isSub[size_t(at) + 1]) {
            pen.underline = UnderlineStyle::Single;
            return;
        }
        const int style = sequence.value(at + 1, 1);
        pen.underline = style >= 0 && style <= int(UnderlineStyle::Dashed) ? UnderlineStyle(style)
                                                                           : UnderlineStyle::Single;
        while (at + 1 < sequence.count && sequence.isSub[size_t(at) + 1])
            ++at;
    }

    void resetKeeping(Pen &pen)
    {
        Pen empty;
        empty.link = pen.link;
        empty.set(Pen::Protected, pen.has(Pen::Protected));
        pen = empty;
    }
}

void applySgr(const ControlSequence &sequence, Pen &pen)
{
    if (sequence.count == 0)
        return resetKeeping(pen);
    for (int at = 0; at < sequence.count; ++at) {
        if (sequence.isSub[size_t(at)])
            continue; // of a parameter that has none
        const int code = sequence.value(at, 0);
        switch (code) {
        case 0:
            resetKeeping(pen);
            break;
        case 1:
            pen.set(Pen::Bold, true);
            break;
        case 2:
            pen.set(Pen::Dim, true);
            break;
        case 3:
            pen.set(Pen::Italic, true);
            break;
        case 4:
            takeUnderline(sequence, at, pen);
            break;
        case 5:
        case 6:
            pen.set(Pen::Blink, true);
            break;
        case 7:
            pen.set(Pen::Reverse, true);
            break;
        case 8:
            pen.set(Pen::Conceal, true);
            break;
        case 9:
            pen.set(Pen::Strike, true);
            break;
        case 21:
            pen.underline = UnderlineStyle::Double;
            break;
        case 22:
            pen.set(Pen::Bold, false);
            pen.set(Pen::Dim, false);
            break;
        case 23:
            pen.set(Pen::Italic, false);
            break;
        case 24:
            pen.underline = UnderlineStyle::None;
            break;
        case 25:
            pen.set(Pen::Blink, false);
            break;
        case 27:
            pen.set(Pen::Reverse, false);
            break;
        case 28:
            pen.set(Pen::Conceal, false);
            break;
        case 29:
            pen.set(Pen::Strike, false);
            break;
        case 38:
            takeColor(sequence, at, pen.foreground);
            break;
        case 39:
            pen.foreground = {};
            break;
        case 48:
            takeColor(sequence, at, pen.background);
            break;
        case 49:
            pen.background = {};
            break;
        case 53:
            pen.set(Pen::Overline, true);
            break;
        case 55:
            pen.set(Pen::Overline, false);
            break;
        case 58:
            takeColor(sequence, at, pen.underlineColor);
            break;
        case 59:
            pen.underlineColor = {};
            break;
        default:
            if (code >= 30 && code <= 37)
                pen.foreground = TerminalColor::indexed(uint8_t(code - 30));
            else if (code >= 40 && code <= 47)
                pen.background = TerminalColor::indexed(uint8_t(code - 40));
            else if (code >= 90 && code <= 97)
                pen.foreground = TerminalColor::indexed(uint8_t(code - 90 + 8));
            else if (code >= 100 && code <= 107)
                pen.background = TerminalColor::indexed(uint8_t(code - 100 + 8));
            break;
        }
    }
}

std::string sgrOf(const Pen &pen)
{
    std::string sequence = "\033[0";
    const auto add = [&sequence](int code) { sequence += ';' + std::to_string(code); };
    const auto addColor = [&](const TerminalColor &color, int base, int bright, int extended) {
        if (color.isIndexed() && base >= 0 && color.index() < 8) {
            add(base + color.index());
        } else if (color.isIndexed() && base >= 0 && color.index() < 16) {
            add(bright + color.index() - 8);
        } else if (color.isIndexed()) {
            add(extended);
            add(5);
            add(color.index());
        } else if (color.isRgb()) {
            add(extended);
            add(2);
            add(int(color.rgbValue() >> 16));
            add(int((color.rgbValue() >> 8) & 0xFF));
            add(int(color.rgbValue() & 0xFF));
        }
    };
    constexpr std::pair<Pen::Flag, int> kCodes[]
        = {{Pen::Bold, 1},    {Pen::Dim, 2},     {Pen::Italic, 3}, {Pen::Blink, 5},
           {Pen::Reverse, 7}, {Pen::Conceal, 8}, {Pen::Strike, 9}, {Pen::Overline, 53}};
    for (const auto &[flag, code] : kCodes) {
        if (pen.has(flag))
            add(code);
    }
    if (pen.underline == UnderlineStyle::Single)
        add(4);
    else if (pen.underline != UnderlineStyle::None)
        sequence += ";4:" + std::to_string(int(pen.underline));
    addColor(pen.foreground, 30, 90, 38);
    addColor(pen.background, 40, 100, 48);
    addColor(pen.underlineColor, -1, -1, 58);
    return sequence + 'm';
}

}
