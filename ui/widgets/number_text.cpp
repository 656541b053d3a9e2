#include "ui/widgets/number_text.h"

#include <QFontMetrics>
#include <QPainter>

namespace fb {

namespace {
    int digitAdvance(const QFontMetrics &metrics)
    {
        int widest = 0;
        for (char16_t digit = u'0'; digit <= u'9'; ++digit)
            widest = qMax(widest, metrics.horizontalAdvance(QChar(digit)));
        return widest;
    }

    // The next run of text that is digits only, or holds none; a run without digits keeps its shaping.
    qsizetype runEnd(const QString &text, qsizetype from)
    {
        if (text[from].isDigit())
            return from + 1;
        qsizetype end = from;
        while (end < text.size() && !text[end].isDigit())
            ++end;
        return end;
    }
}

int numberWidth(const QFontMetrics &metrics, const QString &text)
{
    const int digit = digitAdvance(metrics);
    int width = 0;
    for (qsizetype i = 0; i < text.size();) {
        const qsizetype end = runEnd(text, i);
        width += text[i].isDigit() ? digit : metrics.horizontalAdvance(text.mid(i, end - i));
        i = end;
    }
    return width;
}

void drawNumber(QPainter *painter, const QRect &rect, Qt::Alignment alignment, const QString &text)
{
    const QFontMetrics metrics = painter->fontMetrics();
    const int digit = digitAdvance(metrics);
    int x = alignment & Qt::AlignRight ? rect.right() + 1 - numberWidth(metrics, text) : rect.left();
    const int baseline = rect.top() + (rect.height() + metrics.ascent() - metrics.descent()) / 2;
    for (qsizetype i = 0; i < text.size();) {
        const qsizetype end = runEnd(text, i);
        const QString run = text.mid(i, end - i);
        const int advance = metrics.horizontalAdvance(run);
        const int cell = run[0].isDigit() ? digit : advance;
        painter->drawText(x + (cell - advance) / 2, baseline, run);
        x += cell;
        i = end;
    }
}

}
