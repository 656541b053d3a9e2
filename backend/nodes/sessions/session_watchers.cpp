// Who looks on at a session (spec/session-manager.md 3.9, "Live monitor").

#include "backend/nodes/sessions/session_service.h"

#include "backend/base/fail.h"
#include "backend/events/arn.h"

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;

Result<SessionService::Watched> SessionService::watch(const Principal &who, const SessionId &id,
                                                      SessionWatcher *watcher)
{
    LiveSession *live = find(id);
    if (live == nullptr || isEnded(live->session().status))
        return fail(errors::kDoesNotExist, u"Session %1 has ended or never was."_s.arg(toQString(id)),
                    u"SessionId"_s);
    const AccessTarget target {.nodeIds = {toQString(live->session().target)},
                               .resource = u"session "_s + toQString(id)};
    auto allowed = m_parts.access.check(who, actions::kWatchSession, target);
    if (allowed && !mayTouch(who, live->session().operatorName))
        allowed = accessDenied(who, actions::kWatchSession, target);
    const auto audited
        = m_parts.audit.record({.who = who,
                                .action = toQString(actions::kWatchSession.name()),
                                .target = sessionArn(m_parts.database.fleet(), id),
                                .result = allowed ? u"Success"_s : toQString(allowed.error().code.name())});
    if (!allowed)
        return allowed.error();
    if (!audited)
        return audited.error(); // nobody looks on unseen
    if (live->port)
        return fail(errors::kValidation,
                    u"Session %1 is a tunnel: it has no screen to look at."_s.arg(toQString(id)),
                    u"SessionId"_s);
    unwatch(id, watcher);
    const Watched watched {
        .columns = live->columns, .rows = live->rows, .before = shownUpTo(*live, live->received)};
    live->watchers.append({watcher, who, m_parts.clock.tick()});
    watchersChanged(*live);
    return watched;
}

void SessionService::unwatch(const SessionId &id, SessionWatcher *watcher)
{
    LiveSession *live = find(id);
    if (live == nullptr)
        return;
    const auto found
        = std::find_if(live->watchers.cbegin(), live->watchers.cend(),
                       [watcher](const LiveSession::Watching &each) { return each.watcher == watcher; });
    if (found == live->watchers.cend())
        return;
    auditWatchEnd(*live, *found);
    live->watchers.erase(found);
    watchersChanged(*live);
}

void SessionService::watchersChanged(LiveSession &live)
{
    QStringList names;
    for (const LiveSession::Watching &each : live.watchers)
        names << each.who.name;
    names.removeDuplicates();
    names.sort();
    if (names == live.session().watchedBy)
        return;
    live.session().watchedBy = names;
    emit sessionsChanged({live.session()});
    if (live.client != nullptr)
        live.client->sessionChanged(live.session());
    for (const LiveSession::Watching &each : live.watchers)
        each.watcher->watchedChanged(live.session());
}

void SessionService::auditWatchEnd(const LiveSession &live, const LiveSession::Watching &watching)
{
    const auto seconds
        = std::chrono::duration_cast<std::chrono::seconds>(m_parts.clock.tick() - watching.since).count();
    (void)m_parts.audit.record({.who = watching.who,
                                .action = u"flagbridge:WatchEnded"_s,
                                .target = sessionArn(m_parts.database.fleet(), live.session().sessionId),
                                .diff = {{u"Seconds"_s, static_cast<qint64>(seconds)}}});
}

}
