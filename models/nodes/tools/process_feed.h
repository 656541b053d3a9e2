#pragma once
// ProcessSource from the engine in this process. Ui thread. Lives until the engine has stopped.

#include "models/nodes/tools/process_source.h"
#include "models/nodes/tools/tool_link.h"

namespace fb {

class ProcessFeed : public ProcessSource
{
public:
    explicit ProcessFeed(EngineThread &engine) : m_link(engine, QStringLiteral("processes")) { }

    void list(const QString &nodeId, QObject *asker, Listed listed) override;
    void perform(const QString &nodeId, const ProcessDeed &deed, QObject *asker, Done done) override;
    void close(const QString &nodeId) override { m_link.close(nodeId); }
    Instant now() const override { return m_clock.now(); }

private:
    ToolLink m_link;
    SystemClock m_clock;
};

}
