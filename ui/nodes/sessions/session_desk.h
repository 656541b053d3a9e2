#pragma once
// Nodes > Sessions (look 04): the tree of nodes, tabs of terminals in panes, the strip that says what a session is; and the lists of those that are
// active and those of before. Ui thread.

#include "models/nodes/fleet/fleet_view_model.h"
#include "models/nodes/sessions/recording_match.h"
#include "models/nodes/sessions/session_desk_model.h"
#include "models/nodes/sessions/tunnels_source.h"
#include "ui/nodes/sessions/desk_actions.h"
#include "ui/widgets/page.h"

#include <QHash>
#include <QPointer>

class QPushButton;
class QStackedWidget;
class QToolButton;

namespace fb {

class Banner;
class DeskEmpty;
class DesktopScreens;
class NodeTree;
class PaneTree;
class SessionLists;
class SessionStrip;
class SessionWindow;
class TabStrip;

class SessionDesk : public Page
{
    Q_OBJECT
public:
    SessionDesk(SessionDeskModel &desk, SessionsViewModel &sessions, RecordingSearchViewModel &recordings,
                TunnelsViewModel &tunnels, DesktopScreens &screens, FleetViewModel &fleet,
                ConsoleSettings &settings, const DeskActions::Ways &ways, QWidget *parent = nullptr);
    ~SessionDesk() override;

    void openStart(const QStringList &nodeIds = {}); // the sheet
    void connectTo(const QStringList &nodeIds); // at once, unless something has to be asked first
    void run(const QString &command); // of the window's keys: "sessionSplitRight"
    void showDesk();
    void goTo(int pane);
    void openTunnel(); // the tunnels, and the sheet for one more
    void openDesktop(const QString &nodeId = {}); // likewise, for a remote desktop

    ViewState view() const
        override; // tab: "active", "history", "recordings", "tunnels", "desktops", with the list's own; none: the desk
    void setView(const ViewState &view) override;
    void onShown() override;
    void focusFilter() override;

signals:
    void keysGoTo(const QString &node); // the terminal of that node has the focus; empty: none has

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *makeLeft();
    QWidget *makeRight();
    QWidget *makeTabLine();
    void connectModel();
    void updateTabs();
    void updateTrees();
    void updateFront();
    void updateBanner();
    void showLists(const QString &tab);
    void openTreeMenu(const QStringList &nodeIds, const QPoint &at);
    void openPaneMenu(int pane, const QPoint &at);
    void openTabMenu(int tab, const QPoint &at);
    void tearOff(int tab);
    void noteFocus(const QWidget *now);
    QList<SessionWish> wishesFor(const QStringList &nodeIds) const;
    int pane() const; // of the tab in front; 0: none
    PaneTree *tree() const;

    SessionDeskModel &m_desk;
    SessionsViewModel &m_sessions;
    FleetViewModel &m_fleet;
    ConsoleSettings &m_settings;
    DeskActions::Ways m_ways;
    DeskActions *m_actions;
    QStackedWidget *m_parts; // desk, lists
    NodeTree *m_nodes;
    TabStrip *m_tabs;
    QToolButton *m_grid;
    QToolButton *m_broadcast;
    QToolButton *m_more;
    Banner *m_banner;
    SessionStrip *m_strip;
    QStackedWidget *m_front; // nothing open, trees of panes
    DeskEmpty *m_empty;
    SessionLists *m_lists;
    QPushButton *m_toActive;
    QHash<int, PaneTree *> m_trees; // by tab
    QHash<int, QPointer<SessionWindow>> m_windows;
    bool m_reasonRequired = false;
    bool m_wasShown = false;
    QString m_keysGoTo;
};

}
