#include "backend/security/signin/sign_in_service.h"

#include "backend/base/elsewhere.h"
#include "backend/base/fail.h"
#include "backend/base/on_result.h"
#include "backend/core/ids.h"
#include "backend/security/audit_log.h"
#include "backend/security/operators/password_hash.h"

#include <QLoggingCategory>

#include <algorithm>

namespace fb {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

Q_LOGGING_CATEGORY(lcSignIn, "fb.signin")

namespace {
    constexpr size_t kSignInTokenBytes = 32;
    constexpr qsizetype kMostTickets = 100;
    constexpr qsizetype kLongestSignInName = 64;
    const auto kUnknownAccount = u"unknown account"_s; // what is typed as a name may be a password
    const auto kSignInIssuer = u"Flagbridge"_s;

    QStringList withMachine(const OperatorSession &session)
    {
        return session.machineId.isEmpty() ? QStringList {session.sessionId}
                                           : QStringList {session.sessionId, session.machineId};
    }
}

SignInService::SignInService(Parts parts, QObject *parent)
    : QObject(parent),
      m_parts(parts),
      m_throttle(parts.clock),
      m_twoStep(parts.vault, parts.clock, parts.random)
{
    m_timer.setInterval(10s);
    connect(&m_timer, &QTimer::timeout, this, &SignInService::lookAgain);
    connect(&parts.operators, &OperatorService::operatorsChanged, this, &SignInService::lookAgain);
}

Result<void> SignInService::start()
{
    m_timer.start();
    return look();
}

Result<void> SignInService::readRequired()
{
    const auto any = m_rows.anyPassword(m_parts.database.reader());
    if (!any)
        return any.error();
    if (std::exchange(m_isRequired, *any) != *any)
        emit requiredChanged(*any);
    return {};
}

void SignInService::lookAgain()
{
    if (const auto looked = look(); !looked)
        qCWarning(lcSignIn) << "sessions wait for the store:" << toQString(looked.error().message);
}

void SignInService::record(const Principal &who, Action action, const QString &target, const QString &result,
                           const QJsonObject &particulars)
{
    static_cast<void>(m_parts.audit.record({.who = who,
                                            .action = toQString(action.name()),
                                            .target = target,
                                            .result = result,
                                            .diff = particulars}));
}

template <typename T>
void SignInService::answer(Done<T> done, Result<T> result)
{
    m_parts.database.whenCommitted(
        [done = std::move(done), result = std::move(result)](const Result<void> &committed) {
            done(committed ? result : Result<T>(committed.error()));
        });
}

// ---- Passwords -----------------------------------------------------------------------------------------------------

// A failure is counted before the password is looked at, and taken back when it was right: attempts at the same time gain nothing.
void SignInService::verify(const QString &name, SecretBytes password, const Principal &who, Action action,
                           Verdict verdict)
{
    const auto account = m_rows.account(m_parts.database.reader(), name);
    if (!account)
        return verdict(account.error());
    const bool isKnown = account->has_value();
    const FailedSignIns before = isKnown ? (*account)->failed : m_throttle.unknown(name);
    const QString target = isKnown ? name : kUnknownAccount;
    const Principal caller = isKnown ? Principal {name, (*account)->role, who.source}
                                     : Principal {QString(), Role::Viewer, who.source};
    if (const auto until = m_throttle.waitUntil(before)) {
        record(caller, action, target, toQString(errors::kThrottling.name()));
        return verdict(Verified {.state = SignInOutcome::State::Waits,
                                 .account = account->value_or(SignInAccount()),
                                 .waitUntil = until});
    }
    const FailedSignIns counted = m_throttle.after(before);
    if (auto stored = countFailure(name, isKnown, counted); !stored)
        return verdict(stored.error());
    const auto hidden = std::make_shared<SecretBytes>(std::move(password));
    const auto looked = elsewhere<bool>(
        [hidden, hash = isKnown ? toStd((*account)->passwordHash) : std::string()]() -> Result<bool> {
            return isPassword(*hidden, hash);
        });
    onResult(looked, this, [=, this, verdict = std::move(verdict)](const Result<bool> &right) {
        if (!right)
            return verdict(right.error());
        // It may have been changed meanwhile; what was looked at is what counts.
        const auto now = m_rows.account(m_parts.database.reader(), name);
        if (!now)
            return verdict(now.error());
        if (!*right || !*now || (*now)->passwordHash != (*account)->passwordHash) {
            record(caller, action, target, toQString(errors::kAccessDenied.name()),
                   {{u"Failures"_s, counted.count}});
            return verdict(Verified {.state = SignInOutcome::State::Wrong,
                                     .account = now->value_or(SignInAccount()),
                                     .waitUntil = counted.lockedUntil});
        }
        m_throttle.takeBack();
        const Verified verified {.state = (*now)->enabled ? SignInOutcome::State::SignedIn
                                                          : SignInOutcome::State::Disabled,
                                 .account = **now,
                                 .waitUntil = {}};
        if (auto stored = settle(verified, before); !stored)
            return verdict(stored.error());
        if (!(*now)->enabled)
            record(caller, action, target, u"Disabled"_s);
        verdict(verified);
    });
}

// A password that was not right is all that `done` hears of it.
SignInService::Verdict SignInService::whenRight(const Done<SignInOutcome> &done,
                                                std::function<void(SignInOutcome)> then)
{
    return [this, done, then = std::move(then)](const Result<Verified> &verified) {
        if (!verified)
            return answer<SignInOutcome>(done, verified.error());
        SignInOutcome outcome;
        outcome.state = verified->state;
        outcome.waitUntil = verified->waitUntil;
        if (outcome.state != SignInOutcome::State::SignedIn)
            return answer<SignInOutcome>(done, outcome);
        then(std::move(outcome));
    };
}

// The right password: failures of codes stay counted until the whole sign-in is done.
Result<void> SignInService::settle(const Verified &verified, const FailedSignIns &before)
{
    return countFailure(verified.account.name, true, before);
}

Result<void> SignInService::countFailure(const QString &name, bool isKnown, const FailedSignIns &failed)
{
    if (!isKnown) {
        m_throttle.putUnknown(name, failed);
        return {};
    }
    return m_parts.database.write([&](Transaction &tx) { return m_rows.setFailed(tx, name, failed); });
}

// ---- In ------------------------------------------------------------------------------------------------------------

void SignInService::signIn(SignInWish wish, Done<SignInOutcome> done)
{
    wish.name.truncate(kLongestSignInName + 1); // longer ones are nobody's, and fill no memory
    const Ticket asked {.name = wish.name,
                        .place = wish.place,
                        .staysSignedIn = wish.staysSignedIn,
                        .endsAt = m_parts.clock.tick() + kTicketLife};
    verify(wish.name, std::move(wish.password), {.name = {}, .role = Role::Viewer, .source = u"console"_s},
           actions::kSignIn, [this, asked, done = std::move(done)](const Result<Verified> &verified) {
               if (!verified)
                   return answer<SignInOutcome>(done, verified.error());
               SignInOutcome outcome;
               outcome.state = verified->state;
               outcome.waitUntil = verified->waitUntil;
               if (verified->state != SignInOutcome::State::SignedIn)
                   return answer<SignInOutcome>(done, outcome);
               const auto on = m_twoStep.isOn(m_parts.database.reader(), asked.name);
               if (!on)
                   return answer<SignInOutcome>(done, on.error());
               if (!*on)
                   return answer<SignInOutcome>(
                       done, begin(verified->account, asked.place, asked.staysSignedIn, nullptr, false));
               if (m_tickets.size() >= kMostTickets)
                   m_tickets.clear();
               outcome.state = SignInOutcome::State::NeedsCode;
               outcome.ticket = toQString(newUuid(m_parts.random));
               m_tickets.insert(outcome.ticket, asked);
               answer<SignInOutcome>(done, outcome);
           });
}

Result<SignInOutcome> SignInService::enterCode(const QString &ticket, std::string_view code)
{
    SignInOutcome outcome;
    const auto asked = m_tickets.constFind(ticket);
    if (asked == m_tickets.constEnd() || asked->endsAt <= m_parts.clock.tick()) {
        m_tickets.remove(ticket);
        outcome.state = SignInOutcome::State::TooLate;
        return outcome;
    }
    const Ticket known = *asked;
    const auto account = m_rows.account(m_parts.database.reader(), known.name);
    if (!account)
        return account.error();
    if (!*account || !(*account)->enabled) {
        m_tickets.remove(ticket);
        outcome.state = SignInOutcome::State::Disabled;
        return outcome;
    }
    const Principal who = atConsole(known.name, (*account)->role);
    if (const auto until = m_throttle.waitUntil((*account)->failed)) {
        record(who, actions::kSignIn, known.name, toQString(errors::kThrottling.name()));
        outcome.state = SignInOutcome::State::Waits;
        outcome.waitUntil = until;
        return outcome;
    }
    const auto check
        = m_parts.database.write([&](Transaction &tx) { return m_twoStep.use(tx, known.name, code); });
    if (!check)
        return check.error();
    if (!check->isRight) {
        const FailedSignIns counted = m_throttle.after((*account)->failed);
        if (auto stored = countFailure(known.name, true, counted); !stored)
            return stored.error();
        record(who, actions::kSignIn, known.name, toQString(errors::kAccessDenied.name()),
               {{u"Failures"_s, counted.count}, {u"Step"_s, u"code"_s}});
        outcome.waitUntil = counted.lockedUntil;
        return outcome;
    }
    m_tickets.remove(ticket);
    auto begun = begin(**account, known.place, known.staysSignedIn, nullptr, check->byRecoveryCode);
    if (begun && check->byRecoveryCode)
        begun->recoveryCodesLeft = check->recoveryCodesLeft;
    return begun;
}

Result<SignInOutcome> SignInService::resume(const SessionToken &machineToken, const QString &place)
{
    const auto found = m_rows.byToken(m_parts.database.reader(), hashOf(machineToken));
    if (!found)
        return found.error();
    SignInOutcome outcome;
    outcome.state = SignInOutcome::State::TooLate;
    if (!*found || (*found)->session.kind != SessionKind::Machine)
        return outcome;
    const OperatorSession &machine = (*found)->session;
    const Principal who = atConsole(machine.operatorName, machine.role);
    const bool isOver = (*found)->due != SessionEnd::None || machine.expiresAt <= m_parts.clock.now();
    if (isOver || machine.lockedAt) {
        record(who, actions::kSignIn, machine.operatorName, isOver ? u"Expired"_s : u"Locked"_s,
               {{u"Step"_s, u"stays signed in"_s}});
        outcome.state = isOver ? SignInOutcome::State::TooLate : SignInOutcome::State::Locked;
        outcome.who = who;
        return outcome;
    }
    const auto account = m_rows.account(m_parts.database.reader(), machine.operatorName);
    if (!account)
        return account.error();
    return *account ? begin(**account, place, true, &machine, false) : outcome;
}

// `machine`: the token that was shown instead of a password; it is renewed, so that a copy of it is good for nothing.
Result<SignInOutcome> SignInService::begin(const SignInAccount &account, const QString &place,
                                           bool staysSignedIn, const OperatorSession *machine,
                                           bool byRecoveryCode)
{
    const Instant now = m_parts.clock.now();
    SignInOutcome outcome;
    outcome.state = SignInOutcome::State::SignedIn;
    outcome.who = atConsole(account.name, account.role);
    outcome.session = {.operatorName = account.name,
                       .role = account.role,
                       .place = place.left(256),
                       .createDate = now,
                       .usedAt = now,
                       .expiresAt = now + kLongestSession};
    OperatorSession kept = outcome.session;
    kept.kind = SessionKind::Machine;
    kept.expiresAt = machine ? machine->expiresAt : now + kMachineStays;
    const auto written = m_parts.database.write([&](Transaction &tx) -> Result<void> {
        if (machine) {
            if (auto ended = m_rows.setEnded(tx, machine->sessionId, now, SessionEnd::Replaced); !ended)
                return ended;
        }
        if (staysSignedIn) {
            auto token = newSession(tx, kept, account.passwordAt);
            if (!token)
                return token.error();
            outcome.machineToken = *token;
            outcome.session.machineId = kept.sessionId;
        }
        auto token = newSession(tx, outcome.session, account.passwordAt);
        if (!token)
            return token.error();
        outcome.token = *token;
        if (auto stored = m_rows.setSignedIn(tx, account.name, now); !stored)
            return stored;
        m_parts.audit.append(tx,
                             {.who = outcome.who,
                              .action = toQString(actions::kSignIn.name()),
                              .target = account.name,
                              .diff = {{u"SessionId"_s, outcome.session.sessionId},
                                       {u"Place"_s, outcome.session.place},
                                       {u"With"_s,
                                        machine              ? u"stays signed in"_s
                                            : byRecoveryCode ? u"recovery code"_s
                                                             : u"password"_s}}});
        tx.onCommitted([this] { emit sessionsChanged(); });
        return m_rows.prune(tx, now - kEndedKept);
    });
    if (!written)
        return written.error();
    const Tick tick = m_parts.clock.tick();
    m_live.insert(
        hashOf(outcome.token),
        {.session = outcome.session, .lastUse = tick, .storedUse = tick, .endsAt = tick + kLongestSession});
    return outcome;
}

Result<SessionToken> SignInService::newSession(Transaction &tx, OperatorSession &session, qint64 passwordAt)
{
    session.sessionId = toQString(newUuid(m_parts.random));
    auto token = std::make_shared<const SecretBytes>(m_parts.random.bytes(kSignInTokenBytes));
    auto stored = m_rows.put(tx, session, hashOf(token), passwordAt);
    if (!stored)
        return stored.error();
    return SessionToken(std::move(token));
}

// ---- While signed in -----------------------------------------------------------------------------------------------

SignInService::Live *SignInService::liveOf(const SessionToken &token)
{
    const auto found = m_live.find(hashOf(token));
    return found == m_live.end() ? nullptr : &*found;
}

const SignInService::Live *SignInService::liveOf(const SessionToken &token) const
{
    const auto found = m_live.constFind(hashOf(token));
    return found == m_live.constEnd() ? nullptr : &*found;
}

void SignInService::used(const SessionToken &token)
{
    if (Live *live = liveOf(token); live && !live->session.lockedAt)
        live->lastUse = m_parts.clock.tick();
}

Result<void> SignInService::lock(const SessionToken &token)
{
    Live *live = liveOf(token);
    if (!live)
        return noSession();
    return live->session.lockedAt ? Result<void>() : lockLive(*live);
}

Result<void> SignInService::lockLive(Live &live)
{
    const Instant now = m_parts.clock.now();
    const OperatorSession session = live.session;
    live.session.lockedAt = now; // in any case: a store that fails opens nothing
    // The machine with it: whoever starts the console again is asked for the password, too.
    const QStringList ids = withMachine(session);
    auto written = m_parts.database.write([&](Transaction &tx) -> Result<void> {
        if (auto locked = m_rows.setLocked(tx, ids, now); !locked)
            return locked;
        m_parts.audit.append(tx,
                             {.who = atConsole(session.operatorName, session.role),
                              .action = toQString(actions::kLockSession.name()),
                              .target = session.sessionId});
        tx.onCommitted([this] { emit sessionsChanged(); });
        return {};
    });
    emit sessionLocked(session.sessionId);
    return written;
}

void SignInService::unlock(const SessionToken &token, SecretBytes password, Done<SignInOutcome> done)
{
    const Live *live = liveOf(token);
    if (!live)
        return answer<SignInOutcome>(done, noSession());
    const OperatorSession session = live->session;
    const Principal who = atConsole(session.operatorName, session.role);
    verify(session.operatorName, std::move(password), who, actions::kUnlockSession,
           whenRight(done, [this, token, who, done](SignInOutcome outcome) {
               Live *now = liveOf(token);
               if (!now)
                   return answer<SignInOutcome>(done, noSession());
               const QStringList ids = withMachine(now->session);
               const auto written = m_parts.database.write([&](Transaction &tx) -> Result<void> {
                   if (auto opened = m_rows.setLocked(tx, ids, std::nullopt); !opened)
                       return opened;
                   if (auto cleared = m_rows.setFailed(tx, who.name, {}); !cleared)
                       return cleared;
                   m_parts.audit.append(tx,
                                        {.who = who,
                                         .action = toQString(actions::kUnlockSession.name()),
                                         .target = now->session.sessionId});
                   tx.onCommitted([this] { emit sessionsChanged(); });
                   return {};
               });
               if (!written)
                   return answer<SignInOutcome>(done, written.error());
               now->session.lockedAt.reset();
               now->lastUse = m_parts.clock.tick();
               outcome.who = who;
               outcome.session = now->session;
               answer<SignInOutcome>(done, outcome);
           }));
}

void SignInService::changePassword(const SessionToken &token, SecretBytes old, SecretBytes fresh,
                                   Done<SignInOutcome> done)
{
    const Live *live = liveOf(token);
    if (!live)
        return answer<SignInOutcome>(done, noSession());
    const OperatorSession session = live->session;
    const Principal who = atConsole(session.operatorName, session.role);
    const auto hidden = std::make_shared<SecretBytes>(std::move(fresh));
    verify(
        session.operatorName, std::move(old), who, actions::kChangePassword,
        whenRight(done, [this, session, who, hidden, done](SignInOutcome outcome) {
            m_parts.operators.setPassword(
                who, who.name, std::move(*hidden), [this, session, outcome, done](const Result<void> &set) {
                    if (!set)
                        return answer<SignInOutcome>(done, set.error());
                    // In the same batch: this session and its machine go on, all others end.
                    const auto account = m_rows.account(m_parts.database.reader(), session.operatorName);
                    const auto kept = m_parts.database.write([&](Transaction &tx) -> Result<void> {
                        if (!account)
                            return account.error();
                        for (const QString &id : {session.sessionId, session.machineId}) {
                            auto stored = m_rows.setPasswordAt(tx, id, *account ? (*account)->passwordAt : 0);
                            if (!stored)
                                return stored;
                        }
                        return {};
                    });
                    if (!kept)
                        return answer<SignInOutcome>(done, kept.error());
                    answer<SignInOutcome>(done, outcome);
                });
        }));
}

Result<TwoStepState> SignInService::twoStep(const SessionToken &token) const
{
    const Live *live = liveOf(token);
    if (!live)
        return noSession();
    return m_twoStep.state(m_parts.database.reader(), live->session.operatorName);
}

Result<TwoStepSecret> SignInService::beginTwoStep(const SessionToken &token)
{
    const Live *live = liveOf(token);
    if (!live)
        return noSession();
    return m_parts.database.write(
        [&](Transaction &tx) { return m_twoStep.begin(tx, live->session.operatorName, kSignInIssuer); });
}

Result<QStringList> SignInService::confirmTwoStep(const SessionToken &token, std::string_view code)
{
    const Live *live = liveOf(token);
    if (!live)
        return noSession();
    const OperatorSession &session = live->session;
    return m_parts.database.write([&](Transaction &tx) -> Result<QStringList> {
        auto codes = m_twoStep.confirm(tx, session.operatorName, code);
        if (codes)
            m_parts.audit.append(tx,
                                 {.who = atConsole(session.operatorName, session.role),
                                  .action = toQString(actions::kSetUpTwoStep.name()),
                                  .target = session.operatorName,
                                  .diff = {{u"TwoStep"_s, u"on"_s}}});
        return codes;
    });
}

void SignInService::endTwoStep(const SessionToken &token, SecretBytes password, Done<SignInOutcome> done)
{
    const Live *live = liveOf(token);
    if (!live)
        return answer<SignInOutcome>(done, noSession());
    const Principal who = atConsole(live->session.operatorName, live->session.role);
    verify(who.name, std::move(password), who, actions::kSetUpTwoStep,
           whenRight(done, [this, who, done](SignInOutcome outcome) {
               const auto removed = m_parts.database.write([&](Transaction &tx) -> Result<void> {
                   if (auto gone = m_twoStep.remove(tx, who.name); !gone)
                       return gone;
                   m_parts.audit.append(tx,
                                        {.who = who,
                                         .action = toQString(actions::kSetUpTwoStep.name()),
                                         .target = who.name,
                                         .diff = {{u"TwoStep"_s, u"off"_s}}});
                   return {};
               });
               if (!removed)
                   return answer<SignInOutcome>(done, removed.error());
               answer<SignInOutcome>(done, outcome);
           }));
}

}
