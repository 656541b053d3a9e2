#pragma once
// What can be done to the open sessions of one window, from menus and keys alike: it asks before a session is ended or keys go to several nodes.
// One a window. Ui thread.

#include "models/nodes/sessions/session_desk_model.h"
#include "ui/theme/icon.h"

#include <QKeySequence>
#include <QObject>

#include <functional>

class QMenu;

namespace fb {

class DeskActions : public QObject
{
    Q_OBJECT
public:
    struct Ways { // to what lies elsewhere in the console
        std::function<QKeySequence(const QString &command)> keysOf;
        std::function<void()> openPalette;
        std::function<QWidget *(int pane)> viewOf; // the terminal of a pane that this window shows
    };
    DeskActions(SessionDeskModel &desk, Ways ways, QWidget *owner); // sheets cover its window

    void addPaneActions(QMenu &menu, int pane);
    void addTabActions(QMenu &menu, int tab);
    void endPane(int pane); // asks while it is live
    void endTab(int tab);
    void toggleBroadcast(int tab); // asks, naming the panes; on: off at once
    // On a pane's terminal: "terminalFind", "terminalPaste", "terminalSave" and the like.
    void trigger(int pane, const QString &viewAction);

signals:
    void renameAsked(int tab);
    void focusWanted(int pane); // after a sheet

private:
    QAction *add(QMenu &menu, Icon icon, const QString &text, const QString &command,
                 std::function<void()> run);
    void mark(int pane); // a name for this moment of its recording
    void ask(const QStringList &nodes, std::function<void()> end);

    SessionDeskModel &m_desk;
    Ways m_ways;
    QWidget *m_owner;
};

}
