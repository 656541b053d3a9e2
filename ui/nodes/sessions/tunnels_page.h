#pragma once
// Sessions > Tunnels: ports of this machine that lead to ports nodes reach, live (spec/session-manager.md 5). Ui thread.

#include "models/nodes/fleet/fleet_view_model.h"
#include "models/nodes/sessions/tunnels_source.h"
#include "ui/records/record_page.h"

namespace fb {

class TunnelsPage : public RecordPage
{
    Q_OBJECT
public:
    TunnelsPage(TunnelsViewModel &tunnels, FleetViewModel &fleet, QWidget *parent = nullptr);

    void openSheet(const QString &nodeId = {}); // to open one

private:
    RecordPageSetup setup(TunnelsViewModel &tunnels);
    void askClose(const QString &id);
    void copyAddress(const QString &id);

    TunnelsViewModel &m_tunnels;
    FleetViewModel &m_fleet;
};

}
