#include "ui/widgets/edit_gate.h"

#include <QAbstractButton>
#include <QApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QToolTip>

namespace fb {

namespace {
    constexpr auto kChanges = "fbChanges";
    constexpr auto kAction = "fbAction"; // the permission it takes
    constexpr auto kWaits = "fbWaits"; // the style draws it as disabled
    constexpr auto kDescribed = "fbDescribed"; // its accessible description before it was refused
}

void markChange(QAbstractButton *button, const char *action)
{
    button->setProperty(kChanges, true);
    if (action)
        markAction(button, action);
}

void markAction(QAbstractButton *button, const char *action)
{
    button->setProperty(kAction, QString::fromLatin1(action));
}

void markAction(QAction *entry, const char *action)
{
    entry->setProperty(kAction, QString::fromLatin1(action));
}

EditGate::EditGate(QWidget &window) : QObject(&window), m_window(window) { qApp->installEventFilter(this); }

bool EditGate::waits(const QAbstractButton &button) { return button.property(kWaits).toBool(); }

bool EditGate::isShut(const QWidget &inWindow) { return inWindow.window()->property(kWaits).toBool(); }

QString EditGate::whyNot(const QWidget &inWindow, const QString &action)
{
    const auto *gate = inWindow.window()->findChild<EditGate *>(QString(), Qt::FindDirectChildrenOnly);
    return gate && gate->m_whyNot && !action.isEmpty() ? gate->m_whyNot(action) : QString();
}

void EditGate::setOpen(bool open)
{
    if (std::exchange(m_open, open) == open)
        return;
    m_window.setProperty(kWaits, !open);
    apply();
}

void EditGate::setWhyNot(WhyNot whyNot)
{
    m_whyNot = std::move(whyNot);
    apply();
}

void EditGate::apply()
{
    const QList<QAbstractButton *> buttons = m_window.findChildren<QAbstractButton *>();
    for (QAbstractButton *button : buttons)
        apply(*button);
}

void EditGate::apply(QAbstractButton &button)
{
    const bool isMarked = button.property(kChanges).toBool() || button.property(kAction).isValid();
    if (!isMarked)
        return;
    const QString reason = reasonOf(button);
    if (button.property(kWaits).toBool() == reason.isEmpty()) {
        if (!button.property(kDescribed).isValid())
            button.setProperty(kDescribed, button.accessibleDescription());
        button.setProperty(kWaits, !reason.isEmpty());
        button.update();
    }
    if (button.property(kDescribed).isValid())
        button.setAccessibleDescription(reason.isEmpty() ? button.property(kDescribed).toString() : reason);
}

void EditGate::apply(QMenu &menu) const
{
    const QList<QAction *> entries = menu.actions();
    for (QAction *entry : entries) {
        const QString action = entry->property(kAction).toString();
        if (action.isEmpty())
            continue;
        const QString reason = m_whyNot ? m_whyNot(action) : QString();
        if (!reason.isEmpty()) {
            entry->setEnabled(false);
            entry->setToolTip(reason);
            entry->setProperty(kWaits, true);
            menu.setToolTipsVisible(true);
        } else if (entry->property(kWaits).toBool()) {
            entry->setProperty(kWaits, false);
            entry->setEnabled(true);
            entry->setToolTip({});
        }
    }
}

QString EditGate::reasonOf(const QAbstractButton &button) const
{
    if (!m_open && button.property(kChanges).toBool())
        return tr("The engine is not responding. This is available again as soon as it does.");
    const QString action = button.property(kAction).toString();
    return m_whyNot && !action.isEmpty() ? m_whyNot(action) : QString();
}

void EditGate::refuse(QWidget &button, const QString &reason) const
{
    QToolTip::showText(button.mapToGlobal(QPoint(0, button.height())), reason, &button);
}

bool EditGate::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Show: // after its owner has said what can be done now
        if (auto *menu = qobject_cast<QMenu *>(watched);
            menu && menu->parentWidget() && menu->parentWidget()->window() == m_window.window())
            apply(*menu);
        return false;
    case QEvent::Polish:
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonRelease:
    case QEvent::MouseButtonDblClick:
    case QEvent::Shortcut:
    case QEvent::ToolTip:
    case QEvent::KeyPress:
        break;
    default:
        return false; // most events, and all of them come by here
    }
    auto *button = qobject_cast<QAbstractButton *>(watched);
    if (!button || button->window() != m_window.window())
        return false;
    if (event->type() == QEvent::Polish) { // made meanwhile
        apply(*button);
        return false;
    }
    if (!waits(*button))
        return false;
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key != Qt::Key_Space && key != Qt::Key_Return && key != Qt::Key_Enter)
            return false;
    }
    refuse(*button, reasonOf(*button));
    return true;
}

}
