#pragma once
// Fleet Manager's rules: the list of managed nodes, their tags, names and ping states (spec/fleet-manager.md part A). Every registered node
// is held in memory, so that lists, targets and filters never wait for the store. Engine thread.

#include "backend/base/paging_token.h"
#include "backend/dispatch/node_directory.h"
#include "backend/nodes/fleet/node.h"
#include "backend/nodes/fleet/node_history.h"
#include "backend/nodes/fleet/node_query.h"
#include "backend/nodes/fleet/node_repository.h"
#include "backend/nodes/fleet/node_texts.h"
#include "backend/security/access.h"
#include "backend/security/principal.h"
#include "backend/store/database.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <functional>

#include <map>
#include <memory>

namespace fb::wire {
class NodeFacts;
}

namespace fb {

class AuditLog;
class EventBus;

// The node's word about itself as values: cut to their limits, broken UTF-8 replaced (spec/security P12).
Node reportedNode(const NodeId &id, const wire::NodeFacts &facts, const std::string &agentVersion,
                  const std::string &fingerprint);

class FleetService : public QObject, public NodeDirectory
{
    Q_OBJECT

public:
    struct Parts { // borrowed for life
        Database &database;
        EventBus &events;
        AuditLog &audit;
        const Access &access;
        const PagingTokens &tokens;
        const Clock &clock;
    };

    FleetService(Parts parts, PingMonitor::Times times = {}, QObject *parent = nullptr);
    ~FleetService() override;
    Result<void> start(); // reads the nodes

    // ---- Operations
    Result<DescribeInstanceInformationResult>
    describeInstanceInformation(const Principal &who,
                                const DescribeInstanceInformationRequest &request) const;
    Result<DescribeInstancePropertiesResult>
    describeInstanceProperties(const Principal &who, const DescribeInstancePropertiesRequest &request) const;
    Result<void> addTags(const Principal &who, const NodeId &node, const QList<Tag> &tags);
    Result<void> removeTags(const Principal &who, const NodeId &node, const QStringList &keys);
    Result<QList<Tag>> tagsOf(const Principal &who, const NodeId &node) const;
    // Served no longer, though connected; and served again. InvalidInstanceId.
    Result<void> quarantine(const Principal &who, const NodeId &node);
    Result<void> release(const Principal &who, const NodeId &node);
    // Asked before an operator's release: why it must not be.
    void setReleaseGuard(std::function<Result<void>(const NodeId &)> guard)
    {
        m_mayRelease = std::move(guard);
    }
    Result<void> rename(const Principal &who, const NodeId &node, const QString &name);
    // Revoking its certificates and closing its link is the listener of nodeDeregistered's work, in the same transaction.
    Result<void> deregister(const Principal &who, const NodeId &node);

    const NodeHistory &history() const { return m_history; }

    // ---- For the other rooms of the engine
    const Node *node(const NodeId &id) const; // null: unknown or deregistered
    bool isOnline(const NodeId &id) const;
    int count() const { return static_cast<int>(m_nodes.size()); }
    // At most `most` nodes after `after`, ascending by id; an empty id: from the first. For who goes through all of a large fleet.
    void eachAfter(const NodeId &after, int most, const std::function<void(const Node &)> &visit) const;

    Result<void> registerNode(Transaction &transaction, const Node &node); // enrolment; a new id
    // A reinstalled machine is this registered node again: its facts and fingerprint are the new ones, all else stays (B3.5).
    Result<void> reenrolNode(Transaction &transaction, const Node &reported);
    // Link news, from the gateway.
    void linkUp(const Node &reported); // facts of its HELLO upon what is stored
    void linkDown(const NodeId &node, const QString &reason);
    void factsReported(const Node &reported);
    void heard(const NodeId &node, Instant at); // a sign of life: LastPingDateTime, written once a minute
    qint64 raiseLeaseEpoch(const NodeId &node);
    // Of NodeProfileService, which has checked it.
    Result<void> setRole(Transaction &transaction, const Principal &who, const NodeId &node,
                         const QString &iamRole);
    // "Managed Node State Change" of a node whose state is the same: `reason` says what is new.
    Result<void> publishNews(Transaction &transaction, const NodeId &node, const QString &reason);
    // Of HardwareService. No digest, or an empty fingerprint: as it was.
    Result<void> setHardware(Transaction &transaction, const NodeId &node, HardwareFlag flag,
                             std::optional<qint64> digest, const QString &fingerprint);
    Result<void> setQuarantined(const NodeId &node, bool quarantined, const QString &reason); // by the engine

    // NodeDirectory
    const DirectoryNode *find(const NodeId &node) const override;
    const DirectoryNode *findBySourceId(const QString &sourceId) const override;
    void forEach(const std::function<void(const DirectoryNode &)> &visit) const override;
    std::optional<QList<NodeId>> resourceGroup(const QString &name) const override;

    // Runs inside deregister's transaction, before the event: certificates, sessions, orders.
    void onDeregister(std::function<Result<void>(Transaction &, const NodeId &)> step)
    {
        m_deregisterSteps.push_back(std::move(step));
    }

signals:
    void nodesChanged(const QList<fb::Node> &nodes); // new or changed, after commit, one list a turn
    void nodeDeregistered(const fb::NodeId &node);
    void quarantineChanged(const fb::NodeId &node); // after commit

private:
    struct Entry {
        Node node;
        mutable std::unique_ptr<DirectoryNode> directory; // of one that was asked for
    };
    static const DirectoryNode &directoryOf(const Entry &entry);

    Result<void> store(const Principal &who, const QString &action, const Node &before, Node after);
    Result<void> changeQuarantine(const Principal &who, const NodeId &node, bool quarantined);
    Result<void> publishState(Transaction &transaction, const Node &node, const QString &state,
                              const QString &previous, const QString &reason);
    void applyPing(const QList<PingChange> &changes);
    void keep(Node node);
    // A change stands in memory as soon as it is written, so that the next one of the turn builds upon it; a batch that fails takes it back.
    void reloadAfterLoss(Transaction &transaction, const NodeId &node);
    void announce(Transaction &transaction, const NodeId &node);
    void sendAnnouncements();
    void tick();
    // Of a node that is none: asked without it, so that whoever may not do it at all does not learn what exists.
    Result<void> mayOn(const Principal &who, Action action, const Node *node) const;
    Result<QList<NodeFilter>> checkedFilters(const QList<NodeFilter> &filters,
                                             const QList<OldNodeFilter> &oldFilters, const QString &place,
                                             ErrorCode badValue) const;
    Result<QList<Node>> page(const Principal &who, Action action, const QList<NodeFilter> &filters, int most,
                             QString &token) const;

    Parts m_parts;
    std::function<Result<void>(const NodeId &)> m_mayRelease;
    NodeRepository m_repository;
    NodeHistory m_history;
    PingMonitor m_ping;
    std::map<NodeId, Entry> m_nodes;
    NodeTexts m_texts;
    QHash<NodeId, Instant> m_heard; // not yet written
    QSet<NodeId> m_toAnnounce;
    std::vector<std::function<Result<void>(Transaction &, const NodeId &)>> m_deregisterSteps;
    QTimer m_timer;
    Tick m_lastPingWrite {};
};

}
