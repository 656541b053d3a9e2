#include "ui/widgets/greyed_effect.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QWidget>

namespace fb {

GreyedEffect::GreyedEffect(QWidget *parent) : QGraphicsOpacityEffect(parent), m_widget(*parent)
{
    setOpacity(0.7); // still read with ease
    setEnabled(false);
}

void GreyedEffect::draw(QPainter *painter)
{
    painter->fillRect(boundingRect(), themeOf(&m_widget).color(Token::Base));
    QGraphicsOpacityEffect::draw(painter);
}

}
