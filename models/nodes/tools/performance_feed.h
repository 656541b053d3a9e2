#pragma once
// PerformanceSource from the engine in this process. Ui thread. Lives until the engine has stopped.

#include "models/nodes/tools/performance_source.h"
#include "models/nodes/tools/tool_link.h"

namespace fb {

class PerformanceFeed : public PerformanceSource
{
public:
    explicit PerformanceFeed(EngineThread &engine) : m_link(engine, QStringLiteral("performance")) { }

    void sample(const QString &nodeId, QObject *asker, Sampled sampled) override;
    void close(const QString &nodeId) override { m_link.close(nodeId); }
    Instant now() const override { return m_clock.now(); }

private:
    ToolLink m_link;
    SystemClock m_clock;
};

}
