#include "ui/shell/key_field.h"

#include <QKeyEvent>

namespace fb {

KeyField::KeyField(QWidget *parent) : QLineEdit(parent)
{
    setReadOnly(true);
    setPlaceholderText(tr("None"));
    setContextMenuPolicy(Qt::NoContextMenu);
}

void KeyField::setKeys(const QKeySequence &keys) { setText(keys.toString(QKeySequence::NativeText)); }

bool KeyField::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        event->accept(); // what is pressed here is chosen, not run
        return true;
    }
    return QLineEdit::event(event);
}

void KeyField::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Control:
    case Qt::Key_Shift:
    case Qt::Key_Alt:
    case Qt::Key_AltGr:
    case Qt::Key_Meta:
    case Qt::Key_unknown:
        return;
    case Qt::Key_Escape:
        event->ignore(); // of the sheet
        return;
    case Qt::Key_Backspace:
        if (event->modifiers() == Qt::NoModifier) {
            emit keysPressed({});
            return;
        }
        break;
    default:
        break;
    }
    emit keysPressed(QKeySequence(event->keyCombination()));
}

}
