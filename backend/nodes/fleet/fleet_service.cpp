#include "backend/nodes/fleet/fleet_service.h"

#include "backend/base/fail.h"
#include "backend/core/text_safety.h"
#include "backend/events/arn.h"
#include "backend/events/event_bus.h"
#include "backend/security/actions.h"
#include "backend/security/audit_log.h"

#include <QLoggingCategory>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(fleetLog, "fb.fleet")

namespace {
    constexpr auto kPingWriteEvery = std::chrono::seconds(60);

    DirectoryNode directoryNodeOf(const Node &node)
    {
        return {.id = node.id,
                .name = node.shownName(),
                .platformType = node.platformType,
                .tags = node.tags,
                .sourceId = node.sourceId};
    }

    // What the agent reports; the rest of the node is the engine's.
    void takeFacts(Node &node, const Node &reported)
    {
        node.computerName = reported.computerName;
        node.platformType = reported.platformType;
        node.platformName = reported.platformName;
        node.platformVersion = reported.platformVersion;
        node.agentVersion = reported.agentVersion.isEmpty() ? node.agentVersion : reported.agentVersion;
        node.ipAddress = reported.ipAddress;
        node.kernel = reported.kernel;
        node.architecture = reported.architecture;
        node.cpuModel = reported.cpuModel;
        node.cpuCount = reported.cpuCount;
        node.memoryBytes = reported.memoryBytes;
        node.bootTime = reported.bootTime;
        node.timeZone = reported.timeZone;
        node.virtualization = reported.virtualization;
        node.runsAsRoot = reported.runsAsRoot;
        node.runAsUser = reported.runAsUser;
        node.machineId = reported.machineId;
    }

    QString stateName(const Node &node)
    {
        return node.state == NodeState::Active ? enumName(node.ping) : enumName(node.state);
    }

    Error unknownNode(const NodeId &node)
    {
        return qtError(errors::kInvalidInstanceId,
                       u"There is no managed node %1."_s.arg(toQString(node).left(64)), u"InstanceId"_s);
    }
}

FleetService::FleetService(Parts parts, PingMonitor::Times times, QObject *parent)
    : QObject(parent),
      m_parts(parts),
      m_history(parts.database, parts.access),
      m_ping(times, parts.clock.tick())
{
    m_timer.setInterval(1000);
    connect(&m_timer, &QTimer::timeout, this, &FleetService::tick);
}

FleetService::~FleetService() = default;

Result<void> FleetService::start()
{
    const auto read = m_repository.eachRegistered(m_parts.database.reader(), [this](Node &&node) {
        if (node.ping == PingStatus::Online)
            m_ping.expectBack(node.id);
        keep(std::move(node));
    });
    if (!read)
        return read;
    m_timer.start();
    return {};
}

// ---- Operations ----------------------------------------------------------------------------------------------------

// One change by an operator: row, tags, audit entry; then the screens.
Result<void> FleetService::store(const Principal &who, const QString &action, const Node &before, Node after)
{
    auto written = m_parts.database.write([&](Transaction &transaction) -> Result<void> {
        reloadAfterLoss(transaction, after.id);
        if (auto stored = m_repository.update(transaction, {after}); !stored)
            return stored;
        if (before.tags != after.tags) {
            if (auto stored = m_repository.setTags(transaction, after.id, after.tags); !stored)
                return stored;
        }
        m_parts.audit.append(
            transaction,
            {.who = who, .action = action, .target = toQString(after.id), .diff = auditDiff(before, after)});
        announce(transaction, after.id);
        return {};
    });
    if (written)
        keep(after);
    return written;
}

Result<void> FleetService::quarantine(const Principal &who, const NodeId &id)
{
    return changeQuarantine(who, id, true);
}

Result<void> FleetService::release(const Principal &who, const NodeId &id)
{
    return changeQuarantine(who, id, false);
}

Result<void> FleetService::changeQuarantine(const Principal &who, const NodeId &id, bool quarantined)
{
    const Action action = quarantined ? actions::kQuarantineNode : actions::kReleaseNode;
    const Node *found = node(id);
    if (!found)
        return unknownNode(id);
    if (auto allowed
        = m_parts.access.check(who, action, {.nodeIds = {toQString(id)}, .nodeTags = found->tags});
        !allowed)
        return allowed;
    if (!quarantined && m_mayRelease) {
        if (auto may = m_mayRelease(id); !may)
            return may;
    }
    return m_parts.database.write([&](Transaction &transaction) -> Result<void> {
        m_parts.audit.append(transaction,
                             {.who = who,
                              .action = toQString(action.name()),
                              .target = nodeArn(m_parts.database.fleet(), id),
                              .diff = {}});
        return setQuarantined(id, quarantined, u"operator"_s);
    });
}

