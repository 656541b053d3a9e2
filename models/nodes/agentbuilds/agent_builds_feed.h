#pragma once
// AgentBuildsSource from the engine in this process: the builds now, and again after each change. Files are read on a thread of its own. Ui
// thread. Lives until the engine has stopped.

#include "backend/engine/engine_thread.h"
#include "models/nodes/agentbuilds/agent_builds_source.h"

#include <QThreadPool>

namespace fb {

struct PublishingTurn;

class AgentBuildsFeed : public QObject, public AgentBuildsSource
{
    Q_OBJECT
public:
    explicit AgentBuildsFeed(EngineThread &engine, QObject *parent = nullptr);
    ~AgentBuildsFeed() override; // waits for the thread, which stops after its piece

    void start(News news) override;
    Instant now() const override { return m_clock.now(); }
    void publish(const BuildWish &wish, std::function<void(const PublishProgress &)> progress,
                 Done done) override;
    void breakOff() override;
    void remove(const AgentBuildRow &build, Done done) override;
    void setReleaseKey(const QString &file, Done done) override;

private:
    void read();
    void work(std::function<Result<void>()> work, const Done &done); // on the thread

    EngineThread &m_engine;
    SystemClock m_clock;
    News m_news;
    QThreadPool m_pool;
    std::shared_ptr<PublishingTurn> m_turn; // of what is being published
    bool m_isFollowing = false;
};

}
