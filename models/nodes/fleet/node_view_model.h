#pragma once
// The state of one node's page: what each tab shows, read when the tab is first shown and again when it changed. Ui thread.

#include "models/charts/time_range.h"
#include "models/nodes/fleet/node_source.h"

#include <QHash>
#include <QSet>
#include <QTimer>

#include <optional>

namespace fb {

class NodeViewModel : public QObject
{
    Q_OBJECT
public:
    NodeViewModel(NodeSource &source, const QString &nodeId, QObject *parent = nullptr);

    const QString &nodeId() const { return m_nodeId; }
    const std::optional<NodeDetail> &detail() const { return m_detail; }
    const std::optional<NodeMetrics> &metrics() const { return m_metrics; }
    const std::optional<QList<NodeHappening>> &history() const { return m_history; }
    const std::optional<QList<NodeRun>> &runs() const { return m_runs; }
    const std::optional<QList<NodeSession>> &sessions() const { return m_sessions; }
    Instant now() const { return m_source.now(); }

    // Only what is looked at is kept fresh. The first look reads at once.
    void lookAt(const QSet<NodePart> &parts);
    void setRange(const TimeRange &range);
    const TimeRange &range() const { return m_range; }
    void read(NodePart part); // again, after a problem
    // Others whose measurements are read for the same time, beside this node's (models/nodes/fleet/compared_nodes.h).
    void setCompared(const QStringList &nodeIds);
    const QHash<QString, NodeMetrics> &comparedMetrics() const
    {
        return m_comparedMetrics;
    } // of those that answered
    const QHash<QString, ShownError> &comparedProblems() const { return m_comparedProblems; }

signals:
    void detailChanged();
    void metricsChanged();
    void historyChanged();
    void runsChanged();
    void sessionsChanged();
    void problemArose(fb::NodePart part, const fb::ShownError &problem);

private:
    void touch(NodePart part);
    void readStale();
    void takeMetrics(const NodeMetrics &metrics);

    NodeSource &m_source;
    QString m_nodeId;
    TimeRange m_range;
    std::optional<NodeDetail> m_detail;
    std::optional<NodeMetrics> m_metrics;
    QStringList m_compared;
    QHash<QString, NodeMetrics> m_comparedMetrics;
    QHash<QString, ShownError> m_comparedProblems;
    std::optional<QList<NodeHappening>> m_history;
    std::optional<QList<NodeRun>> m_runs;
    std::optional<QList<NodeSession>> m_sessions;
    QSet<NodePart> m_lookedAt;
    QSet<NodePart> m_stale {NodePart::Detail, NodePart::Metrics, NodePart::History, NodePart::Runs,
                            NodePart::Sessions};
    QTimer m_pace; // bursts of news become one read a second
};

}
