// FlagbridgeStyle: push buttons and tool buttons (look.md 6).
#include "ui/theme/flagbridge_style.h"

#include <QPainter>
#include <QStyleOption>
#include <QToolButton>

namespace fb {

namespace {

    struct ButtonColors {
        QColor fill {Qt::transparent};
        QColor line {Qt::transparent};
        QColor text;
        QIcon::Mode icon {QIcon::Normal};
    };

    ButtonColors colorsOf(const Theme &theme, ButtonKind kind, QStyle::State state)
    {
        const bool enabled = state & QStyle::State_Enabled;
        const bool hot = enabled && (state & (QStyle::State_MouseOver | QStyle::State_Sunken));
        ButtonColors colors {.text = theme.color(enabled ? Token::Text : Token::Disabled),
                             .icon = enabled ? QIcon::Normal : QIcon::Disabled};
        switch (kind) {
        case ButtonKind::Primary:
            if (enabled) {
                colors.fill = theme.color(hot ? Token::AccentHover : Token::Accent);
                colors.text = theme.color(Token::OnAccent);
                colors.icon = QIcon::Selected;
                break;
            }
            [[fallthrough]];
        case ButtonKind::Normal:
            colors.fill = theme.color(hot ? Token::SelectionIdle : Token::Raised);
            colors.line = theme.color(enabled ? Token::BorderStrong : Token::Border);
            break;
        case ButtonKind::Plain:
            if (hot)
                colors.fill = theme.color(Token::SelectionIdle);
            break;
        case ButtonKind::Danger:
            colors.fill = theme.color(enabled ? Token::Danger : Token::Raised);
            colors.line = theme.color(enabled ? Token::Danger : Token::Border);
            if (enabled) {
                colors.text = theme.color(Token::OnAccent);
                colors.icon = QIcon::Selected;
            }
            break;
        case ButtonKind::Link:
            colors.text = theme.color(enabled ? Token::AccentText : Token::Disabled);
            break;
        case ButtonKind::Crumb:
            colors.text = theme.color(hot ? Token::Text : Token::Text2);
            break;
        }
        return colors;
    }

    // What waits for the engine looks disabled (EditGate).
    QStyle::State stateOf(const QStyleOption &option, const QWidget *widget)
    {
        const bool waits = widget && widget->property("fbWaits").toBool();
        return waits ? option.state & ~QStyle::State_Enabled : option.state;
    }

    bool keyboardFocus(QStyle::State state)
    {
        return (state & QStyle::State_HasFocus) && (state & QStyle::State_KeyboardFocusChange);
    }

