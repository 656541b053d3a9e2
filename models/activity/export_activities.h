#pragma once
// Exports of tables as activities, and a notice when one is ready or failed. Ui thread.

#include "models/activity/activity_list.h"
#include "models/activity/notice_list.h"
#include "models/table/table_export.h"

namespace fb {

class ExportActivities : public QObject
{
    Q_OBJECT
public:
    ExportActivities(ActivityList &activities, NoticeList &notices, QObject *parent = nullptr);
    void follow(TableExport *job); // not started yet; goes when it is finished

private:
    void tell(const Activity &activity);

    ActivityList &m_activities;
    NoticeList &m_notices;
    SystemClock m_clock;
    int m_jobs = 0;
};

}
