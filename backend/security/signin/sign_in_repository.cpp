#include "backend/security/signin/sign_in_repository.h"

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    const auto kSessionColumns
        = u"s.session_id, s.kind, s.operator_name, s.role, s.place, s.machine_id, s.created_at, s.used_at, "
          "s.locked_at, s.expires_at, s.ended_at, s.end_reason"_s;
    const auto kWithAccount = u"SELECT "_s + kSessionColumns
        + u", a.name, a.enabled, a.role, COALESCE(a.password_changed_at, 0), s.password_at "
          "FROM operator_session s LEFT JOIN operator_account a ON a.name = s.operator_name "_s;

    OperatorSession operatorSessionOf(const Row &row)
    {
        return {.sessionId = row.text(0),
                .kind = enumNamed<SessionKind>(row.text(1), u"kind"_s).value_or(SessionKind::Console),
                .operatorName = row.text(2),
                .role = enumNamed<Role>(row.text(3), u"role"_s).value_or(Role::Viewer),
                .place = row.text(4),
                .machineId = row.text(5),
                .createDate = row.instant(6),
                .usedAt = row.instant(7),
                .lockedAt = row.instantIfAny(8),
                .expiresAt = row.instant(9),
                .endedAt = row.instantIfAny(10),
                .endReason = enumNamed<SessionEnd>(row.text(11), u"end"_s).value_or(SessionEnd::Ended)};
    }

    SignInRepository::StoredSession storedSessionOf(const Row &row)
    {
        SignInRepository::StoredSession stored {.session = operatorSessionOf(row)};
        if (stored.session.endedAt)
            stored.due = stored.session.endReason;
        else if (row.isNull(12) || !row.boolean(13))
            stored.due = SessionEnd::Disabled;
        else if (row.integer(15) != row.integer(16))
            stored.due = SessionEnd::PasswordChanged;
        else if (row.text(14) != row.text(3))
            stored.due = SessionEnd::RoleChanged;
        return stored;
    }
}

Result<bool> SignInRepository::anyPassword(Reader &reader) const
{
    return reader.number(u"SELECT count(*) FROM operator_account WHERE password_hash <> ''"_s)
        .map([](qint64 count) { return count > 0; });
}

Result<std::optional<SignInAccount>> SignInRepository::account(Reader &reader, const QString &name) const
{
    return reader.one(u"SELECT name, role, enabled, password_hash, password_changed_at, failed_sign_ins, "
                      "locked_until FROM operator_account WHERE name = ?"_s,
                      {name}, [](const Row &row) {
                          return SignInAccount {
                              .name = row.text(0),
                              .role = enumNamed<Role>(row.text(1), u"role"_s).value_or(Role::Viewer),
                              .enabled = row.boolean(2),
                              .passwordHash = row.text(3),
                              .passwordAt = row.integer(4),
                              .failed = {.count = row.integer(5), .lockedUntil = row.instantIfAny(6)}};
                      });
}

Result<void> SignInRepository::setFailed(Transaction &tx, const QString &name,
                                         const FailedSignIns &failed) const
{
    return tx
        .execute(u"UPDATE operator_account SET failed_sign_ins = ?, locked_until = ? WHERE name = ?"_s,
                 {failed.count, toSql(failed.lockedUntil), name})
        .map([](qint64) {});
}

Result<void> SignInRepository::setSignedIn(Transaction &tx, const QString &name, Instant at) const
{
    return tx
        .execute(u"UPDATE operator_account SET failed_sign_ins = 0, locked_until = NULL, "
                 "last_sign_in_at = ? WHERE name = ?"_s,
                 {toSql(at), name})
        .map([](qint64) {});
}

// ---- Sessions ------------------------------------------------------------------------------------------------------

Result<void> SignInRepository::put(Transaction &tx, const OperatorSession &session, const QString &tokenHash,
                                   qint64 passwordAt) const
{
    return tx
        .insertRows(u"operator_session"_s,
                    {u"session_id"_s, u"kind"_s, u"operator_name"_s, u"role"_s, u"token_hash"_s,
                     u"password_at"_s, u"place"_s, u"machine_id"_s, u"created_at"_s, u"used_at"_s,
                     u"locked_at"_s, u"expires_at"_s, u"ended_at"_s, u"end_reason"_s},
                    {{session.sessionId, enumName(session.kind), session.operatorName, enumName(session.role),
                      tokenHash, passwordAt, session.place, session.machineId, toSql(session.createDate),
                      toSql(session.usedAt), toSql(session.lockedAt), toSql(session.expiresAt),
                      toSql(session.endedAt), enumName(session.endReason)}},
                    {})
        .map([](qint64) {});
}

Result<std::optional<SignInRepository::StoredSession>>
SignInRepository::byToken(Reader &reader, const QString &tokenHash) const
{
    return reader.one(kWithAccount + u"WHERE s.token_hash = ?"_s, {tokenHash}, storedSessionOf);
}

Result<std::optional<SignInRepository::StoredSession>> SignInRepository::byId(Reader &reader,
                                                                              const QString &sessionId) const
{
    return reader.one(kWithAccount + u"WHERE s.session_id = ?"_s, {sessionId}, storedSessionOf);
}

