#include "models/shared/fleetsettings/fleet_settings_feed.h"

#include "backend/base/on_result.h"
#include "backend/engine/artifact_space.h"
#include "backend/settings/service_settings.h"

namespace fb {

namespace {
    FleetSettingRow rowOf(const KnownSetting &known)
    {
        return {.id = known.setting.id,
                .value = known.setting.value,
                .byDefault = known.byDefault,
                .allowed = known.allowed,
                .least = known.least,
                .most = known.most,
                .isCustomized = known.setting.status != SettingStatus::Default,
                .changed = known.setting.modifiedAt.value_or(Instant()),
                .changedBy = known.setting.modifiedBy,
                .used = {}};
    }

    std::optional<qint64> usedOf(const ArtifactSpaceState &space, const QString &setting)
    {
        if (setting == settings::kArtifactsMiB)
            return space.usage.total();
        if (setting == settings::kOutputsMiB)
            return space.usage.of(ArtifactKind::Output);
        if (setting == settings::kRecordingsMiB)
            return space.usage.of(ArtifactKind::Recording);
        if (setting == settings::kDocumentFilesMiB)
            return space.usage.of(ArtifactKind::DocumentFile);
        if (setting == settings::kAgentBuildsMiB)
            return space.usage.of(ArtifactKind::AgentBuild);
        return setting == settings::kLeastFreeMiB ? space.freeBytes : std::nullopt;
    }
}

FleetSettingsFeed::FleetSettingsFeed(EngineThread &engine, QObject *parent)
    : QObject(parent),
      m_engine(engine)
{
}

void FleetSettingsFeed::start(News news)
{
    m_news = std::move(news);
    if (!std::exchange(m_isFollowing, true)) {
        const auto followed = m_engine.post([this](Engine &engine) -> Result<void> {
            connect(&engine.settings(), &ServiceSettings::changed, this, &FleetSettingsFeed::read);
            connect(&engine.artifactSpace(), &ArtifactSpace::changed, this, &FleetSettingsFeed::read);
            return {};
        });
        onResult(followed, this, [](const Result<void> &) {});
    }
    read();
}

void FleetSettingsFeed::read()
{
    using Rows = QList<FleetSettingRow>;
    const auto asked = m_engine.post([](Engine &engine) -> Result<Rows> {
        const ArtifactSpaceState &space = engine.artifactSpace().state();
        return engine.settings().list(engine.atConsole()).map([&space](const QList<KnownSetting> &all) {
            Rows rows;
            for (const KnownSetting &known : all) {
                rows << rowOf(known);
                rows.last().used = usedOf(space, known.setting.id);
            }
            return rows;
        });
    });
    onResult(asked, this, [this](const Result<Rows> &rows) {
        if (!rows)
            return m_news.failed(shownErrorOf(rows.error()));
        m_news.arrived(*rows);
        m_news.complete(false);
    });
}

void FleetSettingsFeed::tell(std::function<Result<void>(Engine &)> change, const Done &done)
{
    onResult(m_engine.post(std::move(change)), this, [done](const Result<void> &answer) {
        done(answer ? ShownError() : shownErrorOf(answer.error()));
    });
}

void FleetSettingsFeed::change(const QString &id, const QString &value, Done done)
{
    tell([id, value](Engine &engine) { return engine.settings().update(engine.atConsole(), id, value); },
         done);
}

void FleetSettingsFeed::reset(const QString &id, Done done)
{
    tell(
        [id](Engine &engine) -> Result<void> {
            const auto reset = engine.settings().reset(engine.atConsole(), id);
            return reset ? Result<void>() : Result<void>(reset.error());
        },
        done);
}

}
