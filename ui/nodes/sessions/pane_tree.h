#pragma once
// The panes of one tab beside and below each other. A pane stays the same widget when others come and go. Ui thread.

#include "models/nodes/sessions/session_desk_model.h"

#include <QHash>
#include <QWidget>

class QSplitter;
class QVBoxLayout;

namespace fb {

class SessionPane;

class PaneTree : public QWidget
{
    Q_OBJECT
public:
    PaneTree(SessionDeskModel &desk, int tab, QWidget *parent = nullptr);

    int tab() const { return m_tab; }
    SessionPane *pane(int pane) const { return m_panes.value(pane); } // nullptr: not one of these
    void focusPane(); // the terminal of the tab's pane

signals:
    void menuAsked(int pane, const QPoint &globalPos);
    void closeAsked(int pane);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void build();
    QWidget *widgetOf(const PaneLayout::Part &part, const QList<int> &path);
    void updateLooks();

    SessionDeskModel &m_desk;
    int m_tab;
    QVBoxLayout *m_column;
    QWidget *m_root = nullptr;
    QHash<int, SessionPane *> m_panes;
};

}
