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

void IconLabel::setTone(Tone tone)
{
    m_tone = tone;
    update();
}

void IconLabel::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    const QColor color = m_tone == Tone::Neutral ? theme.color(m_color) : theme.toneText(m_tone);
    QPainter(this).drawPixmap(0, 0, theme.pixmap(m_icon, color, m_size, devicePixelRatioF()));
}

}
