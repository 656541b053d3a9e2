#pragma once
// Lines of text as they were shaped, so that a table paints its cells again without shaping them again: shaping is most of what a page of
// cells costs. Belongs to one theme, whose fonts never change. Ui thread.

#include "ui/theme/fonts.h"

#include <QCache>
#include <QStaticText>

#include <array>

class QPainter;

namespace fb {

class TextStore
{
public:
    explicit TextStore(const QFont &interface);

    const QFont &font(TextRole role) const { return m_fonts[static_cast<size_t>(role)]; }
    int width(TextRole role, const QString &text);
    // Of a number whose digits all take the widest digit's room (Qt 6.4 cannot ask a font for tabular figures, look.md 3).
    int numberWidth(TextRole role, const QString &text);

    // In the painter's pen; one line, vertically centred, cut to the room with an ellipsis.
    void draw(QPainter *painter, const QRect &rect, TextRole role, const QString &text,
              Qt::Alignment alignment, Qt::TextElideMode elide);
    void drawNumber(QPainter *painter, const QRect &rect, TextRole role, const QString &text,
                    Qt::Alignment alignment);

private:
    struct Key {
        TextRole role;
        int room; // -1: all of it
        Qt::TextElideMode elide;
        QString text;
        bool operator==(const Key &) const = default;
        friend size_t qHash(const Key &key, size_t seed = 0)
        {
            return qHashMulti(seed, static_cast<int>(key.role), key.room, static_cast<int>(key.elide),
                              key.text);
        }
    };
    struct Line {
        QStaticText text;
        int width = 0;
    };
    struct Digits { // of one role
        std::array<QStaticText, 10> texts;
        std::array<int, 10> widths {};
        int advance = 0;
    };
    static constexpr size_t kRoles = static_cast<size_t>(TextRole::Tiny) + 1;
    static constexpr qsizetype kMost = 3000; // some tables' worth of cells

    Line *line(TextRole role, const QString &text, int room, Qt::TextElideMode elide);
    Line *fitting(TextRole role, const QString &text, int room, Qt::TextElideMode elide);
    const Digits &digits(TextRole role);
    template <typename Piece>
    void eachPiece(TextRole role, const QString &text, const Piece &piece);

    std::array<QFont, kRoles> m_fonts;
    std::array<Digits, kRoles> m_digits;
    QCache<Key, Line> m_lines {kMost};
};

}
