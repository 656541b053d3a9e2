#pragma once
// The sessions of everybody as a list, beside the desk: those that are active, and the history with its recordings. Ui thread.

#include "ui/nodes/sessions/sessions_page.h"

class QTabBar;

namespace fb {

class SessionLists : public QWidget
{
    Q_OBJECT
public:
    explicit SessionLists(SessionsViewModel &sessions, QWidget *parent = nullptr);

    SessionsPage &page() { return *m_page; }
    QString tab() const; // "active", "history"
    void setTab(const QString &tab);
    void writeTo(ViewState &view) const;
    void readFrom(const ViewState &view);

signals:
    void deskAsked();
    void viewChanged();

private:
    SessionsPage *m_page;
    QTabBar *m_bar;
};

}
