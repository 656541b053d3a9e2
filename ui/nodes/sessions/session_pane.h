#pragma once
// One pane of the desk: head, reconnect bar, terminal. Its border says whether it has the focus, or gets what is typed elsewhere; a tab may be
// dropped on it. Ui thread.

#include "models/nodes/sessions/session_desk_model.h"

#include <QWidget>

namespace fb {

class PaneHead;
class TerminalView;

class SessionPane : public QWidget
{
    Q_OBJECT
public:
    SessionPane(SessionDeskModel &desk, int pane, QWidget *parent = nullptr);

    int pane() const { return m_pane; }
    TerminalView &view() { return *m_view; }
    void setLook(bool isFocused, bool isBroadcasting);
    void openMenu(); // at its button
    bool isConnected() const;

signals:
    void focusTaken(int pane);
    void menuAsked(int pane, const QPoint &globalPos);
    void closeAsked(int pane);

protected:
    void paintEvent(QPaintEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    struct Edge {
        Qt::Orientation orientation = Qt::Horizontal;
        bool before = false;
    };
    Edge edgeAt(QPoint at) const; // the nearest
    void showEdge(QPoint at);
    void updateState();

    SessionDeskModel &m_desk;
    SessionLink &m_link;
    int m_pane;
    TerminalView *m_view; // before its head: F6 goes to the first that takes the focus
    PaneHead *m_head;
    class DropZone *m_zone;
    bool m_isFocused = false;
    bool m_isBroadcasting = false;
};

}
