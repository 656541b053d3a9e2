#include "ui/widgets/scroll_box.h"

#include "ui/theme/focus_edge.h"

#include <QKeyEvent>
#include <QScrollBar>

namespace fb {

ScrollBox::ScrollBox(const QString &name, QWidget *parent) : QScrollArea(parent)
{
    setAccessibleName(name);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    viewport()->setAutoFillBackground(false);
    FocusEdge::giveTo(this);
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this,
            [this](int least, int most) { setFocusPolicy(most > least ? Qt::TabFocus : Qt::NoFocus); });
}

void ScrollBox::setContent(QWidget *content)
{
    setWidget(content);
    content->setAutoFillBackground(false); // which setWidget() turns on
}

void ScrollBox::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Home)
        return verticalScrollBar()->setValue(verticalScrollBar()->minimum());
    if (event->key() == Qt::Key_End)
        return verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    QScrollArea::keyPressEvent(event);
}

}
