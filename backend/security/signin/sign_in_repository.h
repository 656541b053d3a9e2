#pragma once
// All the SQL of signing in: failures and hashes of accounts, sessions, second steps. Engine thread.

#include "backend/security/signin/operator_session.h"
#include "backend/security/signin/sign_in_throttle.h"
#include "backend/store/transaction.h"

namespace fb {

struct SignInAccount {
    QString name;
    Role role = Role::Viewer;
    bool enabled = true;
    QString passwordHash; // empty: cannot sign in with one
    qint64 passwordAt = 0; // when it was set, in microseconds; 0: never
    FailedSignIns failed;
};

class SignInRepository
{
public:
    Result<bool> anyPassword(Reader &reader) const;
    Result<std::optional<SignInAccount>> account(Reader &reader, const QString &name) const;
    Result<void> setFailed(Transaction &tx, const QString &name, const FailedSignIns &failed) const;
    Result<void> setSignedIn(Transaction &tx, const QString &name, Instant at) const; // clears failures

    // ---- Sessions
    struct StoredSession {
        OperatorSession session;
        SessionEnd due = SessionEnd::None; // what its account's state says about a session that has not ended
    };
    Result<void> put(Transaction &tx, const OperatorSession &session, const QString &tokenHash,
                     qint64 passwordAt) const;
    Result<std::optional<StoredSession>> byToken(Reader &reader, const QString &tokenHash) const;
    Result<std::optional<StoredSession>> byId(Reader &reader, const QString &sessionId) const;
    Result<QList<StoredSession>> open(Reader &reader) const; // those that have not ended
    // Newest first, ended ones among them; of all operators if `operatorName` is empty. At most `most`.
    Result<QList<OperatorSession>> latest(Reader &reader, const QString &operatorName, int most) const;
    Result<void> setUsed(Transaction &tx, const QString &sessionId, Instant at) const;
    Result<void> setLocked(Transaction &tx, const QStringList &sessionIds, std::optional<Instant> at) const;
    Result<void> setEnded(Transaction &tx, const QString &sessionId, Instant at, SessionEnd why) const;
    Result<void> setPasswordAt(Transaction &tx, const QString &sessionId, qint64 passwordAt) const;
    Result<void> prune(Transaction &tx, Instant endedBefore) const;

    // ---- The second step
    struct TwoStep {
        std::optional<Instant> confirmedAt;
        qint64 lastStep = 0;
    };
    Result<std::optional<TwoStep>> twoStep(Reader &reader, const QString &name) const;
    Result<void> putTwoStep(Transaction &tx, const QString &name, const TwoStep &twoStep) const;
    Result<void> removeTwoStep(Transaction &tx, const QString &name) const; // with the recovery codes
    Result<QStringList> orphans(Reader &reader) const; // names of operators that are no more
    Result<qint64> recoveryCodes(Reader &reader, const QString &name) const; // that are left
    Result<void> addRecoveryCode(Transaction &tx, const QString &name, const QString &hash) const;
    Result<bool> takeRecoveryCode(Transaction &tx, const QString &name, const QString &hash) const;
};

}
