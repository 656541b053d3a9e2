#include "backend/nodes/sessions/session_repository.h"

#include "backend/core/byte_encoding.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const auto kShown
        = u"session_id, target, status, started_at, ended_at, document_name, owner, reason, details, "
          "max_session_duration, operator_name, session_type, run_as, client, bytes_in, bytes_out, recorded, "
          "recording_hash, exit_code, recording_removed_at"_s;
    const auto kState = kShown
        + u", token, boot_id, idle_seconds, max_seconds, recording_segment, recording_length, "
          u"recording_offset, "
          "recording_chain, recording_until"_s;

    QVariant optionalNumber(const std::optional<int64_t> &value)
    {
        return value ? QVariant(static_cast<qint64>(*value)) : QVariant();
    }

    Session sessionOf(const Row &row)
    {
        Session session;
        session.sessionId = row.id<SessionId>(0);
        session.target = row.id<NodeId>(1);
        session.status = static_cast<SessionStatus>(row.integer(2));
        session.startDate = row.instant(3);
        session.endDate = row.instantIfAny(4);
        session.documentName = row.text(5);
        session.owner = row.text(6);
        session.reason = row.text(7);
        session.details = row.text(8);
        session.maxSessionDuration = row.text(9);
        session.operatorName = row.text(10);
        session.sessionType = row.text(11);
        session.runAs = row.text(12);
        session.client = row.text(13);
        session.bytesIn = row.integer(14);
        session.bytesOut = row.integer(15);
        session.recorded = row.integer(16) != 0;
        session.recordingHash = row.text(17);
        if (const auto exitCode = row.integerIfAny(18))
            session.exitCode = *exitCode;
        session.recordingRemovedAt = row.instantIfAny(19);
        return session;
    }

    SessionState stateOf(const Row &row)
    {
        SessionState state;
        state.session = sessionOf(row);
        state.token = row.text(20);
        state.bootId = row.text(21);
        state.idleSeconds = row.integer(22);
        state.maxSeconds = row.integer(23);
        state.recording.segment = static_cast<int>(row.integer(24));
        state.recording.length = row.integer(25);
        state.recording.position.terminalOffset = static_cast<quint64>(row.integer(26));
        state.recording.position.chain = fromHex(toStd(row.text(27))).value_or(std::string(32, '\0'));
        state.recordingUntil = row.instantIfAny(28);
        return state;
    }

    QVariantList progressOf(const SessionState &state)
    {
        return {static_cast<qint64>(state.session.bytesIn),
                static_cast<qint64>(state.session.bytesOut),
                state.recording.segment,
                state.recording.length,
                static_cast<qint64>(state.recording.position.terminalOffset),
                toQString(toHex(state.recording.position.chain))};
    }
}

Result<void> SessionRepository::insert(Transaction &tx, const SessionState &state)
{
    const Session &session = state.session;
    return tx
        .execute(
            u"INSERT INTO session (%1) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"_s
                .arg(kState),
            QVariantList {toSql(session.sessionId),
                          toSql(session.target),
                          static_cast<int>(session.status),
                          toSql(session.startDate),
                          toSql(session.endDate),
                          session.documentName,
                          session.owner,
                          session.reason,
                          session.details,
                          session.maxSessionDuration,
                          session.operatorName,
                          session.sessionType,
                          session.runAs,
                          session.client,
                          static_cast<qint64>(session.bytesIn),
                          static_cast<qint64>(session.bytesOut),
                          session.recorded ? 1 : 0,
                          session.recordingHash,
                          optionalNumber(session.exitCode),
                          toSql(session.recordingRemovedAt),
                          state.token,
                          state.bootId,
                          state.idleSeconds,
                          state.maxSeconds}
                + progressOf(state).mid(2) + QVariantList {toSql(state.recordingUntil)})
        .map([](qint64) {});
}

Result<void> SessionRepository::save(Transaction &tx, const SessionState &state)
{
    const Session &session = state.session;
    return tx
        .execute(u"UPDATE session SET status = ?, ended_at = ?, details = ?, run_as = ?, client = ?, "
                 u"recording_hash = ?, "
                 "exit_code = ?, boot_id = ?, bytes_in = ?, bytes_out = ?, recording_segment = ?, "
                 "recording_length = ?, recording_offset = ?, recording_chain = ? WHERE session_id = ?"_s,
                 QVariantList {static_cast<int>(session.status), toSql(session.endDate), session.details,
                               session.runAs, session.client, session.recordingHash,
                               optionalNumber(session.exitCode), state.bootId}
                     + progressOf(state) + QVariantList {toSql(session.sessionId)})
        .map([](qint64) {});
}

Result<void> SessionRepository::saveProgress(Transaction &tx, const QList<SessionState> &states)
{
    for (const SessionState &state : states) {
        auto saved = tx.execute(
            u"UPDATE session SET bytes_in = ?, bytes_out = ?, recording_segment = ?, recording_length = ?, "
            "recording_offset = ?, recording_chain = ? WHERE session_id = ?"_s,
            progressOf(state) + QVariantList {toSql(state.session.sessionId)});
        if (!saved)
            return saved.error();
    }
    return {};
}

