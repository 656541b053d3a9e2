#include "ui/widgets/edit_gate.h"

#include <QAbstractButton>
#include <QApplication>
#include <QKeyEvent>
#include <QToolTip>

namespace fb {

namespace {
    constexpr auto kChanges = "fbChanges";
    constexpr auto kWaits = "fbWaits"; // the style draws it as disabled
}

void markChange(QAbstractButton *button) { button->setProperty(kChanges, true); }

EditGate::EditGate(QWidget &window) : QObject(&window), m_window(window) { }

bool EditGate::waits(const QAbstractButton &button) { return button.property(kWaits).toBool(); }

bool EditGate::isShut(const QWidget &inWindow) { return inWindow.window()->property(kWaits).toBool(); }

void EditGate::setOpen(bool open)
{
    if (std::exchange(m_open, open) == open)
        return;
    m_window.setProperty(kWaits, !open);
    const QList<QAbstractButton *> buttons = m_window.findChildren<QAbstractButton *>();
    for (QAbstractButton *button : buttons) {
        if (!button->property(kChanges).toBool())
            continue;
        button->setProperty(kWaits, !open);
        button->update();
    }
    if (open)
        qApp->removeEventFilter(this);
    else
        qApp->installEventFilter(this);
}

void EditGate::refuse(QWidget &button) const
{
    QToolTip::showText(button.mapToGlobal(QPoint(0, button.height())),
                       tr("The engine is not responding. This is available again as soon as it does."),
                       &button);
}

bool EditGate::eventFilter(QObject *watched, QEvent *event)
{
    auto *button = qobject_cast<QAbstractButton *>(watched);
    if (!button || !button->property(kChanges).toBool() || button->window() != m_window.window())
        return false;
    switch (event->type()) {
    case QEvent::Polish: // made meanwhile
        button->setProperty(kWaits, true);
        return false;
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonRelease:
    case QEvent::MouseButtonDblClick:
    case QEvent::Shortcut:
        refuse(*button);
        return true;
    case QEvent::ToolTip:
        refuse(*button);
        return true;
    case QEvent::KeyPress: {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key != Qt::Key_Space && key != Qt::Key_Return && key != Qt::Key_Enter)
            return false;
        refuse(*button);
        return true;
    }
    default:
        return false;
    }
}

}
