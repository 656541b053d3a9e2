#include "models/activity/desktop_notices.h"

#include "models/table/visible_text.h"

namespace fb {

using namespace Qt::StringLiterals;

DesktopNotices::DesktopNotices(RemoteDesktops &desktops, NoticeList &notices, QObject *parent)
    : QObject(parent),
      m_notices(notices)
{
    connect(&desktops, &RemoteDesktops::endsSoon, this, [this](const DesktopRow &desktop) {
        const auto minutes = std::chrono::ceil<std::chrono::minutes>(desktop.endsIn).count();
        tell(StateKind::Waiting, desktop.nodeName,
             tr("The remote desktop of %1 ends soon").arg(visibleText(desktop.nodeName, 60)),
             desktop.endsSoon == DesktopEnd::Idle
                 ? tr("It is idle and ends in %n minute(s).", nullptr, static_cast<int>(minutes))
                 : tr("Renew it, or it ends in %n minute(s).", nullptr, static_cast<int>(minutes)));
    });
    connect(&desktops, &RemoteDesktops::ended, this, [this](const QString &node, const ShownError &problem) {
        if (!problem.isEmpty())
            tell(StateKind::TimedOut, node,
                 tr("The remote desktop of %1 has ended").arg(visibleText(node, 60)), problem.words());
    });
}

void DesktopNotices::tell(StateKind state, const QString &node, const QString &title, const QString &detail)
{
    Notice notice;
    notice.state = state;
    notice.about = u"desktop/"_s + node;
    notice.title = title;
    notice.detail = detail;
    notice.address = u"sessions?tab=desktops"_s;
    //: verb: shows the remote desktops
    notice.action = tr("Show");
    notice.at = SystemClock().now();
    m_notices.add(notice);
}

}
