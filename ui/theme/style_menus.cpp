// FlagbridgeStyle: menus and tabs (look.md 6).
#include "ui/theme/flagbridge_style.h"

#include <QMenu>
#include <QPainter>
#include <QStyleOption>
#include <QTabBar>

namespace fb {

void FlagbridgeStyle::drawTab(const QStyleOption *option, QPainter *painter) const
{
    const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option);
    if (!tab)
        return;
    const bool current = tab->state & State_Selected;
    const QRect r = tab->rect;
    painter->save();
    painter->setFont(m_theme.font(current ? TextRole::SectionHeading : TextRole::Body));
    painter->setPen(m_theme.color(!(tab->state & State_Enabled)                   ? Token::Disabled
                                      : current || (tab->state & State_MouseOver) ? Token::Text
                                                                                  : Token::Text2));
    painter->drawText(r, Qt::AlignCenter | Qt::TextShowMnemonic, tab->text);
    if (current) {
        const int inset = m_theme.metrics().step(2);
        painter->fillRect(QRect(r.left() + inset, r.bottom() - 1, r.width() - 2 * inset, 2),
                          m_theme.color(Token::Accent));
    }
    if (current && (tab->state & State_HasFocus) && (tab->state & State_KeyboardFocusChange))
        drawFocusRing(painter, m_theme, r.adjusted(2, 3, -2, -3), Metrics::kButtonRadius);
    painter->restore();
}

void FlagbridgeStyle::drawMenuItem(const QStyleOption *option, QPainter *painter) const
{
    const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
    if (!item)
        return;
    const Metrics &m = m_theme.metrics();
    const QRect r = item->rect;
    painter->save();
    if (item->menuItemType == QStyleOptionMenuItem::Separator) {
        painter->fillRect(QRect(r.left(), r.center().y(), r.width(), 1), m_theme.color(Token::Border));
        painter->restore();
        return;
    }
    const bool enabled = item->state & State_Enabled;
    const bool hot = enabled && (item->state & State_Selected);
    if (hot)
        drawOutline(painter, r.adjusted(m.step(1), 0, -m.step(1), 0), Metrics::kChipRadius, Qt::transparent,
                    m_theme.color(Token::Accent));
    const QColor text = m_theme.color(hot ? Token::OnAccent : enabled ? Token::Text : Token::Disabled);
    const qreal ratio = painter->device()->devicePixelRatioF();
    const int iconTop = r.top() + (r.height() - Metrics::kIcon) / 2;
    int x = r.left() + m.step(3);
    if (item->checked)
        painter->drawPixmap(x, iconTop, m_theme.pixmap(Icon::Check, text, Metrics::kIcon, ratio));
    else if (!item->icon.isNull())
        item->icon.paint(painter, QRect(x, iconTop, Metrics::kIcon, Metrics::kIcon), Qt::AlignCenter,
                         hot           ? QIcon::Selected
                             : enabled ? QIcon::Normal
                                       : QIcon::Disabled);
    x += Metrics::kIcon + m.step(2);
    const QStringList parts = item->text.split(u'\t');
    painter->setFont(item->font);
    painter->setPen(text);
    painter->drawText(QRect(x, r.top(), r.right() - x, r.height()), Qt::AlignVCenter | Qt::TextShowMnemonic,
                      parts[0]);
    if (parts.size() > 1) {
        painter->setFont(m_theme.font(TextRole::Small));
        painter->setPen(m_theme.color(hot ? Token::OnAccent : Token::Text3));
        painter->drawText(r.adjusted(0, 0, -m.step(3), 0), Qt::AlignVCenter | Qt::AlignRight, parts[1]);
    }
    if (item->menuItemType == QStyleOptionMenuItem::SubMenu)
        painter->drawPixmap(r.right() - m.step(2) - Metrics::kIcon, iconTop,
                            m_theme.pixmap(Icon::CrumbSeparator, text, Metrics::kIcon, ratio));
    painter->restore();
}

}
