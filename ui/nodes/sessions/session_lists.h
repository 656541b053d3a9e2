#pragma once
// What stands beside the desk: the sessions of everybody that are active, the history with its recordings, the search over these, the
// tunnels and the remote desktops. Ui thread.

#include "ui/nodes/sessions/desktops_page.h"
#include "ui/nodes/sessions/recording_search_page.h"
#include "ui/nodes/sessions/sessions_page.h"
#include "ui/nodes/sessions/tunnels_page.h"

class QStackedWidget;
class QTabBar;

namespace fb {

class SessionLists : public QWidget
{
    Q_OBJECT
public:
    SessionLists(SessionsViewModel &sessions, RecordingSearchViewModel &recordings, TunnelsViewModel &tunnels,
                 DesktopScreens &screens, FleetViewModel &fleet, QWidget *parent = nullptr);

    SessionsPage &page() { return *m_page; }
    RecordingSearchPage &recordings() { return *m_recordings; }
    TunnelsPage &tunnels() { return *m_tunnels; }
    DesktopsPage &desktops() { return *m_desktops; }
    Page &front() const; // the one that is shown
    QString tab() const; // "active", "history", "recordings", "tunnels", "desktops"
    void setTab(const QString &tab);
    void writeTo(ViewState &view) const;
    void readFrom(const ViewState &view);

signals:
    void deskAsked();
    void viewChanged();

private:
    void choose(int index);
    bool isOfSessions() const; // the tab is one of the list of sessions

    SessionsPage *m_page;
    RecordingSearchPage *m_recordings;
    TunnelsPage *m_tunnels;
    DesktopsPage *m_desktops;
    QStackedWidget *m_pages;
    QTabBar *m_bar;
};

}
