#include "ui/shell/command_registry.h"

#include "models/settings/console_settings.h"
#include "ui/theme/theme.h"

#include <QWidget>

namespace fb {

namespace {

    // A letter or digit alone, or with Shift, is typing.
    bool isTyping(const QKeySequence &keys)
    {
        const QKeyCombination combination = keys[0];
        const bool plain = !(combination.keyboardModifiers() & (Qt::ControlModifier | Qt::AltModifier));
        return plain && !(combination.key() >= Qt::Key_F1 && combination.key() <= Qt::Key_F35);
    }
}

CommandRegistry::CommandRegistry(ConsoleSettings &settings, QWidget *window)
    : QObject(window),
      m_settings(settings),
      m_window(window)
{
}

QAction *CommandRegistry::add(const ShellCommand &command)
{
    auto *action = new QAction(command.text, m_window);
    action->setObjectName(command.name);
    QKeySequence keys = command.shortcut;
    if (const auto chosen = m_settings.shortcut(command.name))
        keys = QKeySequence::fromString(*chosen, QKeySequence::PortableText);
    if (!keys.isEmpty() && ownerOf(keys, command.name).isEmpty()) // a file written by hand may clash
        action->setShortcut(keys);
    if (command.icon != Icon::None)
        action->setIcon(Theme::icon(command.icon));
    connect(action, &QAction::triggered, m_window, command.run);
    m_window->addAction(action); // the keys work while the menu is shut
    m_commands << command;
    m_actions.insert(command.name, action);
    return action;
}

const ShellCommand *CommandRegistry::command(const QString &name) const
{
    for (const ShellCommand &command : m_commands) {
        if (command.name == name)
            return &command;
    }
    return nullptr;
}

void CommandRegistry::trigger(const QString &name)
{
    if (QAction *action = m_actions.value(name))
        action->trigger();
}

void CommandRegistry::setWhyNot(const std::function<QString(const QString &action)> &whyNot)
{
    for (const ShellCommand &command : std::as_const(m_commands)) {
        const QString reason = command.action.isEmpty() ? QString() : whyNot(command.action);
        m_whyNot.insert(command.name, reason);
        if (QAction *action = m_actions.value(command.name)) {
            action->setEnabled(reason.isEmpty());
            action->setToolTip(reason);
        }
    }
}

QString CommandRegistry::whyNot(const QString &name) const { return m_whyNot.value(name); }

QKeySequence CommandRegistry::keysOf(const QString &name) const
{
    const QAction *action = m_actions.value(name);
    return action ? action->shortcut() : QKeySequence();
}

bool CommandRegistry::isChosen(const QString &name) const { return m_settings.shortcut(name).has_value(); }

QString CommandRegistry::ownerOf(const QKeySequence &keys, const QString &except) const
{
    const QList<FixedKey> fixed = fixedKeys();
    for (const FixedKey &key : fixed) {
        if (key.keys == keys)
            return key.what;
    }
    for (const ShellCommand &command : m_commands) {
        if (command.name != except && keysOf(command.name) == keys)
            return command.text;
    }
    return {};
}

QString CommandRegistry::problemWith(const QKeySequence &keys, const QString &name) const
{
    if (keys.isEmpty())
        return {};
    const QString text = keys.toString(QKeySequence::NativeText);
    if (isTyping(keys))
        return tr("%1 is needed for typing. Add Ctrl or Alt, or use a function key.").arg(text);
    const QString owner = ownerOf(keys, name);
    return owner.isEmpty() ? QString() : tr("%1 is already used for: %2").arg(text, owner);
}

void CommandRegistry::setKeys(const QString &name, const QKeySequence &keys)
{
    QAction *action = m_actions.value(name);
    if (!action || !problemWith(keys, name).isEmpty())
        return;
    action->setShortcut(keys);
    m_settings.setShortcut(name, keys.toString(QKeySequence::PortableText));
    emit keysChanged(name);
}

void CommandRegistry::resetKeys(const QString &name)
{
    const ShellCommand *known = command(name);
    if (!known || !problemWith(known->shortcut, name).isEmpty())
        return;
    m_actions.value(name)->setShortcut(known->shortcut);
    m_settings.resetShortcut(name);
    emit keysChanged(name);
}

QList<FixedKey> CommandRegistry::fixedKeys()
{
    return {{QKeySequence(Qt::CTRL | Qt::Key_C), tr("Copy the selection")},
            {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_C), tr("Copy the selected rows with their header")},
            {QKeySequence(Qt::CTRL | Qt::Key_V), tr("Paste")},
            {QKeySequence(Qt::CTRL | Qt::Key_X), tr("Cut")},
            {QKeySequence(Qt::CTRL | Qt::Key_A), tr("Select all rows or all text")},
            {QKeySequence(Qt::CTRL | Qt::Key_Z), tr("Undo")},
            {QKeySequence(Qt::CTRL | Qt::Key_D), tr("Show or hide the details")},
            {QKeySequence(Qt::Key_F2), tr("Edit or rename the current row")},
            {QKeySequence(Qt::Key_Delete), tr("Delete the selection (asks first)")},
            {QKeySequence(Qt::SHIFT | Qt::Key_F10), tr("Open the menu of the current row")}};
}

}
