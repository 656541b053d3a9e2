#pragma once
// What is left of the first steps, in one line above the fleet, until all are done or the list is put away. Ui thread.

#include "models/setup/first_steps.h"
#include "ui/widgets/surface.h"

class QHBoxLayout;

namespace fb {

class FirstStepsStrip : public Surface
{
    Q_OBJECT
public:
    explicit FirstStepsStrip(FirstSteps &steps, QWidget *parent = nullptr);
    void setWanted(bool wanted); // false: not here, whatever is left

signals:
    void startClicked(const QString &step);

private:
    void update();

    FirstSteps &m_steps;
    bool m_wanted = true;
    QHBoxLayout *m_line;
};

}
