#include "ui/shell/operator_button.h"

#include "ui/theme/flagbridge_style.h"

#include <QPainter>

namespace fb {

namespace {
    QString initialsOf(const QString &name)
    {
        const QStringList parts
            = QString(name).replace(u'.', u' ').replace(u'-', u' ').split(u' ', Qt::SkipEmptyParts);
        QString initials;
        for (const QString &part : parts.mid(0, 2))
            initials += part[0].toUpper();
        if (parts.size() == 1 && parts[0].size() > 1)
            initials += parts[0][1].toUpper();
        return initials;
    }
}

OperatorButton::OperatorButton(QWidget *parent) : QAbstractButton(parent)
{
    setObjectName(QStringLiteral("operatorButton"));
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
}

void OperatorButton::setOperator(const QString &name, const QString &role)
{
    m_role = role;
    setText(name);
    setAccessibleName(tr("Operator: %1, %2").arg(name, role));
    setToolTip(tr("Account and settings"));
    updateGeometry();
    update();
}

QSize OperatorButton::sizeHint() const
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    const int name = QFontMetrics(theme.font(TextRole::BodyMedium)).horizontalAdvance(text());
    const int role = QFontMetrics(theme.font(TextRole::Small)).horizontalAdvance(m_role);
    return {m.step(6) + name + role + m.step(8.5) + Metrics::kSmallIcon, m.row()};
}

// In a narrow window the role goes first, then the name; both are in the accessible name and in the menu.
QSize OperatorButton::minimumSizeHint() const
{
    const Metrics &m = themeOf(this).metrics();
    return {m.step(6) + m.step(4) + Metrics::kSmallIcon, m.row()};
}

void OperatorButton::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    QPainter painter(this);
    if (underMouse() || isDown())
        drawOutline(&painter, rect(), Metrics::kButtonRadius, Qt::transparent, theme.color(Token::Hover));
    if (hasFocus())
        drawFocusRing(&painter, theme, rect().adjusted(2, 2, -2, -2), Metrics::kButtonRadius);
    const int side = m.step(6);
    const QRect badge(m.step(1), (height() - side) / 2, side, side);
    drawOutline(&painter, badge, Metrics::kChipRadius, Qt::transparent, theme.color(Token::AccentSoft));
    painter.setFont(theme.font(TextRole::SidebarGroup));
    painter.setPen(theme.color(Token::AccentText));
    painter.drawText(badge, Qt::AlignCenter, initialsOf(text()));
    QRect rest(badge.right() + m.step(2), 0, 0, height());
    rest.setRight(width() - m.step(2.5) - Metrics::kSmallIcon);
    const auto write = [&](const QString &words, TextRole role, Token color) {
        painter.setFont(theme.font(role));
        painter.setPen(theme.color(color));
        const int needed = painter.fontMetrics().horizontalAdvance(words);
        if (needed > rest.width())
            return;
        painter.drawText(rest, Qt::AlignVCenter, words);
        rest.setLeft(rest.left() + needed + m.step(1.5));
    };
    write(text(), TextRole::BodyMedium, Token::Text);
    write(m_role, TextRole::Small, Token::Text2);
    painter.drawPixmap(
        width() - m.step(1.5) - Metrics::kSmallIcon, (height() - Metrics::kSmallIcon) / 2,
        theme.pixmap(Icon::Expand, theme.color(Token::Text2), Metrics::kSmallIcon, devicePixelRatioF()));
}

}
