// States of sessions and what moves them (spec/session-manager.md 2.3, 3.6, 3.7).

#include "backend/nodes/sessions/session_service.h"

#include "backend/base/fail.h"
#include "backend/base/on_result.h"
#include "backend/core/byte_encoding.h"
#include "backend/core/text_safety.h"
#include "backend/events/arn.h"

#include <QLoggingCategory>

namespace fb {

using namespace Qt::StringLiterals;

Q_DECLARE_LOGGING_CATEGORY(lcSessions)

namespace {
    constexpr std::chrono::seconds kProgressEvery {5};
    constexpr std::chrono::hours kPruneEvery {1};
    constexpr std::chrono::seconds kGuardAfter {
        30}; // the agent ends it by itself; the engine is the second guard

    QString nodeText(const std::string &text) // a node's word: hostile
    {
        return toQString(withVisibleEscapes(firstCodePoints(toValidUtf8(text), 200)));
    }

    QString causeOf(const wire::Fin &fin)
    {
        const QString reason = nodeText(fin.reason());
        if (reason.isEmpty() || reason == u"exited"_s)
            return u"exited %1"_s.arg(fin.exit_code());
        return reason;
    }
}

void SessionService::setStatus(LiveSession &live, SessionStatus status, const QString &details)
{
    if (live.session().status == status && details.isEmpty())
        return;
    live.session().status = status;
    if (!details.isEmpty())
        live.session().details = details;
    const SessionId id = live.session().sessionId;
    auto written = m_parts.database.write([&](Transaction &tx) -> Result<void> {
        if (auto saved = m_repository.save(tx, live.state); !saved)
            return saved;
        tx.onCommitted(whileAlive([this, id, session = live.session()] {
            emit sessionsChanged({session});
            if (LiveSession *changed = find(id); changed != nullptr && changed->client != nullptr)
                changed->client->sessionChanged(session);
            if (LiveSession *changed = find(id)) {
                for (const LiveSession::Watching &each : changed->watchers)
                    each.watcher->watchedChanged(session);
            }
        }));
        return status == SessionStatus::Connected ? publish(tx, live.session()) : Result<void>();
    });
    if (!written)
        qCWarning(lcSessions, "status of %s is not stored: %s", id.text().c_str(),
                  written.error().message.c_str());
}

// Connected is: a client looks at it, and the node's terminal is there.
void SessionService::updateConnected(LiveSession &live)
{
    const SessionStatus status = live.session().status;
    if (isEnded(status) || status == SessionStatus::Terminating)
        return;
    if (live.client != nullptr && live.isOpened)
        setStatus(live, SessionStatus::Connected);
    else if (status == SessionStatus::Connected)
        setStatus(live, SessionStatus::Disconnected);
}

void SessionService::beginTerminating(LiveSession &live, const QString &details, const char *finReason)
{
    if (isEnded(live.session().status) || live.session().status == SessionStatus::Terminating)
        return;
    live.endDetails = details;
    live.terminatingSince = m_parts.clock.tick();
    setStatus(live, SessionStatus::Terminating, details);
    if (live.port)
        m_ports.endAll(live.session().sessionId, details);
    if (live.stream == 0 && live.port)
        return conclude(live, SessionStatus::Terminated, details); // the node keeps nothing of it
    if (live.stream == 0)
        return; // told when its node comes, or given up after a while
    wire::Fin fin;
    fin.set_reason(finReason);
    m_parts.channel.finish(live.stream, fin);
}

void SessionService::concludeIfDurable(LiveSession &live)
{
    if (!live.fin || isEnded(live.session().status))
        return;
    if (live.recorder && live.recorder->durableOffset() < live.received)
        return;
    const QString cause = live.endDetails.isEmpty() ? causeOf(*live.fin) : live.endDetails;
    if (!live.port)
        live.session().exitCode = live.fin->exit_code();
    conclude(live, SessionStatus::Terminated, cause);
}

void SessionService::conclude(LiveSession &live, SessionStatus status, const QString &details)
{
    if (isEnded(live.session().status))
        return;
    const SessionStatus before = live.session().status;
    if (live.recorder) {
        live.recorder->end(m_parts.clock.now());
        live.state.recording = live.recorder->checkpoint();
        live.session().recordingHash = toQString(toHex(live.recorder->chain()));
    }
    Session &session = live.session();
    session.status = status;
    session.details = details.left(1024);
    if (live.recorder
        && live.recorder->missingAtEnd() > 0) // whoever plays it must not take its end for the session's
        session.details = details.left(900)
            + u" (the recording lacks the last %1 bytes)"_s.arg(live.recorder->missingAtEnd());
    session.endDate = m_parts.clock.now();
    const SessionId id = session.sessionId;
    QJsonObject facts {{u"Cause"_s, session.details},
                       {u"Status"_s, enumName(status)},
                       {u"BytesIn"_s, static_cast<qint64>(session.bytesIn)},
                       {u"BytesOut"_s, static_cast<qint64>(session.bytesOut)},
                       {u"RecordingHash"_s, session.recordingHash}};
    if (live.recorder && live.recorder->lostBytes() > 0)
        facts.insert(u"RecordingLostBytes"_s, live.recorder->lostBytes());
    auto written = m_parts.database.write([&](Transaction &tx) -> Result<void> {
        if (auto saved = m_repository.save(tx, live.state); !saved)
            return saved;
        m_parts.audit.append(tx,
                             {.who = enginePrincipal(),
                              .action = u"flagbridge:SessionEnded"_s,
                              .target = sessionArn(m_parts.database.fleet(), id),
                              .diff = facts});
        tx.onCommitted(whileAlive([this, id] { ended(id); }));
        tx.onRolledBack([retry = whileAlive([this, id, before] {
                             if (LiveSession *again = find(id)) { // the next tick tries once more
                                 again->session().status = before == SessionStatus::Connecting
                                     ? before
                                     : SessionStatus::Terminating;
                                 again->terminatingSince = m_parts.clock.tick();
                             }
                         })](const Error &) { retry(); });
        return publish(tx, session);
    });
    if (!written) {
        session.status = before == SessionStatus::Connecting ? before : SessionStatus::Terminating;
        live.terminatingSince = m_parts.clock.tick();
        session.endDate.reset();
        qCWarning(lcSessions, "end of %s is not stored: %s", id.text().c_str(),
                  written.error().message.c_str());
    }
}

// The end is stored: the node may forget the terminal, the client hears of it.
void SessionService::ended(const SessionId &id)
{
    const auto found = m_live.find(id);
    if (found == m_live.end())
        return;
    const Live live = found->second;
    m_live.erase(found);
    m_ports.endAll(id, live->session().details);
    if (live->stream != 0) {
        if (live->fin) {
            m_parts.channel.acknowledge(live->stream, live->received);
            m_parts.channel.finish(live->stream, {});
        } else {
            m_parts.channel.reset(live->stream, u"terminated"_s, live->session().details);
        }
        m_streams.remove(live->stream);
    }
    if (live->recorder) {
        m_recordings.remove(live->recorder->artifact());
        for (int segment = 0; segment < live->state.recording.segment;
             ++segment) { // of engines before this one
            if (const auto earlier = m_parts.artifacts.open(recordingOwner(id, segment)))
                m_parts.artifacts.seal(earlier->id);
        }
        onResult(m_parts.artifacts.seal(live->recorder->artifact()), this,
                 [this, id](const Result<ArtifactInfo> &) { m_search.prepare(id); });
    }
    for (const LiveSession::Watching &each : live->watchers)
        auditWatchEnd(*live, each);
    live->session().watchedBy.clear();
    emit sessionsChanged({live->session()});
    if (live->client != nullptr)
        live->client->sessionChanged(live->session());
    for (const LiveSession::Watching &each : live->watchers)
        each.watcher->watchedChanged(live->session());
}

Result<void> SessionService::publish(Transaction &tx, const Session &session)
{
    return m_parts.events.publish(tx,
                                  {.detailType = u"Session State Change"_s,
                                   .resources = {sessionArn(m_parts.database.fleet(), session.sessionId),
                                                 nodeArn(m_parts.database.fleet(), session.target)},
                                   .detail = {{u"session-id"_s, toQString(session.sessionId)},
                                              {u"instance-id"_s, toQString(session.target)},
                                              {u"owner"_s, session.owner},
                                              {u"status"_s, enumName(session.status)},
                                              {u"reason"_s, session.details}}});
}

Result<void> SessionService::publishCall(Transaction &tx, const Principal &who, const QString &eventName,
                                         const QJsonObject &request, const QJsonObject &response)
{
    return m_parts.events.publish(
        tx,
        {.detailType = u"AWS API Call via CloudTrail"_s,
         .detail
         = {{u"eventSource"_s, u"ssm.amazonaws.com"_s},
            {u"eventName"_s, eventName},
            {u"userIdentity"_s,
             QJsonObject {{u"type"_s, u"IAMUser"_s}, {u"arn"_s, arnOf(who)}, {u"userName"_s, who.name}}},
            {u"requestParameters"_s, request},
            {u"responseElements"_s, response}}});
}

Result<void> SessionService::endSessionsOf(Transaction &tx, const NodeId &node)
{
    tx.onCommitted(whileAlive([this, node] {
        QList<SessionId> ids;
        for (const auto &[id, live] : m_live) {
            if (live->session().target == node)
                ids.append(id);
        }
        for (const SessionId &id : ids)
            conclude(*find(id), SessionStatus::Terminated, u"the node was deregistered"_s);
    }));
    return {};
}

qint64 SessionService::endAllSessions(const QString &why)
{
    QList<SessionId> ids;
    for (const auto &[id, live] : m_live)
        ids.append(id);
    for (const SessionId &id : ids)
        beginTerminating(*find(id), why, "terminated");
    return ids.size();
}

// ---- Nodes ---------------------------------------------------------------------------------------------------------

void SessionService::nodeConnected(const NodeId &node, const QByteArray &bootId,
                                   const QList<wire::StreamState> &terminals)
{
    m_bootIds.insert(node, bootId);
    QHash<QString, wire::StreamState> onNode;
    for (const wire::StreamState &terminal : terminals)
        onNode.insert(toQString(terminal.token()), terminal);
    QList<SessionId> ids;
    for (const auto &[id, live] : m_live) {
        if (live->session().target == node)
            ids.append(id);
    }
    for (const SessionId &id : ids) {
        LiveSession *live = find(id);
        if (live == nullptr)
            continue;
        loseStream(*live); // of an earlier connection
        live->nodeLostAt.reset();
        const auto terminal = onNode.constFind(live->state.token);
        if (live->port && live->session().status == SessionStatus::Terminating) {
            conclude(*live, SessionStatus::Terminated, live->endDetails);
        } else if (live->port) {
            openTerminal(*live, false);
        } else if (terminal != onNode.constEnd()) {
            live->firstKept = terminal->first_kept();
            if (live->isRecovering)
                live->resumesAfterRecovery = true;
            else
                resumeTerminal(*live);
        } else if (!live->nodeReady) {
            openTerminal(*live, false);
        } else if (!isEnded(live->session().status)) {
            const bool restarted = live->state.bootId != QString::fromUtf8(bootId.toHex());
            conclude(*live, SessionStatus::Terminated,
                     !live->endDetails.isEmpty() ? live->endDetails
                         : restarted             ? u"node restarted"_s
                                                 : u"the session no longer exists on the node"_s);
        }
        onNode.remove(live->state.token);
    }
    // Terminals that no session of ours owns: ended here while the node was away.
    for (const wire::StreamState &terminal : onNode) {
        wire::Open open;
        open.set_token(terminal.token());
        open.set_receive_from(terminal.next_offset());
        if (const auto stream = m_parts.channel.openTerminal(node, open, true))
            m_parts.channel.reset(*stream, u"terminated"_s, u"the session has ended"_s);
    }
}

void SessionService::resumeTerminal(LiveSession &live)
{
    if (live.firstKept
        > live.received) { // bytes that were acknowledged while the store failed, and lost with the engine
        if (live.recorder)
            live.recorder->skipTo(live.firstKept, m_parts.clock.now());
        live.received = live.firstKept;
    }
    openTerminal(live, true);
    if (live.session().status == SessionStatus::Terminating && live.stream != 0) {
        wire::Fin fin;
        fin.set_reason("terminated");
        m_parts.channel.finish(live.stream, fin);
    }
}

void SessionService::nodeLost(const NodeId &node)
{
    m_bootIds.remove(node);
    for (auto &[id, live] : m_live) {
        if (live->session().target == node && (live->stream != 0 || !live->nodeLostAt))
            loseStream(*live);
    }
}

// ---- Time ----------------------------------------------------------------------------------------------------------

void SessionService::tick()
{
    const Tick now = m_parts.clock.tick();
    QList<SessionId> ids;
    for (const auto &[id, live] : m_live)
        ids.append(id);
    for (const SessionId &id : ids) {
        LiveSession *live = find(id);
        if (live == nullptr || isEnded(live->session().status))
            continue;
        const auto age = now - live->startedTick;
        const auto fail = [&](const QString &details) { conclude(*live, SessionStatus::Failed, details); };
        if (live->session().status == SessionStatus::Connecting) {
            if (!live->nodeReady && age >= m_settings.nodeWithin)
                fail(u"the node did not answer within %1 s"_s.arg(m_settings.nodeWithin.count()));
            else if (age >= m_settings.clientWithin)
                fail(u"no client connected within %1 s"_s.arg(m_settings.clientWithin.count()));
            continue;
        }
        if (live->session().status == SessionStatus::Terminating) {
            if (now - live->terminatingSince >= m_settings.confirmWithin)
                conclude(*live, SessionStatus::Terminated, live->endDetails + u" (agent did not confirm)"_s);
            continue;
        }
        if (live->nodeLostAt && now - *live->nodeLostAt >= m_settings.surviveLink) {
            conclude(*live, SessionStatus::Terminated, u"node connection lost"_s);
            continue;
        }
        const auto beyond = [&](qint64 seconds, Tick since) {
            return seconds > 0 && now - since >= std::chrono::seconds(seconds) + kGuardAfter;
        };
        if (beyond(live->state.idleSeconds, live->lastInputTick))
            beginTerminating(*live, u"idle"_s, "idle");
        else if (beyond(live->state.maxSeconds, live->startedTick))
            beginTerminating(*live, u"maximum duration"_s, "maximum duration");
    }
    if (now - m_prunedAt >= kPruneEvery) {
        m_prunedAt = now;
        if (auto pruned = prune(); !pruned)
            qCWarning(lcSessions, "old sessions are not removed: %s", pruned.error().message.c_str());
    }
    if (now - m_progressAt < kProgressEvery)
        return;
    m_progressAt = now;
    QList<SessionState> changed;
    for (auto &[id, live] : m_live) {
        if (std::exchange(live->progressDirty, false)) {
            if (live->recorder)
                live->state.recording = live->recorder->checkpoint();
            changed.append(live->state);
        }
    }
    if (changed.isEmpty())
        return;
    auto written = m_parts.database.write(
        [&](Transaction &tx) -> Result<void> { return m_repository.saveProgress(tx, changed); });
    if (!written)
        qCWarning(lcSessions, "progress is not stored: %s", written.error().message.c_str());
}

}
