#include "backend/terminal/terminal_palette.h"

#include <utility>

namespace fb {

namespace {
    constexpr int kDimPercent = 60; // of the text over the background

    uint32_t colorOf(const TerminalColor &color, const TerminalPalette &palette, uint32_t fallback)
    {
        if (color.isIndexed())
            return palette.indexed(color.index());
        return color.isRgb() ? color.rgbValue() : fallback;
    }
}

uint32_t TerminalPalette::indexed(uint8_t index) const
{
    if (index < 16)
        return colors[index];
    if (index >= 232) {
        const uint32_t grey = 8 + 10U * (index - 232U);
        return grey << 16 | grey << 8 | grey;
    }
    constexpr uint32_t kLevels[] = {0, 95, 135, 175, 215, 255};
    const uint32_t at = index - 16U;
    return kLevels[at / 36] << 16 | kLevels[at / 6 % 6] << 8 | kLevels[at % 6];
}

uint32_t mixedColor(uint32_t a, uint32_t b, int percentOfA)
{
    uint32_t mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
        const auto partA = int(a >> shift & 0xFF);
        const auto partB = int(b >> shift & 0xFF);
        mixed |= uint32_t((partA * percentOfA + partB * (100 - percentOfA)) / 100) << shift;
    }
    return mixed;
}

PenColors colorsOf(const Pen &pen, const TerminalPalette &palette, bool isReversed)
{
    PenColors colors {colorOf(pen.foreground, palette, palette.foreground),
                      colorOf(pen.background, palette, palette.background), 0};
    if (pen.has(Pen::Reverse) != isReversed)
        std::swap(colors.foreground, colors.background);
    if (pen.has(Pen::Dim))
        colors.foreground = mixedColor(colors.foreground, colors.background, kDimPercent);
    colors.underline = colorOf(pen.underlineColor, palette, colors.foreground);
    if (pen.has(Pen::Conceal))
        colors.foreground = colors.underline = colors.background;
    return colors;
}

}
