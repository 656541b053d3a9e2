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

struct ThemeTable {
    std::array<QRgb, static_cast<size_t>(Token::Count)> tokens;
    std::array<ToneColors, static_cast<size_t>(Tone::Accent) + 1> tones;
    std::array<QRgb, 6> series;
};

const ThemeTable &themeTable(Scheme scheme);

}
