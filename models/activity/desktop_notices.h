#pragma once
// Notices about remote desktops: one ends soon, one has ended by its time (ux.md 9): who works in its window does not see the console. Ui thread.

#include "models/activity/notice_list.h"
#include "models/nodes/sessions/remote_desktop.h"

namespace fb {

class DesktopNotices : public QObject
{
    Q_OBJECT
public:
    DesktopNotices(RemoteDesktops &desktops, NoticeList &notices, QObject *parent = nullptr);

private:
    void tell(StateKind state, const QString &node, const QString &title, const QString &detail);

    NoticeList &m_notices;
};

}
