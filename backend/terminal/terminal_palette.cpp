#include "backend/terminal/terminal_palette.h"

#include <algorithm>
#include <cmath>

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

namespace {
    double luminanceOf(uint32_t color)
    {
        static const std::array<double, 256> kLinear = [] {
            std::array<double, 256> linear {};
            for (size_t i = 0; i < linear.size(); ++i) {
                const double value = double(i) / 255;
                linear[i] = value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
            }
            return linear;
        }();
        return 0.2126 * kLinear[color >> 16 & 0xFF] + 0.7152 * kLinear[color >> 8 & 0xFF]
            + 0.0722 * kLinear[color & 0xFF];
    }

    double contrastOf(uint32_t a, uint32_t b)
    {
        const double first = luminanceOf(a);
        const double second = luminanceOf(b);
        return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
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

uint32_t readableColor(uint32_t color, uint32_t on, const TerminalPalette &palette)
{
    constexpr double kLeast = 4.5;
    if (contrastOf(color, on) >= kLeast)
        return color;
    const uint32_t own = contrastOf(palette.foreground, on) >= contrastOf(palette.background, on)
        ? palette.foreground
        : palette.background;
    if (contrastOf(own, on) >= kLeast)
        return own;
    return contrastOf(0, on) >= contrastOf(0xFFFFFF, on) ? 0 : 0xFFFFFF;
}

PenColors colorsOf(const Pen &pen, const TerminalPalette &palette, bool isReversed)
{
    PenColors colors {colorOf(pen.foreground, palette, palette.foreground),
                      colorOf(pen.background, palette, palette.background), 0};
    if (pen.has(Pen::Reverse) != isReversed)
        std::swap(colors.foreground, colors.background);
    // Black on a theme's dark green can't be read. Colours that are only numbered are the theme's to choose; equal ones hide on purpose.
    const bool areNumbered = !pen.foreground.isRgb() && !pen.background.isRgb() && pen.foreground.index() < 16
        && pen.background.index() < 16 && colors.foreground != colors.background;
    const bool hasGround
        = pen.background.isIndexed() || (pen.has(Pen::Reverse) && pen.foreground.isIndexed());
    if (areNumbered && hasGround)
        colors.foreground = readableColor(colors.foreground, colors.background, palette);
    if (pen.has(Pen::Dim))
        colors.foreground = mixedColor(colors.foreground, colors.background, kDimPercent);
    colors.underline = colorOf(pen.underlineColor, palette, colors.foreground);
    if (pen.has(Pen::Conceal))
        colors.foreground = colors.underline = colors.background;
    return colors;
}

}
