#include "backend/events/event_history.h"

#include "backend/base/fail.h"
#include "backend/base/on_result.h"
#include "backend/security/actions.h"

namespace fb {

using namespace Qt::StringLiterals;

QFuture<Result<QList<Event>>> EventHistory::listEvents(const Principal &who, qint64 before, int limit) const
{
    using Events = Result<QList<Event>>;
    if (auto allowed = m_access.check(who, actions::kReadEvents); !allowed)
        return readyResult(Events(allowed.error()));
    if (limit < 1 || limit > kMostEvents)
        return readyResult(Events(qtError(
            errors::kValidation, u"MaxResults is %1; it must be 1 to %2."_s.arg(limit).arg(kMostEvents),
            u"MaxResults"_s)));
    return m_database.read(
        [this, before, limit](Reader &reader) { return m_bus.eventsBefore(reader, before, limit); });
}

}
