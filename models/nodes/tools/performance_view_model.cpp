#include "models/nodes/tools/performance_view_model.h"

#include <algorithm>

namespace fb {

PerformanceViewModel::PerformanceViewModel(PerformanceSource &source, const QString &nodeId, QObject *parent)
    : QObject(parent),
      m_source(source),
      m_own(source, nodeId)
{
    m_pace.setInterval(kInterval);
    m_pace.setTimerType(Qt::PreciseTimer);
    connect(&m_pace, &QTimer::timeout, this, &PerformanceViewModel::readNow);
    connect(&m_own, &NodeSamples::changed, this, &PerformanceViewModel::changed);
}

void PerformanceViewModel::setCompared(const QStringList &nodeIds)
{
    std::vector<std::unique_ptr<NodeSamples>> wanted;
    for (const QString &id : nodeIds) {
        const auto known = std::find_if(m_compared.begin(), m_compared.end(),
                                        [&id](const auto &each) { return each && each->nodeId() == id; });
        if (known != m_compared.end()) {
            wanted.push_back(std::move(*known));
            continue;
        }
        wanted.push_back(std::make_unique<NodeSamples>(m_source, id));
        connect(wanted.back().get(), &NodeSamples::changed, this, &PerformanceViewModel::changed);
        if (m_isLooking)
            wanted.back()->read();
    }
    m_compared = std::move(wanted);
    emit changed();
}

QList<PerformanceHistory::Chart> PerformanceViewModel::overlay(const QStringList &names) const
{
    QList<QPair<QString, const PerformanceHistory *>> nodes {{names.value(0), &m_own.history()}};
    for (const auto &each : m_compared)
        nodes.append({names.value(nodes.size()), &each->history()});
    return PerformanceHistory::overlay(nodes);
}

const NodeSamples *PerformanceViewModel::samplesOf(const QString &nodeId) const
{
    if (nodeId == m_own.nodeId())
        return &m_own;
    const auto found = std::find_if(m_compared.begin(), m_compared.end(),
                                    [&nodeId](const auto &each) { return each->nodeId() == nodeId; });
    return found == m_compared.end() ? nullptr : found->get();
}

void PerformanceViewModel::setLooking(bool looking)
{
    if (std::exchange(m_isLooking, looking) == looking)
        return;
    if (!looking)
        return m_pace.stop();
    readNow();
    m_pace.start();
}

void PerformanceViewModel::readNow()
{
    m_own.read();
    for (const auto &each : m_compared)
        each->read();
}

}