Result<QList<SessionState>> SessionRepository::open(Reader &reader) const
{
    return reader.all(
        u"SELECT %1 FROM session WHERE status < ? ORDER BY started_at, session_id"_s.arg(kState),
        {static_cast<int>(SessionStatus::Terminated)}, stateOf);
}

Result<std::optional<Session>> SessionRepository::find(Reader &reader, const SessionId &id) const
{
    return reader.one(u"SELECT %1 FROM session WHERE session_id = ?"_s.arg(kShown), {toSql(id)}, sessionOf);
}

Result<int> SessionRepository::lastSegment(Reader &reader, const SessionId &id) const
{
    auto found = reader.one(
        u"SELECT recorded, recording_segment FROM session WHERE session_id = ?"_s, {toSql(id)},
        [](const Row &row) { return row.integer(0) != 0 ? static_cast<int>(row.integer(1)) : -1; });
    if (!found)
        return found.error();
    return found->value_or(-1);
}

Result<QList<Session>> SessionRepository::list(Reader &reader, const SessionQuery &query) const
{
    QString where = u"1 = 1"_s;
    QVariantList binds;
    const auto also = [&](const QString &condition, const QVariant &value) {
        where += u" AND "_s + condition;
        binds << value;
    };
    if (query.list) // running ones have the lower numbers
        also(*query.list == SessionList::Active ? u"status < ?"_s : u"status >= ?"_s,
             static_cast<int>(SessionStatus::Terminated));
    if (query.recordedOnly)
        also(u"recorded = ?"_s, 1);
    if (query.status)
        also(u"status = ?"_s, static_cast<int>(*query.status));
    if (query.startedAfter)
        also(u"started_at >= ?"_s, toSql(*query.startedAfter));
    if (query.startedBefore)
        also(u"started_at < ?"_s, toSql(*query.startedBefore));
    if (!query.target.isEmpty())
        also(u"target = ?"_s, query.target);
    if (!query.owner.isEmpty())
        also(u"owner = ?"_s, query.owner);
    if (!query.sessionId.isEmpty())
        also(u"session_id = ?"_s, query.sessionId);
    if (query.after) {
        where += u" AND (started_at < ? OR (started_at = ? AND session_id < ?))"_s;
        binds << query.after->startedAt << query.after->startedAt << query.after->sessionId;
    }
    return reader.all(
        u"SELECT %1 FROM session WHERE %2 ORDER BY started_at DESC, session_id DESC LIMIT %3"_s.arg(
            kShown, where, QString::number(query.limit)),
        binds, sessionOf);
}

Result<QList<SessionRepository::ExpiredRecording>>
SessionRepository::expiredRecordings(Reader &reader, Instant now, int limit) const
{
    return reader.all(
        u"SELECT session_id, recording_segment FROM session WHERE recording_until < ? AND status >= ? "
        "ORDER BY recording_until LIMIT %1"_s.arg(limit),
        {toSql(now), static_cast<int>(SessionStatus::Terminated)}, [](const Row &row) {
            return ExpiredRecording {row.id<SessionId>(0), static_cast<int>(row.integer(1))};
        });
}

Result<QList<SessionRepository::ExpiredRecording>> SessionRepository::oldestRecordings(Reader &reader,
                                                                                       int limit) const
{
    return reader.all(
        u"SELECT session_id, recording_segment FROM session WHERE recorded = 1 AND status >= ? AND ended_at "
        "IS NOT NULL ORDER BY ended_at, session_id LIMIT %1"_s.arg(limit),
        {static_cast<int>(SessionStatus::Terminated)}, [](const Row &row) {
            return ExpiredRecording {row.id<SessionId>(0), static_cast<int>(row.integer(1))};
        });
}

Result<void> SessionRepository::markRecordingRemoved(Transaction &tx, const SessionId &id, Instant at)
{
    return tx
        .execute(u"UPDATE session SET recorded = 0, recording_until = NULL, recording_removed_at = ? WHERE "
                 "session_id = ?"_s,
                 {toSql(at), toSql(id)})
        .map([](qint64) {});
}

Result<void> SessionRepository::forgetRecording(Transaction &tx, const SessionId &id)
{
    return tx
        .execute(u"UPDATE session SET recorded = 0, recording_until = NULL WHERE session_id = ?"_s,
                 {toSql(id)})
        .map([](qint64) {});
}

Result<qint64> SessionRepository::removeEndedBefore(Transaction &tx, Instant before, int limit)
{
    return tx.execute(
        u"DELETE FROM session WHERE session_id IN (SELECT session_id FROM session WHERE ended_at < ? "
        "AND recording_until IS NULL ORDER BY ended_at LIMIT %1)"_s.arg(limit),
        {toSql(before)});
}

}
