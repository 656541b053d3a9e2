#include "models/signin/sign_in_feed.h"

#include "backend/base/on_result.h"
#include "backend/base/qt_text.h"
#include "backend/security/master_key.h"
#include "backend/security/operators/operator_service.h"
#include "backend/security/operators/role_permissions.h"
#include "backend/security/signin/sign_in_service.h"

#include <QPointer>
#include <QSysInfo>

namespace fb {

using namespace Qt::StringLiterals;

namespace {
    // The widgets' copy is theirs to wipe; this one goes at once.
    SecretBytes secretOfText(QString &text)
    {
        QByteArray bytes = text.toUtf8();
        SecretBytes secret(viewOf(bytes));
        bytes.fill('\0');
        text.fill(QChar(u'\0'));
        return secret;
    }

    QString consolePlace() { return u"console on %1"_s.arg(QSysInfo::machineHostName()); }

    SignInAnswer::State stateOf(SignInOutcome::State state)
    {
        switch (state) {
        case SignInOutcome::State::SignedIn:
            return SignInAnswer::State::SignedIn;
        case SignInOutcome::State::NeedsCode:
            return SignInAnswer::State::NeedsCode;
        case SignInOutcome::State::Wrong:
            return SignInAnswer::State::Wrong;
        case SignInOutcome::State::Waits:
            return SignInAnswer::State::Waits;
        case SignInOutcome::State::Disabled:
            return SignInAnswer::State::Disabled;
        case SignInOutcome::State::TooLate:
        case SignInOutcome::State::Locked:
            return SignInAnswer::State::TooLate;
        }
        return SignInAnswer::State::Failed;
    }

    SignOutCause causeOf(SessionEnd why)
    {
        switch (why) {
        case SessionEnd::None:
            return SignOutCause::NowRequired;
        case SessionEnd::Ended:
            return SignOutCause::Ended;
        case SessionEnd::Expired:
            return SignOutCause::Expired;
        case SessionEnd::Disabled:
            return SignOutCause::Disabled;
        case SessionEnd::PasswordChanged:
            return SignOutCause::PasswordChanged;
        case SessionEnd::RoleChanged:
            return SignOutCause::RoleChanged;
        case SessionEnd::SignedOut:
        case SessionEnd::Replaced:
            break;
        }
        return SignOutCause::SignedOut;
    }

    SignedInOperator shownOperator(Engine &engine, const Principal &who)
    {
        SignedInOperator shown {.name = who.name, .role = enumName(who.role), .nodeTags = {}};
        const auto scope = engine.operators().scopeOf(who.name);
        for (auto it = scope.nodeTags.begin(); it != scope.nodeTags.end(); ++it) {
            for (const QString &value : it.value())
                shown.nodeTags << it.key() + u'=' + value;
        }
        return shown;
    }

    using Forbidden = QHash<QString, ForbiddenAction>;

