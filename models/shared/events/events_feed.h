#pragma once
// The events page's values from the engine in this process: the newest ones, then each as it is committed, older ones by pages. Ui thread.
// Lives until the engine has stopped.

#include "backend/engine/engine_thread.h"
#include "backend/store/fleet_identity.h"
#include "models/shared/events/event_row.h"
#include "models/shared/events/events_view_model.h"

namespace fb {

struct Event;

class EventsFeed : public QObject, public EventsSource
{
    Q_OBJECT
public:
    explicit EventsFeed(EngineThread &engine, QObject *parent = nullptr);

    void start(News news) override;
    void readOlder() override { readBefore(m_oldest); }
    Instant now() const override { return m_clock.now(); }

private:
    void readBefore(qint64 sequence);
    void take(const QList<Event> &events);

    EngineThread &m_engine;
    SystemClock m_clock;
    FleetIdentity m_fleet;
    News m_news;
    qint64 m_oldest = 0; // sequence of the oldest event handed on; 0: none yet
    bool m_isFollowing = false;
};

}
