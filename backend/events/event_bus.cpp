#include "backend/events/event_bus.h"

#include "backend/base/fail.h"
#include "backend/core/time_text.h"

#include <QJsonArray>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qsizetype kMostBytes = 256 * 1024;
    constexpr qsizetype kEnvelopeBytes = 1024; // beside detail and resources
    constexpr qsizetype kMostTypeCharacters = 128;
    constexpr qsizetype kMostSourceCharacters = 256;

    Result<void> checkLength(const QString &text, const QString &field, qsizetype most)
    {
        if (!text.isEmpty() && text.size() <= most)
            return {};
        return fail(errors::kValidation,
                    u"The event's %1 has %2 characters; it must have 1 to %3."_s.arg(field)
                        .arg(text.size())
                        .arg(most),
                    field);
    }

    qsizetype bytesOf(const Event &event)
    {
        return EventRepository::detailText(event.detail).size()
            + EventRepository::resourcesText(event.resources).size() + kEnvelopeBytes;
    }
}

QJsonObject eventJson(const Event &event, const FleetIdentity &fleet)
{
    return {{u"version"_s, u"0"_s},
            {u"id"_s, toQString(event.id)},
            {u"detail-type"_s, event.detailType},
            {u"source"_s, event.source},
            {u"account"_s, fleet.accountId},
            {u"time"_s, toQString(toIso8601(event.time))},
            {u"region"_s, fleet.region},
            {u"resources"_s, QJsonArray::fromStringList(event.resources)},
            {u"detail"_s, event.detail}};
}

EventBus::EventBus(Database &database, const Clock &clock, Random &random)
    : m_clock(clock),
      m_random(random),
      m_finisher(database.addBatchFinisher(
          [this](Transaction &tx, const std::vector<std::any> &staged) { return finish(tx, staged); }))
{
}

Result<void> EventBus::publish(Transaction &tx, const Event &event)
{
    if (auto checked = checkLength(event.detailType, u"detail-type"_s, kMostTypeCharacters); !checked)
        return checked;
    if (auto checked = checkLength(event.source, u"source"_s, kMostSourceCharacters); !checked)
        return checked;
    Event stamped = event;
    stamped.id = EventId(newUuid(m_random));
    stamped.time = m_clock.now();
    if (bytesOf(stamped) > kMostBytes) {
        stamped.detail.remove(u"parameters"_s);
        stamped.detail.remove(u"outputs"_s);
        stamped.detail.insert(u"truncated"_s, true);
    }
    if (const qsizetype bytes = bytesOf(stamped); bytes > kMostBytes)
        return fail(
            errors::kValidation,
            u"The event %1 has %2 bytes; it may have %3."_s.arg(event.detailType).arg(bytes).arg(kMostBytes),
            u"detail"_s);
    tx.stage(m_finisher, std::move(stamped));
    return {};
}

Result<void> EventBus::finish(Transaction &tx, const std::vector<std::any> &staged)
{
    auto sequence = tx.takeNumbers(u"event"_s, static_cast<qint64>(staged.size()));
    if (!sequence)
        return sequence.error();
    QList<Event> events;
    for (const std::any &item : staged) {
        events.append(std::any_cast<const Event &>(item));
        events.back().sequence = (*sequence)++;
    }
    if (auto stored = m_rows.insert(tx, events); !stored)
        return stored;
    tx.onCommitted([this, events] { emit eventsPublished(events); });
    return {};
}

Result<QList<Event>> EventBus::eventsBefore(Reader &reader, qint64 sequence, int limit) const
{
    return m_rows.before(reader, sequence, limit);
}

Result<QList<Event>> EventBus::eventsSince(Reader &reader, qint64 sequence, int limit) const
{
    return m_rows.since(reader, sequence, limit);
}

Result<qint64> EventBus::newestSequence(Reader &reader) const { return m_rows.newest(reader); }

Result<qint64> EventBus::prune(Transaction &tx, Instant before, qint64 most)
{
    const auto newest = m_rows.newest(tx);
    return newest ? m_rows.remove(tx, before, *newest - most) : newest;
}

}
