#include "ui/welcome/bridge_drawing.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace fb {

namespace {
    constexpr QSizeF kDrawn {262, 76}; // units of the drawing
    constexpr qreal kLeftTower = 65;
    constexpr qreal kRightTower = 197;
    constexpr qreal kTop = 10;
    constexpr qreal kDeck = 56;
    constexpr qreal kSag = 40;

    // Height of the cable above a place along the deck.
    qreal cableAt(qreal x)
    {
        const auto parabola = [](qreal x0, qreal span, qreal high, qreal low) {
            const qreal t = x0 / span;
            return low - (low - high) * t * t;
        };
        if (x < kLeftTower)
            return parabola(x, kLeftTower, kTop, kSag + 6);
        if (x > kRightTower)
            return parabola(kDrawn.width() - x, kDrawn.width() - kRightTower, kTop, kSag + 6);
        const qreal middle = (kLeftTower + kRightTower) / 2;
        return parabola(qAbs(x - middle), middle - kLeftTower, kTop, kSag);
    }
}

BridgeDrawing::BridgeDrawing(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("Drawing of a bridge with a flag"));
}

QSize BridgeDrawing::sizeHint() const
{
    const int height = themeOf(this).metrics().lines(4.2);
    return {qRound(height * kDrawn.width() / kDrawn.height()), height};
}

void BridgeDrawing::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(width() / kDrawn.width(), height() / kDrawn.height());

    painter.setPen(QPen(theme.color(Token::BorderStrong), 1));
    for (qreal x = 17; x < kDrawn.width() - 10; x += 15) {
        if (qAbs(x - kLeftTower) > 4 && qAbs(x - kRightTower) > 4)
            painter.drawLine(QPointF(x, cableAt(x)), QPointF(x, kDeck));
    }
    QPainterPath cable(QPointF(1, cableAt(1)));
    for (qreal x = 2; x <= kDrawn.width() - 1; x += 1)
        cable.lineTo(x, cableAt(x));
    painter.setPen(QPen(theme.color(Token::Text2), 1.2));
    painter.drawPath(cable);
    painter.setPen(QPen(theme.color(Token::Text), 2, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(1, kDeck), QPointF(kDrawn.width() - 1, kDeck));
    painter.drawLine(QPointF(kLeftTower, 2), QPointF(kLeftTower, kDeck + 14));
    painter.drawLine(QPointF(kRightTower, 2), QPointF(kRightTower, kDeck + 14));
    painter.setPen(QPen(theme.color(Token::Border), 1.4, Qt::DashLine));
    painter.drawLine(QPointF(8, kDeck + 13), QPointF(kLeftTower - 12, kDeck + 13));
    painter.drawLine(QPointF(kLeftTower + 16, kDeck + 13), QPointF(kRightTower - 12, kDeck + 13));
    painter.drawLine(QPointF(kRightTower + 16, kDeck + 13), QPointF(kDrawn.width() - 6, kDeck + 13));
    QPainterPath flag;
    flag.addPolygon(QPolygonF {QPointF(kLeftTower + 1, 1.5), QPointF(kLeftTower + 20, 1.5),
                               QPointF(kLeftTower + 15, 7), QPointF(kLeftTower + 20, 12.5),
                               QPointF(kLeftTower + 1, 12.5)});
    painter.fillPath(flag, theme.color(Token::LogoFlag));
}

}
