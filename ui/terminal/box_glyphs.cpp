#include "ui/terminal/box_glyphs.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace fb {

namespace {
    constexpr char32_t kFirstLine = 0x2500;
    constexpr char32_t kFirstBlock = 0x2580;
    constexpr char32_t kEnd = 0x25A0;

    // Arms of U+2500 to U+257F: left, up, right, down in two bits each: none, light, heavy, double. 0: not drawn here (dashes, diagonals).
    constexpr std::array<quint8, 128> kArms
        = {0x11, 0x22, 0x44, 0x88, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x50, 0x60, 0x90, 0xA0,
           0x41, 0x42, 0x81, 0x82, 0x14, 0x24, 0x18, 0x28, 0x05, 0x06, 0x09, 0x0A, 0x54, 0x64, 0x58, 0x94,
           0x98, 0x68, 0xA4, 0xA8, 0x45, 0x46, 0x49, 0x85, 0x89, 0x4A, 0x86, 0x8A, 0x51, 0x52, 0x61, 0x62,
           0x91, 0x92, 0xA1, 0xA2, 0x15, 0x16, 0x25, 0x26, 0x19, 0x1A, 0x29, 0x2A, 0x55, 0x56, 0x65, 0x66,
           0x59, 0x95, 0x99, 0x5A, 0x69, 0x96, 0xA5, 0x6A, 0xA6, 0x9A, 0xA9, 0xAA, 0x00, 0x00, 0x00, 0x00,
           0x33, 0xCC, 0x70, 0xD0, 0xF0, 0x43, 0xC1, 0xC3, 0x34, 0x1C, 0x3C, 0x07, 0x0D, 0x0F, 0x74, 0xDC,
           0xFC, 0x47, 0xCD, 0xCF, 0x73, 0xD1, 0xF3, 0x37, 0x1D, 0x3F, 0x77, 0xDD, 0xFF, 0x50, 0x41, 0x05,
           0x14, 0x00, 0x00, 0x00, 0x01, 0x04, 0x10, 0x40, 0x02, 0x08, 0x20, 0x80, 0x21, 0x84, 0x12, 0x48};

    class Canvas
    {
    public:
        Canvas(int width, int height)
            : m_width(width),
              m_height(height),
              m_mask(size_t(width) * size_t(height))
        {
        }

        void fill(int left, int top, int right, int bottom, uchar value = 255)
        {
            for (int y = std::max(0, top); y < std::min(m_height, bottom); ++y) {
                for (int x = std::max(0, left); x < std::min(m_width, right); ++x)
                    m_mask[size_t(y * m_width + x)] = value;
            }
        }
        void blend(int x, int y, double coverage)
        {
            if (x < 0 || y < 0 || x >= m_width || y >= m_height)
                return;
            uchar &pixel = m_mask[size_t(y * m_width + x)];
            pixel = std::max(pixel, uchar(std::clamp(coverage, 0.0, 1.0) * 255));
        }
        int width() const { return m_width; }
        int height() const { return m_height; }
        std::vector<uchar> take() { return std::move(m_mask); }

    private:
        int m_width;
        int m_height;
        std::vector<uchar> m_mask;
    };

    enum Weight { None, Light, Heavy, Double };

    void drawLines(Canvas &canvas, quint8 arms, int lineWidth)
    {
        const Weight left = Weight(arms & 3);
        const Weight up = Weight(arms >> 2 & 3);
        const Weight right = Weight(arms >> 4 & 3);
        const Weight down = Weight(arms >> 6 & 3);
        const int w = canvas.width();
        const int h = canvas.height();
        const auto thickness
            = [lineWidth](Weight weight) { return weight == Heavy ? 2 * lineWidth : lineWidth; };
        // Where a line of a thickness begins, so that it is centred.
        const auto begin = [](int size, int thick) { return (size - thick) / 2; };
        const int gap = lineWidth; // between the two of a double line, half of it on each side of the middle
        const auto across = [&](Weight weight, int from, int to) {
            if (weight == Double) {
                const int middle = begin(h, lineWidth);
                canvas.fill(from, middle - gap, to, middle - gap + lineWidth);
                canvas.fill(from, middle + gap, to, middle + gap + lineWidth);
            } else if (weight != None) {
                const int top = begin(h, thickness(weight));
                canvas.fill(from, top, to, top + thickness(weight));
            }
        };
        const auto upright = [&](Weight weight, int from, int to) {
            if (weight == Double) {
                const int middle = begin(w, lineWidth);
                canvas.fill(middle - gap, from, middle - gap + lineWidth, to);
                canvas.fill(middle + gap, from, middle + gap + lineWidth, to);
            } else if (weight != None) {
                const int start = begin(w, thickness(weight));
                canvas.fill(start, from, start + thickness(weight), to);
            }
        };
        // Arms reach over the middle as far as what they meet there is wide.
        const auto reach = [&](Weight a, Weight b) {
            const Weight most = std::max(a, b);
            return most == Double ? gap + (lineWidth + 1) / 2 : (thickness(most) + 1) / 2;
        };
        const int overX = up == None && down == None ? (lineWidth + 1) / 2 : reach(up, down);
        const int overY = left == None && right == None ? (lineWidth + 1) / 2 : reach(left, right);
        const int middleX = begin(w, lineWidth) + lineWidth / 2;
        const int middleY = begin(h, lineWidth) + lineWidth / 2;
        across(left, 0, middleX + overX);
        across(right, middleX - overX + (lineWidth > 1 ? 0 : 1), w);
        upright(up, 0, middleY + overY);
        upright(down, middleY - overY + (lineWidth > 1 ? 0 : 1), h);
        // Within a crossing of double lines there is nothing.
        const bool isDoubleX = left == Double || right == Double;
        const bool isDoubleY = up == Double || down == Double;
        if (isDoubleX && isDoubleY) {
            const int innerX = begin(w, lineWidth);
            const int innerY = begin(h, lineWidth);
            canvas.fill(innerX - gap + lineWidth, innerY - gap + lineWidth, innerX + gap, innerY + gap, 0);
            if (left == Double)
                canvas.fill(0, innerY - gap + lineWidth, innerX + (right == Double ? 0 : gap), innerY + gap,
                            0);
            if (right == Double)
                canvas.fill(left == Double ? innerX : innerX - gap + lineWidth, innerY - gap + lineWidth, w,
                            innerY + gap, 0);
            if (up == Double)
                canvas.fill(innerX - gap + lineWidth, 0, innerX + gap, innerY + (down == Double ? 0 : gap),
                            0);
            if (down == Double)
                canvas.fill(innerX - gap + lineWidth, up == Double ? innerY : innerY - gap + lineWidth,
                            innerX + gap, h, 0);
        }
    }

