#include "backend/events/event_bus.h"

#include "backend/base/fail.h"
#include "backend/core/time_text.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr qsizetype kMostBytes = 256 * 1024;
    constexpr qsizetype kMostTypeCharacters = 128;
    constexpr qsizetype kMostSourceCharacters = 256;
    constexpr int kPruneRows = 10000;
    constexpr auto kColumns = "sequence, id, detail_type, source, time, resources, detail, depth";

    QByteArray compact(const QJsonObject &object)
    {
        return QJsonDocument(object).toJson(QJsonDocument::Compact);
    }

    QString resourcesText(const QStringList &resources)
    {
        return QString::fromUtf8(
            QJsonDocument(QJsonArray::fromStringList(resources)).toJson(QJsonDocument::Compact));
    }

    QStringList resourcesOf(const QString &text)
    {
        QStringList resources;
        for (const QJsonValue &value : QJsonDocument::fromJson(text.toUtf8()).array())
            resources.append(value.toString());
        return resources;
    }

    Event eventOf(const Row &row)
    {
        Event event;
        event.sequence = row.integer(0);
        event.id = row.id<EventId>(1);
        event.detailType = row.text(2);
        event.source = row.text(3);
        event.time = row.instant(4);
        event.resources = resourcesOf(row.text(5));
        event.detail = QJsonDocument::fromJson(row.text(6).toUtf8()).object();
        event.depth = static_cast<int>(row.integer(7));
        return event;
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
    const auto wrong = [](const QString &field, qsizetype length, qsizetype most) {
        return fail(
            errors::kValidation,
            u"The event's %1 has %2 characters; it must have 1 to %3."_s.arg(field).arg(length).arg(most),
            field);
    };
    if (event.detailType.isEmpty() || event.detailType.size() > kMostTypeCharacters)
        return wrong(u"detail-type"_s, event.detailType.size(), kMostTypeCharacters);
    if (event.source.isEmpty() || event.source.size() > kMostSourceCharacters)
        return wrong(u"source"_s, event.source.size(), kMostSourceCharacters);
    Event stamped = event;
    stamped.id = EventId(newUuid(m_random));
    stamped.time = m_clock.now();
    const qsizetype beside = resourcesText(event.resources).toUtf8().size() + 1024;
    if (compact(stamped.detail).size() + beside > kMostBytes) {
        stamped.detail.remove(u"parameters"_s);
        stamped.detail.remove(u"outputs"_s);
        stamped.detail.insert(u"truncated"_s, true);
    }
    if (const qsizetype bytes = compact(stamped.detail).size() + beside; bytes > kMostBytes)
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
    QList<QVariantList> rows;
    for (const std::any &item : staged) {
        Event event = std::any_cast<const Event &>(item);
        event.sequence = (*sequence)++;
        rows.append({event.sequence, toSql(event.id), event.detailType, event.source, toSql(event.time),
                     resourcesText(event.resources), QString::fromUtf8(compact(event.detail)), event.depth});
        events.append(event);
    }
    if (auto stored = tx.insertRows(u"event"_s, QString::fromLatin1(kColumns).split(u", "_s), rows); !stored)
        return stored.error();
    tx.onCommitted([this, events] { emit eventsPublished(events); });
    return {};
}

Result<QList<Event>> EventBus::eventsSince(Reader &reader, qint64 sequence, int limit) const
{
    return reader.all(u"SELECT %1 FROM event WHERE sequence > ? ORDER BY sequence LIMIT ?"_s.arg(
                          QString::fromLatin1(kColumns)),
                      {sequence, limit}, eventOf);
}

Result<qint64> EventBus::newestSequence(Reader &reader) const
{
    return reader.number(u"SELECT coalesce(max(sequence), 0) FROM event"_s);
}

Result<qint64> EventBus::prune(Transaction &tx, Instant before, qint64 most)
{
    const auto newest = newestSequence(tx);
    if (!newest)
        return newest.error();
    return tx.execute(
        u"DELETE FROM event WHERE sequence IN (SELECT sequence FROM event WHERE time < ? OR sequence <= ? "
        "ORDER BY sequence LIMIT ?)"_s,
        {toSql(before), *newest - most, kPruneRows});
}

}
