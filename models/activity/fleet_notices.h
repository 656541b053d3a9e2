#pragma once
// Notices about nodes: lost, quarantined, enrolled (ux.md 9). From counts alone, so that a hundred thousand nodes cost nothing. Ui thread.

#include "models/activity/notice_list.h"
#include "models/nodes/fleet/fleet_view_model.h"

namespace fb {

class FleetNotices : public QObject
{
    Q_OBJECT
public:
    FleetNotices(FleetViewModel &fleet, NoticeList &notices, QObject *parent = nullptr);

private:
    void compare();
    void tell(NoticeKind kind, StateKind state, const QString &about, int nodes,
              QString (*titleOf)(int nodes), const QString &address);

    FleetViewModel &m_fleet;
    NoticeList &m_notices;
    std::optional<FleetCounts> m_before; // once they are known
};

}
