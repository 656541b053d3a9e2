#include "models/activity/run_activities.h"

#include "models/table/visible_text.h"

namespace fb {

using namespace Qt::StringLiterals;

RunActivities::RunActivities(RunsViewModel &runs, ActivityList &activities, NoticeList &notices,
                             QObject *parent)
    : QObject(parent),
      m_runs(runs),
      m_activities(activities),
      m_notices(notices)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(std::chrono::milliseconds(250));
    connect(&m_soon, &QTimer::timeout, this, &RunActivities::look);
    const auto soon = [this] {
        if (!m_soon.isActive())
            m_soon.start();
    };
    connect(&runs, &RunsViewModel::loadedChanged, this, soon);
    connect(&runs.runs(), &QAbstractItemModel::dataChanged, this, soon);
    connect(&runs.runs(), &LiveTableModel::shownChanged, this, soon);
    connect(&activities, &ActivityList::ended, this, &RunActivities::tell);
    look();
}

void RunActivities::look()
{
    const int rows = m_runs.runs().totalRows();
    for (int source = 0; source < rows; ++source) {
        const RunRow &run = m_runs.runs().all()[static_cast<size_t>(source)];
        // One that ended before it was seen running is history, not activity.
        if (!RunWords::isOver(run.details) || m_activities.find(run.id))
            put(run);
    }
}

void RunActivities::put(const RunRow &run)
{
    Activity activity;
    activity.id = run.id;
    activity.title = visibleText(RunTableModel::titleOf(run), 80);
    activity.owner = run.requestedBy;
    activity.address = u"run-command/"_s + run.id;
    activity.done = run.counts.done();
    activity.total = run.counts.total();
    activity.started = run.requested;
    if (RunWords::isOver(run.details)) {
        activity.state = RunWords::kind(run.details);
        activity.detail = run.counts.succeeded == run.counts.total()
            ? tr("%n node(s) succeeded", nullptr, run.counts.total())
            : tr("%1 of %n node(s) succeeded", nullptr, run.counts.total()).arg(run.counts.succeeded);
    } else {
        activity.detail = tr("%1 of %n node(s) done", nullptr, run.counts.total()).arg(run.counts.done());
        activity.cancelHint
            = tr("Nodes that have not started are skipped; %n running one(s) are asked to stop.", nullptr,
                 run.counts.running);
    }
    m_activities.put(activity, [this, id = run.id] { m_runs.source().cancel(id, {}); });
}

void RunActivities::tell(const Activity &activity)
{
    if (activity.kind != NoticeKind::RunEnded)
        return;
    Notice notice;
    notice.kind = NoticeKind::RunEnded;
    notice.state = activity.state;
    notice.about = activity.id;
    notice.title = tr("%1 has ended").arg(activity.title);
    notice.detail = activity.detail;
    notice.address = activity.address;
    notice.action = tr("Open the run");
    notice.at = m_runs.source().now();
    m_notices.add(notice);
}

}
