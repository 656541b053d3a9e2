#pragma once
// The state of one run's page: the command, its nodes, their output, the groups, the rate. Lives while the page is open. Ui thread.

#include "models/nodes/runcommand/invocation_table_model.h"
#include "models/nodes/runcommand/output_groups.h"
#include "models/nodes/runcommand/output_model.h"
#include "models/nodes/runcommand/run_source.h"

#include <QTimer>

namespace fb {

class RunViewModel : public QObject
{
    Q_OBJECT
public:
    // `known`: what the list shows of it already.
    RunViewModel(RunSource &source, const RunRow &known, QObject *parent = nullptr);
    ~RunViewModel() override;

    const RunRow &run() const { return m_run; }
    RunCounts counts() const; // from the nodes once they are here
    bool isOver() const { return RunWords::isOver(m_run.details); }
    InvocationTableModel &invocations() { return m_invocations; }
    OutputModel &output() { return m_output; }
    const QList<OutputGroup> &groups() const { return m_groups; }
    const OutputGroup *group(const QString &key) const;
    Instant now() const { return m_source.now(); }
    double nodesPerSecond() const; // since the start; 0 when nothing is done yet

    void cancel(const QStringList &nodeIds = {}) { m_source.cancel(m_run.id, nodeIds); }
    RunRequest again() const; // the same run, its targets found anew
    RunRequest againOnFailed() const; // on those nodes alone that failed or timed out
    QStringList failedNodes() const;
    RunRequest copy() const; // without its comment, on no node yet
    void readPast() { m_source.readPast(m_run.id); }
    const RunPast &past() const { return m_past; }

signals:
    void runChanged();
    void countsChanged();
    void groupsChanged();
    void pastChanged();
    void problemArose(const fb::ShownError &problem);
    void ticked(); // once a second while it runs

private:
    void regroup();
    void fetchMissing();

    RunSource &m_source;
    RunRow m_run;
    InvocationTableModel m_invocations;
    RunPast m_past;
    OutputModel m_output;
    QList<OutputGroup> m_groups;
    QTimer m_regroup; // at most four times a second
    QTimer m_second;
    QSet<QString> m_missing; // nodes of which bytes are missing
    QTimer m_fetch;
};

}
