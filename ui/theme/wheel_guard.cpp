#include "ui/theme/wheel_guard.h"

#include <QEvent>
#include <QWidget>

namespace fb {

WheelGuard::WheelGuard(QWidget *field) : QObject(field) { field->installEventFilter(this); }

void WheelGuard::giveTo(QWidget *field)
{
    if (!field->findChild<WheelGuard *>(QString(), Qt::FindDirectChildrenOnly))
        new WheelGuard(field);
    if (field->focusPolicy() == Qt::WheelFocus) // else the wheel would bring the focus with it
        field->setFocusPolicy(Qt::StrongFocus);
}

bool WheelGuard::eventFilter(QObject *field, QEvent *event)
{
    if (event->type() != QEvent::Wheel || static_cast<QWidget *>(field)->hasFocus())
        return false;
    event->ignore(); // the page below takes it
    return true;
}

}
