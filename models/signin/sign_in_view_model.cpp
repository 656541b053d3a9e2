#include "models/signin/sign_in_view_model.h"

namespace fb {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {
    constexpr auto kTellUsed = 5s;
    constexpr int kFewRecoveryCodes = 3;
}

SignInViewModel::SignInViewModel(SignInSource &source, QObject *parent) : QObject(parent), m_source(source)
{
    m_second.setInterval(1s);
    connect(&m_second, &QTimer::timeout, this, [this] {
        if (!isHeld())
            m_second.stop();
        emit changed();
    });
    connect(&source, &SignInSource::locked, this, [this] {
        if (m_stage == Stage::SignedIn)
            setStage(Stage::Locked);
    });
    connect(&source, &SignInSource::signedOut, this, [this](SignOutCause cause) { ask(cause); });
    connect(&source, &SignInSource::operatorChanged, this, [this](const SignedInOperator &who) {
        if (std::exchange(m_who, who) != who)
            emit operatorChanged();
    });
    connect(&source, &SignInSource::forbiddenChanged, &m_allowed, &AllowedActions::setForbidden);
}

void SignInViewModel::setStage(Stage stage)
{
    m_failed = false;
    m_isBusy = false;
    const bool isNew = std::exchange(m_stage, stage) != stage;
    emit changed();
    if (isNew)
        emit stageChanged();
}

void SignInViewModel::setStarting() { setStage(Stage::Starting); }

void SignInViewModel::setOpen() { setStage(Stage::Open); }

void SignInViewModel::ask(SignOutCause cause, const QString &keychainNote)
{
    m_cause = cause;
    m_keychainNote = keychainNote;
    m_who = {};
    setStage(Stage::Password);
}

void SignInViewModel::setSignedIn(const SignedInOperator &who)
{
    m_who = who;
    m_lastName = who.name;
    m_cause = SignOutCause::None;
    m_keychainNote.clear();
    setStage(Stage::SignedIn);
}

void SignInViewModel::signIn(const QString &name, const QString &password, bool stays)
{
    if (m_isBusy || isHeld() || m_stage != Stage::Password)
        return;
    m_isBusy = true;
    m_lastName = name;
    emit changed();
    m_source.signIn(name, password, stays, [this](const SignInAnswer &answer) { take(answer, false); });
}

void SignInViewModel::enterCode(const QString &code)
{
    if (m_isBusy || isHeld() || m_stage != Stage::Code)
        return;
    m_isBusy = true;
    emit changed();
    m_source.enterCode(code, [this](const SignInAnswer &answer) { take(answer, true); });
}

void SignInViewModel::backToPassword()
{
    if (m_stage == Stage::Code && !m_isBusy)
        setStage(Stage::Password);
}

void SignInViewModel::unlock(const QString &password)
{
    if (m_isBusy || isHeld() || m_stage != Stage::Locked)
        return;
    m_isBusy = true;
    emit changed();
    m_source.unlock(password, [this](const SignInAnswer &answer) { take(answer, false); });
}

void SignInViewModel::take(const SignInAnswer &answer, bool isCode)
{
    m_isBusy = false;
    m_last = answer;
    m_lastWasCode = isCode;
    switch (answer.state) {
    case SignInAnswer::State::SignedIn:
        if (answer.recoveryCodesLeft >= 0 && answer.recoveryCodesLeft <= kFewRecoveryCodes)
            m_advice
                = tr("You signed in with a recovery code; %n of them are left. Make new ones under Two-step "
                     "sign-in.",
                     nullptr, answer.recoveryCodesLeft);
        if (!answer.notKept.isEmpty())
            m_advice = tr("This machine does not stay signed in: %1").arg(answer.notKept);
        m_last = {};
        return setSignedIn(answer.who);
    case SignInAnswer::State::NeedsCode:
        m_last = {};
        return setStage(Stage::Code);
    case SignInAnswer::State::TooLate:
        setStage(Stage::Password);
        break;
    default:
        break;
    }
    m_failed = true;
    if (isHeld())
        m_second.start();
    emit changed();
    emit attemptFailed();
}

int SignInViewModel::secondsToWait() const
{
    if (!m_last.waitUntil)
        return 0;
    const auto left = *m_last.waitUntil - m_source.now();
    return left <= left.zero() ? 0 : static_cast<int>(std::chrono::ceil<std::chrono::seconds>(left).count());
}

SignInViewModel::Problem SignInViewModel::problem() const
{
    if (!m_failed || (m_last.state == SignInAnswer::State::Waits && !isHeld()))
        return {};
    return problemOf(m_last, m_lastWasCode);
}

SignInViewModel::Problem SignInViewModel::problemOf(const SignInAnswer &answer, bool isCode) const
{
    int seconds = 0;
    if (answer.waitUntil) {
        const auto left = *answer.waitUntil - m_source.now();
        seconds
            = static_cast<int>(std::max<qint64>(0, std::chrono::ceil<std::chrono::seconds>(left).count()));
    }
    const QString wait = seconds == 0 ? QString()
        : seconds < 120               ? tr("Wait %n second(s) before the next attempt.", nullptr, seconds)
                        : tr("Wait %n minute(s) before the next attempt.", nullptr, (seconds + 59) / 60);
    switch (answer.state) {
    case SignInAnswer::State::Wrong:
        if (isCode)
            return {tr("This code is not right."),
                    seconds > 0
                        ? wait
                        : tr("Enter the newest code of your authenticator, or a recovery code that you "
                             "have not used yet.")};
        if (m_stage == Stage::Locked || m_stage == Stage::SignedIn)
            return {tr("This password is not right."), wait};
        return {tr("Name or password is not right."),
                seconds > 0 ? wait : tr("Check both, and whether Caps Lock is on.")};
    case SignInAnswer::State::Waits:
        return {tr("Too many failed attempts."), wait};
    case SignInAnswer::State::Disabled:
        return {tr("This account is disabled."), tr("Ask an administrator to enable it.")};
    case SignInAnswer::State::TooLate:
        return {tr("The second step took too long."), tr("Enter your password again.")};
    case SignInAnswer::State::Failed:
        return {tr("The store does not answer."), answer.problem.words()};
    case SignInAnswer::State::SignedIn:
    case SignInAnswer::State::NeedsCode:
        break;
    }
    return {};
}

QString SignInViewModel::note() const
{
    if (!m_keychainNote.isEmpty())
        return m_keychainNote;
    switch (m_cause) {
    case SignOutCause::SignedOut:
        return tr("You are signed out. The engine goes on; nodes stay connected.");
    case SignOutCause::Ended:
        return tr("An administrator ended your session.");
    case SignOutCause::Expired:
        return tr("Sessions end after 12 hours. Sign in again to go on.");
    case SignOutCause::Disabled:
        return tr("Your account was disabled or removed.");
    case SignOutCause::PasswordChanged:
        return tr("Your password was changed. Sign in with the new one.");
    case SignOutCause::RoleChanged:
        return tr("Your role was changed. Sign in again to work with it.");
    case SignOutCause::NowRequired:
        return tr("Operators have passwords now: sign in to go on.");
    case SignOutCause::None:
        break;
    }
    return {};
}

void SignInViewModel::lock()
{
    if (m_stage == Stage::SignedIn)
        m_source.lock();
}

void SignInViewModel::signOut()
{
    if (isSignedIn())
        m_source.signOut();
}

void SignInViewModel::used()
{
    const Instant now = m_source.now();
    if (m_stage != Stage::SignedIn || (now >= m_toldUsed && now - m_toldUsed < kTellUsed))
        return;
    m_toldUsed = now;
    m_source.used();
}

QString SignInViewModel::passwordFault(const QString &password)
{
    const qsizetype length = password.toUcs4().size();
    if (length < kShortestPassword)
        return tr("Enter at least %1 characters.").arg(kShortestPassword);
    if (length > kLongestPassword)
        return tr("Enter at most %1 characters.").arg(kLongestPassword);
    return {};
}

}
