#pragma once
// FleetSettingsSource from the engine in this process: the settings now, and again after each change, whoever made it. Ui thread. Lives until
// the engine has stopped.

#include "backend/engine/engine_thread.h"
#include "models/shared/fleetsettings/fleet_settings_source.h"

namespace fb {

class FleetSettingsFeed : public QObject, public FleetSettingsSource
{
    Q_OBJECT
public:
    explicit FleetSettingsFeed(EngineThread &engine, QObject *parent = nullptr);

    void start(News news) override;
    Instant now() const override { return m_clock.now(); }
    void change(const QString &id, const QString &value, Done done) override;
    void reset(const QString &id, Done done) override;

private:
    void read();
    void tell(std::function<Result<void>(Engine &)> change, const Done &done);

    EngineThread &m_engine;
    SystemClock m_clock;
    News m_news;
    bool m_isFollowing = false;
};

}
