#include "backend/security/signin/sign_in_service.h"

#include "backend/base/qt_text.h"
#include "backend/core/byte_encoding.h"
#include "backend/security/audit_log.h"
#include "backend/security/operators/password_hash.h"
#include "backend/security/signin/totp.h"
#include "tests/support/test_database.h"
#include "tests/support/test_main.h"

#include <QJsonDocument>
#include <QSignalSpy>
#include <QTest>

using namespace fb;
using namespace fb::test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class tst_SignIn : public QObject
{
    Q_OBJECT

private slots:
    void migration_data() { addDatabaseRows(); }
    void migration();
    void signsIn_data() { addDatabaseRows(); }
    void signsIn();
    void refusals();
    void throttled();
    void secondStep_data() { addDatabaseRows(); }
    void secondStep();
    void locks();
    void ends_data();
    void ends();
    void staysSignedIn_data() { addDatabaseRows(); }
    void staysSignedIn();
    void ownPassword();
    void firstAdministrator();
    void administratorsEndSessions();
    void narrowedAdministratorWidensNothing();
};

namespace {

const std::string kSignInPassword = "correct horse battery";

// One argon2id for all tests of this file: it is slow on purpose.
QString sharedHash()
{
    static const QString hash = toQString(*passwordHash(SecretBytes(kSignInPassword)));
    return hash;
}

struct SignInBench {
    explicit SignInBench(const QString &kind) : db(kind) { open(); }
    ~SignInBench() { static_cast<void>(db->flush()); }
    void open()
    {
        audit = std::make_unique<AuditLog>(*db, db.clock, SecretBytes(std::string(32, 'a')));
        vault = Vault::open(*db, SecretBytes(std::string(32, 'm')), db.clock, db.random).value();
        operators = std::make_unique<OperatorService>(
            OperatorService::Parts {*db, *vault, *audit, access, ring, db.clock, db.random});
        owner = operators->start(u"alice"_s, u"control"_s).value();
        signIn = std::make_unique<SignInService>(
            SignInService::Parts {*db, *vault, *audit, access, *operators, db.clock, db.random});
        if (!signIn->start())
            qFatal("the sign-in does not start");
    }
    void reopen()
    {
        static_cast<void>(db->flush()); // what a commit tells, before those who tell it go
        signIn.reset();
        operators.reset();
        db.reopen();
        open();
    }
    void add(const QString &name, Role role = Role::Operator)
    {
        Operator who;
        who.name = name;
        who.role = role;
        QVERIFY(operators->createOperator(owner, who));
        QVERIFY(db->flush());
        givePassword(name);
    }
    void givePassword(const QString &name)
    {
        QVERIFY(db->write([&](Transaction &tx) {
            return OperatorRepository().setPasswordHash(tx, name, sharedHash(), db.clock.now());
        }));
        QVERIFY(db->flush());
        QVERIFY(operators->reload());
        QVERIFY(signIn->look());
    }
    template <typename T>
    std::optional<Result<T>> wait(const std::function<void(SignInService::Done<T>)> &call)
    {
        auto answer = std::make_shared<std::optional<Result<T>>>();
        call([answer](const Result<T> &result) { *answer = result; });
        static_cast<void>(QTest::qWaitFor(
            [&] {
                static_cast<void>(db->flush());
                return answer->has_value();
            },
            30'000));
        return *answer;
    }
    SignInOutcome enter(const QString &name, const std::string &password = kSignInPassword,
                        bool stays = false)
    {
        const auto outcome = wait<SignInOutcome>([&](auto done) {
            signIn->signIn({.name = name,
                            .password = SecretBytes(password),
                            .place = u"console on here"_s,
                            .staysSignedIn = stays},
                           done);
        });
        return outcome && *outcome ? **outcome : SignInOutcome {.state = SignInOutcome::State::TooLate};
    }
    SignInOutcome unlock(const SessionToken &token, const std::string &password)
    {
        const auto outcome
            = wait<SignInOutcome>([&](auto done) { signIn->unlock(token, SecretBytes(password), done); });
        return outcome && *outcome ? **outcome : SignInOutcome {.state = SignInOutcome::State::TooLate};
    }
    AuditEntry newest(qsizetype at = 0) { return audit->entries(db->reader(), 0, 20)->value(at); }
    QByteArray wholeAudit()
    {
        QByteArray text;
        const auto entries = audit->entries(db->reader(), 0, 200);
        for (const AuditEntry &entry : *entries)
            text += QJsonDocument(toJson(entry)).toJson(QJsonDocument::Compact);
        return text;
    }

    TestDatabase db;
    std::unique_ptr<AuditLog> audit;
    std::unique_ptr<Vault> vault;
    OperatorAccess access;
    AccessKeyRing ring;
    std::unique_ptr<OperatorService> operators;
    std::unique_ptr<SignInService> signIn;
    Principal owner;
};

using Outcome = SignInOutcome::State;

}

void tst_SignIn::migration()
{
    QFETCH(QString, database);
    TestDatabase db(database, UpTo {72});
    QVERIFY(db->write([](Transaction &tx) {
        return tx.execute(
            u"INSERT INTO operator_account (name, role, created_at) VALUES ('alice', 'Administrator', 1)"_s);
    }));
    QVERIFY(db->flush());
    db.reopen();
    QVERIFY(!*SignInRepository().anyPassword(db->reader()));
    QVERIFY(SignInRepository().open(db->reader())->isEmpty());
    QCOMPARE((*SignInRepository().account(db->reader(), u"alice"_s))->failed, FailedSignIns());
}

void tst_SignIn::signsIn()
{
    QFETCH(QString, database);
    SignInBench b(database);
    QVERIFY(!b.signIn->isRequired());
    QSignalSpy required(b.signIn.get(), &SignInService::requiredChanged);
    b.add(u"bob"_s);
    QVERIFY(b.signIn->isRequired());
    QCOMPARE(required.size(), 1);
    b.db.clock.advance(1h);
    const SignInOutcome outcome = b.enter(u"bob"_s);
    QVERIFY(outcome.state == Outcome::SignedIn);
    QCOMPARE(outcome.who, (Principal {u"bob"_s, Role::Operator, u"console"_s}));
    QCOMPARE(outcome.token->size(), size_t(32));
    QVERIFY(!outcome.machineToken);
    QCOMPARE(outcome.session.expiresAt, b.db.clock.now() + SignInService::kLongestSession);
    QCOMPARE(b.newest().action, u"flagbridge:SignIn"_s);
    QCOMPARE(b.newest().who, outcome.who);
    QVERIFY(b.operators->reload());
    QCOMPARE(b.operators->listOperators(b.owner)->at(1).lastSignInAt, b.db.clock.now());
    // What is stored and what is told hold neither the token nor the password.
    const std::string hex = toHex(outcome.token->view());
    QVERIFY(!b.wholeAudit().contains(QByteArray::fromStdString(hex)));
    QVERIFY(!b.wholeAudit().contains("horse"));
    QCOMPARE(*b.db->reader().number(u"SELECT count(*) FROM operator_session WHERE token_hash = ?"_s,
                                    {toQString(hex)}),
             0);
    QCOMPARE(b.signIn->sessions(outcome.who, u"bob"_s)->size(), 1);
    QSignalSpy ended(b.signIn.get(), &SignInService::sessionEnded);
    QVERIFY(b.signIn->signOut(outcome.token));
    QVERIFY(b.db->flush());
    QCOMPARE(ended.size(), 1);
    QCOMPARE(b.newest().action, u"flagbridge:SignOut"_s);
    QVERIFY(!b.signIn->signOut(outcome.token)); // once
    QCOMPARE(b.signIn->sessions(outcome.who, u"bob"_s)->first().endReason, SessionEnd::SignedOut);
}

// Nobody learns whether the name or the password was wrong; what was typed as a name is kept nowhere.
void tst_SignIn::refusals()
{
    SignInBench b(u"sqlite"_s);
    b.add(u"bob"_s);
    const SignInOutcome wrong = b.enter(u"bob"_s, "wrong horse battery");
    QVERIFY(wrong.state == Outcome::Wrong);
    QVERIFY(!wrong.token);
    QCOMPARE(b.newest().result, u"AccessDeniedException"_s);
    QCOMPARE(b.newest().target, u"bob"_s);
    const SignInOutcome nobody = b.enter(u"my secret typed here"_s);
    QCOMPARE(nobody.state, wrong.state);
    QCOMPARE(nobody.waitUntil, wrong.waitUntil);
    QVERIFY(!b.wholeAudit().contains("my secret"));
    QCOMPARE(b.newest().target, u"unknown account"_s);
    QVERIFY(b.enter(u"alice"_s).state == Outcome::Wrong); // has no password
    Operator bob = b.operators->listOperators(b.owner)->at(1);
    bob.enabled = false;
    QVERIFY(b.operators->updateOperator(b.owner, bob));
    QVERIFY(b.db->flush());
    QVERIFY(b.enter(u"bob"_s, "wrong horse battery").state == Outcome::Wrong); // says no more than before
    QVERIFY(b.enter(u"bob"_s).state == Outcome::Disabled);
    QCOMPARE(b.newest().result, u"Disabled"_s);
}

void tst_SignIn::throttled()
{
    SignInBench b(u"sqlite"_s);
    b.add(u"bob"_s);
    const auto both = {u"bob"_s, u"nobody"_s};
    for (const QString &name : both) {
        for (int i = 1; i < SignInThrottle::kFreeFailures; ++i)
            QVERIFY(!b.enter(name, "wrong horse battery").waitUntil);
        QVERIFY(b.enter(name, "wrong horse battery").waitUntil);
    }
    for (const QString &name : both) { // the right password is not even looked at
        const SignInOutcome held = b.enter(name);
        QVERIFY(held.state == Outcome::Waits);
        QVERIFY(held.waitUntil > b.db.clock.now());
        QCOMPARE(b.newest().result, u"ThrottlingException"_s);
    }
    b.reopen(); // a restart forgets nothing
    const SignInOutcome held = b.enter(u"bob"_s);
    QVERIFY(held.state == Outcome::Waits);
    b.db.clock.advance(*held.waitUntil - b.db.clock.now());
    QVERIFY(b.enter(u"bob"_s).state == Outcome::SignedIn);
    QCOMPARE((*SignInRepository().account(b.db->reader(), u"bob"_s))->failed, FailedSignIns());
    // Attempts at the same time are counted before they are looked at.
    int waits = 0;
    int answers = 0;
    for (int i = 0; i < 6; ++i)
        b.signIn->signIn({.name = u"bob"_s,
                          .password = SecretBytes("wrong horse battery"),
                          .place = {},
                          .staysSignedIn = false},
                         [&](const Result<SignInOutcome> &outcome) {
                             ++answers;
                             waits += outcome && outcome->state == Outcome::Waits ? 1 : 0;
                         });
    QVERIFY(QTest::qWaitFor(
        [&] {
            static_cast<void>(b.db->flush());
            return answers == 6;
        },
        30'000));
    QCOMPARE(waits, 6 - SignInThrottle::kFreeFailures);
}

void tst_SignIn::secondStep()
{
    QFETCH(QString, database);
    SignInBench b(database);
    b.add(u"bob"_s);
    const SessionToken token = b.enter(u"bob"_s).token;
    QVERIFY(!b.signIn->twoStep(token)->isOn);
    const auto secret = b.signIn->beginTwoStep(token);
    QVERIFY(secret && secret->uri.contains(secret->base32));
    const auto item = b.vault->get(b.db->reader(), u"two-step"_s, u"bob"_s);
    const std::string raw(item->value().secret.view());
    QCOMPARE(toQString(toBase32(raw)), secret->base32);
    const auto codeAt = [&](int steps) { return *totpCode(raw, totpStepAt(b.db.clock.now()) + steps); };
    QVERIFY(!b.signIn->confirmTwoStep(token, "000000"));
    QVERIFY(b.enter(u"bob"_s).state == Outcome::SignedIn); // not before it is confirmed
    const auto codes = b.signIn->confirmTwoStep(token, codeAt(0));
    QVERIFY(codes);
    QCOMPARE(codes->size(), TwoStepKeeper::kRecoveryCodes);
    QVERIFY(b.db->flush());
    QCOMPARE(b.signIn->twoStep(token)->recoveryCodesLeft, TwoStepKeeper::kRecoveryCodes);
    QVERIFY(!b.signIn->beginTwoStep(token)); // it is on

    const SignInOutcome first = b.enter(u"bob"_s);
    QVERIFY(first.state == Outcome::NeedsCode);
    QVERIFY(!first.token);
    QVERIFY(b.signIn->enterCode(first.ticket, codeAt(0))->state
            == Outcome::Wrong); // used already, at the set-up
    b.db.clock.advance(kTotpStep);
    const std::string used = codeAt(0);
    QVERIFY(b.signIn->enterCode(first.ticket, used)->state == Outcome::SignedIn);
    QVERIFY(b.signIn->enterCode(first.ticket, codeAt(1))->state == Outcome::TooLate); // the ticket is used up
    const SignInOutcome second = b.enter(u"bob"_s);
    QVERIFY(b.signIn->enterCode(second.ticket, used)->state == Outcome::Wrong);
    // A recovery code, as somebody types it, once.
    const std::string typed
        = " " + toStd(codes->first()).substr(0, 9) + toStd(codes->first().mid(9).toLower());
    const auto recovered = b.signIn->enterCode(second.ticket, typed);
    QVERIFY(recovered->state == Outcome::SignedIn);
    QCOMPARE(recovered->recoveryCodesLeft, TwoStepKeeper::kRecoveryCodes - 1);
    QVERIFY(b.db->flush());
    QCOMPARE(b.newest().diff[u"With"].toString(), u"recovery code"_s);
    const SignInOutcome third = b.enter(u"bob"_s);
    QVERIFY(b.signIn->enterCode(third.ticket, typed)->state == Outcome::Wrong);
    // Neither stored nor told in clear.
    QVERIFY(!b.wholeAudit().contains(codes->at(1).toUtf8()));
    QCOMPARE(*b.db->reader().number(u"SELECT count(*) FROM operator_recovery_code WHERE code_hash LIKE ?"_s,
                                    {u'%' + codes->at(1).left(4) + u'%'}),
             0);
    // Guessing codes is throttled, with the right password too.
    SignInOutcome last;
    for (int i = 0; i < SignInThrottle::kFreeFailures; ++i)
        last = *b.signIn->enterCode(third.ticket, "000000");
    QVERIFY(last.waitUntil);
    QVERIFY(b.signIn->enterCode(third.ticket, codeAt(0))->state == Outcome::Waits);
    b.db.clock.advance(SignInThrottle::kLongestWait);
    const SignInOutcome fourth = b.enter(u"bob"_s);
    b.db.clock.advance(SignInService::kTicketLife);
    QVERIFY(b.signIn->enterCode(fourth.ticket, codeAt(0))->state == Outcome::TooLate);

    // Off again: with the password, or by an administrator.
    auto off = b.wait<SignInOutcome>(
        [&](auto done) { b.signIn->endTwoStep(token, SecretBytes("wrong horse battery"), done); });
    QVERIFY((*off)->state == Outcome::Wrong && b.signIn->twoStep(token)->isOn);
    QVERIFY(!b.signIn->resetTwoStep({u"bob"_s, Role::Operator, {}}, u"bob"_s));
    QVERIFY(b.signIn->resetTwoStep(b.owner, u"bob"_s));
    QVERIFY(b.db->flush());
    QVERIFY(!b.signIn->twoStep(token)->isOn);
    QVERIFY(!*b.vault->get(b.db->reader(), u"two-step"_s, u"bob"_s));
    // Another operator of that name does not come into it.
    QVERIFY(b.signIn->beginTwoStep(token));
    QVERIFY(b.operators->deleteOperator(b.owner, u"bob"_s));
    QVERIFY(b.db->flush());
    QVERIFY(!*b.vault->get(b.db->reader(), u"two-step"_s, u"bob"_s));
}

void tst_SignIn::locks()
{
    SignInBench b(u"sqlite"_s);
    b.add(u"bob"_s);
    b.signIn->setIdleLimit(10min);
    const SignInOutcome outcome = b.enter(u"bob"_s);
    QSignalSpy locked(b.signIn.get(), &SignInService::sessionLocked);
    b.db.clock.advance(9min);
    b.signIn->used(outcome.token);
    b.db.clock.advance(9min);
    QVERIFY(b.signIn->look());
    QCOMPARE(locked.size(), 0);
    b.db.clock.advance(1min);
    QVERIFY(b.signIn->look());
    QCOMPARE(locked.size(), 1);
    QCOMPARE(locked.first().first().toString(), outcome.session.sessionId);
    QVERIFY(b.db->flush());
    QCOMPARE(b.newest().action, u"flagbridge:LockSession"_s);
    b.signIn->used(outcome.token); // opens nothing
    QVERIFY(b.unlock(outcome.token, "wrong horse battery").state == Outcome::Wrong);
    QVERIFY(b.signIn->sessions(outcome.who, u"bob"_s)->first().lockedAt);
    QVERIFY(b.unlock(outcome.token, kSignInPassword).state == Outcome::SignedIn);
    QCOMPARE(b.newest().action, u"flagbridge:UnlockSession"_s);
    QVERIFY(!b.signIn->sessions(outcome.who, u"bob"_s)->first().lockedAt);
    QVERIFY(b.signIn->look());
    QCOMPARE(locked.size(), 1);
    QVERIFY(b.signIn->lock(outcome.token)); // by hand
    QCOMPARE(locked.size(), 2);
    QVERIFY(b.signIn->lock(outcome.token)); // it is
    QCOMPARE(locked.size(), 2);
}

void tst_SignIn::ends_data()
{
    QTest::addColumn<SessionEnd>("why");
    for (const SessionEnd why :
         {SessionEnd::Expired, SessionEnd::Disabled, SessionEnd::PasswordChanged, SessionEnd::RoleChanged})
        QTest::addRow("%s", qPrintable(enumName(why))) << why;
}

// What somebody may do is taken away at once, not with the next sign-in.
void tst_SignIn::ends()
{
    QFETCH(SessionEnd, why);
    SignInBench b(u"sqlite"_s);
    b.add(u"bob"_s);
    b.add(u"carol"_s);
    const SignInOutcome bob = b.enter(u"bob"_s, kSignInPassword, true);
    const SignInOutcome carol = b.enter(u"carol"_s);
    QSignalSpy ended(b.signIn.get(), &SignInService::sessionEnded);
    Operator changed = b.operators->listOperators(b.owner)->at(1);
    if (why == SessionEnd::Expired) {
        for (int hour = 0; hour < 12; ++hour) {
            QCOMPARE(ended.size(), 0);
            b.signIn->used(bob.token);
            b.db.clock.advance(1h);
            b.db.clock.jumpWallClock(-1h); // nobody stays in by setting the clock
            b.signIn->used(bob.token);
            QVERIFY(b.signIn->look());
        }
        b.db.clock.advance(0s);
    } else if (why == SessionEnd::Disabled) {
        changed.enabled = false;
    } else if (why == SessionEnd::RoleChanged) {
        changed.role = Role::Viewer;
    } else {
        b.db.clock.advance(1s);
        b.givePassword(u"bob"_s);
    }
    if (why == SessionEnd::Disabled || why == SessionEnd::RoleChanged) {
        QVERIFY(b.operators->updateOperator(b.owner, changed));
        QVERIFY(b.db->flush());
    }
    const bool both = why == SessionEnd::Expired;
    QCOMPARE(ended.size(), both ? 2 : 1);
    QVERIFY(b.db->flush());
    const auto sessions = b.signIn->sessions(b.owner, u"bob"_s);
    QCOMPARE(sessions->size(), 2); // with that of the machine
    for (const OperatorSession &session : *sessions) {
        if (session.kind == SessionKind::Console || !both)
            QCOMPARE(session.endReason, why);
    }
    QVERIFY(!b.signIn->lock(bob.token));
    QVERIFY(b.unlock(bob.token, kSignInPassword).state == Outcome::TooLate);
    if (!both)
        QVERIFY(b.signIn->resume(bob.machineToken, {})->state == Outcome::TooLate);
    QCOMPARE(b.signIn->lock(carol.token).has_value(), !both);
}

void tst_SignIn::staysSignedIn()
{
    QFETCH(QString, database);
    SignInBench b(database);
    b.add(u"bob"_s);
    const SignInOutcome first = b.enter(u"bob"_s, kSignInPassword, true);
    QVERIFY(first.machineToken);
    QVERIFY(b.signIn->resume(first.token, {})->state == Outcome::TooLate); // a session's token is none
    QVERIFY(b.signIn->endHere());
    b.reopen();
    const auto again = b.signIn->resume(first.machineToken, u"console on here"_s);
    QVERIFY(again->state == Outcome::SignedIn);
    QCOMPARE(again->who.name, u"bob"_s);
    QVERIFY(b.db->flush());
    QCOMPARE(b.newest().diff[u"With"].toString(), u"stays signed in"_s);
    QVERIFY(b.signIn->resume(first.machineToken, {})->state
            == Outcome::TooLate); // a copy is good for nothing
    // Locked: whoever starts the console again is asked.
    QVERIFY(b.signIn->lock(again->token));
    QVERIFY(b.signIn->endHere());
    b.reopen();
    QVERIFY(b.signIn->resume(again->machineToken, {})->state == Outcome::Locked);
    const SignInOutcome byPassword = b.enter(u"bob"_s, kSignInPassword, true);
    QVERIFY(b.signIn->signOut(byPassword.token));
    QVERIFY(b.signIn->resume(byPassword.machineToken, {})->state == Outcome::TooLate);
    const SignInOutcome last = b.enter(u"bob"_s, kSignInPassword, true);
    b.db.clock.advance(SignInService::kMachineStays);
    QVERIFY(b.signIn->resume(last.machineToken, {})->state == Outcome::TooLate);
    QVERIFY(b.signIn->resume(nullptr, {})->state == Outcome::TooLate);
}

void tst_SignIn::ownPassword()
{
    SignInBench b(u"sqlite"_s);
    b.add(u"bob"_s);
    const SignInOutcome here = b.enter(u"bob"_s, kSignInPassword, true);
    const SignInOutcome there = b.enter(u"bob"_s);
    b.db.clock.advance(1s);
    const auto change = [&](const std::string &old, const std::string &fresh) {
        return b.wait<SignInOutcome>([&](auto done) {
            b.signIn->changePassword(here.token, SecretBytes(old), SecretBytes(fresh), done);
        });
    };
    QVERIFY((*change("wrong horse battery", "another password"))->state == Outcome::Wrong);
    QVERIFY(!*change(kSignInPassword, "short"));
    QVERIFY((*change(kSignInPassword, "another password"))->state == Outcome::SignedIn);
    QVERIFY(b.signIn->look());
    QVERIFY(b.signIn->lock(here.token)); // this one goes on
    QVERIFY(!b.signIn->lock(there.token)); // all others have ended
    QVERIFY(b.enter(u"bob"_s).state == Outcome::Wrong);
    QVERIFY(b.enter(u"bob"_s, "another password").state == Outcome::SignedIn);
}

void tst_SignIn::firstAdministrator()
{
    SignInBench b(u"sqlite"_s);
    const auto make = [&](const QString &name, const std::string &password) {
        return b.wait<void>(
            [&](auto done) { b.signIn->makeFirstAdministrator(b.owner, name, SecretBytes(password), done); });
    };
    QVERIFY(!*make(u"tanaka"_s, "short"));
    QVERIFY(b.db->flush());
    QCOMPARE(b.operators->listOperators(b.owner)->size(), 1); // all or nothing
    QVERIFY(*make(u"tanaka"_s, kSignInPassword));
    QVERIFY(b.signIn->isRequired());
    QVERIFY(b.enter(u"tanaka"_s).who.role == Role::Administrator);
    QVERIFY(!*make(u"eve"_s, kSignInPassword)); // once
}

void tst_SignIn::administratorsEndSessions()
{
    SignInBench b(u"sqlite"_s);
    b.add(u"bob"_s);
    b.add(u"carol"_s);
    const SignInOutcome bob = b.enter(u"bob"_s, kSignInPassword, true);
    const Principal carol = b.enter(u"carol"_s).who;
    QVERIFY(!b.signIn->sessions(carol, u"bob"_s));
    QVERIFY(!b.signIn->endSession(carol, bob.session.sessionId));
    QVERIFY(b.signIn->endSession(b.owner, bob.session.sessionId));
    QVERIFY(b.db->flush());
    QVERIFY(!b.signIn->lock(bob.token));
    QVERIFY(b.signIn->resume(bob.machineToken, {})->state
            == Outcome::TooLate); // does not come back by itself
    QVERIFY(!b.signIn->endSession(b.owner, bob.session.sessionId));
    QVERIFY(!b.signIn->endSession(b.owner, u"none"_s));
}

// Whoever is narrowed, or denied something, cannot lift that.
void tst_SignIn::narrowedAdministratorWidensNothing()
{
    SignInBench b(u"sqlite"_s);
    b.add(u"bob"_s, Role::Administrator);
    b.add(u"carol"_s, Role::Viewer);
    const Principal who {u"bob"_s, Role::Administrator, u"console"_s};
    Operator bob = b.operators->listOperators(b.owner)->at(1);
    const Operator free = bob;
    QVERIFY(b.operators->updateOperator(who, bob)); // not narrowed: may
    QVERIFY(b.db->flush());
    PermissionScope byDocument;
    byDocument.documents = {u"AWS-*"_s};
    const QList<std::pair<PermissionScope, QList<PermissionStatement>>> narrowings {
        {byDocument, {}},
        {{}, {{.effect = Effect::Deny, .actions = {u"ssm:DeleteParameter"_s}, .scope = {}}}}};
    for (const auto &[scope, statements] : narrowings) {
        bob = free;
        bob.scope = scope;
        bob.statements = statements;
        QVERIFY(b.operators->updateOperator(b.owner, bob));
        QVERIFY(b.db->flush());
        QVERIFY(!b.operators->updateOperator(who, free));
        QVERIFY(!b.operators->putGroup(who, {.name = u"ops"_s, .description = {}, .statements = {}}));
        QVERIFY(!b.operators->createKey(who, u"alice"_s, {}));
        QVERIFY(!b.signIn->resetTwoStep(who, u"alice"_s));
        QVERIFY(b.operators->explain(who, actions::kUpdateOperator, {}).by == DecidedBy::Narrowed);
        QVERIFY(b.access.explainAnywhere(who, actions::kUpdateOperator).by == DecidedBy::Narrowed);
        QVERIFY(b.access.explainAnywhere(who, actions::kDeleteDocument).allowed);
    }
    // A statement makes no administrator of operators either.
    Operator carol = b.operators->listOperators(b.owner)->at(2);
    carol.statements = {{.effect = Effect::Allow, .actions = {u"*"_s}, .scope = {}}};
    QVERIFY(b.operators->updateOperator(b.owner, carol));
    QVERIFY(b.db->flush());
    QVERIFY(!b.operators->updateOperator({u"carol"_s, Role::Viewer, {}}, carol));
    QVERIFY(b.access.explainAnywhere({u"carol"_s, Role::Viewer, {}}, actions::kDeleteDocument).by
            == DecidedBy::Statement);
}

FB_TEST(tst_SignIn)
#include "tst_sign_in.moc"
