#include "ui/shell/search_button.h"

#include "ui/theme/flagbridge_style.h"

#include <QPainter>

namespace fb {

SearchButton::SearchButton(const QString &hint, QWidget *parent) : QAbstractButton(parent)
{
    setObjectName(QStringLiteral("searchButton"));
    setText(hint);
    setAccessibleName(hint);
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::IBeamCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMinimumWidth(themeOf(this).metrics().lines(10));
    setMaximumWidth(themeOf(this).metrics().lines(23));
}

void SearchButton::setKeys(const QString &keys)
{
    m_keys = keys;
    update();
}

QSize SearchButton::sizeHint() const
{
    const Metrics &m = themeOf(this).metrics();
    return {m.lines(23), m.row()};
}

void SearchButton::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    QPainter painter(this);
    drawOutline(&painter, rect(), Metrics::kButtonRadius, theme.color(Token::Field),
                theme.color(Token::Base));
    if (hasFocus())
        drawFocusRing(&painter, theme, rect(), Metrics::kButtonRadius);
    painter.drawPixmap(
        m.step(2.5), (height() - Metrics::kIcon) / 2,
        theme.pixmap(Icon::Search, theme.color(Token::Text2), Metrics::kIcon, devicePixelRatioF()));
    painter.setFont(theme.font(TextRole::Body));
    painter.setPen(theme.color(Token::Text3));
    painter.drawText(rect().adjusted(m.step(2.5) + Metrics::kIcon + m.step(2), 0, 0, 0), Qt::AlignVCenter,
                     text());
    if (m_keys.isEmpty())
        return;
    painter.setFont(theme.font(TextRole::Tiny));
    const int width = painter.fontMetrics().horizontalAdvance(m_keys) + m.step(2.5);
    const int height = m.step(4.5);
    const QRect cap(this->width() - width - m.step(1.5), (this->height() - height) / 2, width, height);
    drawOutline(&painter, cap, Metrics::kBoxRadius, theme.color(Token::Border), theme.color(Token::Sunken));
    painter.setPen(theme.color(Token::Text2));
    painter.drawText(cap, Qt::AlignCenter, m_keys);
}

}
