#include "models/shared/fleetsettings/fleet_settings_feed.h"

#include "backend/base/on_result.h"
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
                .changedBy = known.setting.modifiedBy};
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
        return engine.settings().list(engine.owner()).map([](const QList<KnownSetting> &all) {
            Rows rows;
            for (const KnownSetting &known : all)
                rows << rowOf(known);
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
    tell([id, value](Engine &engine) { return engine.settings().update(engine.owner(), id, value); }, done);
}

void FleetSettingsFeed::reset(const QString &id, Done done)
{
    tell(
        [id](Engine &engine) -> Result<void> {
            const auto reset = engine.settings().reset(engine.owner(), id);
            return reset ? Result<void>() : Result<void>(reset.error());
        },
        done);
}

}
