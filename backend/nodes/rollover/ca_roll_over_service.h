#pragma once
// Puts a new CA in the place of the fleet's present one without losing a node (spec/security-and-robustness.md T18, protocol notes 10.6), in
// three steps, each an operator's:
//   begin   the next CA is made, and every node is sent both and confirms that it has them on disk;
//   issue   nodes' certificates come from the next one, and each node is asked to renew its own, spread over time;
//   retire  the present one is trusted no longer, and its key is destroyed.
// The engines show themselves by the present CA until the last step, so a node that was away all the time is served whenever it comes back before
// it. What a step would leave behind is named, and it is refused unless that many are accepted. Engine thread.

#include "backend/nodes/rollover/ca_roll_over.h"
#include "backend/nodes/rollover/node_trust_repository.h"
#include "backend/protocol/flagbridge.pb.h"
#include "backend/security/access.h"
#include "backend/security/principal.h"
#include "backend/store/database.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <functional>

namespace fb {

class AuditLog;
class CertificateRegistry;
class EventBus;
class FleetService;
struct NodeConnection;

// What the service says to nodes; the gateway, or a test.
class TrustChannel
{
public:
    virtual bool isConnected(const NodeId &node) const = 0;
    virtual bool send(const NodeId &node, const wire::TrustBundle &bundle) = 0;

protected:
    ~TrustChannel() = default;
};

class CaRollOverService : public QObject
{
    Q_OBJECT

public:
    struct Parts { // borrowed for life
        Database &database;
        FleetCa &ca;
        CertificateRegistry &certificates;
        FleetService &fleet;
        EventBus &events;
        AuditLog &audit;
        const Access &access;
        const Clock &clock;
        TrustChannel &nodes;
    };

    // Several engines on one store: how long until each has read what another has changed.
    static constexpr std::chrono::seconds kRereadEvery {5};
    static constexpr std::chrono::seconds kEveryEngineKnows {15};

    explicit CaRollOverService(Parts parts, QObject *parent = nullptr);
    Result<void> start();

    // ---- Operations
    Result<CaRollOverStatus> status(const Principal &who) const;
    Result<void> begin(const Principal &who);
    // `accepted`: as many nodes may be left without word of the next CA. ConflictException names who is waited for.
    Result<void> issue(const Principal &who, int accepted);
    // `accepted`: as many nodes may be cut off; they have to be registered anew.
    Result<void> retire(const Principal &who, int accepted);

    // ---- For admission and the gateway
    void nodeConnected(const NodeConnection &connection);
    void nodeKept(const NodeId &node, const wire::TrustKept &kept);
    Result<void> forget(Transaction &transaction, const NodeId &node); // deregistered

signals:
    void trustChanged(); // committed: listeners and install commands follow FleetCa
    void progressed(); // committed: status() has changed

private:
    Result<QList<CaStraggler>> stragglers(CaRollOverStatus &status) const;
    Result<CaRollOverStatus> look() const;
    Result<void> checkAccepted(const CaRollOverStatus &status, int accepted) const;
    Result<void> step(const Principal &who, Action action, const CaRollOverStatus &before,
                      const std::function<Result<void>(Transaction &)> &change);
    void followStore();
    void tellAll();
    void tellWhoIsBehind();
    bool needsRenewal(const NodeConnection &connection) const;
    wire::TrustBundle message(bool renew) const;
    void keep(const NodeId &node, const NodeTrust &trust);

    Parts m_parts;
    NodeTrustRepository m_rows;
    QHash<NodeId, NodeTrust> m_known; // as this engine has written it
    QTimer m_rereadTimer;
    QTimer m_remindTimer;
};

}
