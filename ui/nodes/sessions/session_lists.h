#pragma once
// What stands beside the desk: the sessions of everybody that are active, the history with its recordings, and the tunnels. Ui thread.

#include "ui/nodes/sessions/sessions_page.h"
#include "ui/nodes/sessions/tunnels_page.h"

class QStackedWidget;
class QTabBar;

namespace fb {

class SessionLists : public QWidget
{
    Q_OBJECT
public:
    SessionLists(SessionsViewModel &sessions, TunnelsViewModel &tunnels, FleetViewModel &fleet,
                 QWidget *parent = nullptr);

    SessionsPage &page() { return *m_page; }
    TunnelsPage &tunnels() { return *m_tunnels; }
    Page &front() const; // the one that is shown
    QString tab() const; // "active", "history", "tunnels"
    void setTab(const QString &tab);
    void writeTo(ViewState &view) const;
    void readFrom(const ViewState &view);

signals:
    void deskAsked();
    void viewChanged();

private:
    void choose(int index);

    SessionsPage *m_page;
    TunnelsPage *m_tunnels;
    QStackedWidget *m_pages;
    QTabBar *m_bar;
};

}