Result<QList<SignInRepository::StoredSession>> SignInRepository::open(Reader &reader) const
{
    return reader.all(kWithAccount + u"WHERE s.ended_at IS NULL ORDER BY s.created_at, s.session_id"_s, {},
                      storedSessionOf);
}

Result<QList<OperatorSession>> SignInRepository::latest(Reader &reader, const QString &operatorName,
                                                        int most) const
{
    const QString from = u"SELECT "_s + kSessionColumns + u" FROM operator_session s "_s;
    const QString newest = u"ORDER BY s.created_at DESC, s.session_id LIMIT ?"_s;
    if (operatorName.isEmpty())
        return reader.all(from + newest, {most}, operatorSessionOf);
    return reader.all(from + u"WHERE s.operator_name = ? "_s + newest, {operatorName, most},
                      operatorSessionOf);
}

Result<void> SignInRepository::setUsed(Transaction &tx, const QString &sessionId, Instant at) const
{
    return tx
        .execute(u"UPDATE operator_session SET used_at = ? WHERE session_id = ?"_s, {toSql(at), sessionId})
        .map([](qint64) {});
}

Result<void> SignInRepository::setLocked(Transaction &tx, const QStringList &sessionIds,
                                         std::optional<Instant> at) const
{
    for (const QString &id : sessionIds) {
        auto locked = tx.execute(u"UPDATE operator_session SET locked_at = ? WHERE session_id = ?"_s,
                                 {toSql(at), id});
        if (!locked)
            return locked.error();
    }
    return {};
}

Result<void> SignInRepository::setEnded(Transaction &tx, const QString &sessionId, Instant at,
                                        SessionEnd why) const
{
    return tx
        .execute(u"UPDATE operator_session SET ended_at = ?, end_reason = ? WHERE session_id = ? AND "
                 "ended_at IS NULL"_s,
                 {toSql(at), enumName(why), sessionId})
        .map([](qint64) {});
}

Result<void> SignInRepository::setPasswordAt(Transaction &tx, const QString &sessionId,
                                             qint64 passwordAt) const
{
    return tx
        .execute(u"UPDATE operator_session SET password_at = ? WHERE session_id = ?"_s,
                 {passwordAt, sessionId})
        .map([](qint64) {});
}

Result<void> SignInRepository::prune(Transaction &tx, Instant endedBefore) const
{
    return tx.execute(u"DELETE FROM operator_session WHERE ended_at < ?"_s, {toSql(endedBefore)})
        .map([](qint64) {});
}

// ---- The second step -----------------------------------------------------------------------------------------------

Result<std::optional<SignInRepository::TwoStep>> SignInRepository::twoStep(Reader &reader,
                                                                           const QString &name) const
{
    return reader.one(u"SELECT confirmed_at, last_step FROM operator_two_step WHERE operator_name = ?"_s,
                      {name}, [](const Row &row) {
                          return TwoStep {.confirmedAt = row.instantIfAny(0), .lastStep = row.integer(1)};
                      });
}

Result<void> SignInRepository::putTwoStep(Transaction &tx, const QString &name, const TwoStep &twoStep) const
{
    return tx
        .insertRows(u"operator_two_step"_s, {u"operator_name"_s, u"confirmed_at"_s, u"last_step"_s},
                    {{name, toSql(twoStep.confirmedAt), twoStep.lastStep}},
                    u"ON CONFLICT (operator_name) DO UPDATE SET confirmed_at = excluded.confirmed_at, "
                    "last_step = excluded.last_step"_s)
        .map([](qint64) {});
}

Result<void> SignInRepository::removeTwoStep(Transaction &tx, const QString &name) const
{
    auto codes = tx.execute(u"DELETE FROM operator_recovery_code WHERE operator_name = ?"_s, {name});
    if (!codes)
        return codes.error();
    return tx.execute(u"DELETE FROM operator_two_step WHERE operator_name = ?"_s, {name}).map([](qint64) {});
}

Result<QStringList> SignInRepository::orphans(Reader &reader) const
{
    return reader
        .all(u"SELECT operator_name FROM operator_two_step WHERE operator_name NOT IN "
             "(SELECT name FROM operator_account)"_s,
             {}, [](const Row &row) { return row.text(0); })
        .map([](const QList<QString> &names) { return QStringList(names); });
}

Result<qint64> SignInRepository::recoveryCodes(Reader &reader, const QString &name) const
{
    return reader.number(u"SELECT count(*) FROM operator_recovery_code WHERE operator_name = ?"_s, {name});
}

Result<void> SignInRepository::addRecoveryCode(Transaction &tx, const QString &name,
                                               const QString &hash) const
{
    return tx
        .insertRows(u"operator_recovery_code"_s, {u"operator_name"_s, u"code_hash"_s}, {{name, hash}}, {})
        .map([](qint64) {});
}

Result<bool> SignInRepository::takeRecoveryCode(Transaction &tx, const QString &name,
                                                const QString &hash) const
{
    return tx
        .execute(u"DELETE FROM operator_recovery_code WHERE operator_name = ? AND code_hash = ?"_s,
                 {name, hash})
        .map([](qint64 rows) { return rows > 0; });
}

}
