#pragma once
// Nodes > Possible clones (spec/fleet-manager.md B3.4, B5): machines that are not, or not quite, the one that was registered, with both hardware
// records side by side. Ui thread.

#include "models/nodes/fleet/hardware_source.h"
#include "ui/records/record_page.h"

namespace fb {

class FleetActions;
class FleetViewModel;

class ClonesPage : public RecordPage
{
    Q_OBJECT
public:
    ClonesPage(HardwareViewModel &hardware, FleetViewModel &fleet, QWidget *parent = nullptr);

signals:
    void enrolRequested();

private:
    void askAccept(const QString &id);
    void openRegisterAnew(const QString &id);
    void decide(const QString &id, HardwareWord word);

    HardwareViewModel &m_hardware;
    FleetActions *m_actions;
};

}
