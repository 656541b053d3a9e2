#include "backend/nodes/fleet/node_repository.h"

#include <algorithm>
#include <vector>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const QStringList kColumns {
        u"id"_s,
        u"name"_s,
        u"state"_s,
        u"ping_status"_s,
        u"ping_reason"_s,
        u"last_ping_at"_s,
        u"computer_name"_s,
        u"platform_type"_s,
        u"platform_name"_s,
        u"platform_version"_s,
        u"agent_version"_s,
        u"ip_address"_s,
        u"kernel"_s,
        u"architecture"_s,
        u"cpu_model"_s,
        u"cpu_count"_s,
        u"memory_bytes"_s,
        u"boot_time"_s,
        u"time_zone"_s,
        u"virtualization"_s,
        u"runs_as_root"_s,
        u"run_as_user"_s,
        u"machine_id"_s,
        u"fingerprint"_s,
        u"activation_id"_s,
        u"iam_role"_s,
        u"registered_at"_s,
        u"source_id"_s,
        u"lease_epoch"_s,
        u"hardware_flag"_s,
        u"hardware_digest"_s,
    };

    QVariantList valuesOf(const Node &node)
    {
        return {toSql(node.id),           node.name.text(),
                enumName(node.state),     enumName(node.ping),
                node.pingReason.text(),   toSql(node.lastPing),
                node.computerName.text(), node.platformType.text(),
                node.platformName.text(), node.platformVersion.text(),
                node.agentVersion.text(), node.ipAddress.text(),
                node.kernel.text(),       node.architecture.text(),
                node.cpuModel.text(),     node.cpuCount,
                node.memoryBytes,         toSql(node.bootTime),
                node.timeZone.text(),     node.virtualization.text(),
                node.runsAsRoot ? 1 : 0,  node.runAsUser.text(),
                node.machineId.text(),    node.fingerprint.text(),
                toSql(node.activation),   node.iamRole.text(),
                toSql(node.registeredAt), node.sourceId.text(),
                node.leaseEpoch,          enumName(node.hardwareFlag),
                node.hardwareDigest};
    }

    template <typename Enum>
    Enum named(const QString &name, Enum otherwise)
    {
        const Result<Enum> value = enumNamed<Enum>(name, QString());
        return value ? *value : otherwise;
    }

    Node nodeOf(const Row &row)
    {
        Node node;
        node.id = row.id<NodeId>(0);
        node.name = row.text(1);
        node.state = named(row.text(2), NodeState::Quarantined);
        node.ping = named(row.text(3), PingStatus::ConnectionLost);
        node.pingReason = row.text(4);
        node.lastPing = row.instantIfAny(5);
        node.computerName = row.text(6);
        node.platformType = row.text(7);
        node.platformName = row.text(8);
        node.platformVersion = row.text(9);
        node.agentVersion = row.text(10);
        node.ipAddress = row.text(11);
        node.kernel = row.text(12);
        node.architecture = row.text(13);
        node.cpuModel = row.text(14);
        node.cpuCount = static_cast<int>(row.integer(15));
        node.memoryBytes = row.integer(16);
        node.bootTime = row.instantIfAny(17);
        node.timeZone = row.text(18);
        node.virtualization = row.text(19);
        node.runsAsRoot = row.integer(20) != 0;
        node.runAsUser = row.text(21);
        node.machineId = row.text(22);
        node.fingerprint = row.text(23);
        node.activation = row.id<ActivationId>(24);
        node.iamRole = row.text(25);
        node.registeredAt = row.instant(26);
        node.sourceId = row.text(27);
        node.leaseEpoch = row.integer(28);
        node.hardwareFlag = named(row.text(29), HardwareFlag::None);
        node.hardwareDigest = row.integer(30);
        return node;
    }

    // "name = excluded.name, ...": an insert of known ids becomes an update of many rows in one statement.
    QString updateOnConflict()
    {
        QStringList sets;
        for (const QString &column : kColumns.mid(1)) {
            if (column != u"activation_id"_s && column != u"registered_at"_s)
                sets.append(column + u" = excluded."_s + column);
        }
        return u"ON CONFLICT (id) DO UPDATE SET "_s + sets.join(u", "_s);
    }
}

