#include "ui/widgets/surface.h"

#include "ui/theme/flagbridge_style.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace fb {

Surface::Surface(Token fill, QWidget *parent) : QWidget(parent), m_fill(fill) { }

Surface *Surface::card(QWidget *parent)
{
    auto *card = new Surface(Token::Raised, parent);
    card->setOutline(Token::Border, Metrics::kCardRadius);
    return card;
}

void Surface::setOutline(Token line, int radius)
{
    m_line = line;
    m_radius = radius;
    update();
}

void Surface::setEdges(Qt::Edges edges)
{
    m_edges = edges;
    update();
}

void Surface::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    QPainter painter(this);
    if (m_radius >= 0)
        drawOutline(&painter, rect(), m_radius, theme.color(m_line), theme.color(m_fill));
    else
        painter.fillRect(rect(), theme.color(m_fill));
    const QColor line = theme.color(Token::Border);
    if (m_edges & Qt::TopEdge)
        painter.fillRect(QRect(0, 0, width(), 1), line);
    if (m_edges & Qt::BottomEdge)
        painter.fillRect(QRect(0, height() - 1, width(), 1), line);
    if (m_edges & Qt::LeftEdge)
        painter.fillRect(QRect(0, 0, 1, height()), line);
    if (m_edges & Qt::RightEdge)
        painter.fillRect(QRect(width() - 1, 0, 1, height()), line);
}

Divider::Divider(Qt::Orientation orientation, QWidget *parent) : QWidget(parent)
{
    if (orientation == Qt::Horizontal)
        setFixedHeight(1);
    else
        setFixedWidth(1);
}

void Divider::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), themeOf(this).color(Token::Border));
}

}
