#include "backend/events/event_repository.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <limits>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr int kPruneRows = 10000;
    constexpr int kSearchedRows = 200'000;
    constexpr auto kColumns = "sequence, id, detail_type, source, time, resources, detail, depth";

    QStringList resourcesOf(const QString &text)
    {
        QStringList resources;
        const QJsonArray array = QJsonDocument::fromJson(text.toUtf8()).array();
        for (const QJsonValue &value : array)
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

QByteArray EventRepository::detailText(const QJsonObject &detail)
{
    return QJsonDocument(detail).toJson(QJsonDocument::Compact);
}

QByteArray EventRepository::resourcesText(const QStringList &resources)
{
    return QJsonDocument(QJsonArray::fromStringList(resources)).toJson(QJsonDocument::Compact);
}

Result<void> EventRepository::insert(Transaction &tx, const QList<Event> &events) const
{
    QList<QVariantList> rows;
    for (const Event &event : events)
        rows.append({event.sequence, toSql(event.id), event.detailType, event.source, toSql(event.time),
                     QString::fromUtf8(resourcesText(event.resources)),
                     QString::fromUtf8(detailText(event.detail)), event.depth});
    return tx.insertRows(u"event"_s, QString::fromLatin1(kColumns).split(u", "_s), rows).map([](qint64) {});
}

Result<QList<Event>> EventRepository::since(Reader &reader, qint64 sequence, int limit) const
{
    return reader.all(u"SELECT %1 FROM event WHERE sequence > ? ORDER BY sequence LIMIT ?"_s.arg(
                          QString::fromLatin1(kColumns)),
                      {sequence, limit}, eventOf);
}

Result<QList<Event>> EventRepository::about(Reader &reader, const QString &resource, int limit) const
{
    // An ARN of ours holds neither of LIKE's signs nor a quotation mark.
    return reader.all(
        u"SELECT %1 FROM event WHERE sequence > (SELECT coalesce(max(sequence), 0) FROM event) - ? "
        "AND resources LIKE ? ORDER BY sequence DESC LIMIT ?"_s.arg(QString::fromLatin1(kColumns)),
        {kSearchedRows, u"%\""_s + resource + u"\"%"_s, limit}, eventOf);
}

Result<QList<Event>> EventRepository::before(Reader &reader, qint64 sequence, int limit) const
{
    return reader.all(u"SELECT %1 FROM event WHERE sequence < ? ORDER BY sequence DESC LIMIT ?"_s.arg(
                          QString::fromLatin1(kColumns)),
                      {sequence > 0 ? sequence : std::numeric_limits<qint64>::max(), limit}, eventOf);
}

Result<qint64> EventRepository::newest(Reader &reader) const
{
    return reader.number(u"SELECT coalesce(max(sequence), 0) FROM event"_s);
}

Result<qint64> EventRepository::remove(Transaction &tx, Instant before, qint64 upTo) const
{
    return tx.execute(
        u"DELETE FROM event WHERE sequence IN (SELECT sequence FROM event WHERE time < ? OR sequence <= ? "
        "ORDER BY sequence LIMIT ?)"_s,
        {toSql(before), upTo, kPruneRows});
}

}
