#pragma once
// NodeSource from the engine in this process. Ui thread. Lives until the engine has stopped: jobs posted to the engine refer to it.

#include "backend/engine/engine_thread.h"
#include "models/nodes/fleet/node_source.h"

namespace fb {

class NodeFeed : public NodeSource
{
    Q_OBJECT
public:
    explicit NodeFeed(EngineThread &engine, QObject *parent = nullptr);

    void start() override;
    void readDetail(const QString &nodeId) override;
    void readMetrics(const QString &nodeId, Instant from, Instant to) override;
    void readHistory(const QString &nodeId) override;
    void readRuns(const QString &nodeId) override;
    void readSessions(const QString &nodeId) override;
    Instant now() const override { return m_clock.now(); }

private:
    // ask(Engine &) -> Result<QFuture<Result<T>>> on the engine's thread; done(T) here.
    template <typename T, typename Ask, typename Done>
    void fromPool(const QString &nodeId, NodePart part, Ask ask, Done done);

    EngineThread &m_engine;
    SystemClock m_clock;
};

}
