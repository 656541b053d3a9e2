#pragma once
// Signing in at a console: name and password, then a code where the account asks for one; sessions that lock when nobody is there, end after
// 12 h, and end at once when the account is disabled or its password or role changes. Everything is audited, no secret is. Whether a name, a
// password or a code was wrong is told to nobody, and takes as long. Engine thread.

#include "backend/security/access.h"
#include "backend/security/operators/operator_service.h"
#include "backend/security/signin/two_step_keeper.h"

#include <QHash>
#include <QObject>
#include <QTimer>

namespace fb {

class SignInService : public QObject
{
    Q_OBJECT

public:
    struct Parts { // borrowed for life
        Database &database;
        const Vault &vault;
        AuditLog &audit;
        const Access &access;
        OperatorService &operators;
        const Clock &clock;
        Random &random;
    };
    template <typename T>
    using Done = std::function<void(const Result<T> &)>; // once it is committed

    static constexpr std::chrono::hours kLongestSession {12};
    static constexpr std::chrono::hours kMachineStays {30 * 24};
    static constexpr std::chrono::minutes kUsualIdleLimit {15};
    static constexpr std::chrono::minutes kTicketLife {5}; // between password and code
    static constexpr std::chrono::hours kEndedKept {90 * 24};
    static constexpr int kMostSessionsListed = 200;

    explicit SignInService(Parts parts, QObject *parent = nullptr);
    Result<void> start();
    void setIdleLimit(std::chrono::minutes limit) { m_idleLimit = limit; }
    bool isRequired() const { return m_isRequired; } // an operator has a password
    // Locks, ends and forgets what is due; by itself every few seconds, and after each change of an operator.
    Result<void> look();

    // After a restore (spec/security-and-robustness.md S12), before anybody has signed in: no session of the backup goes on. How many.
    Result<qint64> endAll(Transaction &tx) const;

    // ---- In and out. argon2id takes its time: on a thread of the pool.
    void signIn(SignInWish wish, Done<SignInOutcome> done);
    Result<SignInOutcome> enterCode(const QString &ticket, std::string_view code);
    Result<SignInOutcome> resume(const SessionToken &machineToken, const QString &place);
    Result<void> signOut(const SessionToken &token); // and the machine stays signed in no more
    Result<void> endHere(); // the console closes; its machine stays signed in

    // ---- While signed in. ResourceNotFoundException: the session has ended.
    void used(const SessionToken &token); // somebody is there
    Result<void> lock(const SessionToken &token);
    void unlock(const SessionToken &token, SecretBytes password, Done<SignInOutcome> done);
    // Ends all other sessions. ValidationException for a password that is too short or too long.
    void changePassword(const SessionToken &token, SecretBytes old, SecretBytes fresh,
                        Done<SignInOutcome> done);
    Result<TwoStepState> twoStep(const SessionToken &token) const;
    Result<TwoStepSecret> beginTwoStep(const SessionToken &token);
    Result<QStringList> confirmTwoStep(const SessionToken &token, std::string_view code); // recovery codes
    void endTwoStep(const SessionToken &token, SecretBytes password, Done<SignInOutcome> done);

    // ---- For administrators
    // While nobody has a password: gives one to an Administrator, who is made if there is none of that name. From then on the console asks.
    void makeFirstAdministrator(const Principal &who, const QString &name, SecretBytes password,
                                std::function<void(const Result<void> &)> done);
    // Newest first, ended ones of the last days among them. Of oneself, or with the permission for others and all (empty name).
    Result<QList<OperatorSession>> sessions(const Principal &who, const QString &operatorName) const;
    Result<void> endSession(const Principal &who, const QString &sessionId);
    Result<TwoStepState> twoStepOf(const Principal &who, const QString &operatorName) const;
    Result<void> resetTwoStep(const Principal &who, const QString &operatorName);

signals: // after commit
    void requiredChanged(bool required);
    void sessionLocked(const QString &sessionId);
    void sessionEnded(const QString &sessionId, fb::SessionEnd why);
    void sessionsChanged();

private:
    struct Live { // a console session that was begun in this process
        OperatorSession session;
        Tick lastUse;
        Tick storedUse;
        Tick endsAt; // whatever the wall clock says
    };
    struct Ticket {
        QString name;
        QString place;
        bool staysSignedIn = false;
        Tick endsAt;
    };
    struct Verified {
        SignInOutcome::State state = SignInOutcome::State::Wrong;
        SignInAccount account;
        std::optional<Instant> waitUntil;
    };
    using Verdict = std::function<void(const Result<Verified> &)>;

    void verify(const QString &name, SecretBytes password, const Principal &who, Action action,
                Verdict verdict);
    Verdict whenRight(const Done<SignInOutcome> &done, std::function<void(SignInOutcome)> then);
    Result<void> settle(const Verified &verified, const FailedSignIns &before);
    Result<void> countFailure(const QString &name, bool isKnown, const FailedSignIns &failed);
    Result<SignInOutcome> begin(const SignInAccount &account, const QString &place, bool staysSignedIn,
                                const OperatorSession *machine, bool byRecoveryCode);
    Result<SessionToken> newSession(Transaction &tx, OperatorSession &session, qint64 passwordAt);
    Result<void> end(const OperatorSession &session, SessionEnd why, const Principal &who);
    Result<void> lockLive(Live &live);
    Live *liveOf(const SessionToken &token);
    const Live *liveOf(const SessionToken &token) const;
    void record(const Principal &who, Action action, const QString &target, const QString &result,
                const QJsonObject &particulars = {});
    template <typename T>
    void answer(Done<T> done, Result<T> result); // once what was written is committed
    Result<void> readRequired();
    static QString hashOf(const SessionToken &token);
    static Principal atConsole(const QString &name, Role role);
    static Error noSession();
    void lookAgain();

    Parts m_parts;
    SignInRepository m_rows;
    SignInThrottle m_throttle;
    TwoStepKeeper m_twoStep;
    std::chrono::minutes m_idleLimit = kUsualIdleLimit;
    bool m_isRequired = false;
    QHash<QString, Live> m_live; // by hash of the token
    QHash<QString, Ticket> m_tickets;
    QTimer m_timer;
};

}
