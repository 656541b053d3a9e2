#include "backend/nodes/sessions/session_service.h"

#include "backend/base/fail.h"
#include "backend/base/qt_text.h"
#include "backend/security/actions.h"
#include "backend/security/audit_log.h"

#include <QDateTime>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    constexpr std::chrono::minutes kLongest {1440};
}

Result<Instant> SessionService::renewDesktop(const Principal &who, const SessionId &id,
                                             std::chrono::minutes time)
{
    const LiveSession *live = find(id);
    if (live == nullptr || isEnded(live->session().status))
        return fail(errors::kDoesNotExist,
                    u"Session %1 has ended or never was."_s.arg(toQString(id).left(200)), u"SessionId"_s);
    const QString node = toQString(live->session().target);
    const AccessTarget target {.nodeIds = {node}, .resource = u"session "_s + toQString(id)};
    auto allowed = m_parts.access.check(who, actions::kRenewDesktop, target);
    if (allowed && !mayTouch(who, live->session().operatorName))
        allowed = accessDenied(who, actions::kRenewDesktop, target);
    if (allowed && !live->port)
        return fail(errors::kValidation,
                    u"Session %1 leads to no port, so to no desktop."_s.arg(toQString(id)), u"SessionId"_s);
    if (allowed && (time.count() < 1 || time > kLongest))
        return fail(errors::kValidation,
                    u"Minutes is %1; it must be 1 to %2."_s.arg(time.count()).arg(kLongest.count()),
                    u"Minutes"_s);
    const Instant until = m_parts.clock.now() + time;
    const QString untilText
        = QDateTime::fromMSecsSinceEpoch(toMicros(until) / 1000, Qt::UTC).toString(Qt::ISODate);
    QJsonObject facts {{u"SessionId"_s, toQString(id)}};
    if (allowed)
        facts.insert(u"Until"_s, untilText);
    const auto audited
        = m_parts.audit.record({.who = who,
                                .action = toQString(actions::kRenewDesktop.name()),
                                .target = node,
                                .result = allowed ? u"Success"_s : toQString(allowed.error().code.name()),
                                .diff = facts});
    if (!allowed)
        return allowed.error();
    if (!audited)
        return audited.error(); // no more time without its entry
    return until;
}

}
