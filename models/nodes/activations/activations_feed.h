#pragma once
// ActivationsSource from the engine in this process: all activations once, then what is made, used and deleted. Ui thread. Lives until the
// engine has stopped.

#include "backend/engine/engine_thread.h"
#include "models/nodes/activations/activations_source.h"

namespace fb {

class ActivationsFeed : public QObject, public ActivationsSource
{
    Q_OBJECT
public:
    explicit ActivationsFeed(EngineThread &engine, QObject *parent = nullptr);

    void start(News news) override;
    Instant now() const override { return m_clock.now(); }
    void remove(const QString &id, std::function<void(const ShownError &problem)> done) override;

private:
    void readFrom(const QString &token);

    EngineThread &m_engine;
    SystemClock m_clock;
    News m_news;
    bool m_isFollowing = false;
};

}
