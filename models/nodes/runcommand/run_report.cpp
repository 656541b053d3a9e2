#include "models/nodes/runcommand/run_report.h"

#include "backend/base/qt_text.h"
#include "backend/language/tree_text.h"
#include "models/nodes/runcommand/run_target_text.h"
#include "models/table/relative_time.h"
#include "models/table/visible_text.h"

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    bool isSet(Instant at) { return toMicros(at) > 0; }

    bool isError(const InvocationRow &node)
    {
        const StateKind kind = RunWords::kind(node.details);
        return kind == StateKind::Failed || kind == StateKind::TimedOut;
    }

    // How many had happened at each time.
    QList<ChartPoint> counted(std::vector<Instant> times, Instant from, Instant to)
    {
        std::sort(times.begin(), times.end());
        QList<ChartPoint> points {{from, 0}};
        double count = 0;
        for (const Instant at : times) {
            ++count;
            if (points.last().at == at)
                points.last().value = count;
            else
                points.append({at, count});
        }
        if (points.last().at < to)
            points.append({to, count});
        return points;
    }

    std::string std8(const QString &text) { return toStd(text); }

    Tree text(const QString &value) { return Tree::string(std8(value)); }

    Tree list(const QStringList &values)
    {
        std::vector<Tree> items;
        for (const QString &value : values)
            items.push_back(text(value));
        return Tree::list(std::move(items));
    }
}

QList<ChartSeries> RunReport::progress(const RunRow &run, const std::vector<InvocationRow> &nodes,
                                       Instant now)
{
    std::vector<Instant> started;
    std::vector<Instant> done;
    std::vector<Instant> failed;
    for (const InvocationRow &node : nodes) {
        if (isSet(node.started))
            started.push_back(node.started);
        if (!isSet(node.finished))
            continue;
        done.push_back(node.finished);
        if (isError(node))
            failed.push_back(node.finished);
    }
    const Instant to = isSet(run.finished) ? run.finished : now;
    return {
        {tr("Started"), counted(std::move(started), run.requested, to)},
        // Second, in amber: the third colour of the charts is a green, which nothing that failed may wear.
        {tr("Failed or timed out"), counted(std::move(failed), run.requested, to)},
        {tr("Done"), counted(std::move(done), run.requested, to)}};
}

QList<RunMilestone> RunReport::milestones(const RunRow &run, const std::vector<InvocationRow> &nodes)
{
    QList<RunMilestone> all {
        {run.requested, StateKind::Waiting, tr("Requested by %1").arg(visibleText(run.requestedBy))}};
    std::vector<const InvocationRow *> ended;
    const InvocationRow *firstStart = nullptr;
    for (const InvocationRow &node : nodes) {
        if (isSet(node.started) && (!firstStart || node.started < firstStart->started))
            firstStart = &node;
        if (isSet(node.finished))
            ended.push_back(&node);
    }
    std::sort(ended.begin(), ended.end(),
              [](const InvocationRow *a, const InvocationRow *b) { return a->finished < b->finished; });
    if (firstStart)
        all.append({firstStart->started, StateKind::Running,
                    tr("First start, on %1").arg(visibleText(firstStart->nodeName))});
    const auto error
        = std::find_if(ended.begin(), ended.end(), [](const InvocationRow *node) { return isError(*node); });
    if (error != ended.end())
        all.append({(*error)->finished, StateKind::Failed,
                    tr("First error, on %1").arg(visibleText((*error)->nodeName))});
    const size_t half = (nodes.size() + 1) / 2;
    if (nodes.size() > 2 && ended.size() >= half)
        all.append({ended[half - 1]->finished, StateKind::Running, tr("Half of the nodes done")});
    if (!ended.empty() && ended.size() == nodes.size())
        all.append({ended.back()->finished, RunWords::kind(ended.back()->details),
                    tr("Last node done, %1").arg(visibleText(ended.back()->nodeName))});
    if (isSet(run.finished))
        all.append({run.finished, RunWords::kind(run.details), RunWords::word(run.details)});
    std::stable_sort(all.begin(), all.end(),
                     [](const RunMilestone &a, const RunMilestone &b) { return a.at < b.at; });
    std::reverse(all.begin(), all.end());
    return all;
}

QList<RunMilestone> RunReport::nodeEvents(const std::vector<InvocationRow> &nodes, int most)
{
    QList<RunMilestone> all;
    for (const InvocationRow &node : nodes) {
        const QString name = visibleText(node.nodeName.isEmpty() ? node.nodeId : node.nodeName, 120);
        if (isSet(node.started))
            all.append({node.started, StateKind::Running, tr("%1 started").arg(name)});
        if (isSet(node.finished))
            all.append({node.finished, RunWords::kind(node.details),
                        //: %1 a node's name, %2 how its run ended
                        tr("%1: %2").arg(name, RunWords::word(node.details))});
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const RunMilestone &a, const RunMilestone &b) { return a.at > b.at; });
    return all.mid(0, most);
}

QString RunReport::json(const RunRow &run, const std::vector<InvocationRow> &nodes)
{
    Tree command = Tree::map();
    command.set("CommandId", text(run.id));
    command.set("DocumentName", text(run.documentName));
    command.set("DocumentVersion", text(run.documentVersion));
    command.set("Comment", text(run.comment));
    command.set("Status", text(run.status));
    command.set("StatusDetails", text(run.details));
    command.set("RequestedBy", text(run.requestedBy));
    command.set("RequestedDateTime", text(RelativeTime::iso(run.requested)));
    Tree parameters = Tree::map();
    for (auto it = run.parameters.constBegin(); it != run.parameters.constEnd(); ++it)
        parameters.set(std8(it.key()), list(it.value()));
    command.set("Parameters", std::move(parameters));
    if (!run.targets.nodeIds.isEmpty())
        command.set("InstanceIds", list(run.targets.nodeIds));
    std::vector<Tree> targets;
    const QList<RunTarget> wire = RunTargetText::wire(run.targets);
    for (const RunTarget &target : wire) {
        Tree one = Tree::map();
        one.set("Key", text(target.key));
        one.set("Values", list(target.values));
        targets.push_back(std::move(one));
    }
    command.set("Targets", Tree::list(std::move(targets)));
    command.set("MaxConcurrency", text(run.maxConcurrency));
    command.set("MaxErrors", text(run.maxErrors));
    command.set("TimeoutSeconds", Tree::number(static_cast<int64_t>(run.timeout.count())));
    command.set("TargetCount", Tree::number(static_cast<int64_t>(run.counts.total())));
    command.set("CompletedCount", Tree::number(static_cast<int64_t>(run.counts.done())));
    std::vector<Tree> invocations;
    for (const InvocationRow &node : nodes) {
        Tree one = Tree::map();
        one.set("InstanceId", text(node.nodeId));
        one.set("InstanceName", text(node.nodeName));
        one.set("StatusDetails", text(node.details));
        one.set("ResponseCode", Tree::number(static_cast<int64_t>(node.responseCode)));
        if (isSet(node.started))
            one.set("StartedAt", text(RelativeTime::iso(node.started)));
        if (isSet(node.finished))
            one.set("FinishedAt", text(RelativeTime::iso(node.finished)));
        if (!node.note.isEmpty())
            one.set("TraceOutput", text(node.note));
        invocations.push_back(std::move(one));
    }
    Tree whole = Tree::map();
    whole.set("Command", std::move(command));
    whole.set("CommandInvocations", Tree::list(std::move(invocations)));
    return toQString(toPrettyJson(whole));
}

}
