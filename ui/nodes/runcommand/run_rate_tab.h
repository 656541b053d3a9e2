#pragma once
// How a run went over time: nodes started, done and failed as a chart, and its milestones. Ui thread.

#include "models/nodes/runcommand/run_report.h"
#include "models/nodes/runcommand/run_view_model.h"
#include "ui/widgets/timeline.h"

#include <QWidget>

namespace fb {

class LineChart;

QList<TimelineEntry> timelineOf(const QList<RunMilestone> &milestones);

class RunRateTab : public QWidget
{
    Q_OBJECT
public:
    explicit RunRateTab(RunViewModel &run, QWidget *parent = nullptr);
    void update(); // as it is now

private:
    RunViewModel &m_run;
    LineChart *m_chart;
    Timeline *m_milestones;
    std::optional<std::pair<Instant, Instant>> m_zoom; // a part that was dragged over
};

}
