#pragma once
// The head line of a remote desktop: node, user, how long it lasts, and what can be done with it. Its end is told under it, counting down. Ui thread.

#include "ui/nodes/sessions/desktop_screens.h"

class QMenu;
class QPushButton;
class QToolButton;

namespace fb {

class Banner;
class TextLabel;

class DesktopHead : public QWidget
{
    Q_OBJECT
public:
    enum class Where { Here, OurWindow, ItsOwnWindow };

    DesktopHead(DesktopScreens &screens, int number, QWidget *parent = nullptr);

    void setRow(const DesktopRow &row, Where where);

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void name(const QString &node);
    void renew();

    DesktopScreens &m_screens;
    int m_number;
    TextLabel *m_node;
    TextLabel *m_user;
    TextLabel *m_where;
    TextLabel *m_time;
    QPushButton *m_renew;
    QToolButton *m_window;
    QPushButton *m_end;
    Banner *m_notice;
    bool m_isDismissed = false; // what is told now
    ShownError m_refused; // why it was not renewed
    Where m_isWhere = Where::ItsOwnWindow;
};

}
