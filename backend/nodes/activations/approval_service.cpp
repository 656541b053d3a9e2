#include "backend/nodes/activations/approval_service.h"

#include "backend/base/fail.h"
#include "backend/events/arn.h"
#include "backend/events/event_bus.h"
#include "backend/nodes/fleet/fleet_service.h"
#include "backend/security/actions.h"
#include "backend/security/audit_log.h"
#include "backend/security/certificate_registry.h"
#include "backend/security/fleet_ca.h"

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

ApprovalService::ApprovalService(Parts parts, QObject *parent) : QObject(parent), m_parts(parts)
{
    // A new node is let in by an approval alone.
    m_parts.fleet.setReleaseGuard([this](const NodeId &node) -> Result<void> {
        const auto stored = find(node);
        if (!stored)
            return stored.error();
        if (*stored && (*stored)->approval.cause == ApprovalCause::NewNode)
            return fail(errors::kConflict,
                        u"%1 waits for its approval: approve or reject it."_s.arg(toQString(node)),
                        u"InstanceId"_s);
        return {};
    });
}

Result<QList<PendingApproval>> ApprovalService::pendingApprovals(const Principal &who) const
{
    if (auto allowed = m_parts.access.check(who, actions::kDescribePendingApprovals); !allowed)
        return allowed.error();
    return m_repository.pending(m_parts.database.reader());
}

Result<StoredApproval> ApprovalService::waiting(const NodeId &node) const
{
    const auto found = m_repository.find(m_parts.database.reader(), node);
    if (!found)
        return found.error();
    if (!*found || (*found)->approvedAt)
        return fail(errors::kInvalidInstanceId,
                    u"%1 does not wait for an approval."_s.arg(toQString(node).left(64)), u"InstanceId"_s);
    return **found;
}

Result<void> ApprovalService::approve(const Principal &who, const NodeId &node,
                                      std::optional<Instant> askedAt)
{
    if (auto allowed = m_parts.access.check(who, actions::kApproveNode); !allowed)
        return allowed;
    const auto stored = waiting(node);
    if (!stored)
        return stored.error();
    if (askedAt && stored->approval.askedAt != *askedAt)
        return fail(errors::kConflict,
                    u"Another request of %1 has taken the place of the one you saw. Look at it first."_s.arg(
                        toQString(node)),
                    u"InstanceId"_s);
    const auto lapsed = hasLapsed(*stored);
    if (!lapsed)
        return lapsed.error();
    if (*lapsed) {
        if (auto removed = lapse(*stored); !removed)
            return removed;
        return fail(errors::kConflict,
                    u"The certificate of %1 expired more than %2 days ago; it has to be registered anew."_s
                        .arg(toQString(node))
                        .arg(kApprovable.count()),
                    u"InstanceId"_s);
    }
    return m_parts.database.write([&](Transaction &transaction) -> Result<void> {
        if (auto noted = note(transaction, who, actions::kApproveNode, stored->approval); !noted)
            return noted;
        if (stored->approval.cause == ApprovalCause::ExpiredCertificate)
            return approveExpired(transaction, *stored);
        if (auto removed = m_repository.remove(transaction, node); !removed)
            return removed;
        return m_parts.fleet.setQuarantined(node, false, u"approved"_s);
    });
}

// Nobody has answered it in time: the node would be refused what an operator has just given it.
Result<bool> ApprovalService::hasLapsed(const StoredApproval &stored) const
{
    if (stored.approval.cause != ApprovalCause::ExpiredCertificate)
        return false;
    const auto rows
        = m_parts.certificates.certificatesOf(m_parts.database.reader(), toQString(stored.approval.node));
    if (!rows)
        return rows.error();
    return std::none_of(rows->begin(), rows->end(), [now = m_parts.clock.now()](const CertificateRow &row) {
        return now - row.notAfter <= kApprovable;
    });
}

