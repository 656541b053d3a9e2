#include "backend/nodes/sessions/session_service.h"

#include "backend/base/fail.h"
#include "backend/events/arn.h"

#include <QDateTime>
#include <QJsonObject>
#include <QLoggingCategory>

namespace fb {

using namespace Qt::StringLiterals;

Q_LOGGING_CATEGORY(lcSessions, "fb.sessions")

namespace {
    constexpr std::chrono::milliseconds kFlushAfter {20};

    QString filterHint()
    {
        return u"InvokedAfter, InvokedBefore, Target, Owner, Status, SessionId, AccessType"_s;
    }

    Result<Instant> instantOf(const QString &text, const QString &field)
    {
        const QDateTime when = QDateTime::fromString(text, Qt::ISODate);
        if (!when.isValid())
            return fail(errors::kValidation,
                        u"%1 is \"%2\"; it must be an instant such as 2026-01-31T08:00:00Z."_s.arg(
                            field, text.left(40)),
                        field);
        return fromMicros(when.toMSecsSinceEpoch() * 1000);
    }

    Result<SessionQuery> queryOf(const DescribeSessionsRequest &request)
    {
        SessionQuery query;
        query.list = request.state;
        for (qsizetype i = 0; i < request.filters.size(); ++i) {
            const SessionFilter &filter = request.filters[i];
            const QString field = u"Filters[%1].value"_s.arg(i);
            if (filter.key == u"InvokedAfter"_s || filter.key == u"InvokedBefore"_s) {
                const auto instant = instantOf(filter.value, field);
                if (!instant)
                    return instant.error();
                (filter.key == u"InvokedAfter"_s ? query.startedAfter : query.startedBefore) = *instant;
            } else if (filter.key == u"Target"_s) {
                query.target = filter.value;
            } else if (filter.key == u"Owner"_s) {
                query.owner = filter.value;
            } else if (filter.key == u"Status"_s) {
                const auto status = enumNamed<SessionStatus>(filter.value, field);
                if (!status)
                    return status.error();
                query.status = *status;
            } else if (filter.key == u"SessionId"_s) {
                query.sessionId = filter.value;
            } else if (filter.key == u"AccessType"_s) {
                if (filter.value != u"Standard"_s)
                    return fail(errors::kValidation,
                                u"AccessType is \"%1\"; it must be Standard."_s.arg(filter.value), field);
            } else {
                return fail(errors::kInvalidFilterKey,
                            u"Filter key \"%1\" is not known; it must be one of %2."_s.arg(
                                filter.key.left(80), filterHint()),
                            u"Filters[%1].key"_s.arg(i));
            }
        }
        return query;
    }

