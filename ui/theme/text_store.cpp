#include "ui/theme/text_store.h"

#include <QFontMetrics>
#include <QPainter>
#include <QTextOption>
#include <QtMath>

#include <cmath>

namespace fb {

namespace {

    QStaticText shaped(const QString &text, const QFont &font)
    {
        QTextOption option;
        option.setTextDirection(Qt::LeftToRight);
        option.setWrapMode(QTextOption::NoWrap);
        QStaticText shaped(text);
        shaped.setTextFormat(Qt::PlainText);
        shaped.setTextOption(option);
        shaped.prepare({}, font);
        return shaped;
    }

    bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }

    // Of a very long text no cell shows more; all of it would be kept for each cell.
    constexpr qsizetype kMostChars = 400;

    // One line, of a bounded length.
    QString bounded(const QString &text)
    {
        QString line = text.size() > kMostChars ? text.left(kMostChars) + u'\u2026' : text;
        for (QChar &c : line) {
            if (c == u'\n' || c == u'\r' || c == u'\t' || c == QChar::LineSeparator
                || c == QChar::ParagraphSeparator)
                c = u' ';
        }
        return line;
    }
}

TextStore::TextStore(const QFont &interface)
{
    for (size_t role = 0; role < kRoles; ++role)
        m_fonts[role] = fontOf(static_cast<TextRole>(role), interface);
}

TextStore::Line *TextStore::line(TextRole role, const QString &text, int room, Qt::TextElideMode elide)
{
    const Key key {role, room, elide, text};
    if (Line *known = m_lines.object(key))
        return known;
    const QString shown = room < 0 ? text : QFontMetrics(font(role)).elidedText(text, elide, room);
    auto *made = new Line {shaped(shown, font(role)), 0};
    made->width = static_cast<int>(std::ceil(made->text.size().width()));
    m_lines.insert(key, made);
    return made;
}

TextStore::Line *TextStore::fitting(TextRole role, const QString &text, int room, Qt::TextElideMode elide)
{
    Line *whole = line(role, text, -1, Qt::ElideNone);
    return whole->width <= room ? whole : line(role, text, room, elide);
}

int TextStore::width(TextRole role, const QString &text)
{
    return line(role, bounded(text), -1, Qt::ElideNone)->width;
}

void TextStore::draw(QPainter *painter, const QRect &rect, TextRole role, const QString &text,
                     Qt::Alignment alignment, Qt::TextElideMode elide)
{
    if (text.isEmpty() || rect.width() <= 0)
        return;
    const Line *shown = fitting(role, bounded(text), rect.width(), elide);
    const int room = rect.width() - shown->width;
    const int x = rect.left()
        + (alignment & Qt::AlignRight         ? room
               : alignment & Qt::AlignHCenter ? room / 2
                                              : 0);
    const int y = rect.top() + qFloor((rect.height() - shown->text.size().height()) / 2);
    painter->setFont(font(role));
    painter->drawStaticText(x, y, shown->text);
}

const TextStore::Digits &TextStore::digits(TextRole role)
{
    Digits &digits = m_digits[static_cast<size_t>(role)];
    if (digits.advance > 0)
        return digits;
    for (size_t i = 0; i < digits.texts.size(); ++i) {
        const QString text(QChar(u'0' + static_cast<char16_t>(i)));
        digits.texts[i] = shaped(text, font(role));
        digits.widths[i] = QFontMetrics(font(role)).horizontalAdvance(text);
        digits.advance = std::max(digits.advance, digits.widths[i]);
    }
    return digits;
}

// `piece(text, its width, room it takes)` for each digit, and for each run between digits, which keeps its shaping.
template <typename Piece>
void TextStore::eachPiece(TextRole role, const QString &text, const Piece &piece)
{
    const Digits &all = digits(role);
    for (qsizetype at = 0; at < text.size();) {
        if (isDigit(text[at])) {
            const size_t digit = text[at].unicode() - size_t {u'0'};
            piece(all.texts[digit], all.widths[digit], all.advance);
            ++at;
            continue;
        }
        qsizetype end = at;
        while (end < text.size() && !isDigit(text[end]))
            ++end;
        const Line *between = line(role, text.mid(at, end - at), -1, Qt::ElideNone);
        piece(between->text, between->width, between->width);
        at = end;
    }
}

int TextStore::numberWidth(TextRole role, const QString &text)
{
    int width = 0;
    eachPiece(role, bounded(text), [&](const QStaticText &, int, int room) { width += room; });
    return width;
}

void TextStore::drawNumber(QPainter *painter, const QRect &rect, TextRole role, const QString &text,
                           Qt::Alignment alignment)
{
    int x = alignment & Qt::AlignRight ? rect.right() + 1 - numberWidth(role, text) : rect.left();
    painter->setFont(font(role));
    eachPiece(role, bounded(text), [&](const QStaticText &piece, int width, int room) {
        const int y = rect.top() + qFloor((rect.height() - piece.size().height()) / 2);
        painter->drawStaticText(x + (room - width) / 2, y, piece);
        x += room;
    });
}

}
