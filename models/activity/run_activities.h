#pragma once
// Runs as activities, and a notice when one ends. Ui thread.

#include "models/activity/activity_list.h"
#include "models/activity/notice_list.h"
#include "models/nodes/runcommand/runs_view_model.h"

#include <QTimer>

namespace fb {

class RunActivities : public QObject
{
    Q_OBJECT
public:
    RunActivities(RunsViewModel &runs, ActivityList &activities, NoticeList &notices,
                  QObject *parent = nullptr);
    void look(); // puts each run anew: also when another language is spoken

private:
    void put(const RunRow &run);
    void tell(const Activity &activity);

    RunsViewModel &m_runs;
    ActivityList &m_activities;
    NoticeList &m_notices;
    QTimer m_soon; // at most four times a second
};

}