    QString scopeOf(const DescribeSessionsRequest &request)
    {
        QString scope = u"DescribeSessions|%1"_s.arg(enumName(request.state));
        for (const SessionFilter &filter : request.filters)
            scope += u"|%1=%2"_s.arg(filter.key, filter.value);
        return scope;
    }
}

SessionService::SessionService(SessionParts parts, SessionSettings settings, QObject *parent)
    : QObject(parent),
      m_parts(parts),
      m_settings(std::move(settings)),
      m_ports(
          parts.channel, parts.audit, parts.database.fleet(),
          [this](const SessionId &id, qint64 toNode, qint64 fromNode) { portMoved(id, toNode, fromNode); }),
      m_search({parts.database, parts.artifacts, parts.vault, parts.audit, parts.access, parts.tokens},
               [this](const SessionId &id) { return verified(id); }),
      m_progressAt(parts.clock.tick()),
      m_prunedAt(parts.clock.tick())
{
    m_timer.setInterval(1000);
    m_timer.callOnTimeout(this, &SessionService::tick);
    m_flushTimer.setSingleShot(true);
    m_flushTimer.setInterval(kFlushAfter);
    m_flushTimer.callOnTimeout(this, &SessionService::flushRecordings);
    connect(&m_parts.artifacts, &ArtifactStore::durable, this, &SessionService::artifactDurable);
    connect(&m_parts.artifacts, &ArtifactStore::writeFailed, this, [this](const Error &) {
        for (auto &[id, live] : m_live) {
            if (!live->recorder)
                continue;
            live->recorder->storeFailed();
            acknowledgeDurable(*live);
        }
    });
}

SessionService::~SessionService()
{
    for (auto &[id, live] : m_live) {
        if (live->recorder)
            live->recorder->flush(); // a clean stop loses no byte; the terminals live on
    }
}

Result<void> SessionService::start()
{
    const auto stored = m_repository.open(m_parts.database.reader());
    if (!stored)
        return stored.error();
    const Instant now = m_parts.clock.now();
    for (const SessionState &state : *stored) {
        auto live = std::make_shared<LiveSession>();
        live->state = state;
        live->startedAt = state.session.startDate;
        live->startedTick = m_parts.clock.tick() - (now - state.session.startDate);
        live->nodeLostAt = live->lastInputTick = live->terminatingSince = m_parts.clock.tick();
        live->wasAttached = true;
        live->received = live->acknowledged = state.recording.position.terminalOffset;
        m_live.emplace(state.session.sessionId, live);
        if (state.bootId.isEmpty()) {
            conclude(*live, SessionStatus::Failed, u"the engine restarted before the node answered"_s);
            continue;
        }
        live->nodeReady = true;
        if (state.session.sessionType
            == QLatin1String(kPortSessionType)) { // its client and its connections went with the engine
            conclude(*live, SessionStatus::Terminated, u"the engine restarted"_s);
            continue;
        }
        if (state.session.status != SessionStatus::Terminating)
            setStatus(*live, SessionStatus::Disconnected);
        else
            live->endDetails = state.session.details;
        if (state.session.recorded)
            beginRecovery(live);
    }
    m_timer.start();
    return {};
}

LiveSession *SessionService::find(const SessionId &id) const
{
    const auto found = m_live.find(id);
    return found == m_live.end() ? nullptr : found->second.get();
}

LiveSession *SessionService::find(SessionStream stream) const
{
    const auto id = m_streams.constFind(stream);
    return stream == 0 || id == m_streams.constEnd() ? nullptr : find(*id);
}

QString SessionService::arnOf(const Principal &who) const
{
    return u"arn:aws:iam::%1:user/%2"_s.arg(m_parts.database.fleet().accountId, who.name);
}

bool SessionService::mayTouch(const Principal &who, const QString &operatorName) const
{
    return who.name == operatorName || who.role == Role::Administrator;
}

std::optional<Session> SessionService::session(const SessionId &id) const
{
    if (const LiveSession *live = find(id))
        return live->session();
    const auto stored = m_repository.find(m_parts.database.reader(), id);
    return stored ? *stored : std::nullopt;
}

Result<bool> SessionService::isConnected(const Principal &who, const NodeId &node) const
{
    if (auto allowed = m_parts.access.check(who, actions::kDescribeSessions, {.nodeIds = {toQString(node)}});
        !allowed)
        return allowed.error();
    return m_parts.nodes.find(node) != nullptr && m_parts.channel.isConnected(node);
}

Result<SessionPage> SessionService::describeSessions(const Principal &who,
                                                     const DescribeSessionsRequest &request) const
{
    if (auto allowed = m_parts.access.check(who, actions::kDescribeSessions); !allowed)
        return allowed.error();
    if (auto valid = validate(request); !valid)
        return valid.error();
    auto query = queryOf(request);
    if (!query)
        return query.error();
    const QString scope = scopeOf(request);
    const auto position = m_parts.tokens.open(scope, request.nextToken);
    if (!position)
        return position.error();
    if (!position->isEmpty()) {
        const qsizetype space = position->indexOf(' ');
        query->after
            = SessionMark {position->left(space).toLongLong(), QString::fromUtf8(position->mid(space + 1))};
    }
    query->limit = static_cast<int>(request.maxResults) + 1; // one more tells whether there is a next page
    auto rows = m_repository.list(m_parts.database.reader(), *query);
    if (!rows)
        return rows.error();
    SessionPage page;
    const bool more = rows->size() > request.maxResults;
    if (more)
        rows->removeLast();
    for (const Session &row : *rows) {
        const LiveSession *live = find(row.sessionId); // its counters are newer than the row's
        page.sessions.append(live != nullptr ? live->session() : row);
    }
    if (more) {
        const Session &last = rows->last();
        page.nextToken
            = m_parts.tokens.issue(scope,
                                   QByteArray::number(static_cast<qint64>(toMicros(last.startDate))) + ' '
                                       + toQString(last.sessionId).toUtf8());
    }
    return page;
}

Result<SessionId> SessionService::terminateSession(const Principal &who, const SessionId &id)
{
    if (auto allowed
        = m_parts.access.check(who, actions::kTerminateSession, {.resource = u"session "_s + toQString(id)});
        !allowed)
        return allowed.error();
    const auto known = session(id);
    // Of a session that never was, the name alone decides: <operator>-...
    const QString owner = known ? known->operatorName : toQString(id).section(u'-', 0, -2);
    if (!mayTouch(who, owner)) {
        const Error error
            = accessDenied(who, actions::kTerminateSession, {.resource = u"session "_s + toQString(id)});
        (void)m_parts.audit.record({.who = who,
                                    .action = toQString(actions::kTerminateSession.name()),
                                    .target = sessionArn(m_parts.database.fleet(), id),
                                    .result = toQString(error.code.name())});
        return error;
    }
    const QJsonObject request {{u"SessionId"_s, toQString(id)}};
    auto written = m_parts.database.write([&](Transaction &tx) -> Result<void> {
        m_parts.audit.append(tx,
                             {.who = who,
                              .action = toQString(actions::kTerminateSession.name()),
                              .target = sessionArn(m_parts.database.fleet(), id)});
        if (!known)
            return {};
        return publishCall(tx, who, u"TerminateSession"_s, request, request);
    });
    if (!written)
        return written.error();
    if (LiveSession *live = find(id))
        beginTerminating(*live, u"terminated by %1"_s.arg(who.name), "terminated");
    return id;
}

// ---- Clients -------------------------------------------------------------------------------------------------------

std::optional<SessionTimes> SessionService::times(const SessionId &id) const
{
    const LiveSession *live = find(id);
    if (live == nullptr)
        return std::nullopt;
    const Tick since = live->lastInputTick == Tick {} ? live->startedTick : live->lastInputTick;
    return SessionTimes {.idleLimit = std::chrono::seconds(live->state.idleSeconds),
                         .longest = std::chrono::seconds(live->state.maxSeconds),
                         .sinceInput
                         = std::chrono::duration_cast<std::chrono::seconds>(m_parts.clock.tick() - since)};
}

Result<void> SessionService::attach(const Principal &who, const SessionId &id, SessionClient *client,
                                    int columns, int rows)
{
    LiveSession *live = find(id);
    if (live == nullptr || isEnded(live->session().status))
        return fail(errors::kDoesNotExist, u"Session %1 has ended or never was."_s.arg(toQString(id)),
                    u"SessionId"_s);
    const AccessTarget target {.resource = u"session "_s + toQString(id)};
    const Action action = live->wasAttached ? actions::kResumeSession : actions::kStartSession;
    if (auto allowed = m_parts.access.check(who, action, target); !allowed)
        return allowed.error();
    if (!mayTouch(who, live->session().operatorName))
        return accessDenied(who, action, target);
    if (live->port && live->client != nullptr && live->client != client)
        return fail(errors::kConflict, u"Session %1 is a tunnel that is in use."_s.arg(toQString(id)),
                    u"SessionId"_s);
    if (live->wasAttached) {
        const QJsonObject request {{u"SessionId"_s, toQString(id)}};
        auto written = m_parts.database.write([&](Transaction &tx) -> Result<void> {
            m_parts.audit.append(tx,
                                 {.who = who,
                                  .action = toQString(actions::kResumeSession.name()),
                                  .target = sessionArn(m_parts.database.fleet(), id)});
            return publishCall(tx, who, u"ResumeSession"_s, request, request);
        });
        if (!written)
            return written.error();
    }
    if (live->client != nullptr && live->client != client) {
        SessionClient *former = live->client;
        detach(id, former);
        former->sessionTakenOver();
    }
    live->client = client;
    live->wasAttached = true;
    live->lastInputTick = live->lastInputTick == Tick {} ? m_parts.clock.tick() : live->lastInputTick;
    if (!live->port)
        resize(id, client, columns, rows);
    updateConnected(*live);
    deliver(*live);
    return {};
}

Result<void> SessionService::mayResume(const Principal &who, const SessionId &id)
{
    const AccessTarget target {.resource = u"session "_s + toQString(id)};
    auto allowed = m_parts.access.check(who, actions::kResumeSession, target);
    if (const auto known = session(id); allowed && known && !mayTouch(who, known->operatorName))
        allowed = accessDenied(who, actions::kResumeSession, target);
    const LiveSession *live = find(id);
    if (allowed && (live == nullptr || isEnded(live->session().status)))
        allowed = fail(errors::kDoesNotExist, u"Session %1 has ended or never was."_s.arg(toQString(id)),
                       u"SessionId"_s);
    if (!allowed)
        (void)m_parts.audit.record({.who = who,
                                    .action = toQString(actions::kResumeSession.name()),
                                    .target = sessionArn(m_parts.database.fleet(), id),
                                    .result = toQString(allowed.error().code.name())});
    return allowed;
}

void SessionService::detach(const SessionId &id, SessionClient *client)
{
    LiveSession *live = find(id);
    if (live == nullptr || live->client != client)
        return;
    live->client = nullptr;
    live->clientWantsInput = false;
    live->unseen.prepend(std::exchange(live->given, {})); // what it did not consume goes to the next
    updateConnected(*live);
}

qsizetype SessionService::input(const SessionId &id, SessionClient *client, const QByteArray &bytes)
{
    LiveSession *live = find(id);
    if (live == nullptr || live->client != client)
        return 0;
    live->lastInputTick = m_parts.clock.tick();
    const qsizetype room = live->isOpened ? kSessionInputKept - live->input.size() : 0;
    const qsizetype taken = std::min(room, bytes.size());
    live->clientWantsInput = taken < bytes.size();
    live->input += bytes.left(taken);
    if (live->recordsInput)
        live->unrecordedInput += bytes.left(taken);
    live->session().bytesIn += taken;
    live->progressDirty = true;
    sendInput(*live);
    return taken;
}

void SessionService::consumed(const SessionId &id, SessionClient *client, qint64 bytes)
{
    LiveSession *live = find(id);
    if (live == nullptr || live->client != client)
        return;
    const qsizetype taken = std::min<qsizetype>(bytes, live->given.size());
    live->given.remove(0, taken);
    live->errors.dropBelow(live->firstUnconsumed());
    if (live->stream != 0 && taken > 0)
        m_parts.channel.grant(live->stream, static_cast<quint64>(taken));
}

void SessionService::resize(const SessionId &id, SessionClient *client, int columns, int rows)
{
    constexpr int kLargest = 1000;
    LiveSession *live = find(id);
    if (live == nullptr || live->client != client || columns < 1 || rows < 1 || columns > kLargest
        || rows > kLargest)
        return;
    const bool changed = live->columns != columns || live->rows != rows;
    live->columns = columns;
    live->rows = rows;
    if (live->isOpened)
        m_parts.channel.resize(live->stream, static_cast<quint32>(columns), static_cast<quint32>(rows));
    if (changed) {
        for (const LiveSession::Watching &each : live->watchers)
            each.watcher->watchedResized(columns, rows);
    }
    if (changed && live->recorder) {
        live->recorder->resized(columns, rows, m_parts.clock.now());
        m_flushTimer.start();
    }
}

}
