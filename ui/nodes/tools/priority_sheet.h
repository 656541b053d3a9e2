#pragma once
// The priority (nice value) of a process, -20 to 19. Ui thread.

#include "ui/widgets/sheet.h"

class QSpinBox;

namespace fb {

class PrioritySheet : public Sheet
{
    Q_OBJECT
public:
    PrioritySheet(const QString &process, int nice, QWidget *window);

signals:
    void chosen(int nice);

private:
    QSpinBox *m_nice;
};

}
