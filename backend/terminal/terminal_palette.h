#pragma once
// The real colours of a theme's terminal, and which of them a pen means. Plain values, 0xRRGGBB; any thread.

#include "backend/terminal/pen.h"

#include <array>

namespace fb {

struct TerminalPalette {
    uint32_t foreground = 0;
    uint32_t background = 0;
    std::array<uint32_t, 16> colors {}; // black red green yellow blue magenta cyan white, then bright
    bool operator==(const TerminalPalette &) const = default;

    uint32_t indexed(uint8_t index) const; // with xterm's cube and greys from 16 on
};

struct PenColors {
    uint32_t foreground = 0;
    uint32_t background = 0;
    uint32_t underline = 0;
};

// Reverse, dim and conceal are in it; bold makes none of the eight colours another one. Text on a background of the first sixteen colours is
// made readable when its own colour is one of them. `isReversed`: the whole screen is (DECSCNM).
PenColors colorsOf(const Pen &pen, const TerminalPalette &palette, bool isReversed = false);
uint32_t mixedColor(uint32_t a, uint32_t b, int percentOfA);
// A colour that can be read on another: itself where their contrast is 4.5 to 1 (WCAG 2), else the palette's text or background, else
// black or white.
uint32_t readableColor(uint32_t color, uint32_t on, const TerminalPalette &palette);

}
