#include "ui/terminal/glyph_store.h"

#include "ui/terminal/box_glyphs.h"

#include <QFontMetricsF>
#include <QPainter>

#include <cmath>

namespace fb {

namespace {
    constexpr size_t kMostKept = 20'000; // then all are made anew
    constexpr size_t kMostBytes = 24 * 1024 * 1024; // the same, with large letters
    constexpr double kLine = 1.4; // height of a line, of the font's size

    bool isGray(QRgb pixel)
    {
        return qRed(pixel) == qAlpha(pixel) && qGreen(pixel) == qAlpha(pixel)
            && qBlue(pixel) == qAlpha(pixel);
    }
}

GlyphStore::GlyphStore(const QFont &font, qreal ratio) : m_font(font), m_ratio(ratio)
{
    m_font.setPixelSize(std::max(1, int(std::lround(font.pixelSize() * ratio))));
    m_font.setStyleStrategy(QFont::StyleStrategy(QFont::NoSubpixelAntialias | QFont::PreferAntialias));
    m_font.setKerning(false);
    const QFontMetricsF metrics(m_font);
    m_width = std::max(1, int(std::lround(metrics.horizontalAdvance(QLatin1Char('M')))));
    const double natural = metrics.ascent() + metrics.descent();
    m_height = std::max(1, int(std::ceil(std::max(natural, m_font.pixelSize() * kLine))));
    m_baseline = int(std::lround((m_height - natural) / 2 + metrics.ascent()));
    m_lineWidth = std::max(1, int(std::lround(m_font.pixelSize() / 13.0)));
}

const Glyph &GlyphStore::glyph(char32_t codePoint, int columns, bool bold, bool italic)
{
    if (codePoint >= 128)
        return glyph(std::u32string(1, codePoint), columns, bold, italic);
    auto &kept = m_ascii[size_t((bold ? 1 : 0) + (italic ? 2 : 0))][codePoint];
    if (!kept)
        kept = std::make_unique<Glyph>(make(QString(QChar(char16_t(codePoint))), 1, bold, italic));
    return *kept;
}

const Glyph &GlyphStore::glyph(const std::u32string &cluster, int columns, bool bold, bool italic)
{
    std::u32string key = cluster;
    key += char32_t(columns << 2 | (bold ? 1 : 0) | (italic ? 2 : 0));
    if (const auto kept = m_others.find(key); kept != m_others.end())
        return kept->second;
    if (m_others.size() >= kMostKept || m_bytes >= kMostBytes) {
        m_others.clear();
        m_bytes = 0;
    }
    Glyph made;
    if (cluster.size() == 1 && isBoxGlyph(cluster[0])) {
        made.columns = 1;
        made.mask = boxGlyph(cluster[0], m_width, m_height, m_lineWidth);
        made.isEmpty = false;
    } else {
        made = make(QString::fromUcs4(cluster.data(), qsizetype(cluster.size())), columns, bold, italic);
    }
    m_bytes += made.mask.size() + size_t(made.picture.sizeInBytes());
    return m_others.emplace(std::move(key), std::move(made)).first->second;
}

Glyph GlyphStore::make(const QString &text, int columns, bool bold, bool italic) const
{
    Glyph glyph;
    glyph.columns = columns;
    const int width = m_width * columns;
    QImage picture(width, m_height, QImage::Format_ARGB32_Premultiplied);
    picture.fill(Qt::transparent);
    QFont font = m_font;
    if (bold)
        font.setWeight(QFont::Bold);
    font.setItalic(italic);
    {
        QPainter painter(&picture);
        painter.setRenderHint(QPainter::TextAntialiasing);
        painter.setFont(font);
        painter.setPen(QColor::fromRgb(~0U)); // whole coverage
        // A fallback font's character is centred, and made narrower where it is too wide.
        const double advance = QFontMetricsF(font).horizontalAdvance(text);
        double left = 0;
        if (advance > width + 0.5) {
            painter.scale(width / advance, 1);
        } else if (text.size() == 1 ? text[0].unicode() >= 128 : true) {
            left = (width - advance) / 2;
        }
        painter.drawText(QPointF(left, m_baseline), text);
    }
    bool isEmpty = true;
    for (int y = 0; y < m_height; ++y) {
        const auto *line = reinterpret_cast<const QRgb *>(picture.constScanLine(y));
        for (int x = 0; x < width; ++x) {
            isEmpty = isEmpty && line[x] == 0;
            glyph.isColored = glyph.isColored || !isGray(line[x]);
        }
    }
    glyph.isEmpty = isEmpty;
    if (glyph.isColored) {
        glyph.picture = picture;
    } else if (!isEmpty) {
        glyph.mask.resize(size_t(width) * size_t(m_height));
        for (int y = 0; y < m_height; ++y) {
            const auto *line = reinterpret_cast<const QRgb *>(picture.constScanLine(y));
            for (int x = 0; x < width; ++x)
                glyph.mask[size_t(y * width + x)] = uchar(qAlpha(line[x]));
        }
    }
    return glyph;
}

}
