#include "backend/nodes/fleet/hardware_repository.h"

#include <QJsonDocument>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const QString kSelect = u"SELECT node_id, accepted, other, cause, other_fingerprint, other_address, "
                            "seen_at, told_at FROM node_hardware "_s;

    QString textOf(const NodeHardware &hardware)
    {
        return QString::fromUtf8(QJsonDocument(toJson(hardware)).toJson(QJsonDocument::Compact));
    }

    NodeHardware hardwareOf(const QString &text)
    {
        return fromJson<NodeHardware>(QJsonDocument::fromJson(text.toUtf8()).object())
            .value_or(NodeHardware {});
    }

    StoredHardware storedOf(const Row &row)
    {
        StoredHardware stored {
            .accepted = hardwareOf(row.text(1)), .difference = {}, .toldAt = row.instantIfAny(7)};
        if (const auto cause = enumNamed<HardwareCause>(row.text(3), {}))
            stored.difference = HardwareDifference {.node = row.id<NodeId>(0),
                                                    .cause = *cause,
                                                    .accepted = stored.accepted,
                                                    .other = hardwareOf(row.text(2)),
                                                    .fingerprint = row.text(4),
                                                    .address = row.text(5),
                                                    .seenAt = row.instant(6)};
        return stored;
    }
}

Result<std::optional<StoredHardware>> HardwareRepository::find(Reader &reader, const NodeId &node)
{
    return reader.one(kSelect + u"WHERE node_id = ?"_s, {toSql(node)}, storedOf);
}

Result<void> HardwareRepository::put(Transaction &transaction, const NodeId &node,
                                     const StoredHardware &stored)
{
    if (auto removed = remove(transaction, node); !removed)
        return removed;
    const HardwareDifference other = stored.difference.value_or(HardwareDifference {});
    const QVariant seenAt = stored.difference ? toSql(stored.difference->seenAt) : QVariant();
    return transaction
        .insertRows(u"node_hardware"_s,
                    {u"node_id"_s, u"accepted"_s, u"other"_s, u"cause"_s, u"other_fingerprint"_s,
                     u"other_address"_s, u"seen_at"_s, u"told_at"_s},
                    {{toSql(node), textOf(stored.accepted), stored.difference ? textOf(other.other) : u""_s,
                      stored.difference ? enumName(other.cause) : u""_s,
                      stored.difference ? other.fingerprint : u""_s,
                      stored.difference ? other.address : u""_s, seenAt, toSql(stored.toldAt)}})
        .map([](qint64) {});
}

Result<void> HardwareRepository::remove(Transaction &transaction, const NodeId &node)
{
    return transaction.execute(u"DELETE FROM node_hardware WHERE node_id = ?"_s, {toSql(node)})
        .map([](qint64) {});
}

Result<QList<HardwareDifference>> HardwareRepository::differences(Reader &reader, int most)
{
    QList<HardwareDifference> found;
    const auto read = reader.each(
        kSelect + u"WHERE seen_at IS NOT NULL ORDER BY seen_at DESC, node_id LIMIT %1"_s.arg(most), {},
        [&](const Row &row) {
            if (auto stored = storedOf(row); stored.difference)
                found.append(*stored.difference);
        });
    if (!read)
        return read.error();
    return found;
}

}
