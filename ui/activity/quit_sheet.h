#pragma once
// Before the console ends while something of its own still goes on (ux.md 7): what that is, and what ending does. Ui thread.

#include "models/activity/activity_list.h"
#include "ui/widgets/sheet.h"

class QPushButton;

namespace fb {

class QuitSheet : public Sheet
{
    Q_OBJECT
public:
    struct What {
        QList<Activity> running; // runs that go on on the nodes
        QList<Activity> local; // what ends here
        bool tookOver = false; // this console took its store over from a headless engine
        QString whyNotHeadless; // why no engine can go on without the console; empty: it can
    };
    QuitSheet(const What &what, QWidget *window);

signals:
    void confirmed();
    void headlessChosen();

protected:
    QWidget *firstField() override { return m_stay; } // what does no harm

private:
    QPushButton *m_stay;
};

}
