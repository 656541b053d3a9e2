#include "backend/nodes/fleet/node_history.h"

#include "backend/base/on_result.h"
#include "backend/base/qt_text.h"
#include "backend/events/arn.h"
#include "backend/events/event_repository.h"
#include "backend/security/actions.h"
#include "backend/security/audit_repository.h"
#include "backend/security/certificate_repository.h"

#include <algorithm>

namespace fb {

QFuture<Result<NodePast>> NodeHistory::pastOf(const Principal &who, const NodeId &node, int limit) const
{
    if (auto allowed = m_access.check(who, actions::kDescribeInstanceInformation); !allowed)
        return readyResult(Result<NodePast>(allowed.error()));
    const bool withChanges = m_access.check(who, actions::kReadAuditLog).has_value();
    const QString resource = nodeArn(m_database.fleet(), node);
    const int most = std::clamp(limit, 1, kMost);
    return m_database.read([=](Reader &reader) -> Result<NodePast> {
        NodePast past;
        const auto events = EventRepository().about(reader, resource, most);
        if (!events)
            return events.error();
        past.events = *events;
        if (!withChanges)
            return past;
        const auto changes = AuditRepository().about(reader, {toQString(node), resource}, most);
        if (!changes)
            return changes.error();
        past.changes = *changes;
        return past;
    });
}

QFuture<Result<QHash<QString, Instant>>> NodeHistory::certificateEnds(const Principal &who) const
{
    using Ends = Result<QHash<QString, Instant>>;
    if (auto allowed = m_access.check(who, actions::kDescribeInstanceInformation); !allowed)
        return readyResult(Ends(allowed.error()));
    return m_database.read([](Reader &reader) { return CertificateRepository().ends(reader); });
}

}
