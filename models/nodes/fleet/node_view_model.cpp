#include "models/nodes/fleet/node_view_model.h"

namespace fb {

using namespace std::chrono_literals;

namespace {
    constexpr auto kPace = 1s;
}

NodeViewModel::NodeViewModel(NodeSource &source, const QString &nodeId, QObject *parent)
    : QObject(parent),
      m_source(source),
      m_nodeId(nodeId)
{
    m_pace.setSingleShot(true);
    m_pace.setInterval(kPace);
    connect(&m_pace, &QTimer::timeout, this, &NodeViewModel::readStale);
    connect(&m_source, &NodeSource::partTouched, this, [this](const QString &id, NodePart part) {
        if (id == m_nodeId || (part == NodePart::Metrics && m_compared.contains(id)))
            touch(part);
    });
    connect(&m_source, &NodeSource::detailArrived, this, [this](const NodeDetail &detail) {
        if (detail.node.id != m_nodeId)
            return;
        m_detail = detail;
        emit detailChanged();
    });
    connect(&m_source, &NodeSource::metricsArrived, this, &NodeViewModel::takeMetrics);
    connect(&m_source, &NodeSource::historyArrived, this,
            [this](const QString &id, const QList<NodeHappening> &history) {
                if (id != m_nodeId)
                    return;
                m_history = history;
                emit historyChanged();
            });
    connect(&m_source, &NodeSource::runsArrived, this, [this](const QString &id, const QList<NodeRun> &runs) {
        if (id != m_nodeId)
            return;
        m_runs = runs;
        emit runsChanged();
    });
    connect(&m_source, &NodeSource::sessionsArrived, this,
            [this](const QString &id, const QList<NodeSession> &sessions) {
                if (id != m_nodeId)
                    return;
                m_sessions = sessions;
                emit sessionsChanged();
            });
    connect(&m_source, &NodeSource::readFailed, this,
            [this](const QString &id, NodePart part, const ShownError &problem) {
                if (id == m_nodeId)
                    return emit problemArose(part, problem);
                if (part != NodePart::Metrics || !m_compared.contains(id))
                    return;
                m_comparedProblems.insert(id, problem);
                emit metricsChanged();
            });
}

void NodeViewModel::lookAt(const QSet<NodePart> &parts)
{
    m_lookedAt = parts;
    readStale();
}

void NodeViewModel::takeMetrics(const NodeMetrics &metrics)
{
    // A late answer for a time that is no longer shown is dropped.
    if ((!m_range.isLive() && metrics.from != m_range.from)
        || (m_range.isLive() && metrics.to - metrics.from != m_range.last))
        return;
    if (metrics.nodeId == m_nodeId) {
        m_metrics = metrics;
    } else if (m_compared.contains(metrics.nodeId)) {
        m_comparedMetrics.insert(metrics.nodeId, metrics);
        m_comparedProblems.remove(metrics.nodeId);
    } else {
        return;
    }
    emit metricsChanged();
}

void NodeViewModel::setCompared(const QStringList &nodeIds)
{
    if (nodeIds == m_compared)
        return;
    m_compared = nodeIds;
    const auto isGone = [this](const auto &each) { return !m_compared.contains(each.key()); };
    m_comparedMetrics.removeIf(isGone);
    m_comparedProblems.removeIf(isGone);
    emit metricsChanged();
    m_stale.insert(NodePart::Metrics);
    readStale();
}

void NodeViewModel::setRange(const TimeRange &range)
{
    m_range = range;
    m_comparedMetrics.clear(); // of another time
    read(NodePart::Metrics);
}

void NodeViewModel::touch(NodePart part)
{
    m_stale.insert(part);
    if (m_lookedAt.contains(part) && !m_pace.isActive())
        m_pace.start();
}

void NodeViewModel::readStale()
{
    const QSet<NodePart> due = m_stale & m_lookedAt;
    for (const NodePart part : due)
        read(part);
}

void NodeViewModel::read(NodePart part)
{
    m_stale.remove(part);
    switch (part) {
    case NodePart::Detail:
        return m_source.readDetail(m_nodeId);
    case NodePart::Metrics:
        m_source.readMetrics(m_nodeId, m_range.begin(now()), m_range.end(now()));
        for (const QString &id : std::as_const(m_compared))
            m_source.readMetrics(id, m_range.begin(now()), m_range.end(now()));
        return;
    case NodePart::History:
        return m_source.readHistory(m_nodeId);
    case NodePart::Runs:
        return m_source.readRuns(m_nodeId);
    case NodePart::Sessions:
        return m_source.readSessions(m_nodeId);
    }
}

}