    void paintBox(QPainter *painter, const Theme &theme, const QRect &rect, const ButtonColors &colors,
                  bool focus)
    {
        if (focus) { // the ring stands outside, a gap of one pixel between
            drawFocusRing(painter, theme, rect, Metrics::kButtonRadius + 1);
            drawOutline(painter, rect.adjusted(3, 3, -3, -3), Metrics::kButtonRadius - 2, colors.line,
                        colors.fill);
            return;
        }
        drawOutline(painter, rect, Metrics::kButtonRadius, colors.line, colors.fill);
    }
}

void FlagbridgeStyle::drawButton(const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    const ButtonKind kind = buttonKind(widget);
    ButtonColors colors = colorsOf(m_theme, kind, stateOf(*option, widget));
    if (kind == ButtonKind::Normal && (option->state & State_On))
        colors.fill = m_theme.color(Token::SelectionIdle);
    paintBox(painter, m_theme, option->rect, colors, keyboardFocus(option->state));
}

void FlagbridgeStyle::drawButtonLabel(const QStyleOption *option, QPainter *painter) const
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    if (!button)
        return;
    const QWidget *widget = qobject_cast<const QWidget *>(option->styleObject);
    const ButtonColors colors = colorsOf(m_theme, buttonKind(widget), stateOf(*option, widget));
    const Metrics &m = m_theme.metrics();
    const bool menu = button->features & QStyleOptionButton::HasMenu;
    const int iconWidth = button->icon.isNull() ? 0 : Metrics::kIcon;
    const int gap = iconWidth && !button->text.isEmpty() ? m.step(2) : 0;
    const int menuWidth = menu ? Metrics::kIcon + m.step(1) : 0;
    const int textWidth = button->fontMetrics.size(Qt::TextShowMnemonic, button->text).width();
    const bool leading = widget && widget->property("fbAlignLeft").toBool();
    int x = leading
        ? option->rect.left() + m.step(2.5)
        : option->rect.left() + (option->rect.width() - iconWidth - gap - textWidth - menuWidth) / 2;
    painter->save();
    if (iconWidth) {
        const QRect box(x, option->rect.top() + (option->rect.height() - Metrics::kIcon) / 2, Metrics::kIcon,
                        Metrics::kIcon);
        button->icon.paint(painter, box, Qt::AlignCenter, colors.icon);
        x += iconWidth + gap;
    }
    painter->setPen(colors.text);
    QFont font = painter->font();
    const ButtonKind kind = buttonKind(widget);
    if ((kind == ButtonKind::Link || kind == ButtonKind::Crumb) && (option->state & State_MouseOver))
        font.setUnderline(true);
    painter->setFont(font);
    painter->drawText(QRect(x, option->rect.top(), option->rect.right() + 1 - x, option->rect.height()),
                      Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic, button->text);
    x += textWidth + m.step(1);
    if (menu) {
        const QColor tint = colors.icon == QIcon::Selected ? colors.text : m_theme.color(Token::Text2);
        painter->drawPixmap(
            x, option->rect.top() + (option->rect.height() - Metrics::kIcon) / 2,
            m_theme.pixmap(Icon::Expand, tint, Metrics::kIcon, painter->device()->devicePixelRatioF()));
    }
    painter->restore();
}

void FlagbridgeStyle::drawToolButton(const QStyleOptionComplex *option, QPainter *painter,
                                     const QWidget *widget) const
{
    const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option);
    if (!button)
        return;
    const ButtonKind kind = buttonKind(widget);
    ButtonColors colors
        = colorsOf(m_theme, kind == ButtonKind::Normal ? ButtonKind::Plain : kind, option->state);
    if (widget && widget->property("fbOutlined").toBool()) {
        colors.line = m_theme.color(Token::BorderStrong);
        if (colors.fill.alpha() == 0)
            colors.fill = m_theme.color(Token::Raised);
    }
    if (option->state & State_On)
        colors.fill = m_theme.color(Token::SelectionIdle);
    paintBox(painter, m_theme, option->rect, colors, keyboardFocus(option->state));

    const int iconSize = button->iconSize.isValid()
        ? qMin(button->iconSize.width(), button->iconSize.height())
        : Metrics::kIcon;
    const QRect r = option->rect;
    if (button->toolButtonStyle == Qt::ToolButtonTextBesideIcon
        || button->toolButtonStyle == Qt::ToolButtonTextOnly) {
        int x = r.left() + m_theme.metrics().step(2);
        if (button->toolButtonStyle == Qt::ToolButtonTextBesideIcon && !button->icon.isNull()) {
            button->icon.paint(painter, QRect(x, r.top() + (r.height() - iconSize) / 2, iconSize, iconSize),
                               Qt::AlignCenter, colors.icon);
            x += iconSize + m_theme.metrics().step(2);
        }
        painter->save();
        painter->setPen(colors.text);
        painter->drawText(QRect(x, r.top(), r.right() - x, r.height()),
                          Qt::AlignVCenter | Qt::TextShowMnemonic, button->text);
        painter->restore();
        return;
    }
    QIcon icon = button->icon;
    if (button->features.testFlag(QStyleOptionToolButton::Arrow)) // beside tabs that do not all fit
        icon = Theme::icon(button->arrowType == Qt::LeftArrow ? Icon::Back : Icon::Forward);
    icon.paint(painter,
               QRect(r.left() + (r.width() - iconSize) / 2, r.top() + (r.height() - iconSize) / 2, iconSize,
                     iconSize),
               Qt::AlignCenter, colors.icon);
}

}
