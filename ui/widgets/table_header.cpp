#include "ui/widgets/table_header.h"

#include "models/table/live_table_model.h"
#include "ui/theme/flagbridge_style.h"
#include "ui/widgets/cell_delegate.h"

#include <QMouseEvent>
#include <QPainter>
#include <QStyleOption>
#include <QTableView>

namespace fb {

namespace {
    constexpr int kHeaderBox = 15;
}

TableHeader::TableHeader(QWidget *parent) : QHeaderView(Qt::Horizontal, parent)
{
    setSectionsClickable(true);
    setSectionsMovable(true);
    setFirstSectionMovable(false); // the name, with the check boxes
    setHighlightSections(false);
    setSortIndicatorShown(true);
    setSortIndicator(-1, Qt::AscendingOrder); // else column 0, descending, is no news to it and sorts nothing
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    setMinimumSectionSize(40);
}

QSize TableHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), themeOf(this).metrics().row()};
}

bool TableHeader::onCheck(const QPoint &at) const
{
    if (!m_checks || count() == 0)
        return false;
    const int section = logicalIndex(0);
    const int left = sectionViewportPosition(section);
    return at.x() >= left
        && at.x() < left + CellDelegate::checkWidth(themeOf(this)) + themeOf(this).metrics().step(1);
}

void TableHeader::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && onCheck(event->position().toPoint())) {
        emit checkClicked();
        return;
    }
    if (event->button() == Qt::LeftButton && (event->modifiers() & Qt::ShiftModifier)) {
        if (const int section = logicalIndexAt(event->position().toPoint()); section >= 0)
            emit shiftClicked(section);
        return;
    }
    QHeaderView::mousePressEvent(event);
}

int TableHeader::selectedRows() const
{
    const auto *view = qobject_cast<const QTableView *>(parentWidget());
    if (!view || !view->selectionModel())
        return 0;
    int rows = 0; // whole rows are selected, so each counts once
    const QItemSelection selection = view->selectionModel()->selection();
    for (const QItemSelectionRange &range : selection)
        rows += range.left() == 0 ? range.height() : 0;
    return rows;
}

int TableHeader::neededWidth(int section) const
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    const QString title = model()->headerData(section, Qt::Horizontal).toString();
    const int check = m_checks && visualIndex(section) == 0 ? CellDelegate::checkWidth(theme) : 0;
    return theme.texts().width(TextRole::SmallMedium, title) + check + Metrics::kSmallIcon + m.step(1)
        + 2 * m.cellPadding();
}

void TableHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    const Theme &theme = themeOf(this);
    const Metrics &m = theme.metrics();
    painter->save();
    painter->fillRect(rect, theme.color(Token::Sunken));
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color(Token::Border));
    QRect inner = rect.adjusted(m.cellPadding(), 0, -m.cellPadding(), -1);
    if (m_checks && visualIndex(section) == 0) {
        const int selected = selectedRows();
        QStyleOption box;
        box.rect
            = QRect(inner.left() + m.step(0.5), rect.center().y() - kHeaderBox / 2, kHeaderBox, kHeaderBox);
        box.state = QStyle::State_Enabled
            | (selected == 0                         ? QStyle::State_Off
                   : selected == model()->rowCount() ? QStyle::State_On
                                                     : QStyle::State_NoChange);
        style()->drawPrimitive(QStyle::PE_IndicatorItemViewItemCheck, &box, painter, this);
        inner.setLeft(inner.left() + CellDelegate::checkWidth(theme));
    }
    const auto *table = qobject_cast<const LiveTableModel *>(model());
    const QList<SortKey> keys = table ? table->sortKeys() : QList<SortKey>();
    const auto key = std::find_if(keys.begin(), keys.end(),
                                  [section](const SortKey &each) { return each.column == section; });
    const bool sorted = key != keys.end();
    // Of several, which one counts first.
    const QString place = sorted && keys.size() > 1 ? QString::number(key - keys.begin() + 1) : QString();
    painter->setFont(theme.font(TextRole::SmallMedium));
    painter->setPen(theme.color(Token::Text2));
    const QString title = model()->headerData(section, Qt::Horizontal).toString();
    const int digit = place.isEmpty() ? 0 : painter->fontMetrics().horizontalAdvance(place) + 2;
    const int arrow = sorted ? Metrics::kSmallIcon + m.step(1) + digit : 0;
    const QString shown = painter->fontMetrics().elidedText(title, Qt::ElideRight, inner.width() - arrow);
    const int textWidth = painter->fontMetrics().horizontalAdvance(shown);
    const int x = m_right.contains(section) ? inner.right() + 1 - textWidth - arrow : inner.left();
    painter->drawText(QRect(x, inner.top(), textWidth + 2, inner.height()), Qt::AlignVCenter, shown);
    if (sorted) {
        painter->drawPixmap(x + textWidth + m.step(1), rect.top() + (rect.height() - Metrics::kSmallIcon) / 2,
                            theme.pixmap(key->order == Qt::AscendingOrder ? Icon::SortUp : Icon::SortDown,
                                         theme.color(Token::AccentText), Metrics::kSmallIcon,
                                         devicePixelRatioF(), Stroke::Status));
        painter->drawText(
            QRect(x + textWidth + m.step(1) + Metrics::kSmallIcon, inner.top(), digit + 2, inner.height()),
            Qt::AlignVCenter, place);
    }
    painter->restore();
}

}