Result<void> FleetService::rename(const Principal &who, const NodeId &id, const QString &name)
{
    const Node *before = node(id);
    if (auto allowed = mayOn(who, actions::kRenameNode, before); !allowed)
        return allowed;
    if (!before)
        return unknownNode(id);
    const std::string utf8 = toStd(name);
    if (name == u".."_s || name.contains(u'/') || codePointCount(utf8) > 255 || hasControlOrBidi(utf8))
        return fail(
            errors::kValidation,
            u"Name is \"%1\"; it may have at most 255 characters, no \"/\", control character or text-direction mark."_s
                .arg(name.left(80)),
            u"Name"_s);
    Node after = *before;
    after.name = name;
    return store(who, u"flagbridge:RenameNode"_s, *before, after);
}

Result<void> FleetService::deregister(const Principal &who, const NodeId &id)
{
    const Node *found = node(id);
    if (auto allowed = mayOn(who, actions::kDeregisterManagedInstance, found); !allowed)
        return allowed;
    if (!found)
        return unknownNode(id);
    const Node before = *found;
    auto written = m_parts.database.write([&](Transaction &transaction) -> Result<void> {
        reloadAfterLoss(transaction, id);
        if (auto stored = m_repository.deregister(transaction, id, m_parts.clock.now()); !stored)
            return stored;
        for (const auto &step : m_deregisterSteps) {
            if (auto done = step(transaction, id); !done)
                return done;
        }
        if (auto told
            = publishState(transaction, before, u"Deregistered"_s, stateName(before), u"operator"_s);
            !told)
            return told;
        m_parts.audit.append(
            transaction,
            {.who = who, .action = u"ssm:DeregisterManagedInstance"_s, .target = toQString(id), .diff = {}});
        transaction.onCommitted([this, id] {
            m_ping.forget(id);
            m_heard.remove(id);
            emit nodeDeregistered(id);
        });
        return {};
    });
    if (written)
        m_nodes.erase(id);
    return written;
}

// ---- For the other rooms -------------------------------------------------------------------------------------------

const Node *FleetService::node(const NodeId &id) const
{
    const auto found = m_nodes.find(id);
    return found == m_nodes.end() ? nullptr : &found->second.node;
}

bool FleetService::isOnline(const NodeId &id) const { return m_ping.isOnline(id); }

void FleetService::eachAfter(const NodeId &after, int most,
                             const std::function<void(const Node &)> &visit) const
{
    for (auto entry = m_nodes.upper_bound(after); entry != m_nodes.end() && most > 0; ++entry, --most)
        visit(entry->second.node);
}

Result<void> FleetService::registerNode(Transaction &transaction, const Node &node)
{
    if (auto stored = m_repository.insert(transaction, node); !stored)
        return stored;
    if (auto told = publishState(transaction, node, u"Registered"_s, QString(), u"activation"_s); !told)
        return told;
    transaction.onCommitted([this, node] { keep(node); });
    announce(transaction, node.id);
    return {};
}

Result<void> FleetService::reenrolNode(Transaction &transaction, const Node &reported)
{
    const Node *before = node(reported.id);
    if (!before)
        return unknownNode(reported.id);
    Node after = *before;
    takeFacts(after, reported);
    after.fingerprint = reported.fingerprint;
    after.hardwareFlag = HardwareFlag::None;
    after.hardwareDigest = reported.hardwareDigest;
    if (auto stored = m_repository.update(transaction, {after}); !stored)
        return stored;
    if (auto told = publishState(transaction, after, stateName(after), stateName(*before), u"re-enrolled"_s);
        !told)
        return told;
    reloadAfterLoss(transaction, after.id);
    announce(transaction, after.id);
    keep(after);
    return {};
}

void FleetService::linkUp(const Node &reported)
{
    const Node *before = node(reported.id);
    if (!before)
        return;
    Node after = *before;
    takeFacts(after, reported);
    after.fingerprint = after.fingerprint.isEmpty() ? reported.fingerprint : after.fingerprint;
    if (after.state == NodeState::Registered)
        after.state = NodeState::Active;
    after.lastPing = m_parts.clock.now();
    m_heard.remove(after.id);
    keep(after);
    const bool quarantined = after.state == NodeState::Quarantined;
    const auto change = quarantined ? std::nullopt : m_ping.linkUp(after.id, m_parts.clock.tick());
    if (change)
        return applyPing({*change});
    const auto written = m_parts.database.write([&](Transaction &transaction) -> Result<void> {
        announce(transaction, after.id);
        return m_repository.update(transaction, {after});
    });
    if (!written)
        qCWarning(fleetLog) << "a connection was not recorded:" << written.error().message.c_str();
}

