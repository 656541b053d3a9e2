#pragma once
// The head of a pane (look 04): state, node, whom it runs as, and the menu of what the console keeps for itself. Ui thread.

#include "models/nodes/sessions/session_link.h"

#include <QWidget>

class QToolButton;

namespace fb {

class TextLabel;

class PaneHead : public QWidget
{
    Q_OBJECT
public:
    PaneHead(SessionLink &link, QWidget *parent = nullptr);

    QPoint menuCorner() const; // global, where the menu opens

signals:
    void menuAsked();
    void pressed(); // anywhere else: the pane is wanted

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    void update();

    SessionLink &m_link;
    class StateDot *m_dot;
    TextLabel *m_node;
    TextLabel *m_user;
    TextLabel *m_state;
    QToolButton *m_menu;
};

}