Result<void> ApprovalService::lapse(const StoredApproval &stored)
{
    const NodeId node = stored.approval.node;
    return m_parts.database.write([&](Transaction &transaction) -> Result<void> {
        if (auto forgotten = forget(transaction, node); !forgotten)
            return forgotten;
        return m_parts.events.publish(
            transaction,
            {.detailType = u"Managed Node State Change"_s,
             .resources = {nodeArn(m_parts.database.fleet(), node)},
             .detail = {{u"instance-id"_s, toQString(node)},
                        {u"state"_s, u"ConnectionLost"_s},
                        {u"reason"_s, u"waits no more: its certificate expired too long ago"_s}}});
    });
}

Result<void> ApprovalService::approveExpired(Transaction &transaction, const StoredApproval &stored)
{
    const NodeId node = stored.approval.node;
    const auto certificate = m_parts.ca.signNode(stored.csr, node);
    if (!certificate)
        return certificate.error();
    if (auto recorded = m_parts.certificates.record(transaction, *certificate, toQString(node)); !recorded)
        return recorded;
    if (auto revoked
        = m_parts.certificates.revokeOlder(transaction, node, certificate->serial, u"approved anew"_s);
        !revoked)
        return revoked;
    StoredApproval answered = stored;
    answered.certificate = certificate->der;
    answered.approvedAt = m_parts.clock.now();
    return m_repository.put(transaction, answered);
}

Result<void> ApprovalService::reject(const Principal &who, const NodeId &node)
{
    if (auto allowed = m_parts.access.check(who, actions::kApproveNode); !allowed)
        return allowed;
    const auto stored = waiting(node);
    if (!stored)
        return stored.error();
    return m_parts.database.write([&](Transaction &transaction) -> Result<void> {
        if (auto noted = note(transaction, who, actions::kRejectNode, stored->approval); !noted)
            return noted;
        if (stored->approval.cause == ApprovalCause::NewNode)
            return m_parts.fleet.deregister(who, node); // which forgets the approval too
        if (auto removed = m_repository.remove(transaction, node); !removed)
            return removed;
        return m_parts.certificates.revokeNode(transaction, node, u"rejected"_s);
    });
}

Result<void> ApprovalService::note(Transaction &transaction, const Principal &who, const Action &action,
                                   const PendingApproval &approval)
{
    transaction.onCommitted([this] { emit approvalsChanged(); });
    m_parts.audit.append(
        transaction,
        {.who = who,
         .action = toQString(action.name()),
         .target = nodeArn(m_parts.database.fleet(), approval.node),
         .diff = {{u"Cause"_s, enumName(approval.cause)}, {u"Address"_s, approval.address}}});
    return {};
}

// ---- For enrolment ---------------------------------------------------------------------------------------------------

Result<void> ApprovalService::ask(Transaction &transaction, const StoredApproval &stored)
{
    if (auto kept = m_repository.put(transaction, stored); !kept)
        return kept;
    transaction.onCommitted([this] { emit approvalsChanged(); });
    const bool isNew = stored.approval.cause == ApprovalCause::NewNode;
    return m_parts.events.publish(transaction,
                                  {.detailType = u"Managed Node State Change"_s,
                                   .resources = {nodeArn(m_parts.database.fleet(), stored.approval.node)},
                                   .detail = {{u"instance-id"_s, toQString(stored.approval.node)},
                                              {u"state"_s, isNew ? u"Quarantined"_s : u"ConnectionLost"_s},
                                              {u"reason"_s,
                                               isNew ? u"waits for approval: its activation asks for it"_s
                                                     : u"waits for approval: its certificate has expired"_s},
                                              {u"address"_s, stored.approval.address}}});
}

Result<std::optional<StoredApproval>> ApprovalService::find(const NodeId &node) const
{
    return m_repository.find(m_parts.database.reader(), node);
}

Result<void> ApprovalService::connected(Transaction &transaction, const NodeId &node)
{
    return m_repository.removeApproved(transaction, node);
}

Result<void> ApprovalService::forget(Transaction &transaction, const NodeId &node)
{
    transaction.onCommitted([this] { emit approvalsChanged(); });
    return m_repository.remove(transaction, node);
}

}
