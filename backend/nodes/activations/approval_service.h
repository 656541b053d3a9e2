#pragma once
// Pending approvals: nodes that an activation lets in only with an operator's word, and nodes whose certificate has expired (spec/fleet-manager.md
// B3.1, B3.3). Engine thread.

#include "backend/nodes/activations/approval_repository.h"
#include "backend/security/access.h"
#include "backend/security/principal.h"
#include "backend/store/database.h"

#include <QObject>

namespace fb {

class AuditLog;
class CertificateRegistry;
class EventBus;
class FleetCa;
class FleetService;

class ApprovalService : public QObject
{
    Q_OBJECT

public:
    struct Parts { // borrowed for life
        Database &database;
        EventBus &events;
        AuditLog &audit;
        const Access &access;
        FleetService &fleet;
        const FleetCa &ca;
        CertificateRegistry &certificates;
        const Clock &clock;
    };

    explicit ApprovalService(Parts parts, QObject *parent = nullptr);

    Result<QList<PendingApproval>> pendingApprovals(const Principal &who) const; // oldest first
    // A new node is released; one with an expired certificate gets the next one when it asks again, and its earlier ones are revoked.
    // InvalidInstanceId: it does not wait. `askedAt` of the request that was looked at: ConflictException when another has taken its place; also
    // when its certificate has been over for more than kApprovable, and it waits no more.
    Result<void> approve(const Principal &who, const NodeId &node, std::optional<Instant> askedAt = {});
    // A new node is deregistered; of an expired one all certificates are revoked, so that it cannot ask again.
    Result<void> reject(const Principal &who, const NodeId &node);

    // After a restore (spec/security-and-robustness.md S12): what was approved and not used yet waits for another word. How many.
    Result<qint64> withdrawAll(Transaction &transaction) { return m_repository.withdrawAll(transaction); }

    // ---- For enrolment
    Result<void> ask(Transaction &transaction, const StoredApproval &approval);
    Result<std::optional<StoredApproval>> find(const NodeId &node) const;
    Result<void> connected(Transaction &transaction, const NodeId &node); // what was approved has been used
    Result<void> forget(Transaction &transaction, const NodeId &node); // deregistered

signals:
    void approvalsChanged(); // after commit

private:
    Result<bool> hasLapsed(const StoredApproval &stored) const;
    Result<void> lapse(const StoredApproval &stored);
    Result<void> approveExpired(Transaction &transaction, const StoredApproval &stored);
    Result<StoredApproval> waiting(const NodeId &node) const;
    Result<void> note(Transaction &transaction, const Principal &who, const Action &action,
                      const PendingApproval &approval);

    Parts m_parts;
    mutable ApprovalRepository m_repository;
};

}
