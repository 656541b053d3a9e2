#pragma once
// ProfilesSource from the engine in this process: the profiles now, and again after each change. Ui thread. Lives until the engine has stopped.

#include "backend/engine/engine_thread.h"
#include "models/nodes/profiles/profiles_source.h"

#include <QSet>

namespace fb {

class ProfilesFeed : public QObject, public ProfilesSource
{
    Q_OBJECT
public:
    explicit ProfilesFeed(EngineThread &engine, QObject *parent = nullptr);

    void start(News news) override;
    Instant now() const override { return m_clock.now(); }
    void save(const ProfileRow &profile, bool isNew, Done done) override;
    void remove(const QString &name, Done done) override;
    void setForNewNodes(const QString &name, Done done) override;

private:
    void read();
    void change(std::function<Result<void>(Engine &)> change, const Done &done);

    EngineThread &m_engine;
    SystemClock m_clock;
    News m_news;
    QSet<QString> m_shown;
    bool m_isFollowing = false;
};

}
