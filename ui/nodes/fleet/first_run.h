#pragma once
// The Fleet page while there is no node (picture 11): how to bring the first one across, and the demo fleet. Ui thread.

#include "models/nodes/fleet/demo_fleet.h"
#include "models/nodes/fleet/fleet_view_model.h"
#include "ui/widgets/scroll_box.h"

namespace fb {

class EnrolSteps;
class FirstSteps;

class FirstRun : public ScrollBox
{
    Q_OBJECT
public:
    FirstRun(FleetViewModel &fleet, DemoFleet &demo, FirstSteps &steps, QWidget *parent = nullptr);
    void startEnrolling(); // the focus goes there

signals:
    void stepClicked(const QString &step);
    void wizardClicked(); // for many nodes

private:
    EnrolSteps *m_steps;
};

}
