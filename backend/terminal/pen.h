#pragma once
// How a cell is drawn: colours as the program named them (a theme turns them into real ones), attributes, link. Plain values; any thread.

#include <cstdint>

namespace fb {

// 0: the terminal's own; otherwise one of the 256 of the palette, or a true colour.
class TerminalColor
{
public:
    constexpr TerminalColor() = default;
    static constexpr TerminalColor indexed(uint8_t index) { return TerminalColor(kIndexed | index); }
    static constexpr TerminalColor rgb(uint8_t red, uint8_t green, uint8_t blue)
    {
        return TerminalColor(kRgb | (uint32_t(red) << 16) | (uint32_t(green) << 8) | blue);
    }
    static constexpr TerminalColor fromBits(uint32_t bits) { return TerminalColor(bits); }

    constexpr bool isDefault() const { return m_bits == 0; }
    constexpr bool isIndexed() const { return (m_bits & kIndexed) != 0; }
    constexpr bool isRgb() const { return (m_bits & kRgb) != 0; }
    constexpr uint8_t index() const { return uint8_t(m_bits & 0xFF); }
    constexpr uint32_t rgbValue() const { return m_bits & 0xFFFFFF; } // 0xRRGGBB
    constexpr uint32_t bits() const { return m_bits; }
    bool operator==(const TerminalColor &) const = default;

private:
    static constexpr uint32_t kIndexed = 1U << 24;
    static constexpr uint32_t kRgb = 1U << 25;
    constexpr explicit TerminalColor(uint32_t bits) : m_bits(bits) { }
    uint32_t m_bits = 0;
};

enum class UnderlineStyle : uint8_t { None, Single, Double, Curly, Dotted, Dashed };

struct Pen {
    enum Flag : uint16_t {
        Bold = 1,
        Dim = 2,
        Italic = 4,
        Blink = 8,
        Reverse = 16,
        Conceal = 32,
        Strike = 64,
        Overline = 128,
        Protected = 256, // DECSCA: selective erase leaves it
    };

    TerminalColor foreground;
    TerminalColor background;
    TerminalColor underlineColor; // default: the foreground's
    uint32_t link = 0; // of LinkTable; 0: none
    uint16_t flags = 0;
    UnderlineStyle underline = UnderlineStyle::None;

    bool has(Flag flag) const { return (flags & flag) != 0; }
    void set(Flag flag, bool on) { flags = uint16_t(on ? flags | flag : flags & ~flag); }
    bool operator==(const Pen &) const = default;
};

}
