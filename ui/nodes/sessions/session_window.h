#pragma once
// A tab of its own window (ux.md 5): strip, panes, and the keys that the console keeps. Shut, it goes back into the console's window; its sessions
// go on. Ui thread.

#include "ui/nodes/sessions/desk_actions.h"

#include <QWidget>

namespace fb {

class PaneTree;
class SessionStrip;

class SessionWindow : public QWidget
{
    Q_OBJECT
public:
    SessionWindow(SessionDeskModel &desk, int tab, DeskActions::Ways ways);

signals:
    void shut();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void addKeys(const DeskActions::Ways &ways);
    int pane() const;
    void update();

    SessionDeskModel &m_desk;
    int m_tab;
    DeskActions *m_actions;
    SessionStrip *m_strip;
    PaneTree *m_tree;
};

}
