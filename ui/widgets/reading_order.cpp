#include "ui/widgets/reading_order.h"

#include "ui/theme/focus_edge.h"

#include <QDockWidget>
#include <QGridLayout>
#include <QMainWindow>
#include <QScrollArea>
#include <QSet>

#include <algorithm>

namespace fb {

namespace {

    // Every visible widget, as read.
    class Reader
    {
    public:
        void read(QWidget *widget)
        {
            if (!widget->isVisible() || m_seen.contains(widget))
                return;
            m_seen.insert(widget);
            widgets << widget;
            const bool placed = qobject_cast<QMainWindow *>(widget) || qobject_cast<QDockWidget *>(widget);
            if (widget->layout() && !placed) // the layouts of those do not tell the order
                read(widget->layout());
            QList<QWidget *> rest; // by where they lie: parts of splitters, docks, what stands over the page
            for (QObject *child : widget->children()) {
                auto *part = qobject_cast<QWidget *>(child);
                if (part && !part->isWindow())
                    rest << part;
            }
            std::stable_sort(rest.begin(), rest.end(), [](const QWidget *a, const QWidget *b) {
                return a->y() != b->y() ? a->y() < b->y() : a->x() < b->x();
            });
            for (QWidget *part : std::as_const(rest))
                read(part);
        }

        QList<QWidget *> widgets;

    private:
        void read(QLayout *layout)
        {
            struct Place {
                int row = 0;
                int column = 0;
                QLayoutItem *item;
            };
            QList<Place> places;
            auto *grid = qobject_cast<QGridLayout *>(layout);
            for (int index = 0; index < layout->count(); ++index) {
                Place place {.row = index, .item = layout->itemAt(index)};
                int rows = 0;
                int columns = 0;
                if (grid)
                    grid->getItemPosition(index, &place.row, &place.column, &rows, &columns);
                places << place;
            }
            std::stable_sort(places.begin(), places.end(), [](const Place &a, const Place &b) {
                return a.row != b.row ? a.row < b.row : a.column < b.column;
            });
            for (const Place &place : std::as_const(places)) {
                if (QWidget *widget = place.item->widget())
                    read(widget);
                else if (QLayout *inner = place.item->layout())
                    read(inner);
            }
        }

        QSet<const QWidget *> m_seen;
    };

    bool takesTab(const QWidget *widget)
    {
        return (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus && widget->isEnabled()
            && !widget->focusProxy();
    }

    void scrollTo(QWidget *widget)
    {
        for (QWidget *at = widget->parentWidget(); at; at = at->parentWidget()) {
            auto *area = qobject_cast<QScrollArea *>(at);
            if (area && area->widget() && area->widget()->isAncestorOf(widget))
                area->ensureWidgetVisible(widget);
        }
    }
}

bool focusInReadingOrder(QWidget *root, bool next)
{
    Reader reader;
    reader.read(root);
    const QList<QWidget *> &all = reader.widgets;
    const qsizetype count = all.size();
    const qsizetype at = all.indexOf(root->window()->focusWidget()); // -1: begin at an end
    const qsizetype from = at >= 0 ? at : next ? count - 1 : 0;
    for (qsizetype turn = 1; turn <= count; ++turn) {
        QWidget *widget = all[(from + (next ? turn : count - turn)) % count];
        if (!takesTab(widget))
            continue;
        if (widget == root->window()->focusWidget())
            return false;
        widget->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
        FocusEdge::showKeyboardFocus(widget);
        scrollTo(widget);
        return true;
    }
    return false;
}

}
