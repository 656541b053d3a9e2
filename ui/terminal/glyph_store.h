#pragma once
// Pictures of characters at device pixels, each made once: a mask that any colour is laid through, or a coloured picture (emoji). Characters
// whose strokes must meet those of the next cell are drawn, not taken from the font. One font size and ratio a store. Ui thread.

#include <QFont>
#include <QImage>
#include <QString>

#include <array>
#include <memory>
#include <unordered_map>
#include <vector>

namespace fb {

struct Glyph {
    int columns = 1;
    bool isEmpty = true;
    bool isColored = false;
    std::vector<uchar> mask; // one byte a pixel, a cell's height of rows
    QImage picture; // when coloured: ARGB32, premultiplied
};

class GlyphStore
{
public:
    GlyphStore(const QFont &font, qreal ratio); // the font in device-independent pixels

    qreal ratio() const { return m_ratio; }
    int cellWidth() const { return m_width; } // device pixels, as all here
    int cellHeight() const { return m_height; }
    int baseline() const { return m_baseline; }
    int lineWidth() const { return m_lineWidth; } // of underlines and box drawing
    size_t bytes() const { return m_bytes; } // of what is kept; ASCII aside

    const Glyph &glyph(char32_t codePoint, int columns, bool bold, bool italic);
    const Glyph &glyph(const std::u32string &cluster, int columns, bool bold, bool italic);

private:
    Glyph make(const QString &text, int columns, bool bold, bool italic) const;

    QFont m_font;
    qreal m_ratio;
    int m_width = 1;
    int m_height = 1;
    int m_baseline = 1;
    int m_lineWidth = 1;
    std::array<std::array<std::unique_ptr<Glyph>, 128>, 4> m_ascii; // by bold and italic
    std::unordered_map<std::u32string, Glyph> m_others;
    size_t m_bytes = 0;
};

}
