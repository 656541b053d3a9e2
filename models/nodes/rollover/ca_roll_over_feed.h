#pragma once
// CaRollOverSource from the engine in this process: the state now, and again after changes, at most once a second. Ui thread. Lives until the
// engine has stopped.

#include "backend/engine/engine_thread.h"
#include "models/nodes/rollover/ca_roll_over_source.h"

#include <QObject>
#include <QTimer>

namespace fb {

class CaRollOverFeed : public QObject, public CaRollOverSource
{
    Q_OBJECT
public:
    explicit CaRollOverFeed(EngineThread &engine, QObject *parent = nullptr);

    void start(News news) override;
    Instant now() const override { return m_clock.now(); }
    void begin(Done done) override;
    void issue(int accepted, Done done) override;
    void retire(int accepted, Done done) override;

private:
    void readSoon(); // thousands of nodes confirm at once
    void read();
    void tell(std::function<Result<void>(Engine &)> step, const Done &done);

    EngineThread &m_engine;
    SystemClock m_clock;
    News m_news;
    QTimer m_soon;
    bool m_isFollowing = false;
};

}
