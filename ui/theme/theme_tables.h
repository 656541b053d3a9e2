#pragma once
// The colours themselves (look.md 2): the one place of the program with colour literals. Theme reads them.

#include "ui/theme/tone.h"

#include <QRgb>

#include <array>

namespace fb {

struct ToneColors {
    QRgb text;
    QRgb soft;
    QRgb fill;
};

struct TerminalColors { // look.md 2
    QRgb background;
    QRgb text;
    std::array<QRgb, 16> colors; // black red green yellow blue magenta cyan white, then bright
};

struct ThemeTable {
    std::array<QRgb, static_cast<size_t>(Token::Count)> tokens;
    std::array<ToneColors, static_cast<size_t>(Tone::Accent) + 1> tones;
    std::array<QRgb, 6> series;
    TerminalColors terminal;
};

const ThemeTable &themeTable(Scheme scheme);

}
