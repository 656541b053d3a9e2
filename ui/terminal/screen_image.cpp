#include "ui/terminal/screen_image.h"

#include <algorithm>

namespace fb {

namespace {
    constexpr uint32_t kOpaque = 0xFF000000U;

    // Two channels at a time; exact at 0 and 255.
    uint32_t laid(uint32_t below, uint32_t color, uint32_t coverage)
    {
        const uint32_t share = coverage + (coverage >> 7);
        const uint32_t rest = 256 - share;
        const uint32_t redBlue = ((below & 0xFF00FFU) * rest + (color & 0xFF00FFU) * share) >> 8 & 0xFF00FFU;
        const uint32_t green = ((below & 0x00FF00U) * rest + (color & 0x00FF00U) * share) >> 8 & 0x00FF00U;
        return kOpaque | redBlue | green;
    }
}

void ScreenImage::setSize(int columns, int rows, qreal ratio)
{
    m_columns = columns;
    m_image = QImage(columns * m_store->cellWidth(), rows * m_store->cellHeight(), QImage::Format_RGB32);
    m_image.setDevicePixelRatio(ratio);
    m_backgrounds.resize(size_t(columns));
    m_isCovered.resize(size_t(columns));
}

void ScreenImage::fill(int row, int from, int to, uint32_t color)
{
    line(row, from, to, 0, m_store->cellHeight(), color);
}

void ScreenImage::line(int row, int from, int to, int top, int height, uint32_t color)
{
    const int width = m_store->cellWidth();
    for (int y = 0; y < height; ++y) {
        auto *pixels = reinterpret_cast<uint32_t *>(m_image.scanLine(row * m_store->cellHeight() + top + y));
        std::fill(pixels + from * width, pixels + to * width, kOpaque | color);
    }
}

void ScreenImage::blend(int row, int column, const Glyph &glyph, uint32_t color)
{
    const int width = m_store->cellWidth();
    const int height = m_store->cellHeight();
    const int columns = std::min(glyph.columns, m_columns - column);
    const auto stride = m_image.bytesPerLine() / qsizetype(sizeof(uint32_t));
    auto *to
        = reinterpret_cast<uint32_t *>(m_image.bits()) + qsizetype(row) * height * stride + column * width;
    if (glyph.isColored) {
        for (int y = 0; y < height; ++y, to += stride) {
            const auto *from = reinterpret_cast<const uint32_t *>(glyph.picture.constScanLine(y));
            for (int x = 0; x < columns * width; ++x) {
                const uint32_t rest = 255 - (from[x] >> 24);
                to[x] = from[x] + (((to[x] & 0xFF00FFU) * rest >> 8) & 0xFF00FFU)
                    + (((to[x] & 0x00FF00U) * rest >> 8) & 0x00FF00U);
                to[x] |= kOpaque;
            }
        }
        return;
    }
    const uchar *from = glyph.mask.data();
    const int stored = glyph.columns * width;
    for (int y = 0; y < height; ++y, to += stride, from += stored) {
        for (int x = 0; x < columns * width; ++x) {
            if (from[x] == 255)
                to[x] = kOpaque | color;
            else if (from[x] != 0)
                to[x] = laid(to[x], color, from[x]);
        }
    }
}

void ScreenImage::decorate(int row, int from, int to, const Pen &pen, const PenColors &colors,
                           bool isHoverLink)
{
    const int thick = m_store->lineWidth();
    const int height = m_store->cellHeight();
    const int under = std::min(m_store->baseline() + thick, height - thick);
    const UnderlineStyle style
        = isHoverLink && pen.underline == UnderlineStyle::None ? UnderlineStyle::Single : pen.underline;
    const int width = m_store->cellWidth();
    const auto dots = [&](int on, int off) {
        for (int y = 0; y < thick; ++y) {
            auto *pixels = reinterpret_cast<uint32_t *>(m_image.scanLine(row * height + under + y));
            for (int x = from * width; x < to * width; ++x) {
                if ((x - from * width) % (on + off) < on)
                    pixels[x] = kOpaque | colors.underline;
            }
        }
    };
    switch (style) {
    case UnderlineStyle::None:
        break;
    case UnderlineStyle::Single:
        line(row, from, to, under, thick, colors.underline);
        break;
    case UnderlineStyle::Double: {
        const int second = std::min(under + 2 * thick, height - thick);
        line(row, from, to, second - 2 * thick, thick, colors.underline);
        line(row, from, to, second, thick, colors.underline);
        break;
    }
    case UnderlineStyle::Curly: {
        // A wave of four steps a cell, within what lies under the baseline.
        const int quarter = std::max(1, width / 4);
        for (int x = from * width; x < to * width; ++x) {
            const int phase = (x / quarter) % 4;
            const int top = std::min(under
                                         + (phase == 1       ? 0
                                                : phase == 3 ? 2 * thick
                                                             : thick),
                                     height - thick);
            for (int y = 0; y < thick; ++y)
                reinterpret_cast<uint32_t *>(m_image.scanLine(row * height + top + y))[x]
                    = kOpaque | colors.underline;
        }
        break;
    }
    case UnderlineStyle::Dotted:
        dots(thick, thick);
        break;
    case UnderlineStyle::Dashed:
        dots(3 * thick, 2 * thick);
        break;
    }
    if (pen.has(Pen::Strike))
        line(row, from, to, m_store->baseline() - height / 5, thick, colors.foreground);
    if (pen.has(Pen::Overline))
        line(row, from, to, 0, thick, colors.foreground);
}

void ScreenImage::outlineCursor(int row, const RowOverlay &overlay, int columns, uint32_t color)
{
    const int thick = m_store->lineWidth();
    const int width = m_store->cellWidth();
    const int height = m_store->cellHeight();
    const int left = overlay.cursor * width;
    const int right = std::min((overlay.cursor + columns) * width, m_image.width());
    const auto box = [&](int x1, int y1, int x2, int y2) {
        for (int y = y1; y < y2; ++y) {
            auto *pixels = reinterpret_cast<uint32_t *>(m_image.scanLine(row * height + y));
            std::fill(pixels + x1, pixels + x2, kOpaque | color);
        }
    };
    if (overlay.cursorIsFilled && overlay.cursorShape == CursorShape::Underline)
        return box(left, height - 2 * thick, right, height);
    if (overlay.cursorIsFilled && overlay.cursorShape == CursorShape::Bar)
        return box(left, 0, left + 2 * thick, height);
    box(left, 0, right, thick);
    box(left, height - thick, right, height);
    box(left, 0, left + thick, height);
    box(right - thick, 0, right, height);
}

void ScreenImage::drawRow(int row, const LineCells &line, const RowOverlay &overlay,
                          const ScreenColors &colors)
{
    const int used = std::min(int(line.cells.size()), m_columns);
    std::vector<PenColors> pens;
    pens.reserve(line.pens.size());
    for (const Pen &pen : line.pens)
        pens.push_back(colorsOf(pen, colors.palette, colors.isReversed));
    const PenColors plain = colorsOf(Pen(), colors.palette, colors.isReversed);

    std::fill(m_backgrounds.begin(), m_backgrounds.end(), plain.background);
    for (int column = 0; column < used; ++column)
        m_backgrounds[size_t(column)] = pens[line.cells[size_t(column)].pen].background;
    const auto cover = [this](int from, int to, uint32_t color) {
        for (int column = std::max(0, from); column < std::min(to, m_columns); ++column)
            m_backgrounds[size_t(column)] = color;
        for (int column = std::max(0, from); column < std::min(to, m_columns); ++column)
            m_isCovered[size_t(column)] = true;
    };
    m_isCovered.assign(size_t(m_columns), false);
    const uint32_t cursorColor = colors.isReversed ? plain.foreground : colors.cursor;
    for (const FrameMatch &match : overlay.matches)
        cover(match.from, match.to, match.isCurrent ? colors.currentMatch : colors.match);
    cover(overlay.selectedFrom, overlay.selectedTo, colors.selection);
    const bool isBlock
        = overlay.cursor >= 0 && overlay.cursorIsFilled && overlay.cursorShape == CursorShape::Block;
    const int cursorColumns = overlay.cursor >= 0 && overlay.cursor + 1 < used
            && line.cells[size_t(overlay.cursor + 1)].isWideTail()
        ? 2
        : 1;
    if (isBlock)
        cover(overlay.cursor, overlay.cursor + cursorColumns, cursorColor);
    for (int from = 0, to; from < m_columns; from = to) {
        for (to = from + 1; to < m_columns && m_backgrounds[size_t(to)] == m_backgrounds[size_t(from)];
             ++to) { }
        fill(row, from, to, m_backgrounds[size_t(from)]);
    }

    for (int column = 0; column < used; ++column) {
        const Cell &cell = line.cells[size_t(column)];
        if (cell.isBlank() || cell.isWideTail() || cell.text == U' ')
            continue;
        const Pen &pen = line.pens[cell.pen];
        const int columns = column + 1 < used && line.cells[size_t(column + 1)].isWideTail() ? 2 : 1;
        const bool isBold = pen.has(Pen::Bold);
        const bool isItalic = pen.has(Pen::Italic);
        const Glyph &glyph = cell.isCluster()
            ? m_store->glyph(line.clusters[cell.cluster()], columns, isBold, isItalic)
            : m_store->glyph(char32_t(cell.text), columns, isBold, isItalic);
        if (glyph.isEmpty)
            continue;
        const bool isUnderCursor
            = isBlock && column >= overlay.cursor && column < overlay.cursor + cursorColumns;
        uint32_t color = isUnderCursor ? plain.background : pens[cell.pen].foreground;
        if (const uint32_t below = m_backgrounds[size_t(column)]; m_isCovered[size_t(column)])
            color = pen.has(Pen::Conceal) ? below : readableColor(color, below, colors.palette);
        blend(row, column, glyph, color);
    }
    for (int from = 0, to; from < used; from = to) {
        const uint32_t id = line.cells[size_t(from)].pen;
        for (to = from + 1; to < used && line.cells[size_t(to)].pen == id; ++to) { }
        const Pen &pen = line.pens[id];
        const bool isHoverLink = overlay.hoverLink != 0 && pen.link == overlay.hoverLink;
        if (pen.underline != UnderlineStyle::None || isHoverLink || pen.has(Pen::Strike)
            || pen.has(Pen::Overline))
            decorate(row, from, to, pen, pens[id], isHoverLink);
    }
    if (overlay.cursor >= 0 && !isBlock)
        outlineCursor(row, overlay, cursorColumns, cursorColor);
}

}
