#include "models/shared/events/events_feed.h"

#include "backend/base/on_result.h"
#include "backend/base/qt_text.h"
#include "backend/core/text_safety.h"
#include "backend/events/event_history.h"

#include <QJsonDocument>

namespace fb {

using namespace Qt::StringLiterals;

namespace {

    using Events = Result<QList<Event>>;

    // Details may hold what nodes sent (security U04).
    QString shown(const QString &text) { return toQString(withVisibleEscapes(toStd(text))); }

    EventRow rowOf(const Event &event, const FleetIdentity &fleet)
    {
        EventRow row;
        row.sequence = event.sequence;
        row.time = event.time;
        row.type = shown(event.detailType);
        row.source = shown(event.source);
        for (const QString &resource : event.resources)
            row.resources << shown(resource);
        for (const auto &key : {u"status"_s, u"state"_s}) {
            if (row.status.isEmpty())
                row.status = shown(event.detail.value(key).toString());
        }
        row.json = shown(
            QString::fromUtf8(QJsonDocument(eventJson(event, fleet)).toJson(QJsonDocument::Indented)));
        return row;
    }
}

EventsFeed::EventsFeed(EngineThread &engine, QObject *parent) : QObject(parent), m_engine(engine) { }

void EventsFeed::start(News news)
{
    m_news = std::move(news);
    const auto followed = m_engine.post(
        [this, isFirst = !std::exchange(m_isFollowing, true)](Engine &engine) -> Result<FleetIdentity> {
            if (isFirst)
                connect(&engine.events(), &EventBus::eventsPublished, this, &EventsFeed::take);
            return engine.eventHistory().fleet();
        });
    onResult(followed, this, [this](const Result<FleetIdentity> &fleet) {
        if (!fleet)
            return m_news.failed(shownErrorOf(fleet.error()));
        m_fleet = *fleet;
        readBefore(0);
    });
}

void EventsFeed::readBefore(qint64 sequence)
{
    const auto asked = m_engine.post([sequence](Engine &engine) -> Result<QFuture<Events>> {
        return engine.eventHistory().listEvents(engine.atConsole(), sequence, EventHistory::kMostEvents);
    });
    onResult(asked, this, [this](const Result<QFuture<Events>> &future) {
        if (!future)
            return m_news.failed(shownErrorOf(future.error()));
        onResult(*future, this, [this](const Events &events) {
            if (!events)
                return m_news.failed(shownErrorOf(events.error()));
            take(*events);
            m_news.complete(events->size() == EventHistory::kMostEvents);
        });
    });
}

void EventsFeed::take(const QList<Event> &events)
{
    QList<EventRow> rows;
    rows.reserve(events.size());
    for (const Event &event : events) {
        rows << rowOf(event, m_fleet);
        m_oldest = m_oldest == 0 ? event.sequence : std::min(m_oldest, event.sequence);
    }
    m_news.arrived(rows);
}

}
