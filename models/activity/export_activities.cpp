#include "models/activity/export_activities.h"

#include "models/table/visible_text.h"

#include <QFileInfo>

namespace fb {

using namespace Qt::StringLiterals;

ExportActivities::ExportActivities(ActivityList &activities, NoticeList &notices, QObject *parent)
    : QObject(parent),
      m_activities(activities),
      m_notices(notices)
{
    connect(&activities, &ActivityList::ended, this, &ExportActivities::tell);
}

void ExportActivities::follow(TableExport *job)
{
    job->setParent(this); // the page may go before it is done
    Activity activity;
    activity.id = u"export-%1"_s.arg(++m_jobs);
    activity.kind = NoticeKind::Export;
    activity.title = tr("Export to %1").arg(visibleText(QFileInfo(job->file()).fileName(), 60));
    activity.cancelHint = tr("No file is left behind.");
    activity.isLocal = true;
    activity.started = m_clock.now();
    m_activities.put(activity, [job = QPointer(job)] {
        if (job)
            job->cancel();
    });
    connect(job, &TableExport::progressed, this, [this, job, activity]() mutable {
        activity.done = job->done();
        activity.total = job->total();
        activity.detail
            = job->isReading() ? tr("Reading older rows first") : tr("%n row(s)", nullptr, job->total());
        m_activities.put(activity);
    });
    connect(job, &TableExport::finished, this, [this, job, activity](bool written) mutable {
        activity.done = job->done();
        activity.state = written       ? StateKind::Success
            : job->problem().isEmpty() ? StateKind::Cancelled
                                       : StateKind::Failed;
        activity.detail = written && job->isCut()
            ? tr("%n row(s) in %1. Rows older than the page can show are not included.", nullptr,
                 job->total())
                  .arg(job->file())
            : written                  ? tr("%n row(s) in %1", nullptr, job->total()).arg(job->file())
            : job->problem().isEmpty() ? tr("Cancelled; no file was left behind.")
                                       : job->problem();
        m_activities.put(activity);
        job->deleteLater();
    });
}

void ExportActivities::tell(const Activity &activity)
{
    if (activity.kind != NoticeKind::Export || activity.state == StateKind::Cancelled)
        return;
    Notice notice;
    notice.kind = NoticeKind::Export;
    notice.state = activity.state;
    notice.about = activity.id;
    notice.title = activity.state == StateKind::Success ? tr("The export is ready") : tr("The export failed");
    notice.detail = activity.detail;
    notice.at = m_clock.now();
    m_notices.add(notice);
}

}
