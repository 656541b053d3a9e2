#include "models/nodes/profiles/profiles_feed.h"

#include "backend/base/on_result.h"
#include "backend/nodes/profiles/node_profile_service.h"
#include "backend/settings/service_settings.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    ProfileRow rowOf(const NodeProfile &profile)
    {
        return {.name = profile.name,
                .description = profile.description,
                .deniedPlugins = profile.deniedPlugins,
                .deniedTools = profile.deniedTools,
                .reportInterval = profile.reportInterval,
                .metricsInterval = profile.metricsInterval,
                .logLevel = enumName(profile.logLevel),
                .updateChannel = profile.updateChannel,
                .proxy = profile.proxy,
                .nodes = profile.nodes,
                .isForNewNodes = profile.isForNewNodes,
                .isBuiltIn = profile.name == kDefaultProfile,
                .changed = profile.changedAt,
                .changedBy = profile.changedBy};
    }

    NodeProfile profileOf(const ProfileRow &row)
    {
        NodeProfile profile;
        profile.name = row.name;
        profile.description = row.description;
        profile.deniedPlugins = row.deniedPlugins;
        profile.deniedTools = row.deniedTools;
        profile.reportInterval = row.reportInterval;
        profile.metricsInterval = row.metricsInterval;
        profile.logLevel = enumNamed<AgentLogLevel>(row.logLevel, {}).value_or(AgentLogLevel::Info);
        profile.updateChannel = row.updateChannel;
        profile.proxy = row.proxy;
        return profile;
    }
}

ProfilesFeed::ProfilesFeed(EngineThread &engine, QObject *parent) : QObject(parent), m_engine(engine) { }

void ProfilesFeed::start(News news)
{
    m_news = std::move(news);
    if (!std::exchange(m_isFollowing, true)) {
        const auto followed = m_engine.post([this](Engine &engine) -> Result<void> {
            connect(&engine.profiles(), &NodeProfileService::profilesChanged, this, &ProfilesFeed::read);
            return {};
        });
        onResult(followed, this, [](const Result<void> &) {});
    }
    read();
}

void ProfilesFeed::read()
{
    using Rows = QList<ProfileRow>;
    const auto asked = m_engine.post([](Engine &engine) -> Result<Rows> {
        return engine.profiles().profiles(engine.atConsole()).map([](const QList<NodeProfile> &all) {
            Rows rows;
            for (const NodeProfile &profile : all)
                rows << rowOf(profile);
            return rows;
        });
    });
    onResult(asked, this, [this](const Result<Rows> &rows) {
        if (!rows)
            return m_news.failed(shownErrorOf(rows.error()));
        QSet<QString> now;
        for (const ProfileRow &row : *rows)
            now.insert(row.name);
        const QSet<QString> gone = std::exchange(m_shown, now) - now;
        if (!gone.isEmpty())
            m_news.removed(gone.values());
        m_news.arrived(*rows);
        m_news.complete(false);
    });
}

void ProfilesFeed::change(std::function<Result<void>(Engine &)> change, const Done &done)
{
    onResult(m_engine.post(std::move(change)), this, [done](const Result<void> &answer) {
        done(answer ? ShownError() : shownErrorOf(answer.error()));
    });
}

void ProfilesFeed::save(const ProfileRow &profile, bool isNew, Done done)
{
    change(
        [profile = profileOf(profile), isNew](Engine &engine) {
            return isNew ? engine.profiles().create(engine.atConsole(), profile)
                         : engine.profiles().change(engine.atConsole(), profile);
        },
        done);
}

void ProfilesFeed::remove(const QString &name, Done done)
{
    change([name](Engine &engine) { return engine.profiles().remove(engine.atConsole(), name); }, done);
}

void ProfilesFeed::setForNewNodes(const QString &name, Done done)
{
    change(
        [name](Engine &engine) -> Result<void> {
            if (!name.isEmpty())
                return engine.settings().update(engine.atConsole(), settings::kDefaultHostManagement, name);
            const auto reset = engine.settings().reset(engine.atConsole(), settings::kDefaultHostManagement);
            return reset ? Result<void>() : Result<void>(reset.error());
        },
        done);
}

}
