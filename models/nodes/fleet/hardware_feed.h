#pragma once
// HardwareSource from the engine in this process: what differs now, and again after each change. Ui thread. Lives until the engine has stopped.

#include "backend/engine/engine_thread.h"
#include "models/nodes/fleet/hardware_source.h"

#include <QSet>

namespace fb {

class HardwareFeed : public QObject, public HardwareSource
{
    Q_OBJECT
public:
    explicit HardwareFeed(EngineThread &engine, QObject *parent = nullptr);

    void start(News news) override;
    Instant now() const override { return m_clock.now(); }
    void decide(const QString &id, HardwareWord word,
                std::function<void(const ShownError &problem)> done) override;

private:
    void read();

    EngineThread &m_engine;
    SystemClock m_clock;
    News m_news;
    QSet<QString> m_shown;
    bool m_isFollowing = false;
};

}
