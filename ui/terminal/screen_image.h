#pragma once
// The terminal's cells as an image at device pixels, made row by row: only what has changed is drawn again. No QPainter a cell: masks are
// laid into the pixels directly. Ui thread.

#include "models/terminal/terminal_model.h"
#include "ui/terminal/glyph_store.h"

#include <QImage>

namespace fb {

struct RowOverlay { // what lies over a row's cells; columns, from..to exclusive
    RowNumber row = 0;
    int selectedFrom = 0;
    int selectedTo = 0;
    int cursor = -1; // column
    bool cursorIsFilled = true;
    CursorShape cursorShape = CursorShape::Block;
    uint32_t hoverLink = 0; // cells of this link are underlined
    std::vector<FrameMatch> matches;
    bool operator==(const RowOverlay &) const = default;
};

struct ScreenColors {
    TerminalPalette palette;
    uint32_t selection = 0;
    uint32_t match = 0;
    uint32_t currentMatch = 0;
    uint32_t cursor = 0;
    bool isReversed = false;
    bool operator==(const ScreenColors &) const = default;
};

class ScreenImage
{
public:
    void setStore(std::shared_ptr<GlyphStore> store) { m_store = std::move(store); }
    void setSize(int columns, int rows, qreal ratio); // anew, all background
    const QImage &image() const { return m_image; }
    void drawRow(int row, const LineCells &line, const RowOverlay &overlay, const ScreenColors &colors);

private:
    struct Run;
    void fill(int row, int from, int to, uint32_t color);
    void blend(int row, int column, const Glyph &glyph, uint32_t color);
    void line(int row, int from, int to, int top, int height, uint32_t color);
    void decorate(int row, int from, int to, const Pen &pen, const PenColors &colors, bool isHoverLink);
    void outlineCursor(int row, const RowOverlay &overlay, int columns, uint32_t color);

    std::shared_ptr<GlyphStore> m_store;
    QImage m_image;
    int m_columns = 0;
    std::vector<uint32_t> m_backgrounds; // of the row's columns, while it is drawn
    std::vector<bool> m_isCovered; // by the selection, a match or the cursor
};

}