void FleetService::linkDown(const NodeId &id, const QString &reason)
{
    if (const auto change = m_ping.linkDown(id, reason, m_parts.clock.tick()))
        applyPing({*change});
}

void FleetService::factsReported(const Node &reported)
{
    const Node *before = node(reported.id);
    if (!before)
        return;
    Node after = *before;
    takeFacts(after, reported);
    if (after == *before)
        return;
    const auto written = m_parts.database.write([&](Transaction &transaction) -> Result<void> {
        reloadAfterLoss(transaction, after.id);
        announce(transaction, after.id);
        return m_repository.update(transaction, {after});
    });
    if (written)
        keep(after);
    else
        qCWarning(fleetLog) << "a report was not recorded:" << written.error().message.c_str();
}

void FleetService::heard(const NodeId &id, Instant at)
{
    const auto found = m_nodes.find(id);
    if (found == m_nodes.end() || found->second.node.lastPing >= at)
        return;
    found->second.node.lastPing = at;
    m_heard.insert(id, at);
}

qint64 FleetService::raiseLeaseEpoch(const NodeId &id)
{
    const auto found = m_nodes.find(id);
    if (found == m_nodes.end())
        return 0;
    // The store's epoch rises with each engine, so a paused engine's orders are older than its successor's.
    found->second.node.leaseEpoch = std::max(found->second.node.leaseEpoch, m_parts.database.epoch());
    return found->second.node.leaseEpoch;
}

Result<void> FleetService::setRole(Transaction &transaction, const Principal &who, const NodeId &id,
                                   const QString &iamRole)
{
    const Node *before = node(id);
    if (!before)
        return unknownNode(id);
    Node after = *before;
    after.iamRole = iamRole;
    reloadAfterLoss(transaction, id);
    if (auto stored = m_repository.update(transaction, {after}); !stored)
        return stored;
    m_parts.audit.append(transaction,
                         {.who = who,
                          .action = toQString(actions::kUpdateManagedInstanceRole.name()),
                          .target = nodeArn(m_parts.database.fleet(), id),
                          .diff = auditDiff(*before, after)});
    announce(transaction, id);
    keep(after);
    return {};
}

Result<void> FleetService::publishNews(Transaction &transaction, const NodeId &id, const QString &reason)
{
    const Node *found = node(id);
    return found ? publishState(transaction, *found, stateName(*found), stateName(*found), reason)
                 : Result<void>();
}

Result<void> FleetService::setHardware(Transaction &transaction, const NodeId &id, HardwareFlag flag,
                                       std::optional<qint64> digest, const QString &fingerprint)
{
    const Node *before = node(id);
    if (!before)
        return unknownNode(id);
    Node after = *before;
    after.hardwareFlag = flag;
    after.hardwareDigest = digest.value_or(after.hardwareDigest);
    if (!fingerprint.isEmpty())
        after.fingerprint = fingerprint;
    if (after == *before)
        return {};
    reloadAfterLoss(transaction, id);
    if (auto stored = m_repository.update(transaction, {after}); !stored)
        return stored;
    announce(transaction, id);
    keep(after);
    return {};
}

Result<void> FleetService::setQuarantined(const NodeId &id, bool quarantined, const QString &reason)
{
    const Node *before = node(id);
    if (!before)
        return unknownNode(id);
    if ((before->state == NodeState::Quarantined) == quarantined)
        return {};
    Node after = *before;
    after.state = quarantined ? NodeState::Quarantined : NodeState::Active;
    after.ping = PingStatus::ConnectionLost;
    const QString previous = stateName(*before);
    auto written = m_parts.database.write([&](Transaction &transaction) -> Result<void> {
        reloadAfterLoss(transaction, id);
        if (auto stored = m_repository.update(transaction, {after}); !stored)
            return stored;
        announce(transaction, after.id);
        transaction.onCommitted([this, id] {
            m_ping.forget(id); // of a quarantined node nothing is told; one that is released begins anew
            emit quarantineChanged(id);
        });
        return publishState(transaction, after, stateName(after), previous, reason);
    });
    if (written)
        keep(after);
    return written;
}

// ---- NodeDirectory -------------------------------------------------------------------------------------------------

const DirectoryNode &FleetService::directoryOf(const Entry &entry)
{
    if (!entry.directory)
        entry.directory = std::make_unique<DirectoryNode>(directoryNodeOf(entry.node));
    return *entry.directory;
}

const DirectoryNode *FleetService::find(const NodeId &id) const
{
    const auto found = m_nodes.find(id);
    return found == m_nodes.end() ? nullptr : &directoryOf(found->second);
}

