#pragma once
// "Try the demo fleet" (ux.md 13): the six machines, the button, what happens while they start. Ui thread.

#include "models/nodes/fleet/demo_fleet.h"
#include "ui/widgets/surface.h"

class QPushButton;

namespace fb {

class TextLabel;

class DemoCard : public Surface
{
    Q_OBJECT
public:
    explicit DemoCard(DemoFleet &demo, QWidget *parent = nullptr);

private:
    void update();

    DemoFleet &m_demo;
    QPushButton *m_start;
    TextLabel *m_note;
};

}
