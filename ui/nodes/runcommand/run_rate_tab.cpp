#include "ui/nodes/runcommand/run_rate_tab.h"

#include "ui/charts/line_chart.h"
#include "ui/theme/theme.h"
#include "ui/widgets/state_look.h"

#include <QLocale>
#include <QVBoxLayout>

namespace fb {

using namespace Qt::StringLiterals;

QList<TimelineEntry> timelineOf(const QList<RunMilestone> &milestones)
{
    QList<TimelineEntry> entries;
    for (const RunMilestone &milestone : milestones) {
        const StateLook look = lookOf(milestone.kind);
        entries.append({milestone.at, look.icon, look.tone, milestone.text, {}, {}});
    }
    return entries;
}

RunRateTab::RunRateTab(RunViewModel &run, QWidget *parent)
    : QWidget(parent),
      m_run(run),
      m_chart(new LineChart(u"runChart"_s, tr("How many nodes are done?"), ChartUnit::Plain)),
      m_milestones(new Timeline(u"runMilestones"_s))
{
    const Metrics &m = themeOf(this).metrics();
    m_chart->setMinimumHeight(m.lines(14));
    m_chart->setWaiting(tr("No node has started yet."));
    m_milestones->setAccessibleName(tr("Milestones of this run"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(m.pageMargin(), m.step(3), m.pageMargin(), m.step(3));
    column->setSpacing(m.step(3));
    column->addWidget(m_chart);
    column->addWidget(m_milestones, 1);
    connect(m_chart, &LineChart::rangeChosen, this, [this](Instant from, Instant to) {
        m_zoom = {from, to};
        update();
    });
    connect(m_chart, &LineChart::rangeReset, this, [this] {
        m_zoom.reset();
        update();
    });
}

void RunRateTab::update()
{
    const RunRow &run = m_run.run();
    const auto &nodes = m_run.invocations().all();
    const Instant end = toMicros(run.finished) > 0 ? run.finished : m_run.now();
    const Instant last = std::max(end, run.requested + std::chrono::seconds(1));
    m_chart->setGap(last - run.requested + std::chrono::hours(1)); // a count holds until the next
    m_chart->setSeries(RunReport::progress(run, nodes, m_run.now()));
    m_chart->setRange(m_zoom ? m_zoom->first : run.requested, m_zoom ? m_zoom->second : last);
    const RunCounts counts = m_run.counts();
    m_chart->setAnswer(tr("%1 of %2, %3 per second")
                           .arg(QLocale().toString(counts.done()), QLocale().toString(counts.total()),
                                QLocale().toString(m_run.nodesPerSecond(), 'f', 1)));
    m_milestones->setEntries(timelineOf(RunReport::milestones(run, nodes)));
}

}
