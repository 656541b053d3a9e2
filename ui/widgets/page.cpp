#include "ui/widgets/page.h"

#include "ui/theme/theme.h"

#include <QPainter>

namespace fb {

Page::Page(const QString &address, QWidget *parent) : QWidget(parent), m_address(address) { }

void Page::setCrumb(const QString &crumb)
{
    if (crumb == m_crumb)
        return;
    m_crumb = crumb;
    emit crumbChanged();
}

void Page::paintEvent(QPaintEvent *) { QPainter(this).fillRect(rect(), themeOf(this).color(Token::Page)); }

}
