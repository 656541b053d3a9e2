#pragma once
// Live numbers that do not jitter: digits are drawn at the widest digit's advance (Qt 6.4 cannot ask a font for tabular figures,
// look.md 3). Ui thread.

#include <QRect>
#include <QString>

class QFontMetrics;
class QPainter;

namespace fb {

int numberWidth(const QFontMetrics &metrics, const QString &text);
// In the painter's font and pen; right or left aligned, vertically centred.
void drawNumber(QPainter *painter, const QRect &rect, Qt::Alignment alignment, const QString &text);

}
