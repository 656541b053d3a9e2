#pragma once
// Before the console ends while something of its own still goes on (ux.md 7): what that is, and what ending does. Ui thread.

#include "models/activity/activity_list.h"
#include "ui/widgets/sheet.h"

namespace fb {

class QuitSheet : public Sheet
{
    Q_OBJECT
public:
    // `running`: runs that go on on the nodes; `local`: what ends here.
    QuitSheet(const QList<Activity> &running, const QList<Activity> &local, QWidget *window);

signals:
    void confirmed();
};

}
