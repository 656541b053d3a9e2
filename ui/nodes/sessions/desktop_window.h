#pragma once
// A remote desktop in a window of its own: its head line and its screen. Shut, it goes back into the console's; the desktop goes on. Ui thread.

#include "ui/nodes/sessions/desktop_screens.h"

namespace fb {

class DesktopHead;

class DesktopWindow : public QWidget
{
    Q_OBJECT
public:
    DesktopWindow(DesktopScreens &screens, int number, DesktopScreen &screen);

signals:
    void shut();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void update();

    DesktopScreens &m_screens;
    int m_number;
    DesktopHead *m_head;
};

}
