#pragma once
// The page in the middle and docks around it (ux.md 4): moved, floated, shut; where they are is kept. Ui thread.

#include "ui/theme/icon.h"

#include <QKeySequence>
#include <QMainWindow>

#include <functional>

class QDockWidget;

namespace fb {

class ConsoleSettings;

struct DockEntry {
    QString name; // "activity"
    QString title; // translated
    Icon icon = Icon::None;
    QKeySequence shortcut;
    std::function<QWidget *(QWidget *parent)> make;
};

class Workspace : public QMainWindow
{
    Q_OBJECT
public:
    Workspace(ConsoleSettings &settings, QWidget *page, QWidget *parent = nullptr);

    void addDock(const DockEntry &entry); // shut until it is asked for or was open before
    void restoreDocks(); // when all are there
    void toggleDock(const QString &name);
    void showDock(const QString &name);
    bool isDockShown(const QString &name) const;
    QList<QWidget *> shownDocks() const;
    void keepNow();

private:
    QDockWidget *dock(const QString &name) const;

    ConsoleSettings &m_settings;
};

}
