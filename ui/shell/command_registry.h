#pragma once
// Every command of the window once: what menu, palette and the shortcuts sheet list, and the keys that run it. Keys may be chosen anew; two
// commands never have the same (ux.md 2, 10). Ui thread.

#include "ui/theme/icon.h"

#include <QAction>
#include <QHash>
#include <QKeySequence>

#include <functional>

namespace fb {

class ConsoleSettings;

struct ShellCommand {
    QString name; // object name of its action
    QString menu; // title of the menu section, translated
    QString text; // verb and object, translated
    QKeySequence shortcut; // until another is chosen
    Icon icon = Icon::None;
    std::function<void()> run;
    QString action {}; // the permission it takes: "ssm:SendCommand"; empty: none
};

// Keys that mean the same on every page and cannot be given away.
struct FixedKey {
    QKeySequence keys;
    QString what; // translated
};

class CommandRegistry : public QObject
{
    Q_OBJECT
public:
    // Actions are the window's, so that their keys work everywhere in it.
    CommandRegistry(ConsoleSettings &settings, QWidget *window);

    QAction *add(const ShellCommand &command);
    const QList<ShellCommand> &commands() const { return m_commands; }
    void trigger(const QString &name); // as its keys do
    // Those that the operator may not run are disabled and say why. Empty: may.
    void setWhyNot(const std::function<QString(const QString &action)> &whyNot);
    QString whyNot(const QString &name) const;
    QKeySequence keysOf(const QString &name) const; // now; empty: none
    bool isChosen(const QString &name) const; // not the command's own keys

    // Why `keys` cannot run `name`, for the operator; empty: they can.
    QString problemWith(const QKeySequence &keys, const QString &name) const;
    void setKeys(const QString &name, const QKeySequence &keys); // without a problem; empty: none
    void resetKeys(const QString &name);
    static QList<FixedKey> fixedKeys();

signals:
    void keysChanged(const QString &name);

private:
    const ShellCommand *command(const QString &name) const;
    QString ownerOf(const QKeySequence &keys, const QString &except) const; // its text; empty: free

    ConsoleSettings &m_settings;
    QWidget *m_window;
    QList<ShellCommand> m_commands;
    QHash<QString, QAction *> m_actions;
    QHash<QString, QString> m_whyNot; // by name
};

}
