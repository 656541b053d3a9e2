#include "models/nodes/agentbuilds/agent_builds_feed.h"

#include "backend/base/on_result.h"
#include "backend/nodes/agentbuilds/agent_build_service.h"
#include "models/nodes/agentbuilds/build_publishing.h"

namespace fb {

namespace {
    struct Published {
        QList<AgentBuildRow> rows;
        ReleaseKeyRow releaseKey;
    };

    AgentBuildRow rowOf(const AgentBuild &build, bool isSigned)
    {
        AgentBuildRow row;
        row.version = build.version;
        row.platform = build.platform;
        row.architecture = build.architecture;
        row.sha256 = build.sha256;
        row.size = build.size;
        row.isSigned = isSigned;
        row.added = build.addedDate;
        row.addedBy = build.addedBy;
        return row;
    }
}

AgentBuildsFeed::AgentBuildsFeed(EngineThread &engine, QObject *parent) : QObject(parent), m_engine(engine)
{
    m_pool.setMaxThreadCount(1);
}

AgentBuildsFeed::~AgentBuildsFeed()
{
    breakOff();
    m_pool.waitForDone();
}

void AgentBuildsFeed::start(News news)
{
    m_news = std::move(news);
    if (!std::exchange(m_isFollowing, true)) {
        const auto followed = m_engine.post([this](Engine &engine) -> Result<void> {
            connect(&engine.agentBuilds(), &AgentBuildService::agentBuildsChanged, this,
                    &AgentBuildsFeed::read);
            return {};
        });
        onResult(followed, this, [](const Result<void> &) {});
    }
    read();
}

void AgentBuildsFeed::read()
{
    const auto asked = m_engine.post([](Engine &engine) -> Result<Published> {
        const AgentBuildService &builds = engine.agentBuilds();
        return builds.listAgentBuilds(engine.atConsole()).map([&builds](const AgentBuildList &list) {
            Published published {{},
                                 {.hex = list.releaseKey,
                                  .setAt = list.releaseKeySetAt.value_or(Instant()),
                                  .setBy = list.releaseKeySetBy}};
            for (const AgentBuild &build : list.builds)
                published.rows << rowOf(build, builds.isSignedByReleaseKey(build));
            return published;
        });
    });
    onResult(asked, this, [this](const Result<Published> &published) {
        if (!published)
            return m_news.failed(shownErrorOf(published.error()));
        m_news.arrived(published->rows, published->releaseKey);
    });
}

void AgentBuildsFeed::work(std::function<Result<void>()> work, const Done &done)
{
    auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    const QFuture<Result<void>> future = promise->future();
    m_pool.start([promise, work = std::move(work)] {
        promise->addResult(work());
        promise->finish();
    });
    onResult(future, this, [done](const Result<void> &answer) {
        done(answer ? ShownError() : shownErrorOf(answer.error()));
    });
}

void AgentBuildsFeed::publish(const BuildWish &wish, std::function<void(const PublishProgress &)> progress,
                              Done done)
{
    breakOff();
    m_turn = std::make_shared<PublishingTurn>();
    m_turn->progress = [this, progress = std::move(progress)](const PublishProgress &now) {
        QMetaObject::invokeMethod(
            this, [progress, now] { progress(now); }, Qt::QueuedConnection);
    };
    work([this, wish, turn = m_turn] { return publishBuild(m_engine, wish, *turn); }, done);
}

void AgentBuildsFeed::breakOff()
{
    if (m_turn)
        m_turn->stops = true;
}

void AgentBuildsFeed::remove(const AgentBuildRow &build, Done done)
{
    const AgentBuildName name {build.version, build.platform, build.architecture};
    onResult(m_engine.post([name](Engine &engine) {
        return engine.agentBuilds().removeAgentBuild(engine.atConsole(), name);
    }),
             this, [done](const Result<void> &answer) {
                 done(answer ? ShownError() : shownErrorOf(answer.error()));
             });
}

void AgentBuildsFeed::setReleaseKey(const QString &file, Done done)
{
    work([this, file] { return setReleaseKeyFrom(m_engine, file); }, done);
}

}
