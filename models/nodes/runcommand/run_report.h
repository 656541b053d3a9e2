#pragma once
// What a run's page says of its nodes as a whole: how it went over time, its milestones, all of it as JSON. Values; any thread.

#include "models/charts/chart_series.h"
#include "models/nodes/runcommand/run.h"

#include <QCoreApplication>

namespace fb {

struct RunMilestone {
    Instant at {};
    StateKind kind = StateKind::None;
    QString text;
    bool operator==(const RunMilestone &) const = default;
};

class RunReport
{
    Q_DECLARE_TR_FUNCTIONS(fb::RunReport)
public:
    // Nodes that had started, were done, had failed, from the request to now.
    static QList<ChartSeries> progress(const RunRow &run, const std::vector<InvocationRow> &nodes,
                                       Instant now);
    // Newest first: requested, first start, first error, half-way, the last one, the end.
    static QList<RunMilestone> milestones(const RunRow &run, const std::vector<InvocationRow> &nodes);
    // Newest first, at most `most`: each node's start and end.
    static QList<RunMilestone> nodeEvents(const std::vector<InvocationRow> &nodes, int most);
    // In the API's words and shapes: the command, and its invocations.
    static QString json(const RunRow &run, const std::vector<InvocationRow> &nodes);
};

}
