#pragma once
// The dock of open sessions (ux.md 4): each with its state; one press goes to its pane. Ui thread.

#include "models/nodes/sessions/session_desk_model.h"

#include <QTimer>
#include <QWidget>

class QListWidget;

namespace fb {

class TextLabel;

class SessionsPanel : public QWidget
{
    Q_OBJECT
public:
    explicit SessionsPanel(SessionDeskModel &desk, QWidget *parent = nullptr);

signals:
    void chosen(int pane);

protected:
    void changeEvent(QEvent *event) override;

private:
    void fill();

    SessionDeskModel &m_desk;
    TextLabel *m_empty;
    QListWidget *m_list;
    QTimer m_soon;
};

}
