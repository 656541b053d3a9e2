#pragma once
// ServiceSource from the engine in this process. Ui thread. Lives until the engine has stopped.

#include "models/nodes/tools/service_source.h"
#include "models/nodes/tools/tool_link.h"

namespace fb {

class ServiceFeed : public ServiceSource
{
public:
    explicit ServiceFeed(EngineThread &engine) : m_link(engine, QStringLiteral("services")) { }

    void list(const QString &nodeId, const QString &type, QObject *asker, Listed listed) override;
    void detail(const QString &nodeId, const QString &unit, QObject *asker, Told told) override;
    void perform(const QString &nodeId, const ServiceDeed &deed, QObject *asker, Done done) override;
    void close(const QString &nodeId) override { m_link.close(nodeId); }
    Instant now() const override { return m_clock.now(); }

private:
    ToolLink m_link;
    SystemClock m_clock;
};

}
