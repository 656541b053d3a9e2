#pragma once
// Sessions > Tunnels: ports of this machine that lead to ports nodes reach, live, and the remote desktops at
// their ends (spec/session-manager.md 5, fleet-manager.md 3.9). Ui thread.

#include "models/nodes/fleet/fleet_view_model.h"
#include "models/nodes/sessions/remote_desktop.h"
#include "ui/records/record_page.h"

namespace fb {

class TunnelsPage : public RecordPage
{
    Q_OBJECT
public:
    TunnelsPage(TunnelsViewModel &tunnels, RemoteDesktops &desktops, FleetViewModel &fleet,
                QWidget *parent = nullptr);

    void openSheet(const QString &nodeId = {}); // to open one
    void openDesktopSheet(const QString &nodeId = {});

private:
    RecordPageSetup setup(TunnelsViewModel &tunnels);
    void askClose(const QString &id);
    void copyAddress(const QString &id);

    TunnelsViewModel &m_tunnels;
    RemoteDesktops &m_desktops;
    FleetViewModel &m_fleet;
};

}