Result<void> NodeRepository::insert(Transaction &transaction, const Node &node)
{
    return transaction.insertRows(u"node"_s, kColumns, {valuesOf(node)}).andThen([&](qint64) {
        return setTags(transaction, node.id, node.tags);
    });
}

Result<void> NodeRepository::update(Transaction &transaction, const QList<Node> &nodes)
{
    QList<QVariantList> rows;
    for (const Node &node : nodes)
        rows.append(valuesOf(node));
    return transaction.insertRows(u"node"_s, kColumns, rows, updateOnConflict()).map([](qint64) {});
}

Result<void> NodeRepository::touchLastPing(Transaction &transaction, const QHash<NodeId, Instant> &heard)
{
    for (auto it = heard.cbegin(); it != heard.cend(); ++it) {
        const auto touched = transaction.execute(u"UPDATE node SET last_ping_at = ? WHERE id = ?"_s,
                                                 {toSql(it.value()), toSql(it.key())});
        if (!touched)
            return touched.error();
    }
    return {};
}

Result<void> NodeRepository::deregister(Transaction &transaction, const NodeId &node, Instant now)
{
    return transaction
        .execute(
            u"UPDATE node SET state = 'Deregistered', ping_status = 'ConnectionLost', deregistered_at = ? WHERE id = ?"_s,
            {toSql(now), toSql(node)})
        .andThen([&](qint64) { return setTags(transaction, node, {}); });
}

Result<void> NodeRepository::setTags(Transaction &transaction, const NodeId &node, const TagMap &tags)
{
    const auto cleared = transaction.execute(
        u"DELETE FROM tag WHERE resource_type = 'ManagedInstance' AND resource_id = ?"_s, {toSql(node)});
    if (!cleared)
        return cleared.error();
    QList<QVariantList> rows;
    for (auto it = tags.cbegin(); it != tags.cend(); ++it)
        rows.append({u"ManagedInstance"_s, toSql(node), it.key(), it.value()});
    if (rows.isEmpty())
        return {};
    return transaction
        .insertRows(u"tag"_s, {u"resource_type"_s, u"resource_id"_s, u"tag_key"_s, u"tag_value"_s}, rows)
        .map([](qint64) {});
}

Result<std::optional<Node>> NodeRepository::find(Reader &reader, const NodeId &id)
{
    auto node = reader.one(u"SELECT "_s + kColumns.join(u", "_s)
                               + u" FROM node WHERE id = ? AND state <> 'Deregistered'"_s,
                           {toSql(id)}, nodeOf);
    if (!node || !*node)
        return node;
    const auto read = reader.each(
        u"SELECT tag_key, tag_value FROM tag WHERE resource_type = 'ManagedInstance' AND resource_id = ?"_s,
        {toSql(id)}, [&](const Row &row) { (*node)->tags.insert(row.text(0), row.text(1)); });
    if (!read)
        return read.error();
    return node;
}

Result<void> NodeRepository::eachRegistered(Reader &reader, const std::function<void(Node &&)> &take)
{
    // Both in the order of the ids, so that one pass brings them together.
    std::vector<std::pair<NodeId, TagMap>> tagged;
    const auto read = reader.each(
        u"SELECT resource_id, tag_key, tag_value FROM tag WHERE resource_type = 'ManagedInstance' "
        u"ORDER BY resource_id"_s,
        {}, [&](const Row &row) {
            const auto id = row.id<NodeId>(0);
            if (tagged.empty() || tagged.back().first != id)
                tagged.emplace_back(id, TagMap());
            tagged.back().second.insert(row.text(1), row.text(2));
        });
    if (!read)
        return read.error();
    std::sort(tagged.begin(), tagged.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    auto next = tagged.begin();
    const auto nodes = reader.each(
        u"SELECT "_s + kColumns.join(u", "_s) + u" FROM node WHERE state <> 'Deregistered' ORDER BY id"_s, {},
        [&](const Row &row) {
            Node node = nodeOf(row);
            next = std::lower_bound(next, tagged.end(), node.id,
                                    [](const auto &one, const NodeId &id) { return one.first < id; });
            if (next != tagged.end() && next->first == node.id)
                node.tags = std::move(next->second);
            take(std::move(node));
        });
    return nodes ? Result<void>() : nodes.error();
}

}
