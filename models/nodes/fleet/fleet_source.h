#pragma once
// Where the fleet pages' values come from and their wishes go. FleetFeed answers with the engine in this process; tests answer with
// values. Answers always come as signals, later, on the ui thread.

#include "models/nodes/fleet/fleet_change.h"
#include "models/nodes/fleet/node_detail.h"
#include "models/nodes/fleet/node_row.h"
#include "models/table/shown_error.h"

#include <QHash>
#include <QObject>

namespace fb {

struct ActivationWish {
    QString defaultName; // of the nodes; empty: their host name
    int registrationLimit = 1; // 1 to 1000
    std::chrono::seconds validFor {24 * 3600}; // at most 30 days
    QStringList tags; // "key=value"
    QList<NodeTag> tagPairs; // more of them, where a key may hold "="
    bool requiresApproval = false; // nodes are quarantined until an operator approves each
    QString profile = QStringLiteral("Default"); // of its nodes
    QStringList networks; // addresses and CIDR that nodes may come from; none: any
    QString requestId; // comes back with the answer
};

struct ActivationMade {
    QString requestId;
    QString id;
    QString code; // shown once
    QString engineUrl; // "wss://host:port/agent/v1"
    QString caSha256;
    QString installCommand; // to paste on a node
    Instant expires {};
};

class FleetSource : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    virtual void start() = 0; // all nodes once, then changes
    virtual void createActivation(const fb::ActivationWish &wish) = 0;
    // Answers as createActivation().
    virtual void createReenrolmentToken(const QString &requestId, const QString &nodeId) = 0;
    // Each answers with one outcomeArrived.
    virtual void setQuarantined(const QStringList &nodeIds, bool quarantined) = 0;
    virtual void deregister(const QStringList &nodeIds) = 0;
    virtual void setProfile(const QStringList &nodeIds, const QString &profile) = 0;
    virtual void changeTags(const QList<fb::NodeTagChange> &changes) = 0;
    virtual void rename(const fb::NodeRename &wish) = 0;
    virtual void watchNode(const QString &nodeId) = 0; // detailArrived now and on changes; empty: none
    virtual QString agentUrl() const = 0; // what agents are told: "wss://host:port/agent/v1"
    virtual Instant now() const = 0;

signals:
    void nodesArrived(const QList<fb::NodeRow> &nodes); // new or changed
    void sharesArrived(const QList<fb::NodeShares> &shares); // of nodes that are known
    void certificateEndsArrived(const QHash<QString, fb::Instant> &ends); // of all nodes
    void nodesRemoved(const QStringList &ids);
    void firstListComplete();
    void profilesArrived(const QStringList &names); // of all node profiles
    void detailArrived(const fb::NodeDetail &detail);
    void activationMade(const fb::ActivationMade &activation);
    void activationRefused(const QString &requestId, const fb::ShownError &problem);
    void outcomeArrived(const fb::FleetOutcome &outcome);
    void problemArose(const fb::ShownError &problem);
};

}

Q_DECLARE_METATYPE(fb::ActivationMade)
