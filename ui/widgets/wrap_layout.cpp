#include "ui/widgets/wrap_layout.h"

namespace fb {

WrapLayout::WrapLayout(int gapAcross, int gapDown, QWidget *parent)
    : QLayout(parent),
      m_across(gapAcross),
      m_down(gapDown)
{
    setContentsMargins(0, 0, 0, 0);
}

WrapLayout::~WrapLayout() { qDeleteAll(m_items); }

void WrapLayout::addItem(QLayoutItem *item) { m_items.append(item); }

QLayoutItem *WrapLayout::itemAt(int index) const { return m_items.value(index); }

QLayoutItem *WrapLayout::takeAt(int index)
{
    return index >= 0 && index < m_items.size() ? m_items.takeAt(index) : nullptr;
}

int WrapLayout::heightForWidth(int width) const { return place(QRect(0, 0, width, 0), true); }

QSize WrapLayout::sizeHint() const
{
    QSize size;
    for (QLayoutItem *item : m_items) {
        if (!item->isEmpty())
            size = QSize(size.width() + item->sizeHint().width() + m_across,
                         qMax(size.height(), item->sizeHint().height()));
    }
    return size;
}

QSize WrapLayout::minimumSize() const
{
    QSize size;
    for (const QLayoutItem *item : m_items)
        size = size.expandedTo(item->minimumSize());
    return size;
}

void WrapLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    place(rect, false);
}

int WrapLayout::place(const QRect &rect, bool dry) const
{
    int x = rect.x();
    int y = rect.y();
    int lineHeight = 0;
    for (QLayoutItem *item : m_items) {
        if (item->isEmpty())
            continue;
        const QSize size = item->sizeHint().boundedTo(QSize(rect.width(), item->sizeHint().height()));
        if (x + size.width() > rect.x() + rect.width() && x > rect.x()) {
            x = rect.x();
            y += lineHeight + m_down;
            lineHeight = 0;
        }
        if (!dry)
            item->setGeometry(QRect(QPoint(x, y), size));
        x += size.width() + m_across;
        lineHeight = qMax(lineHeight, size.height());
    }
    return y + lineHeight - rect.y();
}

}
