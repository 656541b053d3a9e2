#pragma once
// "First steps" as on the page of an empty fleet (picture 11): each with its tick, the next one with a link. Ui thread.

#include "models/setup/first_steps.h"
#include "ui/widgets/surface.h"

class QVBoxLayout;

namespace fb {

class TextLabel;

class FirstStepsCard : public Surface
{
    Q_OBJECT
public:
    explicit FirstStepsCard(FirstSteps &steps, QWidget *parent = nullptr);

signals:
    void startClicked(const QString &step);

private:
    void update();

    FirstSteps &m_steps;
    TextLabel *m_count;
    QVBoxLayout *m_lines;
};

}