const DirectoryNode *FleetService::findBySourceId(const QString &sourceId) const
{
    const auto found = std::ranges::find_if(
        m_nodes, [&](const auto &entry) { return entry.second.node.sourceId == sourceId; });
    return sourceId.isEmpty() || found == m_nodes.end() ? nullptr : &directoryOf(found->second);
}

void FleetService::forEach(const std::function<void(const DirectoryNode &)> &visit) const
{
    for (const auto &[id, entry] : m_nodes)
        visit(entry.directory ? *entry.directory : directoryNodeOf(entry.node));
}

std::optional<QList<NodeId>> FleetService::resourceGroup(const QString &) const
{
    return std::nullopt; // groups come with Application Manager; until then none exists
}

// ---- Inside --------------------------------------------------------------------------------------------------------

Result<void> FleetService::publishState(Transaction &transaction, const Node &node, const QString &state,
                                        const QString &previous, const QString &reason)
{
    QJsonObject detail {{u"instance-id"_s, toQString(node.id)},
                        {u"state"_s, state},
                        {u"platform"_s, node.platformName.text()},
                        {u"agent-version"_s, node.agentVersion.text()},
                        {u"reason"_s, reason}};
    if (!previous.isEmpty())
        detail[u"previous-state"] = previous;
    return m_parts.events.publish(transaction,
                                  {.detailType = u"Managed Node State Change"_s,
                                   .resources = {nodeArn(m_parts.database.fleet(), node.id)},
                                   .detail = detail});
}

void FleetService::applyPing(const QList<PingChange> &changes)
{
    QList<Node> changed;
    const auto written = m_parts.database.write([&](Transaction &transaction) -> Result<void> {
        for (const PingChange &change : changes) {
            const Node *before = node(change.node);
            if (!before)
                continue;
            Node after = *before;
            const QString previous = stateName(*before);
            after.ping = change.status;
            after.pingReason = change.reason;
            changed.append(after);
            announce(transaction, after.id);
            if (!change.announced || after.state == NodeState::Quarantined)
                continue;
            if (auto told = publishState(transaction, after, enumName(after.ping), previous, change.reason);
                !told)
                return told;
        }
        return m_repository.update(transaction, changed);
    });
    // The link is as it is, whether the store could keep it or not.
    for (const Node &node : std::as_const(changed))
        keep(node);
    if (!written)
        qCWarning(fleetLog) << "ping states were not recorded:" << written.error().message.c_str();
}

void FleetService::keep(Node node)
{
    m_texts.share(node);
    NodeId id = node.id;
    m_nodes.insert_or_assign(std::move(id), Entry {std::move(node), {}});
}

void FleetService::reloadAfterLoss(Transaction &transaction, const NodeId &id)
{
    transaction.onRolledBack([this, id](const Error &) {
        const auto stored = m_repository.find(m_parts.database.reader(), id);
        if (!stored) {
            qCWarning(fleetLog) << "a node cannot be read again:" << stored.error().message.c_str();
            return;
        }
        if (!*stored) {
            m_nodes.erase(id);
            return;
        }
        Node again = **stored;
        if (const Node *known = node(id)) { // the link is as it is
            again.ping = known->ping;
            again.pingReason = known->pingReason;
            again.lastPing = known->lastPing;
            again.leaseEpoch = known->leaseEpoch;
            if (again.state == NodeState::Registered)
                again.state = known->state;
        }
        keep(again);
    });
}

void FleetService::announce(Transaction &transaction, const NodeId &id)
{
    transaction.onCommitted([this, id] {
        if (m_toAnnounce.isEmpty())
            QMetaObject::invokeMethod(this, &FleetService::sendAnnouncements, Qt::QueuedConnection);
        m_toAnnounce.insert(id);
    });
}

void FleetService::sendAnnouncements()
{
    QList<Node> nodes;
    for (const NodeId &id : std::exchange(m_toAnnounce, {})) {
        if (const Node *found = node(id))
            nodes.append(*found);
    }
    if (!nodes.isEmpty())
        emit nodesChanged(nodes);
}

void FleetService::tick()
{
    const Tick now = m_parts.clock.tick();
    if (const QList<PingChange> changes = m_ping.due(now); !changes.isEmpty())
        applyPing(changes);
    if (now - m_lastPingWrite < kPingWriteEvery || m_heard.isEmpty())
        return;
    m_lastPingWrite = now;
    const QHash<NodeId, Instant> heard = std::exchange(m_heard, {});
    const auto written = m_parts.database.write(
        [&](Transaction &transaction) { return m_repository.touchLastPing(transaction, heard); });
    if (!written)
        qCWarning(fleetLog) << "signs of life were not recorded:" << written.error().message.c_str();
}

}
