#include "ui/widgets/icon_label.h"

#include <QPainter>

namespace fb {

IconLabel::IconLabel(Icon icon, Token color, int size, QWidget *parent)
    : QWidget(parent),
      m_icon(icon),
      m_color(color),
      m_size(size)
{
    setFixedSize(size, size);
}

void IconLabel::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    QPainter(this).drawPixmap(0, 0, theme.pixmap(m_icon, theme.color(m_color), m_size, devicePixelRatioF()));
}

}