    Forbidden forbiddenTo(Engine &engine)
    {
        const Principal &who = engine.atConsole();
        Forbidden forbidden;
        for (const Action action : everyAction()) {
            const AccessDecision decision = engine.access().explainAnywhere(who, action);
            if (decision.allowed)
                continue;
            ForbiddenAction one {.role = enumName(who.role),
                                 .leastRole = enumName(leastRole(action)),
                                 .group = decision.group};
            one.why = decision.by == DecidedBy::NoRole ? ForbiddenAction::Why::Role
                : decision.by == DecidedBy::Denied     ? ForbiddenAction::Why::Denied
                : decision.by == DecidedBy::Narrowed   ? ForbiddenAction::Why::Narrowed
                                                       : ForbiddenAction::Why::Nobody;
            forbidden.insert(toQString(action.name()), one);
        }
        return forbidden;
    }
}

SignInFeed::SignInFeed(EngineThread &engine, Keychain *keychain, QObject *parent)
    : SignInSource(parent),
      m_engine(engine),
      m_keychain(keychain)
{
}

template <typename T>
void SignInFeed::ask(std::function<void(Engine &, Reply<T>)> call,
                     std::function<void(const Result<T> &)> done)
{
    auto promise = std::make_shared<QPromise<Result<T>>>();
    promise->start();
    onResult(promise->future(), this, std::move(done));
    const auto posted = m_engine.post([call = std::move(call), promise](Engine &engine) -> Result<void> {
        call(engine, [promise](Result<T> result) {
            promise->addResult(std::move(result));
            promise->finish();
        });
        return {};
    });
    Q_UNUSED(posted)
}

void SignInFeed::start(const EngineInfo &info, bool looksInKeychain,
                       std::function<void(const SignInAnswer &)> resumed)
{
    m_fleetId = info.fleetId;
    m_stays = looksInKeychain && m_keychain;
    const auto watched = m_engine.post([this](Engine &engine) -> Result<void> {
        connect(&engine, &Engine::consoleVacated, this, [this](SessionEnd why) {
            m_token.reset();
            readForbidden();
            if (std::exchange(m_leaves, false))
                forget();
            emit signedOut(causeOf(why));
        });
        connect(&engine.signIn(), &SignInService::sessionLocked, this, [this] {
            if (m_token)
                emit locked();
        });
        connect(&engine.operators(), &OperatorService::operatorsChanged, this, &SignInFeed::readForbidden);
        return {};
    });
    onResult(watched, this, [this](const Result<void> &) { readForbidden(); });
    const auto asked = [resumed](const QString &why) {
        SignInAnswer answer;
        answer.notKept = why;
        resumed(answer);
    };
    if (!looksInKeychain || !m_keychain)
        return asked({});
    m_keychain->read(entryName(), [self = QPointer(this), asked, resumed](Keychain::Answer answer) {
        if (!self)
            return;
        if (!answer.problem.isEmpty())
            return asked(tr("The keychain cannot be read, so this machine does not stay signed in: %1")
                             .arg(visibleText(answer.problem, 200)));
        if (!answer.found || answer.secret.size() < 2)
            return asked(tr("The keychain holds no sign-in for this store, or is locked."));
        const Token token = std::make_shared<const SecretBytes>(std::move(answer.secret));
        const auto tried = self->m_engine.post([token](Engine &engine) -> Result<SignInOutcome> {
            return engine.signIn().resume(token, consolePlace());
        });
        onResult(tried, self.get(), [self, asked, resumed](const Result<SignInOutcome> &outcome) {
            if (outcome && outcome->state == SignInOutcome::State::SignedIn)
                return self->take(outcome, resumed);
            if (outcome && outcome->state == SignInOutcome::State::Locked)
                return asked(tr("This console was locked when it was closed. Enter your password."));
            asked(outcome ? tr("The sign-in that was kept on this machine has ended.")
                          : shownErrorOf(outcome.error()).words());
        });
    });
}

QString SignInFeed::whyNotStay() const
{
    return m_keychain ? QString() : tr("Only a console on a store of its own can stay signed in.");
}

void SignInFeed::readForbidden()
{
    using Known = std::pair<Forbidden, SignedInOperator>;
    const auto read = m_engine.post([](Engine &engine) -> Result<Known> {
        return Known {forbiddenTo(engine), shownOperator(engine, engine.atConsole())};
    });
    onResult(read, this, [this](const Result<Known> &known) {
        if (!known)
            return;
        emit forbiddenChanged(known->first);
        if (m_token && !known->second.name.isEmpty())
            emit operatorChanged(known->second);
    });
}

// ---- In and out ----------------------------------------------------------------------------------------------------

void SignInFeed::take(const Result<SignInOutcome> &outcome, const Answered &done)
{
    SignInAnswer answer;
    if (!outcome) {
        answer.problem = shownErrorOf(outcome.error());
        return done(answer);
    }
    answer.state = stateOf(outcome->state);
    answer.waitUntil = outcome->waitUntil;
    answer.recoveryCodesLeft = outcome->recoveryCodesLeft;
    m_ticket = outcome->ticket;
    if (outcome->state != SignInOutcome::State::SignedIn)
        return done(answer);
    const auto seated = m_engine.post(
        [who = outcome->who, id = outcome->session.sessionId](Engine &engine) -> Result<SignedInOperator> {
            engine.seat(who, id);
            return shownOperator(engine, who);
        });
    onResult(seated, this,
             [this, answer, done, token = outcome->token,
              machine = outcome->machineToken](const Result<SignedInOperator> &who) mutable {
                 if (!who) {
                     answer.state = SignInAnswer::State::Failed;
                     answer.problem = shownErrorOf(who.error());
                     return done(answer);
                 }
                 m_token = token;
                 answer.who = *who;
                 readForbidden();
                 keep(machine, answer, done);
             });
}

// Whoever is signed in is in whatever the keychain says.
void SignInFeed::keep(const Token &machineToken, SignInAnswer answer, const Answered &done)
{
    if (!machineToken || !m_keychain) {
        forget();
        return done(answer);
    }
    m_keychain->write(entryName(), *machineToken,
                      [self = QPointer(this), answer, done](const QString &problem) {
                          if (!self)
                              return;
                          SignInAnswer told = answer;
                          told.notKept = visibleText(problem, 200);
                          self->m_stays = problem.isEmpty();
                          emit self->staysChanged(self->m_stays);
                          done(told);
                      });
}

void SignInFeed::forget()
{
    if (!std::exchange(m_stays, false) || !m_keychain)
        return;
    emit staysChanged(false);
    m_keychain->write(entryName(), SecretBytes("-"),
                      [](const QString &) {}); // the engine has ended it anyway
}

void SignInFeed::signIn(const QString &name, QString password, bool stays, Answered done)
{
    const auto secret = std::make_shared<SecretBytes>(secretOfText(password));
    ask<SignInOutcome>(
        [name, secret, stays = stays && m_keychain](Engine &engine, Reply<SignInOutcome> reply) {
            engine.signIn().signIn({.name = name,
                                    .password = std::move(*secret),
                                    .place = consolePlace(),
                                    .staysSignedIn = stays},
                                   std::move(reply));
        },
        [this, done = std::move(done)](const Result<SignInOutcome> &outcome) { take(outcome, done); });
}

void SignInFeed::enterCode(QString code, Answered done)
{
    const auto secret = std::make_shared<SecretBytes>(secretOfText(code));
    const auto entered = m_engine.post([ticket = m_ticket, secret](Engine &engine) -> Result<SignInOutcome> {
        return engine.signIn().enterCode(ticket, secret->view());
    });
    onResult(entered, this,
             [this, ticket = m_ticket, done = std::move(done)](const Result<SignInOutcome> &outcome) {
                 take(outcome, done);
                 m_ticket = ticket; // for another attempt
             });
}

void SignInFeed::unlock(QString password, Answered done)
{
    const auto secret = std::make_shared<SecretBytes>(secretOfText(password));
    ask<SignInOutcome>(
        [secret, token = m_token](Engine &engine, Reply<SignInOutcome> reply) {
            engine.signIn().unlock(token, std::move(*secret), std::move(reply));
        },
        [this, done = std::move(done)](const Result<SignInOutcome> &outcome) {
            SignInAnswer answer;
            if (!outcome) {
                answer.problem = shownErrorOf(outcome.error());
                return done(answer);
            }
            answer.state = stateOf(outcome->state);
            answer.waitUntil = outcome->waitUntil;
            if (outcome->state != SignInOutcome::State::SignedIn)
                return done(answer);
            const auto shown = m_engine.post([](Engine &engine) -> Result<SignedInOperator> {
                return shownOperator(engine, engine.atConsole());
            });
            onResult(shown, this, [answer, done](const Result<SignedInOperator> &who) mutable {
                if (who)
                    answer.who = *who;
                done(answer);
            });
        });
}

void SignInFeed::lock()
{
    const auto locked
        = m_engine.post([token = m_token](Engine &engine) { return engine.signIn().lock(token); });
    Q_UNUSED(locked)
}

void SignInFeed::signOut()
{
    m_leaves = true;
    const auto left
        = m_engine.post([token = m_token](Engine &engine) { return engine.signIn().signOut(token); });
    Q_UNUSED(left)
}

void SignInFeed::used()
{
    const auto told = m_engine.post([token = m_token](Engine &engine) -> Result<void> {
        engine.signIn().used(token);
        return {};
    });
    Q_UNUSED(told)
}

// ---- Of the operator's own account ---------------------------------------------------------------------------------

namespace {
    SignInAnswer answerOf(const Result<SignInOutcome> &outcome)
    {
        SignInAnswer answer;
        if (!outcome) {
            answer.problem = shownErrorOf(outcome.error());
            return answer;
        }
        answer.state = stateOf(outcome->state);
        answer.waitUntil = outcome->waitUntil;
        return answer;
    }
}

void SignInFeed::changePassword(QString old, QString fresh, Answered done)
{
    const auto before = std::make_shared<SecretBytes>(secretOfText(old));
    const auto after = std::make_shared<SecretBytes>(secretOfText(fresh));
    ask<SignInOutcome>(
        [before, after, token = m_token](Engine &engine, Reply<SignInOutcome> reply) {
            engine.signIn().changePassword(token, std::move(*before), std::move(*after), std::move(reply));
        },
        [done = std::move(done)](const Result<SignInOutcome> &outcome) { done(answerOf(outcome)); });
}

void SignInFeed::readTwoStep(std::function<void(const TwoStepFacts &, const ShownError &)> done)
{
    const auto read
        = m_engine.post([token = m_token](Engine &engine) { return engine.signIn().twoStep(token); });
    onResult(read, this, [done = std::move(done)](const Result<TwoStepState> &state) {
        if (!state)
            return done({}, shownErrorOf(state.error()));
        done({.isOn = state->isOn, .since = state->since, .recoveryCodesLeft = state->recoveryCodesLeft}, {});
    });
}

void SignInFeed::beginTwoStep(
    std::function<void(const QString &secret, const QString &uri, const ShownError &)> done)
{
    const auto begun
        = m_engine.post([token = m_token](Engine &engine) { return engine.signIn().beginTwoStep(token); });
    onResult(begun, this, [done = std::move(done)](const Result<TwoStepSecret> &secret) {
        if (!secret)
            return done({}, {}, shownErrorOf(secret.error()));
        done(secret->base32, secret->uri, {});
    });
}

void SignInFeed::confirmTwoStep(QString code,
                                std::function<void(const QStringList &codes, const ShownError &)> done)
{
    const auto secret = std::make_shared<SecretBytes>(secretOfText(code));
    const auto confirmed = m_engine.post([token = m_token, secret](Engine &engine) {
        return engine.signIn().confirmTwoStep(token, secret->view());
    });
    onResult(confirmed, this, [done = std::move(done)](const Result<QStringList> &codes) {
        if (!codes)
            return done({}, shownErrorOf(codes.error()));
        done(*codes, {});
    });
}

void SignInFeed::endTwoStep(QString password, Answered done)
{
    const auto secret = std::make_shared<SecretBytes>(secretOfText(password));
    ask<SignInOutcome>(
        [secret, token = m_token](Engine &engine, Reply<SignInOutcome> reply) {
            engine.signIn().endTwoStep(token, std::move(*secret), std::move(reply));
        },
        [done = std::move(done)](const Result<SignInOutcome> &outcome) { done(answerOf(outcome)); });
}

void SignInFeed::makeFirstAdministrator(const QString &name, QString password, Done done)
{
    const auto secret = std::make_shared<SecretBytes>(secretOfText(password));
    ask<void>(
        [name, secret](Engine &engine, Reply<void> reply) {
            engine.signIn().makeFirstAdministrator(engine.atConsole(), name, std::move(*secret),
                                                   [reply](const Result<void> &made) { reply(made); });
        },
        [done = std::move(done)](const Result<void> &made) {
            done(made ? ShownError() : shownErrorOf(made.error()));
        });
}

}
