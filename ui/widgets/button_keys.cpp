#include "ui/widgets/button_keys.h"

#include <QAbstractButton>
#include <QKeyEvent>

namespace fb {

bool clickByEnter(const QKeyEvent &event, QWidget *focused)
{
    const bool isEnter = event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
    auto *button = qobject_cast<QAbstractButton *>(focused);
    if (!isEnter || event.isAutoRepeat() || !button
        || (event.modifiers() & ~Qt::KeyboardModifiers(Qt::KeypadModifier)) || !button->isEnabled())
        return false;
    button->click();
    return true;
}

}
