#include "models/nodes/tools/node_samples.h"

#include "models/nodes/tools/process_source.h"

namespace fb {

NodeSamples::NodeSamples(PerformanceSource &source, const QString &nodeId, QObject *parent)
    : QObject(parent),
      m_source(source),
      m_nodeId(nodeId)
{
}

NodeSamples::~NodeSamples() { m_source.close(m_nodeId); }

void NodeSamples::read()
{
    if (std::exchange(m_isAsking, true))
        return; // one is on its way
    m_source.sample(m_nodeId, this, [this](const ShownError &problem, const PerformanceCounters &counters) {
        m_isAsking = false;
        m_problem = problem;
        if (problem.isEmpty()) {
            m_state = State::Live;
            m_asOf = m_source.now();
            m_cores = static_cast<int>(std::max<qsizetype>(0, counters.cpus.size() - 1));
            m_history.add(m_asOf, counters);
        } else {
            m_state = problem.code == QLatin1StringView(kNotConnected) ? State::Offline : State::Failed;
        }
        emit changed();
    });
}

}
