#include "ui/theme/focus_visibility.h"

#include <QApplication>
#include <QKeyEvent>
#include <QWidget>

namespace fb {

void FocusVisibility::install()
{
    if (!qApp->findChild<FocusVisibility *>(QString(), Qt::FindDirectChildrenOnly))
        new FocusVisibility(qApp); // its child
}

FocusVisibility::FocusVisibility(QObject *application) : QObject(application)
{
    application->installEventFilter(this);
}

void FocusVisibility::set(QWidget *window, bool visible)
{
    if (window->testAttribute(Qt::WA_KeyboardFocusChange) == visible)
        return;
    window->setAttribute(Qt::WA_KeyboardFocusChange, visible);
    if (QWidget *focused = window->focusWidget())
        focused->update();
}

bool FocusVisibility::eventFilter(QObject *watched, QEvent *event)
{
    auto *widget = qobject_cast<QWidget *>(watched);
    if (widget && event->type() == QEvent::ShortcutOverride) { // of every key, before anybody takes it
        const int key = static_cast<const QKeyEvent *>(event)->key();
        if (key != Qt::Key_Shift && key != Qt::Key_Control && key != Qt::Key_Alt && key != Qt::Key_Meta)
            set(widget->window(), true);
    }
    if (widget && event->type() == QEvent::MouseButtonPress)
        set(widget->window(), false);
    return QObject::eventFilter(watched, event);
}

}
