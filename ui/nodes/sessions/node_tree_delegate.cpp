#include "ui/nodes/sessions/node_tree_delegate.h"

#include "models/nodes/sessions/node_groups_model.h"
#include "ui/theme/flagbridge_style.h"
#include "ui/widgets/state_look.h"

#include <QLocale>
#include <QPainter>
#include <QTreeView>

namespace fb {

namespace {
    using Role = NodeGroupsModel::Role;

    bool isOnline(const QModelIndex &index)
    {
        return index.data(Role::PingRole).toInt() == static_cast<int>(PingState::Online);
    }
}

QSize NodeTreeDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {0, themeOf(option.widget).metrics().compactRow()};
}

void NodeTreeDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    const Theme &theme = themeOf(option.widget);
    const Metrics &m = theme.metrics();
    const qreal ratio = painter->device()->devicePixelRatioF();
    const bool isGroup = index.data(Role::IsGroupRole).toBool();
    const auto *tree = qobject_cast<const QTreeView *>(option.widget);
    const QRect row = option.rect.adjusted(m.step(2), 0, -m.step(2), 0);
    painter->save();
    if (option.state & QStyle::State_Selected)
        drawOutline(
            painter, row, Metrics::kButtonRadius, Qt::transparent,
            theme.color(option.state & QStyle::State_Active ? Token::Selection : Token::SelectionIdle));
    else if (option.state & QStyle::State_MouseOver)
        drawOutline(painter, row, Metrics::kButtonRadius, Qt::transparent, theme.color(Token::SelectionIdle));
    const auto icon = [&](Icon which, const QColor &tint, int x, int size) {
        painter->drawPixmap(x, row.top() + (row.height() - size) / 2, theme.pixmap(which, tint, size, ratio));
    };
    int left = row.left() + m.step(1.5);
    int right = row.right() - m.step(1.5);
    if (isGroup) {
        const bool isOpen = tree && tree->isExpanded(index);
        icon(isOpen ? Icon::Expand : Icon::Collapse, theme.color(Token::Text2), left, Metrics::kSmallIcon);
        left += Metrics::kSmallIcon + m.step(1.5);
        const QString count = QLocale().toString(index.data(Role::CountRole).toInt());
        const int width = theme.texts().numberWidth(TextRole::Small, count);
        painter->setPen(theme.color(Token::Text3));
        theme.texts().drawNumber(painter, QRect(right - width, row.top(), width, row.height()),
                                 TextRole::Small, count, Qt::AlignRight);
        right -= width + m.step(2);
        painter->setPen(theme.color(Token::Text));
    } else {
        left += m.step(3.5);
        const auto ping = static_cast<PingState>(index.data(Role::PingRole).toInt());
        const StateLook look = lookOf(PingWords::kind(ping));
        if (isOnline(index)) {
            const qreal dot = 7;
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(Qt::NoPen);
            painter->setBrush(theme.toneFill(look.tone));
            painter->drawEllipse(QRectF(left + (Metrics::kSmallIcon - dot) / 2,
                                        row.top() + (row.height() - dot) / 2.0, dot, dot));
        } else {
            icon(look.icon, theme.toneText(look.tone), left, Metrics::kSmallIcon);
        }
        left += Metrics::kSmallIcon + m.step(1.5);
        if (index.data(Role::OpenRole).toBool()) {
            right -= Metrics::kIcon;
            icon(Icon::Sessions, theme.color(Token::Text2), right, Metrics::kIcon);
            right -= m.step(1.5);
        }
        const bool bright = index.data(Role::OpenRole).toBool() || (option.state & QStyle::State_Selected);
        painter->setPen(theme.color(!isOnline(index) ? Token::Text3 : bright ? Token::Text : Token::Text2));
    }
    theme.texts().draw(painter, QRect(left, row.top(), qMax(0, right - left), row.height()), TextRole::Body,
                       index.data().toString(), Qt::AlignLeft, Qt::ElideRight);
    if ((option.state & QStyle::State_HasFocus) && (option.state & QStyle::State_KeyboardFocusChange))
        drawFocusRing(painter, theme, row, Metrics::kButtonRadius);
    painter->restore();
}

}
