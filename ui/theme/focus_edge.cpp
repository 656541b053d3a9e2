#include "ui/theme/focus_edge.h"

#include "ui/theme/flagbridge_style.h"

#include <QAbstractScrollArea>
#include <QFocusEvent>
#include <QPainter>

namespace fb {

namespace {
    constexpr int kThick = 4; // of the strip the ring lies in
}

void FocusEdge::giveTo(QAbstractScrollArea *area)
{
    if (!area->findChild<FocusEdge *>(QString(), Qt::FindDirectChildrenOnly))
        new FocusEdge(area); // its child
}

void FocusEdge::showKeyboardFocus(QWidget *widget)
{
    widget->window()->setAttribute(Qt::WA_KeyboardFocusChange);
    widget->update();
}

FocusEdge::FocusEdge(QAbstractScrollArea *area) : QWidget(area)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
    setFocusPolicy(Qt::NoFocus);
    area->installEventFilter(this);
    hide();
}

void FocusEdge::follow(bool shown)
{
    const QRect all = parentWidget()->rect();
    setGeometry(all);
    setMask(QRegion(all) - QRegion(all.adjusted(kThick, kThick, -kThick, -kThick)));
    setVisible(shown);
    if (shown)
        raise();
}

bool FocusEdge::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::FocusIn: {
        const Qt::FocusReason reason = static_cast<const QFocusEvent *>(event)->reason();
        follow(reason != Qt::MouseFocusReason
               && (reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason
                   || window()->testAttribute(Qt::WA_KeyboardFocusChange)));
        break;
    }
    case QEvent::FocusOut:
        hide();
        break;
    case QEvent::Resize:
        if (isVisible())
            follow(true);
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void FocusEdge::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    drawFocusRing(&painter, themeOf(this), rect(), 0);
}

}