    void drawArc(Canvas &canvas, char32_t codePoint, int lineWidth)
    {
        const bool toRight = codePoint == 0x256D || codePoint == 0x2570;
        const bool toBottom = codePoint == 0x256D || codePoint == 0x256E;
        const int w = canvas.width();
        const int h = canvas.height();
        const double centreX = (w - lineWidth) / 2 + lineWidth / 2.0;
        const double centreY = (h - lineWidth) / 2 + lineWidth / 2.0;
        const double radius = std::min(w, h) / 2.0;
        const double arcX = centreX + (toRight ? radius : -radius);
        const double arcY = centreY + (toBottom ? radius : -radius);
        for (int y = 0; y < h; ++y) {
            for (int x = 0; x < w; ++x) {
                const double px = x + 0.5;
                const double py = y + 0.5;
                const bool inCorner
                    = (toRight ? px <= arcX : px >= arcX) && (toBottom ? py <= arcY : py >= arcY);
                if (inCorner)
                    canvas.blend(x, y,
                                 lineWidth / 2.0 + 0.5 - std::abs(std::hypot(px - arcX, py - arcY) - radius));
            }
        }
        const int left = (w - lineWidth) / 2;
        const int top = (h - lineWidth) / 2;
        if (toBottom)
            canvas.fill(left, int(arcY), left + lineWidth, h);
        else
            canvas.fill(left, 0, left + lineWidth, int(std::ceil(arcY)));
        if (toRight)
            canvas.fill(int(arcX), top, w, top + lineWidth);
        else
            canvas.fill(0, top, int(std::ceil(arcX)), top + lineWidth);
    }

    void drawBlock(Canvas &canvas, char32_t codePoint)
    {
        const int w = canvas.width();
        const int h = canvas.height();
        const auto part = [](int size, int eighths) { return (size * eighths + 4) / 8; };
        const auto quadrant = [&](bool right, bool lower) {
            canvas.fill(right ? w / 2 : 0, lower ? h / 2 : 0, right ? w : w / 2, lower ? h : h / 2);
        };
        // Quadrants of U+2596 to U+259F: upper left, upper right, lower left, lower right.
        constexpr std::array<quint8, 10> kQuadrants = {4, 8, 1, 13, 9, 7, 11, 2, 6, 14};
        switch (codePoint) {
        case 0x2580:
            return canvas.fill(0, 0, w, h / 2);
        case 0x2590:
            return canvas.fill(w / 2, 0, w, h);
        case 0x2591:
            return canvas.fill(0, 0, w, h, 64);
        case 0x2592:
            return canvas.fill(0, 0, w, h, 128);
        case 0x2593:
            return canvas.fill(0, 0, w, h, 192);
        case 0x2594:
            return canvas.fill(0, 0, w, std::max(1, part(h, 1)));
        case 0x2595:
            return canvas.fill(w - std::max(1, part(w, 1)), 0, w, h);
        default:
            break;
        }
        if (codePoint <= 0x2588) {
            canvas.fill(0, h - part(h, int(codePoint - 0x2580)), w, h); // from below
        } else if (codePoint <= 0x258F) {
            canvas.fill(0, 0, part(w, int(0x2590 - codePoint)), h); // from the left
        } else {
            const quint8 quadrants = kQuadrants[codePoint - 0x2596];
            for (int i = 0; i < 4; ++i) {
                if ((quadrants >> i & 1) != 0)
                    quadrant(i % 2 == 1, i >= 2);
            }
        }
    }
}

bool isBoxGlyph(char32_t codePoint)
{
    if (codePoint < kFirstLine || codePoint >= kEnd)
        return false;
    return codePoint >= kFirstBlock || kArms[codePoint - kFirstLine] != 0;
}

std::vector<uchar> boxGlyph(char32_t codePoint, int width, int height, int lineWidth)
{
    Canvas canvas(width, height);
    if (codePoint >= kFirstBlock)
        drawBlock(canvas, codePoint);
    else if (codePoint >= 0x256D && codePoint <= 0x2570)
        drawArc(canvas, codePoint, lineWidth);
    else
        drawLines(canvas, kArms[codePoint - kFirstLine], lineWidth);
    return canvas.take();
}

}
